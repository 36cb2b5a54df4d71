package dev.vboard.api.body;

import java.util.SortedMap;

/** Where {@code POST .../clock} is to stop: {@code "settled"} or an {@link EventFilter}. */
public sealed interface UntilInput {

    /** Until no progress deadline is armed. */
    record Settled() implements UntilInput {}

    /**
     * Until the first event that was emitted after the call began and matches.
     *
     * @param event its type, {@code step-started}
     * @param fields further fields of the event and the values they must have: strings, integers
     *     and booleans
     */
    record EventFilter(String event, SortedMap<String, Object> fields) implements UntilInput {}
}
