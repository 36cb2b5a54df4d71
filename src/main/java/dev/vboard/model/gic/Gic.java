package dev.vboard.model.gic;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Device;
import dev.vboard.model.core.Intids;

/**
 * What the rest of a board sees of its interrupt controller, whatever its version. Software uses
 * the registers; this is for those who stand beside the software: the loop that offers interrupts,
 * EL3, the wake-up controller and reports. Queries change nothing and allocate nothing.
 *
 * <p>Interrupts are named by their index ({@link Intids}); words are 64 neighbouring indices.
 */
public interface Gic extends Device {
    /** INTID of the PPI through which the virtual interface asks for the hypervisor. */
    int MAINTENANCE = 25;

    /** The numbering of the interrupts. */
    Intids intids();

    /** Whether any interrupt is pending at all; where none is, no CPU is signalled. */
    boolean anyPending(Board board);

    /** Whether an IRQ or FIQ of the non-secure world is asserted to that CPU. */
    boolean signals(Board board, int cpu);

    /**
     * Whether an interrupt asks for that CPU: signalled to it, or, where the CPU's part of the GIC
     * is told to sleep, asked for by WakeRequest.
     */
    default boolean wakes(Board board, int cpu) {
        return signals(board, cpu);
    }

    /** Whether the virtual interface asserts a virtual IRQ or FIQ to the guest on that CPU. */
    boolean signalsVirtual(Board board, int cpu);

    /**
     * INTID of the best pending interrupt that passes the CPU's priority mask, as non-secure
     * software reads it (GICC_HPPIR, ICC_HPPIR1_EL1), or {@link Intids#SPURIOUS}.
     */
    int highestPending(Board board, int cpu);

    /**
     * What EL3 does to the distributor at cold boot and after the GIC lost power: all SPIs Group 1
     * and level-sensitive at the highest non-secure priority, the private interrupts of every CPU
     * as {@link #cpuInit}, the secure group enabled and the non-secure one off. Nothing on a GIC
     * with one security state: there the non-secure owner does everything.
     */
    void secureInit(Board board);

    /**
     * What EL3 does to a CPU's private interrupts at its CPU_ON: PPIs disabled, all Group 1 at the
     * highest non-secure priority, except SGIs 8 to 15 and the secure timer, which are its own.
     * Pending and active bits stay. Nothing on a GIC with one security state.
     */
    void cpuInit(Board board, int cpu);

    /**
     * What EL3 does to a CPU's interface when the CPU comes up: priority mask 0xFF, Group 0 enabled
     * as FIQ, legacy bypass off; the non-secure group stays off. Without this step non-secure
     * software could never raise its priority mask. Nothing on a GIC with one security state.
     */
    void cpuInterfaceUp(Board board, int cpu);

    /**
     * What EL3 does before a CPU goes down: both groups off and all four bypass disables set, so
     * that nothing pending can wake the CPU.
     */
    void cpuInterfaceDown(Board board, int cpu);

    /**
     * What EL3 does before a CPU loses its power in CPU_SUSPEND or SYSTEM_SUSPEND: a GICv3 is told
     * that interrupts for the CPU shall wake it. A GICv2 needs nothing.
     */
    default void cpuSleeps(Board board, int cpu) {}

    /** The core of a CPU has lost its power, and with it what the GIC keeps there. */
    default void coreLost(Board board, int cpu) {}

    /**
     * Sends an SGI as the software that makes the access would.
     *
     * @param intid 0 to 15
     * @param targets the CPUs it goes to, a bit each
     */
    void sendSgi(Board board, Access by, int intid, int targets);

    /**
     * Acknowledges as the software that makes the access would.
     *
     * @return what GICC_IAR or ICC_IAR1_EL1 answers: the INTID, for an SGI of GICv2 with the source
     *     in bits 12:10
     */
    int acknowledge(Board board, Access by);

    /** Ends an interrupt likewise; takes what {@link #acknowledge} answered. */
    void endOfInterrupt(Board board, Access by, int acknowledged);

    /** The groups the distributor forwards: bit 0 for Group 0, bit 1 for Group 1. */
    int enabledGroups(Board board);

    /** Whether the CPU's interface signals the non-secure world's interrupts. */
    boolean interfaceOn(Board board, int cpu);

    /** The CPU's priority mask as non-secure software reads it. */
    int pmr(Board board, int cpu);

    /** The CPU's running priority as non-secure software reads it; 255 when idle. */
    int runningPriority(Board board, int cpu);

    /** Whether the interrupt is forwarded to CPU interfaces. */
    boolean enabled(Board board, int index);

    /** Whether it is pending: latched, or level-sensitive with its line high. */
    boolean pending(Board board, int index);

    /** Whether it is latched: an edge, a software pend or an SGI. */
    boolean latched(Board board, int index);

    /** Whether it is acknowledged and not yet deactivated. */
    boolean active(Board board, int index);

    /** Whether its line is high. */
    boolean level(Board board, int index);

    /** Whether it is configured edge-triggered. */
    boolean edge(Board board, int index);

    /** Its priority as non-secure software reads it, 0 (highest) to 255. */
    int priority(Board board, int index);

    /** The CPUs it may go to, a bit each. */
    int targets(Board board, int index);

    /** Its group, 0 or 1. */
    int group(Board board, int index);

    /** Enable bits of indices 64w to 64w+63. */
    long enabledWord(Board board, int word);

    /** Pending bits, latches and levels, of indices 64w to 64w+63. */
    long pendingWord(Board board, int word);

    /** Active bits of indices 64w to 64w+63. */
    long activeWord(Board board, int word);
}
