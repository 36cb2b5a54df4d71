package dev.vboard.model.core;

import java.util.List;
import java.util.OptionalLong;

/**
 * A virtual machine as the software finds it that drives it: the instructions its vCPUs can
 * execute, each trapped as one from any other caller is. Everything is done by a vCPU, which
 * {@link #executes} then.
 */
public interface GuestMachine {
    /** Whether the guest's kernel forgets to move the interrupts of a vCPU that goes off. */
    default boolean leavesInterrupts(Board board) {
        return false;
    }

    /** The guest's tasks stop, or go on: who served its watchdogs does so no more, or again. */
    default void serviceFrozen(Board board, boolean frozen) {
        // a guest without watchdogs has no such service
    }

    /** What {@link #call} answers when control did not come back. */
    long NOT_RETURNED = Long.MIN_VALUE;

    /** Whether software drives it, rather than a caller from outside. */
    boolean driven(Board board);

    /** Whether that software knows how to suspend. */
    boolean suspends(Board board);

    /** Whether it owns the machine's devices, all that nobody else was given. */
    boolean hardware(Board board);

    /** Whether it executes AArch64. */
    boolean is64Bit(Board board);

    /** How many vCPUs it has. */
    int vcpus();

    /** How many of them its system starts by itself. */
    int vcpusAtBoot(Board board);

    /** Where its vCPU 0 is started. */
    long entry(Board board);

    /** INTIDs of the interrupts of its devices, ascending. */
    List<Integer> interrupts(Board board);

    /** Whether a vCPU can execute an instruction now. */
    boolean executes(Board board, int vcpu);

    /** The program counter. */
    long pc(Board board, int vcpu);

    /** x0 to x30 of a vCPU. */
    long x(Board board, int vcpu, int register);

    /** A branch. */
    void jump(Board board, int vcpu, long pc);

    /** Whether PSTATE.I is set. */
    boolean masked(Board board, int vcpu);

    /** Sets PSTATE.I. */
    void mask(Board board, int vcpu, boolean masked);

    /** Whether an interrupt is signalled to a vCPU, masked or not. */
    boolean signalled(Board board, int vcpu);

    /** Reads the acknowledge register; 1020 and more is none. */
    int acknowledge(Board board, int vcpu);

    /** Writes the end of interrupt register with what was acknowledged. */
    void end(Board board, int vcpu, int acknowledged);

    /** Switches the distributor and the vCPU's interface on, with all priorities let through. */
    void gicOn(Board board, int vcpu);

    /** Enables or disables an interrupt; of a private one that of the vCPU. */
    void enable(Board board, int vcpu, int intid, boolean on);

    /** Whether an SPI of it is triggered by level. */
    boolean isLevel(Board board, int intid);

    /** The vCPU that an SPI is aimed at. */
    int target(Board board, int intid);

    /** Aims an SPI at another vCPU. */
    void target(Board board, int vcpu, int intid, int to);

    /** Sends an SGI to another vCPU. */
    void signal(Board board, int vcpu, int intid, int to);

    /** Clears the active bits of all SPIs and sets none, as a driver does that restores a GIC. */
    void clearActive(Board board, int vcpu);

    /** Lets the virtual timer interrupt a span of time from now. */
    void startTimer(Board board, int vcpu, long nanos);

    /** Stops the virtual timer. */
    void stopTimer(Board board, int vcpu);

    /** A 32-bit load; 0 where that aborts. */
    int load(Board board, int vcpu, long address);

    /** A 32-bit store; nothing where that aborts. */
    void store(Board board, int vcpu, long address, int value);

    /**
     * HVC with up to three arguments.
     *
     * @return x0, or {@link #NOT_RETURNED}
     */
    long call(Board board, int vcpu, long function, long x1, long x2, long x3);

    /** WFI. */
    void waitForInterrupt(Board board, int vcpu);

    /** Writes a line to the machine's console. */
    void print(Board board, String line);

    /** MIDR_EL1 of the vCPU's CPU. */
    long midr(Board board, int vcpu);

    /** Address of a vCPU's redistributor; empty where the machine has a GICv2. */
    OptionalLong redistributor(Board board, int vcpu);
}
