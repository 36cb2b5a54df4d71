package dev.vboard.model;

import dev.vboard.model.core.Refusal;

/** What became of a command. */
public sealed interface Outcome {
    /**
     * It was carried out.
     *
     * @param answer a record of the package {@code report}, a list of them, or {@link Nothing}
     * @param cutShort the call's wall-time budget ended before the board had settled
     */
    record Done(Object answer, boolean cutShort) implements Outcome {}

    /**
     * The caller erred; nothing has changed.
     *
     * @param why what is wrong
     */
    record Refused(Refusal why) implements Outcome {}

    /** The answer of a command that has none. */
    record Nothing() {}
}
