package dev.vboard.model.power;

import dev.vboard.model.core.Bits;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Flag;
import dev.vboard.model.core.Intids;
import dev.vboard.model.core.Layout;
import dev.vboard.model.core.Lines;
import dev.vboard.model.profile.BoardProfile;
import dev.vboard.model.profile.DeviceSpec;
import dev.vboard.model.profile.PowerSpec.WakeTargeting;
import java.util.Arrays;

/**
 * The always-on block that watches shared interrupt lines while the board is in SYSTEM_SUSPEND
 * (xen-suspend.md W11, W13a, W13b).
 *
 * <p>When the GIC loses its state it works from the enable, active and target bits as they were at
 * the instant of the power-down, and latches edges. When the GIC keeps its state, the GIC's own
 * enabled and pending interrupts wake; what the CPU interfaces are set to does not matter.
 */
public final class WakeController {
    private static final int NO_NODE = -1;

    private final Lines lines;
    private final PowerDomains domains;
    private final WakeTargeting targeting;
    private final boolean gicLoses;
    private final String gicDomain;
    private final int[] nodeOfSpi;

    private final Flag asleep;
    private final Flag gicLost;
    private final Flag latching;
    private final Cell cpu;
    private final Cell cause;
    private final Bits enabled;
    private final Bits active;
    private final Bits targeted;
    private final Bits latch;

    /** The distributor's state per interrupt, by index of {@link Intids}. */
    public interface Distributor {
        /** The enable bit. */
        boolean enabled(Board board, int index);

        /** Whether it is pending, by its latch or its line. */
        boolean pending(Board board, int index);

        /** The active bit. */
        boolean active(Board board, int index);

        /** The CPUs it is aimed at, bit n for CPU n. */
        int targets(Board board, int index);
    }

    /**
     * Declares the controller and connects it to the wires.
     *
     * @param layout a cursor over the hardware's segment
     */
    public WakeController(Layout layout, Lines lines, PowerDomains domains, BoardProfile profile) {
        this.lines = lines;
        this.domains = domains;
        targeting = profile.power().wakeTargeting();
        gicLoses = profile.power().gicLostInSuspend();
        gicDomain = profile.gic().powerDomain();
        int spis = lines.intids().intids() - Intids.PRIVATE;
        nodeOfSpi = nodes(profile, spis);
        Layout wake = layout.named("wake");
        asleep = wake.flag("asleep");
        gicLost = wake.flag("gic-lost");
        latching = wake.flag("latching");
        cpu = wake.cell("cpu", 8);
        cause = wake.cell("cause", 16);
        enabled = wake.bits("enabled", spis);
        active = wake.bits("active", spis);
        targeted = wake.bits("targeted", spis);
        latch = wake.bits("latch", spis);
        lines.listen(this::changed);
    }

    private static int[] nodes(BoardProfile profile, int spis) {
        int[] nodes = new int[spis];
        Arrays.fill(nodes, NO_NODE);
        for (DeviceSpec device : profile.devices()) {
            for (int intid : device.intids()) {
                int spi = intid - Intids.PRIVATE;
                if (spi >= 0 && spi < spis && device.wakeNode().isPresent()) {
                    nodes[spi] = device.wakeNode().getAsInt();
                }
            }
        }
        return nodes;
    }

    /** Whether the board is in SYSTEM_SUSPEND, or on its way out of it. */
    public boolean asleep(Board board) {
        return asleep.get(board);
    }

    /** Whether the GIC lost its state in the last SYSTEM_SUSPEND. */
    public boolean gicLost(Board board) {
        return gicLost.get(board);
    }

    /** The CPU that went to SYSTEM_SUSPEND last. */
    public int cpu(Board board) {
        return cpu.getInt(board);
    }

    /** The INTID that ended the last SYSTEM_SUSPEND, or 0 while none has. */
    public int cause(Board board) {
        return cause.getInt(board);
    }

