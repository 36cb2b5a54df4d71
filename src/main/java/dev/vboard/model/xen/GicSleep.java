package dev.vboard.model.xen;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.EventType;
import dev.vboard.model.core.Events;
import dev.vboard.model.core.Layout;
import dev.vboard.model.hazard.GicHazard;

import java.util.function.Consumer;

/** What a host suspend does to the interrupt controller, and how it comes back (4.4, R8). */
final class GicSleep {
    private final Hypervisor xen;
    private final GicContext context;
    private final Consumer<Board> enabledNow;

    GicSleep(Hypervisor xen, Layout layout) {
        this.xen = xen;
        context = xen.gic.context(layout);
        enabledNow = xen.checks.sleep::gicEnabled;
    }

    /**
     * Saves what the controller may lose, and stops it where the flavour does. A driver that fails
     * has switched on again what it had switched off (4.3 F', HZ-39q).
     *
     * @return 0 or a negative errno
     */
    int save(Board board, int injected) {
        xen.checks.sleep.gicToBeSaved(board);
        boolean quiesces = xen.flavour(board).quiescesGic();
        if (!quiesces && injected != 0 && xen.suffers(board, GicHazard.HZ_39)) {
            return 0;
        }
        if (xen.suffers(board, GicHazard.HZ_38)) {
            return injected;
        }
        if (!quiesces) {
            context.save(board);
            return injected;
        }
        int own = context.suspend(board, !xen.suffers(board, GicHazard.HZ_41));
        if (own == 0) {
            stopped(board);
        } else if (xen.flavour(board) == Flavour.HOST_V11) {
            xen.print(board, why(board, own));
        }
        boolean failed = own != 0 || injected != 0;
        if (failed && own != CpuHotplug.EBUSY && !xen.suffers(board, GicHazard.HZ_39Q)) {
            context.abort(board);
        }
        if (failed) {
            xen.checks.sleep.gicRestored(board);
        }
        return own != 0 ? own : injected;
    }

    private void stopped(Board board) {
        boolean v3 = xen.platform.profile().gic().version() == 3;
        if (v3 && xen.suffers(board, GicHazard.HZ_43)) {
            // As if the enable had not been cleared before the redistributor slept.
            Access by = Access.el2(0);
            xen.platform.registers().get("ICC_IGRPEN1_EL1").write(board, by, 1);
            EventType.FAULT.emit(board, xen.now(board), 0, Events.ABSENT, "UNPREDICTABLE");
        }
        xen.checks.sleep.gicStopped(board);
    }

    /** The lines of 8.2 x. */
    private String why(Board board, int error) {
        return error == CpuHotplug.EBUSY
                ? context.busyText(board)
                : "GICv3: Timeout waiting for redistributor to sleep";
    }

    /** Writes everything back, and hands on the edges that the sleep has kept (R8, W11). */
    void restore(Board board) {
        if (!xen.suffers(board, GicHazard.HZ_38)) {
            context.restore(board, xen.suffers(board, GicHazard.HZ_40), enabledNow);
        }
        xen.checks.sleep.gicRestored(board);
        boolean edges =
                !xen.hazards.on(board, GicHazard.HZ_38) && !xen.suffers(board, GicHazard.HZ_38E);
        if (edges) {
            xen.platform.gicRestored().accept(board);
        }
    }
}
