package dev.vboard.model.xen;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.EventType;
import dev.vboard.model.hazard.GuestHazard;
import dev.vboard.model.report.Observables;

/**
 * Domain shutdown: the latched code, the pauses of the vCPUs, the toolstack's notification, what
 * the machine does when its hardware domain ends, and the way back from a suspend (xen-suspend.md
 * 1.4 to 1.6, 2.3 G6, 2.7).
 */
final class Shutdown {
    static final int POWEROFF = 0;
    static final int REBOOT = 1;
    static final int SUSPEND = 2;
    static final int CRASH = 3;
    static final int WATCHDOG = 4;
    static final int SOFT_RESET = 5;

    /** How many shutdown codes there are. */
    static final int CODES = 6;

    private static final String[] REASONS = {
        "poweroff", "reboot", "suspend", "crash", "watchdog", "soft_reset"
    };

    private final Hypervisor xen;

    Shutdown(Hypervisor xen) {
        this.xen = xen;
    }

    static String reason(int code) {
        return code < REASONS.length ? REASONS[code] : "unknown";
    }

    /**
     * Shuts a domain down: the first code recorded wins, and all its vCPUs are paused except those
     * that defer it. A hardware domain takes the machine with it, unless it suspends where it may.
     * A vPSCI suspend of 2018 does not come here.
     */
    void shutDown(Board board, Domain domain, int code) {
        latch(board, domain, code);
        if (!domain.shutdownState.is(board, Observables.ShutdownState.NONE)) {
            return;
        }
        domain.shutdownState.set(board, Observables.ShutdownState.IN_PROGRESS);
        for (Vcpu vcpu : domain.vcpus) {
            if (!vcpu.deferShutdown.get(board)) {
                pause(board, domain, vcpu);
            }
        }
        completeWhenAllPaused(board, domain);
    }

    private void pause(Board board, Domain domain, Vcpu vcpu) {
        vcpu.pausedForShutdown.set(board, true);
        vcpu.pauseCount.add(board, 1);
        xen.scheduler.reconsider(board, domain, vcpu);
    }

    /** A vCPU is in the middle of something that a shutdown waits for. */
    void defer(Board board, Vcpu vcpu) {
        vcpu.deferShutdown.set(board, true);
    }

    /** A vCPU defers a shutdown no longer; one that waits for it goes on. */
    void deferNoLonger(Board board, Domain domain, Vcpu vcpu) {
        vcpu.deferShutdown.set(board, false);
        if (domain.shutdownState.is(board, Observables.ShutdownState.IN_PROGRESS)
                && !vcpu.pausedForShutdown.get(board)) {
            pause(board, domain, vcpu);
            completeWhenAllPaused(board, domain);
        }
    }

    private void completeWhenAllPaused(Board board, Domain domain) {
        for (Vcpu vcpu : domain.vcpus) {
            if (!vcpu.pausedForShutdown.get(board)) {
                return;
            }
        }
        domain.shutdownState.set(board, Observables.ShutdownState.COMPLETE);
        int latched = domain.shutdownCode.getInt(board);
        if (latched == SUSPEND) {
            xen.watchdogs.suspends(board, domain);
        }
        EventType.DOMAIN_SHUTDOWN.emit(
                board, xen.now(board), domain.id(board), latched, reason(latched));
        notifyToolstack(board, domain);
        boolean mayHappen = latched == SUSPEND && xen.flavour(board).hardwareMaySuspend();
        if (domain.hardware(board) && !(mayHappen && xen.flavour(board).shutsDown())) {
            xen.machineEnd.begin(board, domain, latched);
        }
    }

    /**
     * The domain-exception interrupt goes to the first control domain that listens: one whose event
     * upcall is off has bound nothing.
     */
    private void notifyToolstack(Board board, Domain domain) {
        for (Domain control : xen.domains.byId(board)) {
            int upcall = control.intids.index(0, Hypervisor.UPCALL_PPI);
            boolean listens = control != domain
                    && control.control(board)
                    && control.shutdownState.is(board, Observables.ShutdownState.NONE)
                    && control.vgic.enabled.get(board, upcall);
            if (listens) {
                xen.vgic.inject(board, control, control.vcpus.getFirst(), Hypervisor.UPCALL_PPI);
                return;
            }
        }
    }

    /** Records why a domain shuts down, unless something is recorded already. */
    void latch(Board board, Domain domain, int code) {
        if (domain.shutdownCode.getInt(board) == Domain.NO_CODE) {
            domain.shutdownCode.set(board, code);
        }
    }

    /**
     * Resumes a domain that has shut down for suspend: at its stored entry point if it suspended
     * through vPSCI, else after its hypercall. Does nothing to one that runs. A pause of the
     * toolstack stays.
     */
    void resume(Board board, Domain domain, Domain.WakeKind by) {
        if (domain.shutdownState.is(board, Observables.ShutdownState.NONE)) {
            return;
        }
        xen.checks.guests.revived(board, domain);
        boolean tooEarly = domain.suspendedAt.get(board) == xen.now(board)
                && xen.suffers(board, GuestHazard.HZ_59);
        domain.pauseCount.add(board, 1);
        domain.shutdownState.set(board, Observables.ShutdownState.NONE);
        boolean stored = domain.resumeContext.present(board);
        if (!tooEarly && (stored || xen.suffers(board, GuestHazard.HZ_23))) {
            xen.checks.guests.contextUsed(board, domain);
            domain.resumeContext.apply(board, domain);
            domain.entryExpected.set(board, true);
            domain.resumeCount.add(board, 1);
        }
        xen.checks.guests.contextLeft(board, domain);
        domain.shutdownCode.set(board, Domain.NO_CODE);
        domain.resumeKind.set(board, by);
        domain.resumeIntid.set(board, 0);
        domain.awaitsFirstInstruction.set(board, true);
        xen.watchdogs.start(board, domain);
        xen.guestSuspend.report(board, domain);
        for (Vcpu vcpu : domain.vcpus) {
            if (vcpu.pausedForShutdown.get(board)) {
                vcpu.pausedForShutdown.set(board, false);
                vcpu.pauseCount.add(board, -1);
            }
        }
        domain.pauseCount.add(board, -1);
        xen.scheduler.reconsider(board, domain);
    }
}
