package dev.vboard.api;

import dev.vboard.api.body.Violation;
import dev.vboard.catalog.Typo;
import dev.vboard.model.core.EventType;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Event types by their names on the wire. */
final class EventTypes {
    private static final Map<String, EventType> BY_NAME = Arrays.stream(EventType.values())
            .collect(Collectors.toMap(
                    EventType::wire, type -> type, (a, _) -> a, LinkedHashMap::new));

    private EventTypes() {}

    /** The type with that name, or a problem that says which there are. */
    static EventType named(String name, String pointer) {
        EventType type = BY_NAME.get(name);
        if (type == null) {
            List<String> near = Typo.meant(name, BY_NAME.keySet());
            String message = near.isEmpty()
                    ? "is no type of event"
                    : "is no type of event; did you mean " + String.join(" or ", near) + "?";
            throw ProblemException.invalid(List.of(new Violation(pointer, message)), near);
        }
        return type;
    }
}
