package dev.vboard.api;

import dev.vboard.api.body.Answer;
import dev.vboard.api.body.ClockRun;
import dev.vboard.api.body.Pace;
import dev.vboard.api.body.PaceRequest;
import dev.vboard.api.body.UntilInput;
import dev.vboard.api.body.Violation;
import dev.vboard.catalog.Typo;
import dev.vboard.model.Action;
import dev.vboard.model.Machine.Settle;
import dev.vboard.model.Query;
import dev.vboard.model.core.EventType;
import dev.vboard.runtime.BoardRuntime.Turn;

import org.springframework.stereotype.Component;

import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Virtual time. */
@Component
class ClockCalls implements RouteGroup {
    private static final String CLOCK = "/clock";

    @Override
    public List<Route> routes() {
        return List.of(
                Route.board("GET", CLOCK, (Route.OnBoard) ClockCalls::show),
                Route.board("POST", CLOCK, (Route.OnBoard) ClockCalls::run).takes(ClockRun.class),
                Route.board("PUT", CLOCK + "/pace", (Route.OnBoard) ClockCalls::pace)
                        .takes(PaceRequest.class));
    }

    private static Reply show(Turn turn, Call call) {
        Object report = BoardRoutes.ask(turn, call, new Query.Clock());
        Pace pace = turn.pace().realtime()
                ? new Pace(Pace.Mode.REALTIME, turn.pace().factor())
                : new Pace(Pace.Mode.MANUAL, 1);
        return Reply.ok(new Answer<>(report, turn.revision(), null, null, pace));
    }

    private static Reply run(Turn turn, Call call) {
        Action action = action(call.body(ClockRun.class), turn.nowNanos());
        Object answer = BoardRoutes.act(turn, call, action, Settle.NO);
        return Reply.ok(new Answer<>(answer, turn.revision(), null, null, null));
    }

    private static Action action(ClockRun body, long now) {
        int given = (body.advance() == null ? 0 : 1)
                + (body.step() == null ? 0 : 1)
                + (body.until() == null ? 0 : 1);
        if (given != 1) {
            throw ProblemException.invalid("", "must have one of advance, step and until");
        }
        if (body.limit() != null && body.until() == null) {
            throw ProblemException.invalid("/limit", "goes with until only");
        }
        if (body.advance() != null) {
            return new Action.Advance(span(body.advance().nanos(), now, "/advance"));
        }
        if (body.step() != null) {
            return new Action.Step(body.step());
        }
        OptionalLong limit = body.limit() == null
                ? OptionalLong.empty()
                : OptionalLong.of(span(body.limit().nanos(), now, "/limit"));
        return body.until() instanceof UntilInput.EventFilter filter
                ? new Action.UntilEvent(fields(filter), limit)
                : new Action.UntilSettled(limit);
    }

    private static long span(long nanos, long now, String pointer) {
        if (nanos > Long.MAX_VALUE - now) {
            throw ProblemException.invalid(pointer, "must not lead past 2^63-1 ns");
        }
        return nanos;
    }

    /**
     * The filter's fields as the wire writes them; those that the event cannot have are refused.
     */
    private static SortedMap<String, String> fields(UntilInput.EventFilter filter) {
        EventType type = EventTypes.named(filter.event(), "/until/event");
        List<String> known = Stream.concat(type.fields().stream(), Stream.of(type.text()))
                .map(EventType.Field::wire)
                .filter(name -> !name.isEmpty())
                .toList();
        SortedMap<String, String> fields = new TreeMap<>();
        fields.put("event", type.wire());
        filter.fields().forEach((name, value) -> {
            if (!known.contains(name)) {
                Violation violation = new Violation(
                        "/until/" + name, type.wire() + " has no such field; it has " + known);
                throw ProblemException.invalid(List.of(violation), Typo.meant(name, known));
            }
            String text = value.toString();
            fields.put(name, text.startsWith("0x") ? text.toLowerCase(Locale.ROOT) : text);
        });
        return fields;
    }

    private static Reply pace(Turn turn, Call call) {
        PaceRequest body = call.body(PaceRequest.class);
        double factor = body.factor() == null ? 1 : body.factor();
        if (body.mode() == Pace.Mode.MANUAL && body.factor() != null) {
            throw ProblemException.invalid("/factor", "goes with realtime only");
        }
        if (!(factor > 0 && factor <= PaceRequest.MAX_FACTOR)) {
            throw ProblemException.invalid("/factor", "must be above 0 and at most 1000");
        }
        BoardRoutes.requireNotCrashed(turn, call);
        if (body.mode() == Pace.Mode.MANUAL) {
            turn.paceManually();
        } else {
            turn.paceByWall(factor);
        }
        return show(turn, call);
    }
}
