package dev.vboard.api;

import dev.vboard.api.body.BoardCreate;
import dev.vboard.api.body.BulkCreate;
import dev.vboard.api.body.BulkResult.BulkItem;
import dev.vboard.api.body.Problem;
import dev.vboard.runtime.Boards;
import dev.vboard.runtime.Creation;
import dev.vboard.runtime.ServiceLimits;
import dev.vboard.runtime.Template;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Many boards at once. */
@Component
class BulkCalls implements RouteGroup {
    private static final String PATH = Route.BOARDS + ":bulk";
    private static final int CHUNK_BYTES = 16 * 1024;

    private final Boards boards;
    private final Creations creations;
    private final int limit;

    /** What became of one board: it is there, or a problem. */
    private record Result(@Nullable String id, @Nullable Problem problem) {}

    BulkCalls(Boards boards, Creations creations, ServiceLimits limits) {
        this.boards = boards;
        this.creations = creations;
        limit = limits.bulkCount();
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.service("POST", PATH, this::create).takes(BulkCreate.class));
    }

    private Reply create(Call call) {
        BulkCreate body = call.body(BulkCreate.class);
        if ((body.count() == null) == (body.boards() == null)) {
            throw ProblemException.invalid("", "must have one of count and boards");
        }
        List<Result> results = body.boards() == null ? alike(body) : oneByOne(body, body.boards());
        Result first = results.getFirst();
        boolean nothing = results.stream().allMatch(result -> result.problem != null);
        if (nothing && first.problem != null && first.problem.status() == 429) {
            throw new ProblemException(first.problem);
        }
        return Reply.streamed(207, out -> write(results, out));
    }

    private List<Result> alike(BulkCreate body) {
        int count = body.count() == null ? 0 : body.count();
        requireWithin(count);
        BoardCreate wanted = body.template() == null
                ? new BoardCreate(null, null, null, null, null, null, null)
                : body.template();
        if (wanted.id() != null) {
            throw ProblemException.invalid("/template/id", "must be left out; see idPrefix");
        }
        Template template = creations.template(wanted, "/template");
        String prefix = body.idPrefix() == null ? Boards.newId() + "-" : body.idPrefix();
        List<Result> results = new ArrayList<>(count);
        for (String id : Creations.ids(prefix, count)) {
            results.add(result(id, BoardsCalls.create(boards, template, id, wanted)));
        }
        return results;
    }

    private List<Result> oneByOne(BulkCreate body, List<BoardCreate> wanted) {
        requireWithin(wanted.size());
        if (body.idPrefix() != null || body.template() != null) {
            throw ProblemException.invalid("", "has idPrefix and template with count only");
        }
        List<Result> results = new ArrayList<>(wanted.size());
        for (BoardCreate one : wanted) {
            String id = one.id() == null ? Boards.newId() : one.id();
            try {
                Template template = creations.template(one, "");
                results.add(result(id, BoardsCalls.create(boards, template, id, one)));
            } catch (ProblemException e) {
                results.add(new Result(one.id(), e.problem()));
            }
        }
        return results;
    }

    private void requireWithin(int count) {
        if (count > limit) {
            throw new ProblemException(ProblemCode.TOO_MANY.because(
                    "one request creates at most " + limit + " boards", List.of("bulkCount")));
        }
    }

    private static Result result(String id, Creation creation) {
        return creation instanceof Creation.Created
                ? new Result(id, null)
                : new Result(id, BoardsCalls.problem(creation));
    }

    /** An id needs no escaping, and nearly all items have nothing else. */
    private static void write(List<Result> results, OutputStream raw) throws IOException {
        OutputStream out = new BufferedOutputStream(raw, CHUNK_BYTES);
        out.write("{\"results\":[".getBytes(StandardCharsets.UTF_8));
        String separator = "";
        for (Result result : results) {
            Problem problem = result.problem;
            if (problem == null) {
                String item = separator + "{\"id\":\"" + result.id + "\",\"status\":201,"
                        + "\"location\":\"" + Route.BOARDS + "/" + result.id + "\"}";
                out.write(item.getBytes(StandardCharsets.ISO_8859_1));
            } else {
                out.write(separator.getBytes(StandardCharsets.UTF_8));
                Problem told = Problems.at(problem, PATH);
                out.write(Json.write(new BulkItem(result.id, problem.status(), null, told)));
            }
            separator = ",";
        }
        out.write("]}".getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
