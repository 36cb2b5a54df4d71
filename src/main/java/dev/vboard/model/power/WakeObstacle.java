package dev.vboard.model.power;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Intids;
import dev.vboard.model.power.WakeController.Distributor;
import dev.vboard.model.profile.PowerSpec.WakeTargeting;

/** What keeps an interrupt from waking the board (xen-suspend.md W13a), the first thing met. */
public enum WakeObstacle {
    /** Nothing: it wakes. */
    NONE,
    /** It is disabled. */
    NOT_ENABLED,
    /** It was handed over and not ended yet. */
    ACTIVE,
    /** It is not aimed at the suspended CPU. */
    WRONG_TARGET,
    /** No power-management node listens to its line. */
    NO_WAKE_NODE,
    /** The node that listens is not armed, and none of its interrupts is enabled. */
    NODE_NOT_ARMED,
    /** The board's own controller does not let it through. */
    MASKED;

    /**
     * What keeps an SPI from waking the board: as it sleeps now, or if it went to sleep as it is.
     * Nothing is changed by asking.
     *
     * @param distributor as it is now
     * @param here whether the interrupt is, or would then be, aimed at the suspended CPU
     */
    public static WakeObstacle of(
            WakeController wake, Board board, int intid, Distributor distributor, boolean here) {
        int spi = intid - Intids.PRIVATE;
        boolean asleep = wake.asleep(board);
        boolean blind = asleep ? wake.blind(board) : wake.wouldBeBlind();
        boolean settled = asleep && blind;
        if (settled && wake.armed.get(board, spi)) {
            return NONE;
        }
        boolean byGic = !blind || wake.targeting == WakeTargeting.STRICT_GIC;
        WakeObstacle first = byGic
                ? inGic(wake, board, spi, distributor, here)
                : inBlock(wake, board, spi, distributor);
        if (first != NONE) {
            return first;
        }
        // What was settled and not let through, though nothing else is seen, was active then.
        return settled || distributor.active(board, wake.index(spi)) ? ACTIVE : NONE;
    }

    private static WakeObstacle inGic(
            WakeController wake, Board board, int spi, Distributor distributor, boolean here) {
        if (!enabled(wake, board, spi, distributor)) {
            return NOT_ENABLED;
        }
        return here ? NONE : WRONG_TARGET;
    }

    private static WakeObstacle inBlock(
            WakeController wake, Board board, int spi, Distributor distributor) {
        return switch (wake.block) {
            case GIC, GIC_PROXY -> {
                WakeNodes nodes = wake.nodes;
                boolean open = nodes.wakesNow(board, spi) || arms(wake, board, spi, distributor);
                yield open ? NONE : nodes.canWake(spi) ? NODE_NOT_ARMED : NO_WAKE_NODE;
            }
            case GPC -> wake.gpc.isPresent() && wake.gpc.get().wakes(board, spi) ? NONE : MASKED;
            case IRQ_STEER -> {
                if (wake.nodes.wakesAlways(spi)) {
                    yield NONE;
                }
                boolean steered = wake.steered(board) && spi < IrqSteer.INTERRUPTS;
                boolean on = enabled(wake, board, spi, distributor);
                yield !steered ? MASKED : on ? NONE : NOT_ENABLED;
            }
        };
    }

    private static boolean enabled(
            WakeController wake, Board board, int spi, Distributor distributor) {
        return wake.asleep(board) && wake.blind(board)
                ? wake.enabled.get(board, spi)
                : distributor.enabled(board, wake.index(spi));
    }

    /** Whether an enabled interrupt arms the node that listens to that line. */
    private static boolean arms(
            WakeController wake, Board board, int spi, Distributor distributor) {
        for (int other = 0; other < wake.enabled.count(); other++) {
            boolean same = wake.nodes.has(wake.nodes.armedBy(other))
                    && wake.nodes.listens(wake.nodes.armedBy(other), spi);
            if (same && enabled(wake, board, other, distributor)) {
                return true;
            }
        }
        return false;
    }
}
