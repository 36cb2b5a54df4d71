package dev.vboard.model.watchdog;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Clock;
import dev.vboard.model.core.EventType;
import dev.vboard.model.core.Events;
import dev.vboard.model.profile.DeviceSpec;

import java.util.function.Consumer;

/**
 * What becomes of a watchdog whose time is up: an event tells of it, and its reset output is the
 * board's reset (devices.md 4).
 *
 * @param spec the watchdog
 * @param clock tells when
 * @param reset the reset line of the board
 */
record Bite(DeviceSpec spec, Clock clock, Consumer<Board> reset) {
    private static final int INTERRUPT = 1;
    private static final int RESET = 2;

    /** Software is reminded by an interrupt, which the watchdog itself raises. */
    void warn(Board board) {
        tell(board, INTERRUPT);
    }

    /** The board is reset. */
    void reset(Board board) {
        tell(board, RESET);
        reset.accept(board);
    }

    private void tell(Board board, int stage) {
        EventType.WATCHDOG.emit(
                board,
                clock.now(board),
                Events.ABSENT,
                Events.ABSENT,
                stage,
                Events.ABSENT,
                spec.name());
    }
}
