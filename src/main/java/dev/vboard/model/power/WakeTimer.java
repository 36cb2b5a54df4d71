package dev.vboard.model.power;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Deadline;
import dev.vboard.model.core.Flag;
import dev.vboard.model.core.Layout;

/**
 * The hypervisor timer of the suspended CPU, as far as EL3 keeps it running over SYSTEM_SUSPEND.
 * Its comparator loses power with the core, so EL3 does so only where a known bug of the hypervisor
 * is to show (xen-suspend.md 7.1 HZ-36, HZ-37); otherwise no private interrupt wakes (W13b).
 */
public final class WakeTimer {
    /** The interrupt of the EL2 physical timer, a PPI. */
    public static final int INTID = 26;

    private final Flag due;
    private final Deadline deadline;

    WakeTimer(Layout wake) {
        due = wake.flag("timer-due");
        deadline = wake.deadline("timer", Deadline.Kind.WAITING, board -> due.set(board, true));
    }

    /**
     * Keeps the timer running, in place of what was kept before.
     *
     * @param atNanos when it fires, {@link Deadline#NEVER} when it does not
     * @param nowNanos the moment it is
     */
    public void keep(Board board, long atNanos, long nowNanos) {
        boolean fires = atNanos <= nowNanos;
        due.set(board, fires);
        deadline.arm(board, fires ? Deadline.NEVER : atNanos);
    }

    /** Forgets the timer. */
    void cancel(Board board) {
        due.set(board, false);
        deadline.cancel(board);
    }

    boolean due(Board board) {
        return due.get(board);
    }
}
