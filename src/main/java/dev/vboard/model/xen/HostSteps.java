package dev.vboard.model.xen;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.EventType;
import dev.vboard.model.core.Flag;
import dev.vboard.model.core.Layout;
import dev.vboard.model.core.SystemRegisters.SystemRegister;
import dev.vboard.model.profile.DeviceSpec;

import java.util.ArrayList;
import java.util.List;

/** What each step of a host suspend and resume does (xen-suspend.md 4.4, 5.1). */
public final class HostSteps {
    private static final long SYSTEM_SUSPEND = 0xC400_000EL;
    private static final long RESUME_OFFSET = 0x1000;
    private static final List<String> EL2 = List.of(
            "VBAR_EL2",
            "VTCR_EL2",
            "VTTBR_EL2",
            "TPIDR_EL2",
            "MDCR_EL2",
            "HSTR_EL2",
            "CPTR_EL2",
            "HCR_EL2",
            "SCTLR_EL2",
            "TTBR0_EL2",
            "TCR_EL2",
            "MAIR_EL2",
            "CNTHCTL_EL2");

    private final Hypervisor xen;
    private final GicContext gicContext;
    private final List<SystemRegister> el2 = new ArrayList<>();
    private final List<Cell> savedEl2;
    private final Flag irqsOff;
    private final Cell takenDown;
    private final List<Cell> counters;
    private final boolean hasIommu;

    HostSteps(Hypervisor xen, Layout layout) {
        this.xen = xen;
        gicContext = new GicContext(xen.gic, layout);
        for (String name : EL2) {
            el2.add(xen.platform.registers().get(name));
        }
        savedEl2 = layout.cells("el2", EL2.size(), 64);
        irqsOff = layout.flag("irqs-off");
        takenDown = layout.cell("taken-down", 32);
        counters = layout.cells("count", SuspendStep.values().length, 32);
        boolean iommu = false;
        for (DeviceSpec device : xen.platform.profile().devices()) {
            iommu |= PassthroughDevices.isIommu(device);
        }
        hasIommu = iommu;
    }

    /** How often a step was carried out. */
    public long count(Board board, SuspendStep step) {
        return counters.get(step.ordinal()).get(board);
    }

    /** Whether the boot CPU takes no interrupts. */
    boolean irqsOff(Board board) {
        return irqsOff.get(board);
    }

    /** Whether this board has what the step is about. */
    boolean applies(SuspendStep step) {
        boolean iommu = step == SuspendStep.IOMMU_SUSPEND || step == SuspendStep.IOMMU_RESUME;
        return !iommu || hasIommu;
    }

    /** Begins a step that goes from CPU to CPU. */
    void announce(Board board, SuspendStep step) {
        if (step == SuspendStep.CPU_DOWN) {
            takenDown.set(board, 0);
            xen.print(board, "Disabling non-boot CPUs ...");
        } else {
            xen.print(board, "Enabling non-boot CPUs  ...");
        }
    }

    /** Whether a per-CPU step has something to do with that CPU. */
    boolean concerns(Board board, SuspendStep step, int cpu) {
        return step == SuspendStep.CPU_DOWN
                ? xen.pcpus.get(cpu).state.is(board, Pcpu.State.ONLINE)
                : (takenDown.get(board) >>> cpu & 1) != 0;
    }

    void startCpu(Board board, SuspendStep step, int cpu) {
        if (step == SuspendStep.CPU_DOWN) {
            xen.hotplug.down(board, cpu);
        } else {
            xen.hotplug.up(board, cpu);
        }
    }

    void cpuDone(Board board, SuspendStep step, int cpu, int error) {
        Pcpu pcpu = xen.pcpus.get(cpu);
        if (step == SuspendStep.CPU_DOWN && error == 0) {
            pcpu.timesDown.add(board, 1);
            takenDown.set(board, takenDown.get(board) | 1L << cpu);
        } else if (step == SuspendStep.CPU_UP && error == 0) {
            pcpu.timesUp.add(board, 1);
        } else if (step == SuspendStep.CPU_UP) {
            xen.print(board, "Error bringing CPU" + cpu + " up: " + error);
        }
    }

    /** What was bound to a CPU that stayed away goes elsewhere (R14), SPIs go back (R15). */
    private void restoreSpiTargets(Board board) {
        for (Pcpu pcpu : xen.pcpus) {
            boolean taken = (takenDown.get(board) >>> pcpu.id & 1) != 0;
            if (taken && !pcpu.runsGuests(board)) {
                xen.scheduler.abandon(board, pcpu.id);
            }
        }
        xen.irqs.restoreTargets(board);
    }

