package dev.vboard.model.power;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Flag;
import dev.vboard.model.core.Layout;
import dev.vboard.model.profile.BoardProfile;
import dev.vboard.model.profile.PowerSpec.WakeBlock;
import dev.vboard.model.profile.PowerSpec.WakeTargeting;

import java.util.Optional;

/** Which lines a board's own block lets through in SYSTEM_SUSPEND (gic.md 9). */
final class WakeRule {
    private final WakeTargeting targeting;
    private final WakeBlock block;
    private final WakeNodes nodes;
    private final Optional<GpcMasks> gpc;
    private final Flag controllerOnly;

    WakeRule(Layout layout, BoardProfile profile, int spis) {
        targeting = profile.power().wakeTargeting();
        block = profile.power().wakeController();
        nodes = new WakeNodes(layout, profile, spis, block == WakeBlock.GIC_PROXY);
        gpc = block == WakeBlock.GPC ? Optional.of(new GpcMasks(layout)) : Optional.empty();
        controllerOnly = layout.flag("controller-only");
    }

    WakeTargeting targeting() {
        return targeting;
    }

    WakeNodes nodes() {
        return nodes;
    }

    Optional<GpcMasks> gpc() {
        return gpc;
    }

    /** Whether power-management nodes decide. */
    boolean byNode() {
        return block == WakeBlock.GIC || block == WakeBlock.GIC_PROXY;
    }

    /** Whether the GIC keeps its state in SYSTEM_SUSPEND and yet notices nothing. */
    boolean clockStops() {
        return block == WakeBlock.GPC && targeting == WakeTargeting.ENABLED_SET;
    }

    void steered(Board board, boolean byInterrupts) {
        controllerOnly.set(board, !byInterrupts);
    }

    boolean steered(Board board) {
        return !controllerOnly.get(board);
    }

    /** Whether the line of an SPI can get through at all. */
    boolean canWake(int spi) {
        return switch (targeting) {
            case STRICT_GIC -> true;
            case ENABLED_SET ->
                switch (block) {
                    case GIC, GIC_PROXY -> nodes.canWake(spi);
                    case GPC -> spi < GpcMasks.INTERRUPTS;
                    case IRQ_STEER -> spi < IrqSteer.INTERRUPTS || nodes.wakesAlways(spi);
                };
        };
    }

    /**
     * Whether the block lets the line of an SPI through as it is set up.
     *
     * @param enabled whether the distributor has, or had, it enabled
     */
    boolean lets(Board board, int spi, boolean enabled) {
        return switch (block) {
            case GIC, GIC_PROXY -> nodes.wakesNow(board, spi);
            case GPC -> gpc.isPresent() && gpc.get().wakes(board, spi, enabled);
            case IRQ_STEER ->
                nodes.wakesAlways(spi) || enabled && spi < IrqSteer.INTERRUPTS && steered(board);
        };
    }

    /** Puts everything into the state it has at a cold boot. */
    void reset(Board board) {
        nodes.clear(board);
        controllerOnly.set(board, false);
        gpc.ifPresent(masks -> masks.reset(board));
    }
}
