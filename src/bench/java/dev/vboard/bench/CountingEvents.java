package dev.vboard.bench;

import dev.vboard.model.core.EventType;
import dev.vboard.model.core.Events;

/** Takes every event and keeps a sum, so that none of the work for it can be left out. */
final class CountingEvents implements Events {
    private long sequence;
    private long sum;

    @Override
    public void emit(long nowNanos, EventType type, long a, long b, long c, long d, String text) {
        sequence++;
        sum += nowNanos + type.ordinal() + a + b + c + d + text.length();
    }

    @Override
    public long nextSequence() {
        return sequence + 1;
    }

    long sum() {
        return sum;
    }
}
