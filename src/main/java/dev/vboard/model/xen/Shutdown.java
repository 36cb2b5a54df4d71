package dev.vboard.model.xen;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.EventType;

/** Domain shutdown: the latched code, and what the machine does when its hardware domain ends. */
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
     * Shuts a domain down: the first code recorded wins, all its vCPUs are paused (xen-suspend.md
     * 1.5, 2.3 G6). A hardware domain takes the machine with it. A vPSCI suspend does not come
     * here.
     */
    void shutDown(Board board, Domain domain, int code) {
        if (domain.shutdownCode.getInt(board) == Domain.NO_CODE) {
            domain.shutdownCode.set(board, code);
        }
        if (!domain.shutdownState.is(board, Domain.ShutdownState.NONE)) {
            return;
        }
        int latched = domain.shutdownCode.getInt(board);
        domain.shutdownState.set(board, Domain.ShutdownState.COMPLETE);
        for (Vcpu vcpu : domain.vcpus) {
            vcpu.pausedForShutdown.set(board, true);
            vcpu.pauseCount.add(board, 1);
            xen.scheduler.reconsider(board, domain, vcpu);
        }
        if (latched == SUSPEND) {
            xen.watchdogs.stop(board, domain);
        }
        EventType.DOMAIN_SHUTDOWN.emit(
                board, xen.now(board), domain.id(board), latched, reason(latched));
        if (domain.hardware(board)) {
            xen.machineEnd.begin(board, domain, latched);
        }
    }

    /** The toolstack resumes a domain that suspended by hypercall: it goes on after that call. */
    void takeBack(Board board, Domain domain) {
        domain.shutdownState.set(board, Domain.ShutdownState.NONE);
        domain.shutdownCode.set(board, Domain.NO_CODE);
        domain.resumeKind.set(board, Domain.WakeKind.TOOLSTACK);
        domain.resumeIntid.set(board, 0);
        domain.awaitsFirstInstruction.set(board, true);
        xen.watchdogs.start(board, domain);
        xen.guestSuspend.report(board, domain);
        for (Vcpu vcpu : domain.vcpus) {
            if (vcpu.pausedForShutdown.get(board)) {
                vcpu.pausedForShutdown.set(board, false);
                vcpu.pauseCount.add(board, -1);
                xen.scheduler.reconsider(board, domain, vcpu);
            }
        }
    }
}
