package dev.vboard.model.xen;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Layout;
import dev.vboard.model.hazard.Invariant;
import dev.vboard.model.hazard.SignalInvariant;

import java.util.List;

/** The checks of all invariants, by what they look at (xen-suspend.md 7.2). */
public final class Checks {
    final CpuChecks cpus;
    final SleepChecks sleep;
    final CycleChecks cycle;
    final GuestChecks guests;

    /** Whether nothing is looked at; what Xen itself asks the checks for is kept up even so. */
    final boolean leftOut;

    private final WaitChecks waits;
    private final Hypervisor xen;

    Checks(Hypervisor xen, Layout layout, boolean leftOut) {
        this.xen = xen;
        this.leftOut = leftOut;
        Layout own = layout.named("checks");
        cpus = new CpuChecks(xen, this);
        sleep = new SleepChecks(xen, this, own);
        cycle = new CycleChecks(xen, this, own);
        guests = new GuestChecks(xen, this, own);
        waits = new WaitChecks(xen, this, own);
    }

    void expect(Board board, boolean held, Invariant invariant, Finding otherwise, int a, int b) {
        if (!held && !leftOut) {
            xen.invariants.violate(board, invariant, otherwise, a, b);
        }
    }

    /** A device that has an owner has made an access to that owner's memory. */
    public void dma(Board board, boolean arrived) {
        sleep.dma(board, arrived);
    }

    /**
     * A command has been carried out, its reactions with it.
     *
     * @param settled whether nothing is on its way any more
     */
    public void commandEnded(Board board, boolean settled) {
        if (leftOut || xen.crashed(board)) {
            return;
        }
        List<Domain> live = xen.domains.live(board);
        guests.commandEnded(board, live);
        cycle.controlled(board, live);
        if (settled) {
            waits.settled(board, live);
            sleep.settled(board);
        }
    }

    /**
     * The clock is about to move, and until then nothing changes: when somebody will have been kept
     * waiting for longer than is allowed.
     *
     * @param untilNanos where the clock is to go
     * @return the moment, not before now, or {@link SoftTimers#STOPPED} when it is past that
     */
    public long overdueAt(Board board, long untilNanos) {
        if (leftOut || !waits.looks(board, untilNanos)) {
            return SoftTimers.STOPPED;
        }
        boolean told = !xen.invariants.held(board, SignalInvariant.I5);
        if (told || xen.crashed(board)) {
            return SoftTimers.STOPPED;
        }
        long since = waits.since(board);
        boolean passes = untilNanos - WaitChecks.BOUND_NANOS > since;
        return passes
                ? Math.max(since + WaitChecks.BOUND_NANOS, xen.now(board))
                : SoftTimers.STOPPED;
    }

    /** The clock stands where {@link #overdueAt} said. */
    public void overdue(Board board) {
        waits.overdue(board);
    }
}
