package dev.vboard.model.power;

import dev.vboard.model.core.Bits;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Flag;
import dev.vboard.model.core.Intids;
import dev.vboard.model.core.Layout;
import dev.vboard.model.core.Lines;
import dev.vboard.model.profile.BoardProfile;
import dev.vboard.model.profile.PowerSpec.WakeTargeting;

import java.util.List;
import java.util.Optional;

/**
 * The always-on block that watches shared interrupt lines while the board is in SYSTEM_SUSPEND
 * (xen-suspend.md W11, W13a, W13b).
 *
 * <p>When the GIC loses its state or its clock, what wakes is settled at the instant of the
 * power-down: under STRICT_GIC the interrupts then enabled, not active and aimed at the suspended
 * CPU; under ENABLED_SET the lines that the board's own controller lets through, active ones
 * excepted. Edges are latched. When the GIC keeps both, its own enabled and pending interrupts
 * wake; what the CPU interfaces are set to does not matter.
 */
public final class WakeController {
    private final Lines lines;
    private final PowerDomains domains;
    final WakeRule rule;
    private final boolean gicLoses;
    private final String gicDomain;

    final Flag asleep;
    final Flag gicLost;
    private final Flag latching;
    private final Cell cpu;
    private final Cell cause;
    final Bits enabled;
    final Bits active;
    private final Bits armed;
    final Bits latch;
    private final WakeTimer timer;

    /** The distributor's state per interrupt, by index of {@link Intids}. */
    public interface Distributor {
        /** The enable bit. */
        boolean enabled(Board board, int index);

        /** The enable bits of 32 SPIs, the first one being SPI 32·half. */
        int enabledSpis(Board board, int half);

        /** The active bits of 32 SPIs, the first one being SPI 32·half. */
        int activeSpis(Board board, int half);

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
        gicLoses = profile.power().gicLostInSuspend();
        gicDomain = profile.gic().powerDomain();
        int spis = lines.intids().intids() - Intids.PRIVATE;
        Layout wake = layout.named("wake");
        rule = new WakeRule(wake, profile, spis);
        asleep = wake.flag("asleep");
        gicLost = wake.flag("gic-lost");
        latching = wake.flag("latching");
        cpu = wake.cell("cpu", 8);
        cause = wake.cell("cause", 16);
        enabled = wake.bits("enabled", spis);
        active = wake.bits("active", spis);
        armed = wake.bits("armed", spis);
        latch = wake.bits("latch", spis);
        timer = new WakeTimer(wake);
        lines.listen(this::changed);
    }

    /** The timer that may wake the board where a hypervisor has left it running. */
    public WakeTimer timer() {
        return timer;
    }

    /** The power-management nodes through which lines wake the board. */
    public WakeNodes nodes() {
        return rule.nodes();
    }

    /** The masks of the i.MX8M's controller, on a board that has it. */
    public Optional<GpcMasks> gpc() {
        return rule.gpc();
    }

    /**
     * Chooses what wakes an i.MX8QM: the interrupt steering block, which is what it starts with, or
     * the system controller alone, whose own line is the only one that then wakes.
     */
    public void steered(Board board, boolean byInterrupts) {
        rule.steered(board, byInterrupts);
    }

    /** Whether the interrupt steering block wakes the board. */
    public boolean steered(Board board) {
        return rule.steered(board);
    }

    /** Which of SPIs 32·word to 32·word+31 the controller lets through. */
    int armed(Board board, int word) {
        return 32 * word < armed.count() ? armed.word32(board, word) : 0;
    }

    void armed(Board board, int word, int spis) {
        if (32 * word < armed.count()) {
            armed.setWord32(board, word, spis);
        }
    }

    /** Which of SPIs 32·word to 32·word+31 it lets through that are high or were. */
    int status(Board board, int word) {
        int status = 0;
        for (int bit = 0; bit < 32; bit++) {
            int spi = 32 * word + bit;
            if (spi < armed.count() && armed.get(board, spi) && calls(board, spi)) {
                status |= 1 << bit;
            }
        }
        return status;
    }

