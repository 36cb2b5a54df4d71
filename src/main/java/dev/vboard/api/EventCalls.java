package dev.vboard.api;

import dev.vboard.api.body.Event;
import dev.vboard.api.body.EventPage;
import dev.vboard.model.core.EventType;
import dev.vboard.runtime.BoardRuntime.Turn;
import dev.vboard.trace.EventLog;

import org.springframework.stereotype.Component;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What happened on a board, as a list; {@link EventStream} tells it live. */
@Component
class EventCalls implements RouteGroup {
    @Override
    public List<Route> routes() {
        return List.of(Route.board("GET", "/events", new Route.Following(EventCalls::list))
                .with("after", "type")
                .paged()
                .produces(MediaTypes.JSON, MediaTypes.EVENTS));
    }

    private static Reply list(Turn turn, Call call) {
        EventLog log = turn.log();
        OptionalLong after = from(call);
        long oldest = log.oldestSeq();
        if (after.isPresent()) {
            requireKept(after.getAsLong(), oldest);
        }
        Set<EventType> types = types(call);
        int limit = Pages.limit(call);
        List<Event> items = new ArrayList<>();
        boolean[] more = new boolean[1];
        log.read(after.orElse(0), (seq, nanos, type, a, b, c, d, text) -> {
            if (types.contains(type)) {
                more[0] = items.size() == limit;
                if (!more[0]) {
                    items.add(EventBodies.event(seq, nanos, type, a, b, c, d, text));
                }
            }
            return !more[0];
        });
        Optional<String> next =
                more[0] ? Optional.of(String.valueOf(items.getLast().seq())) : Optional.empty();
        return Reply.ok(new EventPage(items, next));
    }

    /** Where the page begins: a cursor goes on from the page before, wherever that one began. */
    private static OptionalLong from(Call call) {
        Optional<String> cursor = call.parameters().text("cursor");
        return cursor.isPresent()
                ? OptionalLong.of(Pages.index(cursor.get()))
                : call.parameters().number("after", 0, Long.MAX_VALUE);
    }

    /** The event the caller has seen last, if it says so. */
    static OptionalLong after(Call call) {
        return call.parameters().number("after", 0, Long.MAX_VALUE);
    }

    /** Refuses when events after that one are not kept any more. */
    static void requireKept(long after, long oldest) {
        if (after + 1 < oldest) {
            throw new ProblemException(
                    ProblemCode.EVENTS_GONE.because("the oldest event that is kept is " + oldest));
        }
    }

    /** The types the caller wants; all when it names none. */
    static Set<EventType> types(Call call) {
        List<String> names = call.parameters().all("type");
        if (names.isEmpty()) {
            return EnumSet.allOf(EventType.class);
        }
        Set<EventType> types = EnumSet.noneOf(EventType.class);
        for (String name : names) {
            for (String one : name.split(",")) {
                types.add(EventTypes.named(one, "?type"));
            }
        }
        return types;
    }
}
