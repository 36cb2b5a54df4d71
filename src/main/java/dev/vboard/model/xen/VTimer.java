package dev.vboard.model.xen;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Clock;
import dev.vboard.model.core.SystemRegisters;
import dev.vboard.model.core.SystemRegisters.SystemRegister;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * The virtual timer of vCPUs: the pCPU's CNTV while the vCPU is on it, one of Xen's timers while it
 * is not (devices.md 1.4).
 */
final class VTimer {
    /** The virtual timer's interrupt. */
    static final int PPI = 27;

    private static final int ENABLE = 1;
    private static final int IMASK = 2;

    private final Hypervisor xen;
    private final SystemRegister control;
    private final SystemRegister compare;
    private final SystemRegister offset;

    VTimer(Hypervisor xen) {
        this.xen = xen;
        SystemRegisters registers = xen.platform.registers();
        control = registers.get("CNTV_CTL_EL0");
        compare = registers.get("CNTV_CVAL_EL0");
        offset = registers.get("CNTVOFF_EL2");
    }

    /** The vCPU leaves the pCPU: its timer becomes one of Xen's. */
    void save(Board board, int cpu, Domain domain, Vcpu vcpu) {
        Access by = Access.el2(cpu);
        long ctl = control.read(board, by) & (ENABLE | IMASK);
        long cval = compare.read(board, by);
        control.write(board, by, ctl & ~ENABLE);
        vcpu.cntvCtl.set(board, ctl);
        vcpu.cntvCval.set(board, cval);
        if (ctl == ENABLE) {
            vcpu.vtimerExpiry.set(board, expiry(board, domain, cval));
            xen.timers.reprogram(board);
        }
    }

    /** Whether a CPU's virtual timer is enabled. */
    boolean runs(Board board, int cpu) {
        return (control.read(board, Access.el2(cpu)) & ENABLE) != 0;
    }

    /** Whether the timer of a vCPU that is off its pCPU should have fired. */
    boolean due(Board board, Domain domain, Vcpu vcpu) {
        long virtual = xen.platform.clock().counter(board) - domain.counterOffset.get(board);
        return Long.compareUnsigned(virtual, vcpu.cntvCval.get(board)) > 0;
    }

    /** When the timer of a vCPU that is off its pCPU is due; now when it is already. */
    long dueAt(Board board, Domain domain, Vcpu vcpu) {
        return expiry(board, domain, vcpu.cntvCval.get(board));
    }

    /** When a domain's virtual counter reaches a value, unsigned; now when it has. */
    private long expiry(Board board, Domain domain, long cval) {
        Clock clock = xen.platform.clock();
        long counter = clock.counter(board);
        long virtual = counter - domain.counterOffset.get(board);
        if (Long.compareUnsigned(virtual, cval) >= 0) {
            return clock.now(board);
        }
        long then = counter + (cval - virtual);
        boolean beyond = Long.compareUnsigned(then, counter) < 0;
        return beyond ? SoftTimers.STOPPED : clock.nanosAtCounter(board, then);
    }

    /** The vCPU comes onto the pCPU: its timer is the hardware's. */
    void restore(Board board, int cpu, Domain domain, Vcpu vcpu) {
        Access by = Access.el2(cpu);
        if (vcpu.vtimerExpiry.get(board) != SoftTimers.STOPPED) {
            vcpu.vtimerExpiry.set(board, SoftTimers.STOPPED);
            xen.timers.reprogram(board);
        }
        offset.write(board, by, domain.counterOffset.get(board));
        compare.write(board, by, vcpu.cntvCval.get(board));
        control.write(board, by, vcpu.cntvCtl.get(board));
    }

    /** The guest writes its timer, the compare value first. */
    void program(
            Board board,
            int cpu,
            Domain domain,
            Optional<Boolean> enabled,
            Optional<Boolean> masked,
            OptionalLong deadlineNanos) {
        Access by = Access.el1(cpu);
        if (deadlineNanos.isPresent()) {
            long ticks = xen.timers.ticksAt(board, deadlineNanos.getAsLong());
            compare.write(board, by, ticks - domain.counterOffset.get(board));
        }
        long ctl = control.read(board, by) & (ENABLE | IMASK);
        if (enabled.isPresent()) {
            ctl = enabled.get() ? ctl | ENABLE : ctl & ~ENABLE;
        }
        if (masked.isPresent()) {
            ctl = masked.get() ? ctl | IMASK : ctl & ~IMASK;
        }
        control.write(board, by, ctl);
    }

    /** The hardware's virtual timer fired under a guest: masks it and injects. */
    void fired(Board board, int cpu, Domain domain, Vcpu vcpu) {
        Access by = Access.el2(cpu);
        control.write(board, by, control.read(board, by) & ENABLE | IMASK);
        xen.vgic.inject(board, domain, vcpu, PPI);
    }

    /** Xen's timer for a vCPU that is off its pCPU has expired. */
    void expired(Board board, Domain domain, Vcpu vcpu) {
        vcpu.cntvCtl.set(board, vcpu.cntvCtl.get(board) | IMASK);
        xen.vgic.inject(board, domain, vcpu, PPI);
    }
}
