package dev.vboard.model.core;

/** Where the events of a running command go. The model reports; it never keeps history. */
@FunctionalInterface
public interface Events {
    /** The value of a field an event does not have. */
    long ABSENT = Long.MIN_VALUE;

    /** Forgets everything. */
    Events NONE = (_, _, _, _, _, _, _) -> {};

    /**
     * Takes one event. The meaning of the numbers and the text is {@link EventType#fields()}.
     *
     * @param nowNanos the board's clock
     * @param text value of the type's text field, or an empty string
     */
    void emit(long nowNanos, EventType type, long a, long b, long c, long d, String text);

    /** The sequence number the next event will get; 0 for a sink that does not number them. */
    default long nextSequence() {
        return 0;
    }
}
