package dev.vboard.model.timer;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Clock;
import dev.vboard.model.core.Deadline;
import dev.vboard.model.core.Layout;
import dev.vboard.model.core.Line;

import java.util.function.ToLongFunction;

/**
 * One timer of one CPU: a compare value and a control register. The output line is high while the
 * timer is enabled, unmasked and its counter has reached the compare value, unsigned.
 */
final class Comparator {
    private static final int ENABLE = 1;
    private static final int MASK = 1 << 1;
    private static final int STATUS = 1 << 2;

    private final Cell compare;
    private final Cell control;
    private final Deadline change;
    private final Line line;
    private final Clock clock;
    private final ToLongFunction<Board> offset;

    /**
     * Declares the timer.
     *
     * @param layout a cursor in the CPU's power domain, named for the timer
     * @param offset what is subtracted from the system counter
     */
    Comparator(Layout layout, Clock clock, Line line, ToLongFunction<Board> offset) {
        this.clock = clock;
        this.line = line;
        this.offset = offset;
        compare = layout.cell("cval", 64);
        control = layout.cell("ctl", 8);
        change = layout.deadline("due", Deadline.Kind.WAITING, this::reevaluate);
    }

    /** The counter this timer compares with. */
    long counter(Board board) {
        return clock.counter(board) - offset.applyAsLong(board);
    }

    long compare(Board board) {
        return compare.get(board);
    }

    void setCompare(Board board, long value) {
        compare.set(board, value);
        reevaluate(board);
    }

    /** The low half of compare value less counter, as TVAL shows it. */
    long timerValue(Board board) {
        return compare.get(board) - counter(board) & 0xFFFF_FFFFL;
    }

    /** Sets the compare value a signed 32-bit number of ticks from now. */
    void setTimerValue(Board board, long value) {
        setCompare(board, counter(board) + (int) value);
    }

    /** ISTATUS, IMASK, ENABLE; ISTATUS does not look at the mask and reads 0 when disabled. */
    long control(Board board) {
        return control.get(board) | (conditionMet(board) ? STATUS : 0);
    }

    void setControl(Board board, long value) {
        control.set(board, value & (ENABLE | MASK));
        reevaluate(board);
    }

    boolean enabled(Board board) {
        return (control.getInt(board) & ENABLE) != 0;
    }

    boolean masked(Board board) {
        return (control.getInt(board) & MASK) != 0;
    }

    boolean conditionMet(Board board) {
        return enabled(board) && reached(board);
    }

    private boolean reached(Board board) {
        return Long.compareUnsigned(counter(board), compare.get(board)) >= 0;
    }

    /** When an enabled timer reaches its compare value; past when it has; NEVER when disabled. */
    long dueNanos(Board board) {
        if (!enabled(board)) {
            return Deadline.NEVER;
        }
        if (reached(board)) {
            long since = counter(board) - compare.get(board);
            long at = clock.counter(board) - since;
            return Long.compareUnsigned(since, clock.counter(board)) > 0
                    ? clock.poweredOnAt(board)
                    : clock.nanosAtCounter(board, at);
        }
        return nanosAfter(board, compare.get(board) - counter(board));
    }

    /**
     * Moves the line to where it belongs now and arms the deadline for when it will move by itself:
     * up at the compare value, down where the counter wraps.
     */
    void reevaluate(Board board) {
        boolean drives = enabled(board) && !masked(board);
        boolean reached = drives && reached(board);
        if (!drives) {
            change.cancel(board);
        } else {
            long next = reached ? 0 : compare.get(board);
            change.arm(board, nanosAfter(board, next - counter(board)));
        }
        line.drive(board, reached);
    }

    /** When the system counter will have moved on by some ticks, unsigned; 0 means a whole turn. */
    private long nanosAfter(Board board, long ticks) {
        long now = clock.counter(board);
        long then = now + ticks;
        boolean beyond = ticks == 0 || Long.compareUnsigned(then, now) < 0;
        return beyond ? Deadline.NEVER : clock.nanosAtCounter(board, then);
    }
}
