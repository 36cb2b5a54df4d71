package dev.vboard.model.xen;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Flag;
import dev.vboard.model.core.Gprs;
import dev.vboard.model.core.Intids;
import dev.vboard.model.core.Layout;
import dev.vboard.model.core.SystemRegisters.SystemRegister;
import dev.vboard.model.hazard.GuestInvariant;
import dev.vboard.model.hazard.HostInvariant;
import dev.vboard.model.hazard.SignalInvariant;
import dev.vboard.model.report.DomainReport;

import java.util.List;

/** What must hold for guests: I2, I4 to I9, I21, I24, I25. */
final class GuestChecks {
    private static final long SMC64 = 1L << 30;
    private static final int MASKS = 0x3C0;
    private static final int MODE = 0xF;
    private static final int EL1H = 5;

    private final Hypervisor xen;
    private final Checks checks;
    private final Flag dom0Awaited;
    private final SystemRegister sctlr;
    private final SystemRegister ttbr0;
    private final SystemRegister tcr;

    GuestChecks(Hypervisor xen, Checks checks, Layout layout) {
        this.xen = xen;
        this.checks = checks;
        dom0Awaited = layout.flag("dom0-awaited");
        sctlr = xen.platform.registers().get("SCTLR_EL1");
        ttbr0 = xen.platform.registers().get("TTBR0_EL1");
        tcr = xen.platform.registers().get("TCR_EL1");
    }

    /** A domain is about to be marked as suspended. */
    void suspends(Board board, Domain domain, Vcpu caller) {
        if (checks.leftOut) {
            return;
        }
        boolean alone = !domain.anyOtherOnline(board, caller);
        checks.expect(board, alone, GuestInvariant.I2, Finding.SUSPENDED_RUNS, domain.id(board), 0);
    }

    /** A vCPU has been put on a CPU to begin at its stored entry point. */
    void entered(Board board, int cpu, Domain domain, Vcpu vcpu) {
        if (checks.leftOut) {
            return;
        }
        Access by = Access.el2(cpu);
        Gprs r = xen.platform.gprs().get(cpu);
        boolean wide = !domain.is32Bit(board);
        long pstate = r.pstate().get(board);
        boolean masked = (pstate & MASKS) == (wide ? MASKS : MASKS & ~0x200)
                && (!wide || (pstate & MODE) == EL1H);
        boolean right = r.pc().get(board) == domain.expectedEntry.get(board)
                && r.x(0).get(board) == domain.expectedContext.get(board)
                && (sctlr.read(board, by) & 1) == 0
                && ttbr0.read(board, by) == 0
                && tcr.read(board, by) == 0
                && masked;
        checks.expect(
                board, right, GuestInvariant.I7, Finding.WRONG_ENTRY, domain.id(board), vcpu.id);
    }

    /**
     * A call for suspend is about to be accepted: what the guest must find at its entry is what its
     * registers ask for, of an SMC32 call their lower halves (xen-suspend.md 2.2, 2.5).
     */
    void asks(Board board, Domain domain, Vcpu caller) {
        Gprs r = xen.platform.gprs().get(caller.assigned(board));
        boolean wide = !domain.is32Bit(board);
        long asked = (r.x(0).get(board) & SMC64) != 0 ? -1L : 0xFFFF_FFFFL;
        domain.expectedEntry.set(board, r.x(1).get(board) & asked & (wide ? -1L : 0xFFFF_FFFEL));
        domain.expectedContext.set(board, r.x(2).get(board) & asked & (wide ? -1L : 0xFFFF_FFFFL));
    }

    /** A suspended domain's stored context is used. */
    void contextUsed(Board board, Domain domain) {
        boolean stored = domain.contextStored.get(board);
        int id = domain.id(board);
        checks.expect(board, stored, GuestInvariant.I8, Finding.CONTEXT_NOT_STORED, id, 0);
        domain.contextStored.set(board, false);
    }

    /** A domain is gone: whoever gets its place finds no context there. */
    void destroyed(Board board, Domain domain) {
        boolean gone = !board.has(domain.slot);
        checks.expect(board, gone, GuestInvariant.I8, Finding.CONTEXT_LEFT, domain.slot, 0);
    }

