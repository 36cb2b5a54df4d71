package dev.vboard.model.gic;

import dev.vboard.model.core.Board;

/** The interrupt controller as the firmware and the wake controller see it. */
public interface Gic {
    /** Whether an interrupt is signalled to the CPU, whatever its PSTATE says. */
    boolean signals(Board board, int cpu);

    /** What EL3 does after the GIC has come on: everything Non-secure, nothing enabled. */
    void secureInit(Board board);

    /** What EL3 does when a CPU comes up: its banked part and its CPU interface. */
    void cpuInterfaceUp(Board board, int cpu);

    /** What EL3 does when a CPU goes off: nothing is signalled to it any more. */
    void cpuInterfaceDown(Board board, int cpu);

    /** The enable bit of an interrupt. */
    boolean enabled(Board board, int index);

    /** Whether an interrupt is pending, by its latch or its line. */
    boolean pending(Board board, int index);

    /** The active bit of an interrupt. */
    boolean active(Board board, int index);

    /** The CPUs an interrupt is aimed at, bit n for CPU n. */
    int targets(Board board, int index);
}
