package dev.vboard.model.xen;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Intids;
import dev.vboard.model.core.Layout;
import dev.vboard.model.hazard.SignalInvariant;

import java.util.List;

/**
 * Who waits over a wake-up that is there: I5 (xen-suspend.md 7.2). When the board settles nobody
 * may, and while the clock runs nobody for longer than a bound. This is looked at where the clock
 * moves, for between two moments nothing changes: before every long move, and after a few short
 * ones.
 */
final class WaitChecks {
    /** How old such an interrupt may get, in virtual nanoseconds. */
    static final long BOUND_NANOS = 500_000_000L;

    /** How far the clock may run between two looks: what moves all the time ages as well. */
    private static final long STRIDE_NANOS = 10_000_000L;

    private static final int ENABLE = 1;

    private final Hypervisor xen;
    private final Checks checks;
    private final Cell missedSince;
    private final Cell strandedSince;
    private final Cell stranded;
    private final Cell looked;

    WaitChecks(Hypervisor xen, Checks checks, Layout layout) {
        this.xen = xen;
        this.checks = checks;
        missedSince = layout.cell("missed-since", 64, SoftTimers.STOPPED);
        strandedSince = layout.cell("stranded-since", 64, SoftTimers.STOPPED);
        stranded = layout.cell("stranded", 16);
        looked = layout.cell("looked", 64);
    }

    /** Whether a vCPU waits for an interrupt, and nobody holds it. */
    private static boolean waits(Board board, Domain domain, Vcpu vcpu) {
        return vcpu.flags.get(board) == Vcpu.BLOCKED
                && vcpu.pauseCount.get(board) == 0
                && domain.pauseCount.get(board) == 0;
    }

    /** The interrupt a waiting vCPU could take and has not, or {@link VGic#NONE}. */
    private int unserved(Board board, Domain domain, Vcpu vcpu) {
        return domain.vgic.inflight.any(board)
                ? xen.vgic.deliverable(board, domain, vcpu)
                : VGic.NONE;
    }

    /** Whether a waiting vCPU has its virtual timer on, and nobody will tell it. */
    private static boolean timerForgotten(Board board, Vcpu vcpu) {
        return vcpu.cntvCtl.get(board) == ENABLE
                && vcpu.vtimerExpiry.get(board) == SoftTimers.STOPPED;
    }

    /** From when on a vCPU waits over something as the board stands; ahead for its timer. */
    private long overlookedFrom(Board board, Domain domain, Vcpu vcpu) {
        if (!waits(board, domain, vcpu)) {
            return SoftTimers.STOPPED;
        }
        if (unserved(board, domain, vcpu) != VGic.NONE) {
            return xen.now(board);
        }
        return timerForgotten(board, vcpu)
                ? xen.vtimer.dueAt(board, domain, vcpu)
                : SoftTimers.STOPPED;
    }

    /**
     * The lowest SPI that is signalled to nothing but CPUs that are off, while the machine or the
     * vCPU it is for waits; or {@link Probe#NONE}.
     */
    private int strandedNow(Board board) {
        Probe probe = xen.platform.probe();
        int intid = probe.stranded(board, Intids.PRIVATE);
        while (intid != Probe.NONE && !missedBySomebody(board, intid)) {
            intid = probe.stranded(board, intid + 1);
        }
        return intid;
    }

    private boolean missedBySomebody(Board board, int intid) {
        int slot = xen.irqs.ownerSlot(board, intid);
        if (slot < Board.FIRST_DOMAIN || xen.hostSuspend.asleep(board)) {
            return xen.hostSuspend.asleep(board);
        }
        Domain domain = xen.domains.inSlot(board, slot);
        return waits(board, domain, domain.vcpus.get(domain.vgic.target(board, intid)));
    }

    /** Nothing moves: nobody waits over what has come. */
    void settled(Board board, List<Domain> live) {
        int intid = strandedNow(board);
        boolean none = intid == Probe.NONE;
        checks.expect(board, none, SignalInvariant.I5, Finding.STRANDED, intid, 0);
        if (xen.hostSuspend.inProgress(board)) {
            return;
        }
        for (Domain domain : live) {
            if (domain.pauseCount.get(board) == 0) {
                settled(board, domain);
            }
        }
    }

