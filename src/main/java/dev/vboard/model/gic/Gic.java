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
public abstract sealed class Gic implements Device permits GicV2, GicV3 {
    /** INTID of the PPI through which the virtual interface asks for the hypervisor. */
    public static final int MAINTENANCE = 25;

    final Interrupts interrupts;
    final Intids intids;

    Gic(Interrupts interrupts) {
        this.interrupts = interrupts;
        intids = interrupts.intids;
    }

    @Override
    public final String name() {
        return "gic";
    }

    /** The numbering of the interrupts. */
    public final Intids intids() {
        return intids;
    }

    /** Whether any interrupt is pending at all. */
    public final boolean anyPending(Board board) {
        return interrupts.anyPending(board);
    }

    /** Whether any interrupt asks for a CPU; where none does, no CPU is signalled. */
    public final boolean anyAsking(Board board) {
        return interrupts.anyAsking(board);
    }

    /** Whether an IRQ or FIQ of the non-secure world is asserted to that CPU. */
    public abstract boolean signals(Board board, int cpu);

    /**
     * Whether an interrupt asks for that CPU: signalled to it, or, where the CPU's part of the GIC
     * is told to sleep, asked for by WakeRequest.
     */
    public boolean wakes(Board board, int cpu) {
        return signals(board, cpu);
    }

    /** Whether the virtual interface asserts a virtual IRQ or FIQ to the guest on that CPU. */
    public abstract boolean signalsVirtual(Board board, int cpu);

    /**
     * INTID of the best pending interrupt that passes the CPU's priority mask, as non-secure
     * software reads it (GICC_HPPIR, ICC_HPPIR1_EL1), or {@link Intids#SPURIOUS}.
     */
    public abstract int highestPending(Board board, int cpu);

    /**
     * What EL3 does to the distributor at cold boot and after the GIC lost power: all SPIs Group 1
     * and level-sensitive at the highest non-secure priority, the private interrupts of every CPU
     * as {@link #cpuInit}, the secure group enabled and the non-secure one off. Nothing on a GIC
     * with one security state: there the non-secure owner does everything.
     */
    public abstract void secureInit(Board board);

    /**
     * What EL3 does to a CPU's private interrupts at its CPU_ON: PPIs disabled, all Group 1 at the
     * highest non-secure priority, except SGIs 8 to 15 and the secure timer, which are its own.
     * Pending and active bits stay. Nothing on a GIC with one security state.
     */
    public abstract void cpuInit(Board board, int cpu);

    /**
     * What EL3 does to a CPU's interface when the CPU comes up: priority mask 0xFF, Group 0 enabled
     * as FIQ, legacy bypass off; the non-secure group stays off. Without this step non-secure
     * software could never raise its priority mask. Nothing on a GIC with one security state.
     */
    public abstract void cpuInterfaceUp(Board board, int cpu);

    /**
     * What EL3 does before a CPU goes down: both groups off and all four bypass disables set, so
     * that nothing pending can wake the CPU.
     */
    public abstract void cpuInterfaceDown(Board board, int cpu);

    /**
     * What EL3 does before a CPU loses its power in CPU_SUSPEND or SYSTEM_SUSPEND: a GICv3 is told
     * that interrupts for the CPU shall wake it. A GICv2 needs nothing.
     */
    public void cpuSleeps(Board board, int cpu) {}

    /** The core of a CPU has lost its power, and with it what the GIC keeps there. */
    public void coreLost(Board board, int cpu) {}

    /**
     * Sends an SGI as the software that makes the access would.
     *
     * @param intid 0 to 15
     * @param targets the CPUs it goes to, a bit each
     */
    public abstract void sendSgi(Board board, Access by, int intid, int targets);

    /**
     * Acknowledges as the software that makes the access would.
     *
     * @return what GICC_IAR or ICC_IAR1_EL1 answers: the INTID, for an SGI of GICv2 with the source
     *     in bits 12:10
     */
    public abstract int acknowledge(Board board, Access by);

    /** Ends an interrupt likewise; takes what {@link #acknowledge} answered. */
    public abstract void endOfInterrupt(Board board, Access by, int acknowledged);

    /** The groups the distributor forwards: bit 0 for Group 0, bit 1 for Group 1. */
    public abstract int enabledGroups(Board board);

    /** Whether the CPU's interface signals the non-secure world's interrupts. */
    public abstract boolean interfaceOn(Board board, int cpu);

    /** The CPU's priority mask as non-secure software reads it. */
    public abstract int pmr(Board board, int cpu);

    /** The CPU's running priority as non-secure software reads it; 255 when idle. */
    public abstract int runningPriority(Board board, int cpu);

    /** Whether the interrupt is forwarded to CPU interfaces. */
    public final boolean enabled(Board board, int index) {
        return interrupts.enabled(board, index);
    }

    /** Whether it is pending: latched, or level-sensitive with its line high. */
    public final boolean pending(Board board, int index) {
        return interrupts.pending(board, index);
    }

    /** Whether it is latched: an edge, a software pend or an SGI. */
    public final boolean latched(Board board, int index) {
        return interrupts.latched.get(board, index);
    }

    /** Whether it is acknowledged and not yet deactivated. */
    public final boolean active(Board board, int index) {
        return interrupts.active.get(board, index);
    }

    /** Whether its line is high. */
    public final boolean level(Board board, int index) {
        return interrupts.lines.high(board, index);
    }

    /** Whether it is configured edge-triggered. */
    public final boolean edge(Board board, int index) {
        return interrupts.edge(board, index);
    }

    /** Its priority as non-secure software reads it, 0 (highest) to 255. */
    public abstract int priority(Board board, int index);

    /** The CPUs it may go to, a bit each. */
    public abstract int targets(Board board, int index);

    /** Its group, 0 or 1. */
    public abstract int group(Board board, int index);

    /** Enable bits of indices 64w to 64w+63. */
    public final long enabledWord(Board board, int word) {
        return interrupts.enabledWord(board, word);
    }

    /** Those of indices 64w to 64w+63 that are pending, enabled and not active. */
    public final long askingWord(Board board, int word) {
        return interrupts.askingWord(board, word);
    }

    /** The words of which {@link #askingWord} may have a bit set, a bit each. */
    public final long pendingWords(Board board) {
        return interrupts.pendingWords(board);
    }

    /** Active bits of indices 64w to 64w+63. */
    public final long activeWord(Board board, int word) {
        return interrupts.active.word(board, word);
    }
}
