package dev.vboard.model.power;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Intids;
import dev.vboard.model.profile.PowerSpec.WakeTargeting;

/** Looks whether what should have woken a board has, and whether what was latched was handed on. */
public final class WakeAudit {
    private final WakeController wake;

    /** Looks at that controller. */
    public WakeAudit(WakeController wake) {
        this.wake = wake;
    }

    /**
     * The lowest SPI that is signalled, was enabled and not active when the board went to sleep,
     * and has not woken a board that goes by the distributor alone; or -1.
     */
    public int missed(Board board) {
        boolean strict = wake.rule.targeting() == WakeTargeting.STRICT_GIC
                && wake.gicLost.get(board);
        boolean sleeps = strict && wake.asleep.get(board) && wake.cause(board) == 0;
        for (int spi = sleeps ? wake.enabled.next(board, 0) : -1;
                spi >= 0;
                spi = wake.enabled.next(board, spi + 1)) {
            if (wake.calls(board, spi) && !wake.active.get(board, spi)) {
                return spi + Intids.PRIVATE;
            }
        }
        return -1;
    }

    /** The lowest SPI whose edge was latched while enabled and not handed on, or -1. */
    public int kept(Board board) {
        for (int spi = wake.latch.next(board, 0); spi >= 0; spi = wake.latch.next(board, spi + 1)) {
            if (wake.enabled.get(board, spi)) {
                return spi + Intids.PRIVATE;
            }
        }
        return -1;
    }
}