    /** Whether the wake-up rule of this board lets an SPI through when it is enabled. */
    public boolean reachable(int intid) {
        int spi = intid - Intids.PRIVATE;
        if (spi < 0 || spi >= nodeOfSpi.length) {
            return false;
        }
        return targeting == WakeTargeting.STRICT_GIC
                || !gicLoses
                || nodeOfSpi[spi] != NO_NODE;
    }

    /**
     * Starts to watch; called at the instant before the power goes, with the distributor alive.
     *
     * @param suspended the CPU in SYSTEM_SUSPEND
     * @param systemDomain the power domain about to go off
     */
    public void begin(Board board, int suspended, int systemDomain, Distributor distributor) {
        asleep.set(board, true);
        cpu.set(board, suspended);
        cause.set(board, 0);
        latch.clear(board);
        boolean lost = gicLoses
                && !gicDomain.isEmpty()
                && domains.isBelow(domains.index(gicDomain), systemDomain);
        gicLost.set(board, lost);
        latching.set(board, lost);
        for (int spi = 0; spi < nodeOfSpi.length; spi++) {
            int index = lines.intids().index(0, spi + Intids.PRIVATE);
            enabled.set(board, spi, distributor.enabled(board, index));
            active.set(board, spi, distributor.active(board, index));
            boolean here = (distributor.targets(board, index) >>> suspended & 1) != 0;
            targeted.set(board, spi, here);
        }
    }

    /** The CPU runs again. Edges are latched on until software has taken them. */
    public void end(Board board) {
        asleep.set(board, false);
    }

    /**
     * Looks for an interrupt that wakes the board, the lowest INTID first, and records it.
     *
     * @return whether one was found now; false while not asleep and once a cause is known
     */
    public boolean wakes(Board board, Distributor distributor) {
        if (!asleep.get(board) || cause(board) != 0) {
            return false;
        }
        boolean lost = gicLost.get(board);
        for (int spi = 0; spi < nodeOfSpi.length; spi++) {
            if (lost ? captured(board, spi) : live(board, spi, distributor)) {
                cause.set(board, spi + Intids.PRIVATE);
                return true;
            }
        }
        return false;
    }

    private boolean captured(Board board, int spi) {
        if (!enabled.get(board, spi) || active.get(board, spi)) {
            return false;
        }
        boolean through = switch (targeting) {
            case STRICT_GIC -> targeted.get(board, spi);
            case ENABLED_SET -> nodeOfSpi[spi] != NO_NODE;
        };
        return through && (latch.get(board, spi) || asserted(board, spi));
    }

    private boolean asserted(Board board, int spi) {
        int index = lines.intids().index(0, spi + Intids.PRIVATE);
        return lines.high(board, index) && !lines.isEdge(board, index);
    }

    private boolean live(Board board, int spi, Distributor distributor) {
        int index = lines.intids().index(0, spi + Intids.PRIVATE);
        return distributor.enabled(board, index)
                && distributor.pending(board, index)
                && !distributor.active(board, index)
                && (distributor.targets(board, index) >>> cpu.getInt(board) & 1) != 0;
    }

    private void changed(Board board, int index, boolean high) {
        int spi = lines.intids().intid(index) - Intids.PRIVATE;
        if (high
                && spi >= 0
                && latching.get(board)
                && lines.isEdge(board, index)
                && enabled.get(board, spi)) {
            latch.set(board, spi, true);
        }
    }

    /** Whether an edge of that interrupt came while the GIC was away; by index of {@link Intids}. */
    public boolean latched(Board board, int index) {
        int spi = lines.intids().intid(index) - Intids.PRIVATE;
        return spi >= 0 && latch.get(board, spi);
    }

    /** Forgets the latches and latches no more; software has its GIC back. */
    public void clearLatches(Board board) {
        latch.clear(board);
        latching.set(board, false);
    }

    /** Puts the controller into the state it has at a cold boot. */
    public void reset(Board board) {
        asleep.set(board, false);
        gicLost.set(board, false);
        cpu.set(board, 0);
        cause.set(board, 0);
        enabled.clear(board);
        active.clear(board);
        targeted.clear(board);
        clearLatches(board);
    }
}
