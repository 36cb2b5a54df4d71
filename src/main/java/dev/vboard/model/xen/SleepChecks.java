package dev.vboard.model.xen;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Layout;
import dev.vboard.model.core.SystemRegisters.SystemRegister;
import dev.vboard.model.hazard.CpuInvariant;
import dev.vboard.model.hazard.GuestInvariant;
import dev.vboard.model.hazard.HostInvariant;
import dev.vboard.model.hazard.SignalInvariant;

/** What must hold around the sleep of the machine: I1, I10, I17 to I20, I29, parts of I5, I6. */
final class SleepChecks {
    private static final int ENABLE = 1;
    private static final int HYPERVISOR_TIMER = 26;

    private final Hypervisor xen;
    private final Checks checks;
    private final Cell lineState;
    private final Cell controlState;
    private final SystemRegister hypervisorTimer;
    private final SystemRegister physicalTimer;
    private final SystemRegister trapControl;

    SleepChecks(Hypervisor xen, Checks checks, Layout layout) {
        this.xen = xen;
        this.checks = checks;
        lineState = layout.cell("line-state", 64);
        controlState = layout.cell("control-state", 32);
        hypervisorTimer = xen.platform.registers().get("CNTHP_CTL_EL2");
        physicalTimer = xen.platform.registers().get("CNTP_CTL_EL0");
        trapControl = xen.platform.registers().get("CNTHCTL_EL2");
    }

    /** Before anything of the interrupt controller is saved or switched off. */
    void gicToBeSaved(Board board) {
        if (checks.leftOut) {
            return;
        }
        lineState.set(board, xen.platform.probe().lineState(board));
        controlState.set(board, xen.platform.probe().controlState(board));
    }

    /** Lines have been enabled again: each is to have its trigger, priority and target by now. */
    void gicEnabled(Board board) {
        if (checks.leftOut) {
            return;
        }
        boolean same = lineState.get(board) == xen.platform.probe().lineState(board);
        checks.expect(board, same, SignalInvariant.I17, Finding.GIC_ORDER, 0, 0);
    }

    /** After the interrupt controller has been written back, or left as an abort leaves it. */
    void gicRestored(Board board) {
        if (checks.leftOut) {
            return;
        }
        Probe probe = xen.platform.probe();
        boolean same = lineState.get(board) == probe.lineState(board)
                && controlState.getInt(board) == probe.controlState(board);
        checks.expect(board, same, SignalInvariant.I17, Finding.GIC_DIFFERS, 0, 0);
    }

    /** The last instruction before EL3 takes over. */
    void toSleep(Board board, int cpu, Domain initiator) {
        if (checks.leftOut) {
            return;
        }
        Probe probe = xen.platform.probe();
        checks.expect(board, cpu == 0, CpuInvariant.I1, Finding.NOT_ON_BOOT_CPU, cpu, 0);
        for (Pcpu pcpu : xen.pcpus) {
            boolean off = pcpu.id == cpu || probe.off(board, pcpu.id) || pcpu.lingers.get(board);
            checks.expect(board, off, CpuInvariant.I1, Finding.CPU_STILL_ON, pcpu.id, 0);
        }
        int elsewhere = probe.enabledElsewhere(board, cpu);
        boolean here = elsewhere == Probe.NONE;
        checks.expect(board, here, SignalInvariant.I10, Finding.AIMED_ELSEWHERE, elsewhere, cpu);
        Access by = Access.el2(cpu);
        long running = (hypervisorTimer.read(board, by) | physicalTimer.read(board, by)) & ENABLE;
        checks.expect(board, running == 0, SignalInvariant.I18, Finding.TIMER_RUNS, cpu, 0);
        for (Vcpu vcpu : initiator.vcpus) {
            int virq = vcpu.down(board) ? VGic.NONE : xen.vgic.deliverable(board, initiator, vcpu);
            boolean none = virq == VGic.NONE;
            checks.expect(
                    board, none, SignalInvariant.I5, Finding.UNSEEN, initiator.id(board), virq);
        }
    }

