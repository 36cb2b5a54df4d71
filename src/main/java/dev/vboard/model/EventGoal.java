package dev.vboard.model;

import dev.vboard.model.core.EventType;
import dev.vboard.model.core.EventType.Field;
import dev.vboard.model.core.Events;

import java.util.Map;
import java.util.SortedMap;

/** Looks for an event with certain fields among those that pass by. */
final class EventGoal implements Events {
    private static final String[] OUTCOMES = {"running", "ok", "failed", "undone", "skipped"};
    private static final String TYPE = "event";

    private final Events inner;
    private final SortedMap<String, String> wanted;
    private final boolean[] seen = new boolean[1];

    EventGoal(Events inner, SortedMap<String, String> wanted) {
        this.inner = inner;
        this.wanted = wanted;
    }

    Events inner() {
        return inner;
    }

    boolean seen() {
        return seen[0];
    }

    @Override
    public long nextSequence() {
        return inner.nextSequence();
    }

    @Override
    public void emit(long now, EventType type, long a, long b, long c, long d, String text) {
        inner.emit(now, type, a, b, c, d, text);
        seen[0] |= matches(type, new long[] {a, b, c, d}, text);
    }

    private boolean matches(EventType type, long[] numbers, String text) {
        for (Map.Entry<String, String> entry : wanted.entrySet()) {
            String value = entry.getKey().equals(TYPE)
                    ? type.wire()
                    : valueOf(entry.getKey(), type, numbers, text);
            if (!value.equals(entry.getValue())) {
                return false;
            }
        }
        return true;
    }

    private static String valueOf(String name, EventType type, long[] numbers, String text) {
        if (type.text().wire().equals(name)) {
            return text;
        }
        for (int i = 0; i < type.fields().size(); i++) {
            Field field = type.fields().get(i);
            if (field.wire().equals(name) && numbers[i] != ABSENT) {
                return switch (field.form()) {
                    case NUMBER -> Long.toString(numbers[i]);
                    case HEX -> "0x" + Long.toHexString(numbers[i]);
                    case BOOLEAN -> Boolean.toString(numbers[i] != 0);
                    case OUTCOME -> OUTCOMES[(int) numbers[i]];
                    case TEXT -> text;
                };
            }
        }
        return "";
    }
}
