package dev.vboard.model.xen;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Layout;
import dev.vboard.model.hazard.SignalInvariant;

/**
 * How long an interrupt has waited for an owner that waits itself: I5 by the clock (xen-suspend.md
 * 7.2). Looked at where the clock moves, for between two moments nothing changes.
 */
final class WaitChecks {
    /** How old such an interrupt may get, in virtual nanoseconds. */
    static final long BOUND_NANOS = 500_000_000L;

    private final Hypervisor xen;
    private final Checks checks;
    private final Cell missedSince;

    WaitChecks(Hypervisor xen, Checks checks, Layout layout) {
        this.xen = xen;
        this.checks = checks;
        missedSince = layout.cell("missed-since", 64, SoftTimers.STOPPED);
    }

    /** Whether a vCPU waits for an interrupt, and nobody holds it. */
    static boolean waits(Board board, Domain domain, Vcpu vcpu) {
        return vcpu.flags.get(board) == Vcpu.BLOCKED
                && vcpu.pauseCount.get(board) == 0
                && domain.pauseCount.get(board) == 0;
    }

    /**
     * Notes who waits over an interrupt as the board stands now.
     *
     * @return since when the first of them does, or {@link SoftTimers#STOPPED}
     */
    long since(Board board) {
        long now = xen.now(board);
        boolean missed = xen.platform.probe().missedWake(board) != Probe.NONE;
        long first = note(board, missedSince, missed, now);
        for (Domain domain : xen.domains.live(board)) {
            for (Vcpu vcpu : domain.vcpus) {
                boolean unserved = waits(board, domain, vcpu)
                        && xen.vgic.deliverable(board, domain, vcpu) != VGic.NONE;
                first = Math.min(first, note(board, vcpu.unservedSince, unserved, now));
            }
        }
        return first;
    }

    private static long note(Board board, Cell since, boolean waits, long now) {
        long before = since.get(board);
        long after = waits ? Math.min(before, now) : SoftTimers.STOPPED;
        if (after != before) {
            since.set(board, after);
        }
        return after;
    }

    /** The clock stands where the first of them has waited for too long. */
    void overdue(Board board) {
        long bound = xen.now(board) - BOUND_NANOS;
        if (missedSince.get(board) <= bound) {
            int missed = xen.platform.probe().missedWake(board);
            checks.expect(board, false, SignalInvariant.I5, Finding.MISSED_WAKE, missed, 0);
        }
        for (Domain domain : xen.domains.live(board)) {
            for (Vcpu vcpu : domain.vcpus) {
                if (vcpu.unservedSince.get(board) <= bound) {
                    int virq = xen.vgic.deliverable(board, domain, vcpu);
                    int id = domain.id(board);
                    checks.expect(board, false, SignalInvariant.I5, Finding.UNSEEN, id, virq);
                }
            }
        }
    }
}
