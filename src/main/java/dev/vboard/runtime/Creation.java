package dev.vboard.runtime;

import dev.vboard.model.core.Refusal;

/** What became of the wish for a board. */
public sealed interface Creation {
    /** It is there. */
    record Created(BoardRuntime board) implements Creation {}

    /** It is not, and nothing has changed. */
    record Refused(Refusal why) implements Creation {}

    /** There are as many boards as this service holds. */
    record Full(int limit) implements Creation {}

    /** There is hardly any heap left, whatever the number of boards. */
    record NoMemory() implements Creation {}
}
