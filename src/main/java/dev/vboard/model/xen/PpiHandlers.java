package dev.vboard.model.xen;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.hazard.CpuHazard;

import java.util.List;

/**
 * The per-CPU interrupt handlers of Xen: released when a CPU goes, requested when it comes; one
 * more where a trusted OS sends notifications (xen-suspend.md 1.2, 4.4, 5.2).
 */
final class PpiHandlers {
    /** Maintenance of the virtual interface, hypervisor timer, virtual timer. */
    static final List<Integer> PPIS = List.of(25, 26, VTimer.PPI);

    private static final int MOST = 0xFF;

    private final Hypervisor xen;
    private final boolean notifications;

    PpiHandlers(Hypervisor xen) {
        this.xen = xen;
        notifications = !xen.platform.profile().firmware().trustedOs().equals("none");
    }

    /** How many handlers a CPU has that is online. */
    int expected() {
        return PPIS.size() + (notifications ? 1 : 0);
    }

    /** A CPU is going, its interrupts off. */
    void release(Board board, int cpu, boolean forGood) {
        if (xen.suffers(board, CpuHazard.HZ_03)
                || !forGood && xen.suffers(board, CpuHazard.HZ_04B)) {
            return;
        }
        for (int ppi : PPIS) {
            xen.gic.disable(board, cpu, ppi);
        }
        xen.pcpus.get(cpu).ppiHandlers.set(board, 0);
        if (xen.suffers(board, CpuHazard.HZ_04)) {
            xen.checks.cpus.heapUsed(board, cpu);
            xen.bug(
                    board,
                    "Assertion 'local_irq_is_enabled() || num_online_cpus() <= 1' failed at"
                            + " common/xmalloc_tlsf.c");
        }
    }

    /** A CPU is online. */
    void request(Board board, int cpu) {
        Cell handlers = xen.pcpus.get(cpu).ppiHandlers;
        boolean kept = xen.resuming(board) && handlers.get(board) != 0;
        if (kept && xen.suffers(board, CpuHazard.HZ_04B)) {
            return;
        }
        for (int ppi : PPIS) {
            xen.gic.enable(board, cpu, ppi);
        }
        boolean lost = notifications && !xen.booting(board) && xen.suffers(board, CpuHazard.HZ_68);
        int requested = expected() - (lost ? 1 : 0);
        handlers.set(board, Math.min(handlers.get(board) + requested, MOST));
    }
}
