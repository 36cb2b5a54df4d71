package dev.vboard.api;

import dev.vboard.api.body.Answer;
import dev.vboard.api.body.Done;
import dev.vboard.api.body.Event;
import dev.vboard.model.Action;
import dev.vboard.model.Machine.Settle;
import dev.vboard.model.Outcome;
import dev.vboard.model.Query;
import dev.vboard.model.core.Refusal;
import dev.vboard.model.report.BoardState;
import dev.vboard.model.report.BoardSummary;
import dev.vboard.model.report.PsciAnswer;
import dev.vboard.runtime.BoardRuntime.Turn;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Routes of calls on a board: how they become commands, and outcomes answers. */
final class BoardRoutes {
    private BoardRoutes() {}

    /** A route that answers what a query does. */
    static Route read(String path, Function<Call, Query> query) {
        return Route.board("GET", path, (Route.OnBoard)
                (turn, call) -> Reply.ok(ask(turn, call, query.apply(call))));
    }

    /** As {@link #read}, with revision and time. */
    static Route readStamped(String path, Function<Call, Query> query) {
        return Route.board("GET", path, (Route.OnBoard)
                (turn, call) -> Reply.ok(stamped(turn, ask(turn, call, query.apply(call)))));
    }

    /** A route that answers a list in pages. */
    @SuppressWarnings("unchecked") // the model's queries for lists answer lists of these
    static <T> Route list(
            String path,
            Function<Call, Query> query,
            BiFunction<List<T>, Optional<String>, Object> page) {
        return Route.board("GET", path, (Route.OnBoard) (turn, call) -> {
                    List<T> all = (List<T>) ask(turn, call, query.apply(call));
                    return Reply.ok(Pages.of(call, all, page));
                })
                .paged();
    }

    /** A route that acts and answers what the action does, or that it is done. */
    static Route action(String method, String path, Function<Call, Action> action) {
        return action(method, path, (_, call) -> action.apply(call), _ -> Optional.empty());
    }

    /** A route that acts and answers what a query then does. */
    static Route change(
            String method,
            String path,
            Function<Call, Action> action,
            Function<Call, Query> afterwards) {
        return changeNow(method, path, (_, call) -> action.apply(call), afterwards);
    }

    /** As {@link #change}, of an action that depends on what the board is like. */
    static Route changeNow(
            String method,
            String path,
            BiFunction<Turn, Call, Action> action,
            Function<Call, Query> afterwards) {
        return action(method, path, action, call -> Optional.of(afterwards.apply(call)));
    }

    private static Route action(
            String method,
            String path,
            BiFunction<Turn, Call, Action> action,
            Function<Call, Optional<Query>> afterwards) {
        return Route.board(method, path, (Route.OnBoard) (turn, call) -> {
                    long seq = turn.log().lastSeq();
                    Object answer = act(turn, call, action.apply(turn, call));
                    Optional<Query> query = afterwards.apply(call);
                    if (query.isPresent()) {
                        answer = ask(turn, call, query.get());
                    }
                    return Reply.ok(answered(turn, answer, seq));
                })
                .with("settle");
    }

    /** Acts, or refuses in the board's words. */
    static Object act(Turn turn, Call call, Action action) {
        Settle settle = call.settle();
        if (settle == Settle.YES && turn.pace().realtime()) {
            Refusal refusal = Refusal.conflict(
                    ProblemCode.PACED_BY_WALL.code(),
                    "the board's clock follows the wall, so a call cannot settle it",
                    List.of("pace realtime"),
                    List.of("PUT /clock/pace"));
            throw new ProblemException(Problems.of(refusal, call.boardPath()));
        }
        return act(turn, call, action, settle);
    }

    /** As {@link #act(Turn, Call, Action)}, settling as told. */
    static Object act(Turn turn, Call call, Action action, Settle settle) {
        return answer(turn.act(action, settle), call);
    }

    /** Asks, or refuses in the board's words. */
    static Object ask(Turn turn, Call call, Query query) {
        return answer(turn.ask(query), call);
    }

    /** Refuses what the service itself would do to a board whose Xen has crashed. */
    static void requireNotCrashed(Turn turn, Call call) {
        BoardSummary summary = (BoardSummary) ask(turn, call, new Query.Summary());
        if (summary.state() == BoardState.CRASHED) {
            Refusal refusal = Refusal.conflict(
                    "board-crashed",
                    "Xen has crashed",
                    List.of(BoardState.CRASHED.name()),
                    List.of("POST /reset", "PUT /power"));
            throw new ProblemException(Problems.of(refusal, call.boardPath()));
        }
    }

    private static Object answer(Outcome outcome, Call call) {
        return switch (outcome) {
            case Outcome.Done done -> done.answer();
            case Outcome.Refused refused ->
                throw new ProblemException(Problems.of(refused.why(), call.boardPath()));
        };
    }

    private static Object answered(Turn turn, Object answer, long seqBefore) {
        if (answer instanceof Outcome.Nothing) {
            return new Done(turn.revision(), turn.nowNanos());
        }
        if (answer instanceof PsciAnswer) {
            List<Event> events = EventBodies.after(turn.log(), seqBefore);
            return new Answer<>(answer, turn.revision(), turn.nowNanos(), events, null);
        }
        return stamped(turn, answer);
    }

    /** With revision and time. */
    static Object stamped(Turn turn, Object answer) {
        return Answer.of(answer, turn.revision(), turn.nowNanos());
    }
}
