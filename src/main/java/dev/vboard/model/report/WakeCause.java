package dev.vboard.model.report;

import java.util.OptionalInt;

/**
 * What ended a suspend of the board.
 *
 * @param kind the sort of cause
 * @param intid the interrupt; empty when it was none
 */
public record WakeCause(Kind kind, OptionalInt intid) {

    /** Sorts of cause. */
    public enum Kind implements WireName {
        SPI,
        PPI,
        UART,
        TIMER,
        NONE
    }
}
