package dev.vboard.api;

import dev.vboard.api.body.CommandsAnswer;
import dev.vboard.api.body.CommandsAnswer.CommandResult;
import dev.vboard.api.body.CommandsRequest;
import dev.vboard.api.body.CommandsRequest.CommandCall;
import dev.vboard.api.body.CommandsRequest.OnRefusal;
import dev.vboard.api.body.Problem;
import dev.vboard.runtime.BoardRuntime.Turn;
import dev.vboard.runtime.Quarantined;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

import tools.jackson.databind.JsonNode;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Calls on a board in a row, with nobody else's between them. */
@Component
class CommandCalls implements RouteGroup {
    /** They are about the board as one of many, or bring calls of their own. */
    private static final Set<String> NOT_INSIDE = Set.of("/commands", "/fork");

    private static final List<String> METHODS = List.of("DELETE", "GET", "PATCH", "POST", "PUT");

    private static final String BOARD = Route.BOARDS + "/{board}";

    private final ObjectProvider<Routes> routes;

    CommandCalls(ObjectProvider<Routes> routes) {
        this.routes = routes;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.board("POST", "/commands", (Route.OnBoard) this::run)
                .takes(CommandsRequest.class));
    }

    private Reply run(Turn turn, Call call) {
        CommandsRequest body = call.body(CommandsRequest.class);
        boolean goOn = body.onRefusal() == OnRefusal.CONTINUE;
        List<CommandResult> results = new ArrayList<>(body.commands().size());
        int executed = 0;
        for (CommandCall command : body.commands()) {
            CommandResult result =
                    turn.overBudget() ? outOfTime(call, command) : run(turn, call, command);
            results.add(result);
            boolean accepted = result.status() < 300;
            executed += accepted ? 1 : 0;
            if (!accepted && (!goOn || result.status() == 429 || result.status() >= 500)) {
                break;
            }
        }
        long now = turn.nowNanos();
        return Reply.ok(new CommandsAnswer(results, executed, turn.revision(), now));
    }

    private CommandResult run(Turn turn, Call outer, CommandCall command) {
        try {
            Call call = call(outer, command);
            Reply reply = work(call).answer(turn, call);
            return new CommandResult(reply.status(), body(reply));
        } catch (ProblemException e) {
            return refused(e.problem(), outer, command);
        } catch (Quarantined e) {
            return refused(Exchange.quarantined(e), outer, command);
        }
    }

    private static Optional<Object> body(Reply reply) {
        return switch (reply.content()) {
            case Reply.Document document -> Optional.of(document.value());
            case Reply.Text text -> Optional.of(text.text());
            case Reply.Empty _, Reply.Stream _ -> Optional.empty();
        };
    }

    private static Route.OnBoard work(Call call) {
        return switch (call.route().work()) {
            case Route.OnBoard work -> work;
            case Route.Following work -> work.once();
            case Route.OnService _ -> throw notInside(call.route().path());
        };
    }

    private Call call(Call outer, CommandCall command) {
        int question = command.path().indexOf('?');
        String path = question < 0 ? command.path() : command.path().substring(0, question);
        String query = question < 0 ? "" : command.path().substring(question + 1);
        if (command.settle() != null) {
            query += (query.isEmpty() ? "" : "&") + "settle=" + command.settle();
        }
        Router.Match match = match(outer, command.method(), path);
        Route route = match.route();
        if (NOT_INSIDE.contains(route.path().substring(BOARD.length()))) {
            throw notInside(path);
        }
        List<String> variables =
                match.variables().stream().map(CommandCalls::decode).toList();
        String mediaType = route.produces().getFirst();
        Parameters parameters = route.parse(query);
        Record body = read(route, command.body());
        return new Call(route, variables, parameters, Conditions.NONE, mediaType, body);
    }

    private Router.Match match(Call outer, String method, String path) {
        String address = outer.boardPath() + path;
        return find(method, address).orElseThrow(() -> {
            String below = path.isEmpty() ? "" : path + " ";
            String what = "there is no call " + method + " " + below + "on a board";
            List<String> right = METHODS.stream()
                    .filter(other -> find(other, address).isPresent())
                    .toList();
            return new ProblemException(
                    right.isEmpty()
                            ? ProblemCode.NOT_FOUND.because(what)
                            : ProblemCode.METHOD_NOT_ALLOWED.because(
                                    what + "; it takes " + String.join(", ", right)));
        });
    }

    private Optional<Router.Match> find(String method, String address) {
        return routes.getObject()
                .router()
                .find(method, address)
                .filter(match -> match.route().onBoard());
    }

    private static Record read(Route route, @Nullable JsonNode body) {
        return body == null || route.reads() || route.method().equals("DELETE")
                ? Exchange.read(route, new byte[0])
                : Json.read(body, route.body());
    }

    private static String decode(String segment) {
        try {
            // A plus sign is itself in a path.
            String path = segment.replace("+", "%2B");
            return URLDecoder.decode(path, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw ProblemException.notFound("there is nothing at " + segment);
        }
    }

    private static ProblemException notInside(String path) {
        return ProblemException.invalid("/path", "must not be " + path + " inside of commands");
    }

    private static CommandResult outOfTime(Call outer, CommandCall command) {
        return refused(
                ProblemCode.TOO_MANY.because(
                        "the call has used up its wall time", List.of("wallTimePerCall")),
                outer,
                command);
    }

    private static CommandResult refused(Problem problem, Call outer, CommandCall command) {
        String path = command.path();
        int question = path.indexOf('?');
        String instance = question < 0 ? path : path.substring(0, question);
        Problem told = Problems.at(problem, outer.boardPath() + instance);
        return new CommandResult(problem.status(), Optional.of(told));
    }
}
