package dev.vboard.model.guest;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.GuestMachine;

/** The PSCI calls a scripted guest makes; a 64-bit one uses the SMC64 ids as Linux does. */
final class PsciClient {
    private static final long SMC64 = 1L << 30;
    private static final long CPU_OFF = 0x8400_0002L;
    private static final long CPU_ON = 0x8400_0003L;
    private static final long AFFINITY_INFO = 0x8400_0004L;
    private static final long SYSTEM_OFF = 0x8400_0008L;
    private static final long SYSTEM_RESET = 0x8400_0009L;
    private static final long FEATURES = 0x8400_000AL;
    private static final long SYSTEM_SUSPEND = 0x8400_000EL;
    private static final long IS_OFF = 1;

    private final GuestMachine machine;

    PsciClient(GuestMachine machine) {
        this.machine = machine;
    }

    /** The affinity fields of a vCPU's MPIDR: sixteen to a cluster (psci.md 4). */
    static long affinity(int vcpu) {
        return (long) (vcpu >> 4) << 8 | vcpu & 0xF;
    }

    private long function(Board board, long smc32) {
        return machine.is64Bit(board) ? smc32 | SMC64 : smc32;
    }

    /** Whether there is a SYSTEM_SUSPEND. */
    boolean canSuspend(Board board, int vcpu) {
        long function = function(board, SYSTEM_SUSPEND);
        return machine.call(board, vcpu, FEATURES, function, 0, 0) == 0;
    }

    /** Starts another vCPU. */
    void start(Board board, int vcpu, int other) {
        long entry = machine.entry(board) + ScriptedGuest.SECONDARY;
        long unused = machine.call(board, vcpu, function(board, CPU_ON), affinity(other), entry, 0);
    }

    /** The vCPU goes off. */
    void off(Board board, int vcpu) {
        long unused = machine.call(board, vcpu, CPU_OFF, 0, 0, 0);
    }

    /** Whether another vCPU is off. */
    boolean isOff(Board board, int vcpu, int other) {
        long function = function(board, AFFINITY_INFO);
        return machine.call(board, vcpu, function, affinity(other), 0, 0) == IS_OFF;
    }

    /** Suspends, to go on at the resume entry. */
    void suspend(Board board, int vcpu) {
        long entry = machine.entry(board) + ScriptedGuest.RESUME;
        long unused = machine.call(board, vcpu, function(board, SYSTEM_SUSPEND), entry, 0, 0);
    }

    /** Powers the machine off, or restarts it. */
    void end(Board board, int vcpu, boolean restart) {
        long unused = machine.call(board, vcpu, restart ? SYSTEM_RESET : SYSTEM_OFF, 0, 0, 0);
    }
}