    /** A domain has been resumed: no context may be left to be used a second time. */
    void contextLeft(Board board, Domain domain) {
        boolean none = !domain.resumeContext.present(board);
        checks.expect(board, none, GuestInvariant.I8, Finding.CONTEXT_LEFT, domain.id(board), 0);
    }

    /**
     * An interrupt has found its vCPU off, and nothing is left of it to look at later (W12): a
     * guest that suspends by itself and leaves such a line enabled waits for ever. Where one that
     * is driven from outside leaves its lines is the driver's affair.
     */
    void dropped(Board board, Domain domain, int virq) {
        boolean lost = virq >= Intids.PRIVATE
                && domain.vgic.enabled.get(board, domain.intids.index(0, virq))
                && domain.suspended(board)
                && !domain.guest.is(board, DomainReport.Guest.MANUAL)
                && domain.software.asleep(board);
        checks.expect(board, !lost, SignalInvariant.I5, Finding.DROPPED, domain.id(board), virq);
    }

    /** A vCPU's wait ends, for an interrupt that is there or because somebody says so. */
    void woken(Board board, Domain domain, Vcpu vcpu, Domain.WakeKind kind, int virq) {
        boolean cause = switch (kind) {
            case NONE -> false;
            case INTERRUPT, VTIMER, EVENT_CHANNEL ->
                domain.vgic.inflight.get(board, domain.intids.index(vcpu.id, virq));
            case TOOLSTACK, HOST -> true;
        };
        checks.expect(board, cause, GuestInvariant.I6, Finding.WOKEN_IDLY, domain.id(board), virq);
    }

    /** A suspend ends for a reason. */
    void resumed(Board board, Domain domain, Domain.WakeKind kind, int virq) {
        if (checks.leftOut) {
            return;
        }
        boolean cause = switch (kind) {
            case NONE -> false;
            case INTERRUPT, VTIMER, EVENT_CHANNEL -> enabled(board, domain, virq);
            case TOOLSTACK, HOST -> true;
        };
        checks.expect(board, cause, GuestInvariant.I6, Finding.NO_CAUSE, domain.id(board), virq);
    }

    private static boolean enabled(Board board, Domain domain, int virq) {
        for (Vcpu vcpu : domain.vcpus) {
            if (domain.vgic.enabled.get(board, domain.intids.index(vcpu.id, virq))) {
                return true;
            }
        }
        return false;
    }

    /** A domain that has shut down is brought back: from a suspend, and from nothing else. */
    void revived(Board board, Domain domain) {
        boolean suspended = domain.suspended(board);
        int id = domain.id(board);
        checks.expect(board, suspended, GuestInvariant.I6, Finding.REVIVED, id, 0);
    }

    /** A call about a node or reset line goes on to the firmware. */
    void forwarded(Board board, Domain domain, boolean owned, int subject) {
        int id = domain.id(board);
        checks.expect(board, owned, GuestInvariant.I27, Finding.EEMI_FOREIGN, id, subject);
    }

    /** A guest reads its counter: what it sees is remembered. */
    void readsCounter(Board board, Domain domain) {
        if (!checks.leftOut) {
            domain.counterSeen.set(board, countsOn(board, domain));
        }
    }

    /** A guest's counter stands where it does now: not before what the guest has seen of it. */
    long countsOn(Board board, Domain domain) {
        long now = xen.platform.clock().counter(board) - domain.counterOffset.get(board);
        boolean on = Long.compareUnsigned(now, domain.counterSeen.get(board)) >= 0;
        int id = domain.id(board);
        checks.expect(board, on, SignalInvariant.I22, Finding.COUNTER_READ_BACK, id, 0);
        return now;
    }

    /** The machine has slept, and other domains wait until a control domain has run. */
    void awaitDom0(Board board, boolean waits) {
        dom0Awaited.set(board, waits);
    }

    /** A domain runs for the first time since it stopped. */
    void firstInstruction(Board board, Domain domain) {
        if (!dom0Awaited.get(board)) {
            return;
        }
        if (Dom0First.privileged(board, domain)) {
            dom0Awaited.set(board, false);
        } else {
            int id = domain.id(board);
            checks.expect(board, false, HostInvariant.I4, Finding.BEFORE_DOM0, id, 0);
        }
    }