    /** Forgets edges of SPIs 32·word to 32·word+31. */
    void unlatch(Board board, int word, int spis) {
        if (32 * word < latch.count()) {
            latch.setWord32(board, word, latch.word32(board, word) & ~spis);
        }
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

    /** Whether the wake-up rule of this board can let the line of an INTID through. */
    public boolean reachable(int intid) {
        int spi = intid - Intids.PRIVATE;
        if (spi < 0 || spi >= armed.count()) {
            return false;
        }
        boolean loses = gicLoses || rule.clockStops();
        return !loses || rule.canWake(spi);
    }

    /** The nodes that the enabled interrupts arm, ascending and each once. */
    public List<Integer> nodesOfEnabled(Board board, Distributor distributor) {
        return rule.nodes().ofEnabled(board, enabled.count(), distributor);
    }

    /**
     * What keeps an SPI from waking the board: as it sleeps now, or if it went to sleep as it is.
     *
     * @param distributor as it is now
     * @param here whether the interrupt is, or would then be, aimed at the suspended CPU
     */
    public WakeObstacle obstacle(Board board, int intid, Distributor distributor, boolean here) {
        int spi = intid - Intids.PRIVATE;
        boolean captured = asleep.get(board) && gicLost.get(board);
        boolean loses = asleep.get(board) ? captured : gicLoses && !gicDomain.isEmpty();
        if (captured && armed.get(board, spi)) {
            return WakeObstacle.NONE;
        }
        if ((loses || rule.clockStops()) && rule.targeting() == WakeTargeting.ENABLED_SET) {
            if (!reachable(intid)) {
                return WakeObstacle.NO_WAKE_NODE;
            }
            if (!isArmed(board, spi, distributor)) {
                return rule.byNode() ? WakeObstacle.NODE_NOT_ARMED : WakeObstacle.NOT_ENABLED;
            }
        } else if (!isEnabled(board, spi, distributor)) {
            return WakeObstacle.NOT_ENABLED;
        } else if (!here) {
            return WakeObstacle.WRONG_TARGET;
        }
        boolean active = captured || distributor.active(board, index(spi));
        return active ? WakeObstacle.ACTIVE : WakeObstacle.NONE;
    }

    /** Whether the board's own block lets the line through, or would if it went to sleep now. */
    private boolean isArmed(Board board, int spi, Distributor distributor) {
        boolean would = !asleep.get(board)
                && rule.byNode()
                && nodesOfEnabled(board, distributor).contains(rule.nodes().wakesWith(spi));
        return would || rule.lets(board, spi, isEnabled(board, spi, distributor));
    }

    private boolean isEnabled(Board board, int spi, Distributor distributor) {
        return asleep.get(board) && gicLost.get(board)
                ? enabled.get(board, spi)
                : distributor.enabled(board, index(spi));
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
                && domains.isBelow(domains.index(gicDomain), systemDomain)
                && domains.losesContents(domains.index(gicDomain));
        gicLost.set(board, lost);
        latching.set(board, lost || rule.clockStops());
        for (int half = 0; 32 * half < enabled.count(); half++) {
            enabled.setWord32(board, half, distributor.enabledSpis(board, half));
            active.setWord32(board, half, distributor.activeSpis(board, half));
        }
        if (rule.byNode() && rule.targeting() == WakeTargeting.ENABLED_SET) {
            for (int node : nodesOfEnabled(board, distributor)) {
                rule.nodes().arm(board, node, true);
            }
        }
        for (int half = 0; 32 * half < armed.count(); half++) {
            int through = through(board, half, distributor) & ~active.word32(board, half);
            armed.setWord32(board, half, armed.word32(board, half) | through);
        }
    }

    /** Which of SPIs 32·half to 32·half+31 get through when nothing holds them active. */
    private int through(Board board, int half, Distributor distributor) {
        int on = enabled.word32(board, half);
        boolean strict = rule.targeting() == WakeTargeting.STRICT_GIC;
        int through = 0;
        for (int bit = 0; bit < 32 && 32 * half + bit < armed.count(); bit++) {
            int spi = 32 * half + bit;
            boolean isOn = (on >>> bit & 1) != 0;
            boolean lets =
                    strict ? isOn && isHere(board, spi, distributor) : rule.lets(board, spi, isOn);
            through |= lets ? 1 << bit : 0;
        }
        return through;
    }

    private boolean isHere(Board board, int spi, Distributor distributor) {
        return (distributor.targets(board, index(spi)) >>> cpu.getInt(board) & 1) != 0;
    }

    private int index(int spi) {
        return lines.intids().index(0, spi + Intids.PRIVATE);
    }

    /**
     * The CPU runs again, and nothing is armed any more. Edges that a GIC without power missed are
     * latched on until software has taken them.
     */
    public void end(Board board) {
        asleep.set(board, false);
        timer.cancel(board);
        armed.clear(board);
        rule.nodes().clear(board);
        if (!gicLost.get(board)) {
            clearLatches(board);
        }
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
        if (timer.due(board)) {
            cause.set(board, WakeTimer.INTID);
            return true;
        }
        boolean blind = gicLost.get(board) || rule.clockStops();
        int spi = blind ? captured(board) : live(board, distributor);
        if (spi < 0) {
            return false;
        }
        cause.set(board, spi + Intids.PRIVATE);
        return true;
    }

    private int captured(Board board) {
        for (int spi = armed.next(board, 0); spi >= 0; spi = armed.next(board, spi + 1)) {
            if (calls(board, spi)) {
                return spi;
            }
        }
        return -1;
    }

    boolean calls(Board board, int spi) {
        boolean high = lines.high(board, index(spi)) && !lines.isEdge(board, index(spi));
        return high || latch.get(board, spi);
    }

    private int live(Board board, Distributor distributor) {
        for (int spi = 0; spi < enabled.count(); spi++) {
            int index = index(spi);
            if (distributor.pending(board, index)
                    && distributor.enabled(board, index)
                    && !distributor.active(board, index)
                    && isHere(board, spi, distributor)) {
                return spi;
            }
        }
        return -1;
    }

    private void changed(Board board, int index, boolean high) {
        int spi = lines.intids().intid(index) - Intids.PRIVATE;
        if (high && spi >= 0 && latching.get(board) && lines.isEdge(board, index)) {
            boolean watched = enabled.get(board, spi) || armed.get(board, spi);
            latch.set(board, spi, watched || latch.get(board, spi));
        }
    }

    /**
     * Whether an edge of an interrupt that was enabled came while the GIC was away; by index of
     * {@link Intids}.
     */
    public boolean latched(Board board, int index) {
        int spi = lines.intids().intid(index) - Intids.PRIVATE;
        return spi >= 0 && latch.get(board, spi) && enabled.get(board, spi);
    }

    /**
     * Hands the latched edges to a GIC that works again: each enabled one rises once more, and no
     * more are latched (xen-suspend.md W11).
     */
    public void reassert(Board board) {
        latching.set(board, false);
        for (int spi = latch.next(board, 0); spi >= 0; spi = latch.next(board, spi + 1)) {
            if (enabled.get(board, spi)) {
                boolean held = lines.high(board, index(spi));
                lines.drive(board, index(spi), false);
                lines.drive(board, index(spi), true);
                lines.drive(board, index(spi), held);
            }
        }
        latch.clear(board);
    }

    /** Forgets the latches and latches no more: their edges are lost. */
    public void clearLatches(Board board) {
        latch.clear(board);
        latching.set(board, false);
    }

    /** Puts the controller into the state it has at a cold boot. */
    public void reset(Board board) {
        asleep.set(board, false);
        timer.cancel(board);
        gicLost.set(board, false);
        cpu.set(board, 0);
        cause.set(board, 0);
        enabled.clear(board);
        armed.clear(board);
        rule.reset(board);
        clearLatches(board);
    }
}