    /**
     * Begins a step.
     *
     * @return 0 or a negative errno
     */
    int enter(Board board, SuspendStep step, int initiatorSlot) {
        counters.get(step.ordinal()).add(board, 1);
        switch (step) {
            case FREEZE -> freeze(board);
            case TIMERS_QUIET -> xen.timers.quieten(board);
            case IRQS_OFF -> irqsOff.set(board, true);
            case GIC_SUSPEND -> saveGic(board);
            case CONSOLE_SUSPEND -> {
                xen.console.debug(board, DebugLine.SUSPEND, "Suspend");
                xen.console.suspend(board);
            }
            case SAVE_CONTEXT -> saveEl2(board);
            case RESUME_ENTRY -> resumeEntry(board);
            case CONSOLE_RESUME -> {
                xen.console.resume(board);
                xen.console.debug(board, DebugLine.RESUME, "Resume");
            }
            case GIC_RESUME -> restoreGic(board);
            case IRQS_ON -> irqsOff.set(board, false);
            case TIMERS_RESTART -> xen.timers.restart(board);
            case SPI_TARGETS -> restoreSpiTargets(board);
            case THAW -> thaw(board);
            case IOMMU_SUSPEND -> {
                return xen.iommu.suspend(board);
            }
            case IOMMU_RESUME -> xen.iommu.resume(board);
            case INITIATOR_RESUME -> resumeInitiator(board, initiatorSlot);
            case CPU_DOWN, CPU_UP, RCU_BARRIER, EL3_SYSTEM_SUSPEND -> {
                // CPUs have their own way; the others take their time and change nothing modelled
            }
        }
        return 0;
    }

    /**
     * Looks around after a step: an initiator with a deliverable interrupt must not sleep. That is
     * tested after the freeze, and once more when no interrupt can be taken any more (W5b, D5).
     *
     * @return a negative errno when the attempt is to be abandoned here
     */
    int afterwards(Board board, SuspendStep step, int initiatorSlot) {
        if (step != SuspendStep.FREEZE && step != SuspendStep.IRQS_OFF) {
            return 0;
        }
        Domain initiator = xen.domains.inSlot(board, initiatorSlot);
        for (Vcpu vcpu : initiator.vcpus) {
            if (!vcpu.down(board) && xen.vgic.deliverable(board, initiator, vcpu) != VGic.NONE) {
                return CpuHotplug.EBUSY;
            }
        }
        return 0;
    }

    private void freeze(Board board) {
        for (Domain domain : xen.domains.byId(board)) {
            domain.pauseCount.add(board, 1);
            domain.awaitsFirstInstruction.set(board, true);
            xen.scheduler.reconsider(board, domain);
            if (!domain.suspended(board) && !xen.suffers(board, Hazard.HZ_35)) {
                xen.watchdogs.stop(board, domain);
            }
            EventType.DOMAIN_FROZEN.emit(board, xen.now(board), domain.id(board), "");
        }
    }

    private void thaw(Board board) {
        xen.dom0First.hold(board);
        for (Domain domain : xen.domains.byId(board)) {
            if (!domain.suspended(board)) {
                xen.watchdogs.start(board, domain);
            }
            domain.pauseCount.add(board, -1);
            EventType.DOMAIN_THAWED.emit(board, xen.now(board), domain.id(board), "");
            xen.scheduler.reconsider(board, domain);
        }
        xen.systemState(board, Hypervisor.SystemState.ACTIVE);
    }

    /** Dom0 is resumed last, whether or not an interrupt is pending for it (R20). */
    private void resumeInitiator(Board board, int slot) {
        Domain initiator = xen.domains.inSlot(board, slot);
        if (initiator.entersAnew(board) && !xen.suffers(board, Hazard.HZ_32)) {
            Vcpu vcpu = initiator.vcpus.getFirst();
            xen.guestSuspend.wake(board, initiator, vcpu, Domain.WakeKind.HOST, 0);
        }
    }

    private void saveGic(Board board) {
        if (!xen.suffers(board, Hazard.HZ_38)) {
            gicContext.save(board);
        }
    }

    private void restoreGic(Board board) {
        if (!xen.suffers(board, Hazard.HZ_38)) {
            gicContext.restore(board);
            xen.platform.gicRestored().accept(board);
        }
    }

    private void saveEl2(Board board) {
        for (int i = 0; i < EL2.size(); i++) {
            savedEl2.get(i).set(board, el2.get(i).read(board, Access.el2(0)));
        }
    }

    private void resumeEntry(Board board) {
        for (int i = 0; i < EL2.size(); i++) {
            el2.get(i).write(board, Access.el2(0), savedEl2.get(i).get(board));
        }
        xen.pcpus.getFirst().state.set(board, Pcpu.State.ONLINE);
    }

    /**
     * The last instruction before sleep; comes back when EL3 refuses or an interrupt is pending.
     */
    long callFirmware(Board board) {
        xen.pcpus.getFirst().state.set(board, Pcpu.State.SUSPENDED);
        long entry = xen.platform.xenBase() + RESUME_OFFSET;
        long result = xen.platform.smc(board, 0, SYSTEM_SUSPEND, entry, 0, 0);
        if (result != Platform.NOT_RETURNED) {
            xen.pcpus.getFirst().state.set(board, Pcpu.State.ONLINE);
        }
        return result;
    }
}