    /** A watchdog expires. */
    void watchdogExpires(Board board, Domain domain) {
        boolean served = !domain.serviceFrozen.get(board);
        checks.expect(
                board, served, SignalInvariant.I21, Finding.WATCHDOG_AT_ENTRY, domain.id(board), 0);
        boolean runs = !domain.suspended(board) && !xen.checks.cycle.frozen(board);
        checks.expect(board, runs, SignalInvariant.I21, Finding.WATCHDOG_RAN, domain.id(board), 0);
    }

    /** A domain that stood goes on: no watchdog of it may have counted meanwhile. */
    void watchdogGoesOn(Board board, Domain domain) {
        if (checks.leftOut) {
            return;
        }
        boolean stood = true;
        for (int i = 0; i < Domain.WATCHDOGS; i++) {
            stood &= domain.watchdogExpiry(board, i) == SoftTimers.STOPPED;
        }
        checks.expect(board, stood, SignalInvariant.I21, Finding.WATCHDOG_RAN, domain.id(board), 0);
    }

    /** A call was refused, and is to have left nothing behind. */
    void refused(Board board, Domain domain, boolean unchanged) {
        int id = domain.id(board);
        checks.expect(board, unchanged, GuestInvariant.I25, Finding.REFUSAL_CHANGED, id, 0);
    }

    /** A suspend is answered as not supported: then it was not offered. */
    void unsupported(Board board, Domain domain, boolean offered) {
        int id = domain.id(board);
        checks.expect(board, !offered, GuestInvariant.I24, Finding.OFFERED_NOT_SUPPORTED, id, 0);
    }

    /** A call for suspend was accepted: that is not how the machine ends. */
    void outlives(Board board, Domain domain, boolean endedBefore) {
        boolean lives = endedBefore || !xen.ending(board);
        int id = domain.id(board);
        checks.expect(board, lives, GuestInvariant.I25, Finding.SUSPEND_ENDS, id, 0);
    }

    /** A call was accepted for the machine's suspend: it can have one, and it is on its way. */
    void hostSuspends(Board board, Domain domain) {
        boolean can = xen.hostGate.firmwareSuspends(board);
        boolean goes = xen.hostSuspend.inProgress(board) || xen.crashed(board);
        int id = domain.id(board);
        checks.expect(board, can && goes, GuestInvariant.I25, Finding.IN_VAIN, id, 0);
    }

    /** The machine's suspend is over: the domain that asked is told nothing, it enters anew. */
    void unanswered(Board board, Domain domain) {
        if (checks.leftOut || !domain.entersAnew(board)) {
            return;
        }
        Gprs saved = domain.vcpus.getFirst().gprs;
        boolean untold = saved.pc().get(board) == domain.expectedEntry.get(board)
                && saved.x(0).get(board) == domain.expectedContext.get(board);
        int id = domain.id(board);
        checks.expect(board, untold, GuestInvariant.I25, Finding.MISANSWERED, id, 0);
    }

    /** After an accepted call the guest stands at its entry, or does not run. */
    void accepted(Board board, Domain domain, Vcpu caller) {
        if (checks.leftOut) {
            return;
        }
        if (xen.scheduler.running(board, caller) && domain.entersAnew(board)) {
            int id = domain.id(board);
            checks.expect(board, false, GuestInvariant.I7, Finding.WRONG_ENTRY, id, caller.id);
            boolean counts = domain.watchdogRemaining(board, 0) == SoftTimers.STOPPED
                    && domain.watchdogRemaining(board, 1) == SoftTimers.STOPPED;
            checks.expect(board, counts, SignalInvariant.I21, Finding.WATCHDOG_STOOD, id, 0);
        }
    }

    void commandEnded(Board board, List<Domain> live) {
        for (Domain domain : live) {
            if (domain.contextStored.get(board) && !domain.suspended(board)) {
                checks.expect(
                        board,
                        false,
                        GuestInvariant.I9,
                        Finding.CONTEXT_WITHOUT_SUSPEND,
                        domain.id(board),
                        domain.shutdownCode(board));
            }
        }
    }
}
