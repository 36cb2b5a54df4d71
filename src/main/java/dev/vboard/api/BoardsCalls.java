package dev.vboard.api;

import dev.vboard.api.body.Board;
import dev.vboard.api.body.BoardCreate;
import dev.vboard.api.body.BoardPage;
import dev.vboard.api.body.BoardPatch;
import dev.vboard.api.body.Deleted;
import dev.vboard.api.body.ForkAnswer;
import dev.vboard.api.body.ForkRequest;
import dev.vboard.api.body.Problem;
import dev.vboard.model.report.BoardState;
import dev.vboard.runtime.BoardRuntime;
import dev.vboard.runtime.BoardRuntime.Turn;
import dev.vboard.runtime.Boards;
import dev.vboard.runtime.Creation;
import dev.vboard.runtime.Template;

import org.springframework.stereotype.Component;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Boards as such: create, find, fork, label and delete them. */
@Component
class BoardsCalls implements RouteGroup {
    private static final int MOST_LABELS = 64;

    private final Boards boards;
    private final Creations creations;

    BoardsCalls(Boards boards, Creations creations) {
        this.boards = boards;
        this.creations = creations;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.service("GET", Route.BOARDS, this::list)
                        .with("label", "state")
                        .paged(),
                Route.service("POST", Route.BOARDS, this::create).mayTake(BoardCreate.class),
                Route.service("DELETE", Route.BOARDS, this::deleteLabelled).with("label"),
                Route.board("GET", "", (Route.OnBoard) (turn, _) -> Reply.ok(Summaries.of(turn))),
                Route.board("PATCH", "", (Route.OnBoard) BoardsCalls::label)
                        .takes(BoardPatch.class),
                Route.service("DELETE", Route.BOARDS + "/{board}", this::delete),
                Route.board("POST", "/fork", (Route.OnBoard) this::fork)
                        .mayTake(ForkRequest.class));
    }

    private Reply list(Call call) {
        List<LabelFilter> labels = LabelFilter.all(call.parameters());
        Optional<BoardState> state = call.parameters().text("state").map(BoardsCalls::state);
        int limit = Pages.limit(call);
        String from = Pages.place(call).orElse("");
        List<Board> items = new ArrayList<>();
        for (BoardRuntime board : boards.after(from)) {
            // Labels cost nothing to look at, a summary asks the board.
            if (!LabelFilter.match(labels, board.labels())) {
                continue;
            }
            Optional<Board> summary =
                    Summaries.among(board).filter(s -> state.isEmpty() || s.state() == state.get());
            if (summary.isPresent() && items.size() == limit) {
                String next = Pages.cursor(call, items.getLast().id());
                return Reply.ok(new BoardPage(items, Optional.of(next)));
            }
            summary.ifPresent(items::add);
        }
        return Reply.ok(new BoardPage(items, Optional.empty()));
    }

    private static BoardState state(String name) {
        return Arrays.stream(BoardState.values())
                .filter(state -> state.name().equals(name))
                .findFirst()
                .orElseThrow(() -> ProblemException.invalid(
                        "?state", "must be one of " + Arrays.toString(BoardState.values())));
    }

    private Reply create(Call call) {
        BoardCreate body = call.body(BoardCreate.class);
        Template template = creations.template(body, "");
        String id = body.id() == null ? Boards.newId() : body.id();
        return switch (create(boards, template, id, body)) {
            case Creation.Created created ->
                created.board()
                        .exclusively(
                                turn -> Reply.created(Summaries.of(turn), Route.BOARDS + "/" + id)
                                        .at(turn.revision()));
            case Creation.Refused refused -> throw new ProblemException(problem(refused));
            case Creation.Full full -> throw new ProblemException(problem(full));
        };
    }

    static Creation create(Boards boards, Template template, String id, BoardCreate body) {
        SortedMap<String, String> labels =
                body.labels() == null ? Collections.emptySortedMap() : body.labels();
        return boards.create(template, id, labels, body.seed() == null ? 0 : body.seed());
    }

    static Problem problem(Creation creation) {
        return switch (creation) {
            case Creation.Created _ -> throw new IllegalArgumentException("nothing is wrong");
            case Creation.Refused refused -> Problems.of(refused.why(), "");
            case Creation.Full full ->
                ProblemCode.TOO_MANY.because(
                        "the service holds at most " + full.limit() + " boards", List.of("boards"));
        };
    }

    private Reply deleteLabelled(Call call) {
        List<LabelFilter> labels = LabelFilter.all(call.parameters());
        if (labels.isEmpty()) {
            throw ProblemException.invalid("?label", "is required");
        }
        int deleted = 0;
        for (BoardRuntime board : boards.after("")) {
            boolean matches = LabelFilter.match(labels, board.labels());
            deleted += matches && boards.delete(board.id()) ? 1 : 0;
        }
        return Reply.ok(new Deleted(deleted));
    }

    private Reply delete(Call call) {
        String id = call.boardId();
        BoardRuntime board = boards.find(id)
                .orElseThrow(() -> ProblemException.notFound("there is no board " + id));
        call.conditions().requireMatch(board.revision());
        if (!boards.delete(id)) {
            throw ProblemException.notFound("there is no board " + id);
        }
        return Reply.empty();
    }

    private static Reply label(Turn turn, Call call) {
        BoardRoutes.requireNotCrashed(turn, call);
        SortedMap<String, String> labels = new TreeMap<>(turn.labels());
        call.body(BoardPatch.class).labels().forEach((key, value) -> {
            if (value == null) {
                labels.remove(key);
            } else {
                labels.put(key, value);
            }
        });
        if (labels.size() > MOST_LABELS) {
            throw ProblemException.invalid("/labels", "there may be 64 labels in all");
        }
        turn.labels(Collections.unmodifiableSortedMap(labels));
        return Reply.ok(Summaries.of(turn));
    }

    private Reply fork(Turn turn, Call call) {
        BoardRoutes.requireNotCrashed(turn, call);
        ForkRequest body = call.body(ForkRequest.class);
        List<String> ids = body.count() == null
                ? List.of(body.id() == null ? Boards.newId() : body.id())
                : Creations.ids(body.id() == null ? Boards.newId() + "-" : body.id(), body.count());
        List<Creation> made = boards.fork(turn, ids);
        if (!(made.getFirst() instanceof Creation.Created first)) {
            throw new ProblemException(problem(made.getFirst()));
        }
        List<Board> answer = made.stream()
                .map(creation -> ((Creation.Created) creation).board())
                .map(board -> board.exclusively(Summaries::of))
                .toList();
        return Reply.created(
                new ForkAnswer(answer), Route.BOARDS + "/" + first.board().id());
    }
}
