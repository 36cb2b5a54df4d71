package dev.vboard.model.watchdog;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Clock;
import dev.vboard.model.core.Deadline;
import dev.vboard.model.core.Layout;

/** A counter that runs down by a clock of its own, which stands still with its power domain. */
final class Countdown {
    private static final long NANOS = 1_000_000_000L;

    private final Clock clock;
    private final Cell from;
    private final Cell since;
    private final Deadline end;

    /**
     * Declares it.
     *
     * @param ticks what it holds in reset, at most 32 bits
     * @param ended what happens one tick after it has reached zero
     */
    Countdown(Layout layout, Clock clock, long ticks, Deadline.Firing ended) {
        this.clock = clock;
        from = layout.cell("counter", 32, ticks);
        since = layout.cell("counting-since", 64);
        end = layout.deadline("expiry", Deadline.Kind.WAITING, ended);
    }

    /** Whether it counts. */
    boolean running(Board board) {
        return end.armed(board);
    }

    /** Starts it, or starts it again, so that it ends after {@code ticks}+1 at that frequency. */
    void start(Board board, long ticks, long hz) {
        from.set(board, ticks);
        since.set(board, clock.now(board));
        end.arm(board, clock.now(board) + nanos(ticks + 1, hz));
    }

    /** Stops it where it is. */
    void stop(Board board, long hz) {
        from.set(board, value(board, hz));
        end.cancel(board);
    }

    /** What it holds. */
    long value(Board board, long hz) {
        long held = from.get(board);
        if (!running(board)) {
            return held;
        }
        long nanos = clock.now(board) - since.get(board);
        long passed = nanos / NANOS * hz + nanos % NANOS * hz / NANOS;
        return Math.max(held - passed, 0);
    }

    private static long nanos(long ticks, long hz) {
        long whole = ticks / hz * NANOS;
        return whole + (ticks % hz * NANOS + hz - 1) / hz;
    }
}