    /** The hypervisor timer has been switched; between the stop of all timers and the SMC, off. */
    void timerWritten(Board board, boolean on, boolean quiet) {
        boolean held = !on || !quiet;
        checks.expect(board, held, SignalInvariant.I18, Finding.TIMER_RUNS, 0, 0);
    }

    /** At the resume entry, before the first virtual address is used. */
    void atResumeEntry(Board board, boolean root) {
        checks.expect(board, root, HostInvariant.I29, Finding.NO_ROOT, 0, 0);
        int cause = xen.platform.probe().wokenBy(board);
        boolean owned = cause != HYPERVISOR_TIMER;
        checks.expect(board, owned, GuestInvariant.I6, Finding.WOKEN_BY_XEN, cause, 0);
    }

    /** The EL2 context has been written back. */
    void contextRestored(Board board) {
        boolean right = checks.leftOut || xen.hostSuspend.steps().bootCpu().isRestored(board);
        checks.expect(board, right, HostInvariant.I29, Finding.CONTEXT_DIFFERS, 0, 0);
    }

    /** The machine is back: timers may be read by guests as before. */
    void timersBack(Board board, long trapsBefore) {
        if (checks.leftOut) {
            return;
        }
        boolean same = trapControl.read(board, Access.el2(0)) == trapsBefore;
        checks.expect(board, same, SignalInvariant.I17, Finding.TIMER_TRAPS, 0, 0);
    }

    /**
     * A line has been given to the console: each so far that was meant for the wire is there, and
     * the wire is stolen only around a suspend.
     */
    void printed(Board board, int unsent, boolean open) {
        boolean held = unsent == 0 && (open || !xen.active(board));
        checks.expect(board, held, SignalInvariant.I20, Finding.LINE_LOST, 0, 0);
    }

    /** The interrupt controller has been stopped; nothing may be half done in it. */
    void gicStopped(Board board) {
        if (checks.leftOut) {
            return;
        }
        int busy = xen.platform.probe().runningPriority(board, 0);
        boolean quiet = busy == Probe.IDLE;
        checks.expect(board, quiet, SignalInvariant.I17, Finding.GIC_BUSY, busy, 0);
        boolean off = !xen.platform.probe().interfaceOn(board, 0);
        checks.expect(board, off, SignalInvariant.I17, Finding.GIC_UNPREDICTABLE, 0, 0);
    }

    /** An IOMMU is about to be switched off: its queue drained, its interrupts off. */
    void iommuStopped(Board board, boolean quiet) {
        checks.expect(board, quiet, SignalInvariant.I19, Finding.IOMMU_UNCLEAN, 0, 0);
    }

    /** A vCPU has left a CPU: its timer must not run on there. */
    void timerLeftBehind(Board board, Domain domain, Vcpu vcpu) {
        checks.expect(
                board,
                false,
                SignalInvariant.I17,
                Finding.TIMER_LEFT_BEHIND,
                domain.id(board),
                vcpu.id);
    }

    /** A guest's device has reached for that guest's memory, and got there or not. */
    void dma(Board board, boolean arrived) {
        checks.expect(board, arrived, SignalInvariant.I19, Finding.DMA_STRAYED, 0, 0);
    }

    /** Nothing moves: whoever should have woken the machine has. */
    void settled(Board board) {
        int missed = xen.platform.probe().missedWake(board);
        boolean none = missed == Probe.NONE;
        checks.expect(board, none, SignalInvariant.I5, Finding.MISSED_WAKE, missed, 0);
        for (Pcpu pcpu : xen.pcpus) {
            boolean gone = pcpu.state.is(board, Pcpu.State.ONLINE)
                    && xen.platform.probe().withoutPower(board, pcpu.id);
            checks.expect(board, !gone, CpuInvariant.I1, Finding.CPU_GONE, pcpu.id, 0);
        }
        if (xen.active(board)) {
            int kept = xen.platform.probe().keptEdge(board);
            boolean handed = kept == Probe.NONE;
            checks.expect(board, handed, SignalInvariant.I5, Finding.EDGE_LOST, kept, 0);
        }
    }
}
