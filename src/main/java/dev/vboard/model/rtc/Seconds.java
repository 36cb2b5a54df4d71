package dev.vboard.model.rtc;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Clock;
import dev.vboard.model.core.Deadline;
import dev.vboard.model.core.Layout;

/**
 * A counter of 32-bit seconds of virtual time, zero at the board's creation, with a match value. It
 * matches on equality, never on having passed: a match in the past comes only after the counter
 * wraps. Nothing matches before a match value or a time was written.
 */
final class Seconds {
    private static final long NANOS = 1_000_000_000L;
    private static final long MOST = 0xFFFF_FFFFL;

    private final Clock clock;
    private final Cell offset;
    private final Cell match;
    private final Deadline alarm;
    private final Deadline.Firing matched;

    /**
     * Declares the counter.
     *
     * @param matched runs when counter and match value become equal
     */
    Seconds(Layout layout, Clock clock, Deadline.Firing matched) {
        this.clock = clock;
        this.matched = matched;
        offset = layout.cell("offset", 32);
        match = layout.cell("match", 32);
        alarm = layout.deadline("alarm", Deadline.Kind.WAITING, matched);
    }

    /** The counter. */
    long now(Board board) {
        return elapsed(board) + offset.get(board) & MOST;
    }

    /** Whole seconds of virtual time, which never go back. */
    long elapsed(Board board) {
        return clock.now(board) / NANOS;
    }

    /** How far the present second has come, in nanoseconds. */
    long fraction(Board board) {
        return clock.now(board) % NANOS;
    }

    /** Moves the counter and looks for a match. */
    void set(Board board, long seconds) {
        offset.set(board, seconds - elapsed(board));
        await(board);
    }

    /** The match value. */
    long match(Board board) {
        return match.get(board);
    }

    /** Changes the match value and looks for a match. */
    void match(Board board, long seconds) {
        match.set(board, seconds);
        await(board);
    }

    private void await(Board board) {
        long ahead = match.get(board) - now(board) & MOST;
        if (ahead == 0) {
            alarm.cancel(board);
            matched.fire(board);
        } else {
            alarm.arm(board, start(elapsed(board) + ahead));
        }
    }

    /** The moment at which a second of virtual time starts. */
    static long start(long second) {
        return second > Deadline.NEVER / NANOS ? Deadline.NEVER : second * NANOS;
    }

    /**
     * The counter's value at the first of its seconds that starts at or after a moment; -1 when
     * that lies in the past or further ahead than the counter reaches.
     */
    long at(Board board, long nanos) {
        long second = nanos / NANOS + (nanos % NANOS == 0 ? 0 : 1);
        long ahead = second - elapsed(board);
        boolean reachable = nanos >= clock.now(board) && ahead <= MOST;
        return reachable ? second + offset.get(board) & MOST : -1;
    }

    /** Whether it is a value of the counter. */
    static boolean isSeconds(long value) {
        return value >= 0 && value <= MOST;
    }
}