    private void settled(Board board, Domain domain) {
        for (Vcpu vcpu : domain.vcpus) {
            if (waits(board, domain, vcpu)) {
                waiting(board, domain, vcpu);
            }
        }
    }

    private void waiting(Board board, Domain domain, Vcpu vcpu) {
        int id = domain.id(board);
        int virq = unserved(board, domain, vcpu);
        boolean none = virq == VGic.NONE;
        checks.expect(board, none, SignalInvariant.I5, Finding.UNSEEN, id, virq);
        boolean timer = timerForgotten(board, vcpu) && xen.vtimer.due(board, domain, vcpu);
        checks.expect(board, !timer, SignalInvariant.I5, Finding.TIMER_UNSEEN, id, vcpu.id);
    }

    /** Whether it is time for a look before the clock moves. */
    boolean looks(Board board, long untilNanos) {
        return untilNanos - looked.get(board) >= STRIDE_NANOS;
    }

    /**
     * Notes who waits over an interrupt as the board stands now.
     *
     * @return since when the first of them does, or {@link SoftTimers#STOPPED}
     */
    long since(Board board) {
        long now = xen.now(board);
        looked.set(board, now);
        boolean missed = xen.platform.probe().missedWake(board) != Probe.NONE;
        long from = missed ? now : SoftTimers.STOPPED;
        long first = Math.min(note(board, missedSince, from, now), strandedSince(board, now));
        for (Domain domain : xen.domains.live(board)) {
            if (domain.pauseCount.get(board) == 0 || domain.overlooked.get(board)) {
                first = Math.min(first, since(board, domain, now));
            }
        }
        return first;
    }

    private long strandedSince(Board board, long now) {
        int intid = strandedNow(board);
        if (intid != Probe.NONE && intid != stranded.getInt(board)) {
            // Another one than before has waited no longer than from now on.
            strandedSince.set(board, SoftTimers.STOPPED);
            stranded.set(board, intid);
        }
        long from = intid == Probe.NONE ? SoftTimers.STOPPED : now;
        return note(board, strandedSince, from, now);
    }

    /** The vCPUs' cells are written only while one of them is overlooked, which is hardly ever. */
    private long since(Board board, Domain domain, long now) {
        boolean before = domain.overlooked.get(board);
        long first = SoftTimers.STOPPED;
        for (Vcpu vcpu : domain.vcpus) {
            long from = overlookedFrom(board, domain, vcpu);
            if (from != SoftTimers.STOPPED || before) {
                first = Math.min(first, note(board, vcpu.unservedSince, from, now));
            }
        }
        boolean after = first != SoftTimers.STOPPED;
        if (after != before) {
            domain.overlooked.set(board, after);
        }
        return first;
    }

    /** What has been so for long keeps its moment; one ahead, or none at all, is as found. */
    private static long note(Board board, Cell since, long from, long now) {
        long before = since.get(board);
        long after = from <= now ? Math.min(before, from) : from;
        if (after != before) {
            since.set(board, after);
        }
        return after;
    }

    /** The clock stands where the first of them has waited for too long. */
    void overdue(Board board) {
        long bound = xen.now(board) - BOUND_NANOS;
        boolean inTime = missedSince.get(board) > bound;
        int missed = inTime ? Probe.NONE : xen.platform.probe().missedWake(board);
        checks.expect(board, inTime, SignalInvariant.I5, Finding.MISSED_WAKE, missed, 0);
        inTime = strandedSince.get(board) > bound;
        int intid = stranded.getInt(board);
        checks.expect(board, inTime, SignalInvariant.I5, Finding.STRANDED, intid, 0);
        for (Domain domain : xen.domains.live(board)) {
            for (Vcpu vcpu : domain.vcpus) {
                if (vcpu.unservedSince.get(board) <= bound) {
                    overdue(board, domain, vcpu);
                }
            }
        }
    }

    private void overdue(Board board, Domain domain, Vcpu vcpu) {
        int id = domain.id(board);
        int virq = unserved(board, domain, vcpu);
        boolean timer = virq == VGic.NONE;
        Finding finding = timer ? Finding.TIMER_UNSEEN : Finding.UNSEEN;
        checks.expect(board, false, SignalInvariant.I5, finding, id, timer ? vcpu.id : virq);
    }
}
