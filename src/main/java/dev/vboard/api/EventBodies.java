package dev.vboard.api;

import dev.vboard.api.body.Event;
import dev.vboard.model.core.EventType;
import dev.vboard.model.core.EventType.Field;
import dev.vboard.model.core.EventType.Form;
import dev.vboard.model.core.Events;
import dev.vboard.model.report.U64;
import dev.vboard.trace.EventLog;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Makes the events of a log into what is said of them on the wire. */
final class EventBodies {
    private static final List<String> OUTCOMES =
            List.of("running", "ok", "failed", "undone", "skipped");
    private static final RecordComponent[] COMPONENTS = Event.class.getRecordComponents();
    private static final Constructor<Event> CONSTRUCTOR = constructor();
    private static final int[] PLACES = places();

    private EventBodies() {}

    /** The events with a number above that one. */
    static List<Event> after(EventLog log, long seq) {
        List<Event> events = new ArrayList<>(8);
        log.read(seq, (number, nanos, type, a, b, c, d, text) -> {
            events.add(event(number, nanos, type, a, b, c, d, text));
            return true;
        });
        return events;
    }

    /** One event. */
    static Event event(
            long seq, long nanos, EventType type, long a, long b, long c, long d, String text) {
        @Nullable Object[] values = new @Nullable Object[COMPONENTS.length];
        values[0] = seq;
        values[1] = nanos;
        values[2] = type.wire();
        List<Field> fields = type.fields();
        for (int i = 0; i < fields.size(); i++) {
            long number = i == 0 ? a : i == 1 ? b : i == 2 ? c : d;
            if (number != Events.ABSENT) {
                int place = PLACES[fields.get(i).ordinal()];
                values[place] = value(fields.get(i), number, COMPONENTS[place].getType());
            }
        }
        if (type.text() != Field.NONE && !text.isEmpty()) {
            values[PLACES[type.text().ordinal()]] = text;
        }
        try {
            return CONSTRUCTOR.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object value(Field field, long number, Class<?> type) {
        if (field == Field.ORIGIN_DOMAIN) {
            return number == -2 ? "firmware" : number == -1 ? "xen" : "d" + number;
        }
        if (field.form() == Form.OUTCOME) {
            return OUTCOMES.get((int) number);
        }
        if (type == U64.class) {
            return U64.of(number);
        }
        if (type == Boolean.class) {
            return number != 0;
        }
        if (type == String.class) {
            return Long.toString(number);
        }
        return type == Integer.class ? (Object) (int) number : (Object) number;
    }

    private static Constructor<Event> constructor() {
        Class<?>[] types =
                Arrays.stream(COMPONENTS).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return Event.class.getDeclaredConstructor(types);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Fails at start-up when the contract has no word for a field. */
    private static int[] places() {
        int[] places = new int[Field.values().length];
        for (Field field : Field.values()) {
            if (field != Field.NONE) {
                places[field.ordinal()] = place(field.wire());
            }
        }
        return places;
    }

    private static int place(String name) {
        for (int i = 0; i < COMPONENTS.length; i++) {
            if (COMPONENTS[i].getName().equals(name)) {
                return i;
            }
        }
        throw new IllegalStateException("the contract's Event has no " + name);
    }
}
