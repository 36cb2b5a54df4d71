package dev.vboard.model.xen;

import dev.vboard.model.core.Board;

/**
 * Xen between guests and NXP's services (xen-suspend.md 6): the hardware domain's calls go through,
 * but for the CPU frequency and the source of wake-ups, which Xen does not handle. To everyone else
 * there is no such service.
 */
final class NxpMediator {
    private static final long CPUFREQ = 0xC200_0001L;
    private static final long TIME = 0xC200_0002L;
    private static final long WAKEUP_SRC = 0xC200_0009L;
    private static final int LAST_TIME_CALL = 7;

    private final Hypervisor xen;

    NxpMediator(Hypervisor xen) {
        this.xen = xen;
    }

    /** Whether a function id is one of NXP's on such a board. */
    boolean has(long function) {
        return !xen.platform.profile().firmware().sip().equals("none") && function >>> 16 == 0xC200;
    }

    /** Handles a call of the guest on a CPU; arguments and result are its registers. */
    void call(Board board, int cpu, Domain domain, long function) {
        if (passes(board, cpu, domain, function)) {
            xen.platform.pass(board, cpu, domain.id(board) + 1);
        } else {
            xen.platform.gprs().get(cpu).x(0).set(board, VPsci.NOT_SUPPORTED);
        }
    }

    private boolean passes(Board board, int cpu, Domain domain, long function) {
        if (!domain.hardware(board) || function == CPUFREQ || function == WAKEUP_SRC) {
            return false;
        }
        int sub = xen.platform.gprs().get(cpu).x(1).getInt(board);
        if (function == TIME && (sub < 0 || sub > LAST_TIME_CALL)) {
            xen.console.print(
                    board, "imx8qm: smc: time: Unknown subfunction id " + Integer.toHexString(sub));
            return false;
        }
        return true;
    }
}
