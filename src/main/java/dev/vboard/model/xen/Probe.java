package dev.vboard.model.xen;

import dev.vboard.model.core.Board;
import dev.vboard.model.report.CpuReport;

/**
 * Hardware and firmware as they are, for the checks of invariants and for what is kept for reports:
 * what they find must not depend on what Xen believes. Looking changes nothing.
 */
public interface Probe {
    /** The answer where there is no such interrupt. */
    int NONE = -1;

    /** The running priority of a CPU that handles nothing. */
    int IDLE = 0xFF;

    /** The priority of what a CPU's interface has acknowledged and not dropped. */
    int runningPriority(Board board, int cpu);

    /** EL3's view of a CPU. */
    CpuReport.Power power(Board board, int cpu);

    /** Whether EL3 counts a CPU as off. */
    boolean off(Board board, int cpu);

    /** Whether a CPU's power domain is off. */
    boolean withoutPower(Board board, int cpu);

    /** Whether an interrupt is enabled at the distributor, for a private one of that CPU. */
    boolean enabled(Board board, int cpu, int intid);

    /** The lowest enabled SPI that is not aimed at a CPU, or {@link #NONE}. */
    int enabledElsewhere(Board board, int cpu);

    /**
     * The lowest SPI from one on that is enabled, pending, not active, and aimed at CPUs that are
     * all off; or {@link #NONE}.
     */
    int stranded(Board board, int fromIntid);

    /** The lowest private interrupt pending and enabled for a CPU, or {@link #NONE}. */
    int pendingPrivate(Board board, int cpu);

    /** Whether a CPU's interface signals interrupts. */
    boolean interfaceOn(Board board, int cpu);

    /** Whether a CPU's interface, switched off, hands interrupts to the legacy bypass. */
    boolean bypasses(Board board, int cpu);

    /**
     * A digest of what Xen owns of the distributor's lines: enables and active bits, and trigger,
     * priority and target of what is enabled.
     */
    long lineState(Board board);

    /** What is on: groups of the distributor, priority mask and interface of the boot CPU. */
    int controlState(Board board);

    /**
     * The lowest interrupt that should have woken the sleeping board and has not, or {@link #NONE}.
     */
    int missedWake(Board board);

    /** The interrupt that ended the last sleep of the board. */
    int wokenBy(Board board);

    /** The lowest interrupt whose edge was latched and not handed on, or {@link #NONE}. */
    int keptEdge(Board board);
}
