package dev.vboard.model.xen;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.SystemRegisters.SystemRegister;

import java.util.Optional;

/**
 * The physical timer of vCPUs. A guest's access to CNTP traps, and Xen emulates the timer with one
 * of its own, whether the vCPU is on a pCPU or not (devices.md 1.4).
 */
final class PhysicalTimer {
    /** The physical timer's interrupt. */
    static final int PPI = 30;

    private static final int ENABLE = 1;
    private static final int IMASK = 2;
    private static final int ISTATUS = 4;
    private static final int EL1_COUNTER = 1;
    private static final int EL1_TIMER = 2;

    private final Hypervisor xen;
    private final SystemRegister trapControl;

    /** The registers that are emulated. */
    enum Register {
        CNTP_CTL_EL0,
        CNTP_CVAL_EL0,
        CNTP_TVAL_EL0
    }

    PhysicalTimer(Hypervisor xen) {
        this.xen = xen;
        trapControl = xen.platform.registers().get("CNTHCTL_EL2");
    }

    /** The emulated register that a guest's access on a CPU is about, if it traps. */
    Optional<Register> trapped(Board board, int cpu, SystemRegister accessed) {
        for (Register register : Register.values()) {
            if (register.name().equals(accessed.name())) {
                long control = trapControl.read(board, Access.el2(cpu));
                return (control & EL1_TIMER) == 0 ? Optional.of(register) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /**
     * Whether a guest's read on a CPU is one of the counter, and traps; Xen does not emulate it.
     */
    boolean counterTraps(Board board, int cpu, SystemRegister accessed) {
        return accessed.name().equals("CNTPCT_EL0")
                && (trapControl.read(board, Access.el2(cpu)) & EL1_COUNTER) == 0;
    }

    long read(Board board, Vcpu vcpu, Register register) {
        return switch (register) {
            case CNTP_CTL_EL0 -> vcpu.cntpCtl.get(board);
            case CNTP_CVAL_EL0 -> vcpu.cntpCval.get(board);
            case CNTP_TVAL_EL0 -> vcpu.cntpCval.get(board) - counter(board) & 0xFFFF_FFFFL;
        };
    }

    void write(Board board, Vcpu vcpu, Register register, long value) {
        switch (register) {
            case CNTP_CTL_EL0 -> {
                long kept = (value & ENABLE) != 0 ? vcpu.cntpCtl.get(board) & ISTATUS : 0;
                vcpu.cntpCtl.set(board, value & (ENABLE | IMASK) | kept);
            }
            case CNTP_CVAL_EL0 -> compare(board, vcpu, value);
            case CNTP_TVAL_EL0 -> compare(board, vcpu, counter(board) + (int) value);
        }
        boolean enabled = (vcpu.cntpCtl.get(board) & ENABLE) != 0;
        vcpu.ptimerExpiry.set(
                board,
                enabled
                        ? xen.platform.clock().nanosAtCounter(board, vcpu.cntpCval.get(board))
                        : SoftTimers.STOPPED);
        xen.timers.reprogram(board);
    }

    private void compare(Board board, Vcpu vcpu, long value) {
        vcpu.cntpCval.set(board, value);
        vcpu.cntpCtl.set(board, vcpu.cntpCtl.get(board) & ~ISTATUS);
    }

    private long counter(Board board) {
        return xen.platform.clock().counter(board);
    }

    /** Xen's timer for it has expired; a masked one only shows it in its status. */
    void expired(Board board, Domain domain, Vcpu vcpu) {
        long control = vcpu.cntpCtl.get(board) | ISTATUS;
        vcpu.cntpCtl.set(board, control);
        if ((control & IMASK) == 0) {
            xen.vgic.inject(board, domain, vcpu, PPI);
        }
    }
}
