package dev.vboard.model.xen;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Faults;
import dev.vboard.model.core.Faults.Fault;
import dev.vboard.model.core.Faults.Kind;
import dev.vboard.model.core.Flag;
import dev.vboard.model.core.Layout;
import dev.vboard.model.hazard.CpuHazard;
import dev.vboard.model.hazard.DeviceHazard;
import dev.vboard.model.hazard.HostHazard;
import dev.vboard.model.hazard.TimerHazard;

import java.util.List;
import java.util.Optional;

/** What each step of a host suspend and resume does (xen-suspend.md 4.4, 5.1). */
public final class HostSteps {
    private static final int ENOSYS = -38;
    private static final int ETIMEDOUT = -110;

    private final Hypervisor xen;
    private final GicSleep gic;
    private final BootCpuContext bootCpu;
    private final HostFreeze domains;
    private final Flag irqsOff;
    private final Flag consoleSync;
    private final Flag iommuDown;
    private final Flag iommuSkipped;
    private final Cell takenDown;
    private final List<Cell> counters;
    private final boolean hasIommu;

    HostSteps(Hypervisor xen, Layout layout) {
        this.xen = xen;
        gic = new GicSleep(xen, layout);
        bootCpu = new BootCpuContext(xen, layout);
        domains = new HostFreeze(xen, layout);
        irqsOff = layout.flag("irqs-off");
        consoleSync = layout.flag("console-sync");
        iommuDown = layout.flag("iommu-down");
        iommuSkipped = layout.flag("iommu-skipped");
        takenDown = layout.cell("taken-down", 32);
        counters = layout.cells("count", SuspendStep.values().length, 32);
        hasIommu = PassthroughDevices.hasIommu(xen.platform.profile());
    }

    /** How often a step was carried out. */
    public long count(Board board, SuspendStep step) {
        return counters.get(step.ordinal()).get(board);
    }

    /** The domain that asked goes on, whatever became of its wish. */
    void resumeInitiator(Board board, Domain initiator) {
        domains.resumeInitiator(board, initiator);
    }

    /** Whether the current or last attempt took that CPU down. */
    boolean tookDown(Board board, int cpu) {
        return (takenDown.get(board) >>> cpu & 1) != 0;
    }

    /** How the boot CPU sleeps and comes back. */
    public BootCpuContext bootCpu() {
        return bootCpu;
    }

    /** Id of the domain that the current or last attempt found awake (2.4), or -1. */
    public int awakeDomain(Board board) {
        return domains.awake(board);
    }

    /** An attempt begins. */
    void begin(Board board) {
        domains.forget(board);
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

    /**
     * Starts a per-CPU step for a CPU.
     *
     * @return a negative errno when the notifiers that prepare it refuse
     */
    int startCpu(Board board, SuspendStep step, int cpu) {
        int injected = injected(board, step, cpu);
        if (injected != 0) {
            if (step == SuspendStep.CPU_UP) {
                xen.hotplug.refused(board, cpu, injected);
            }
            return injected;
        }
        if (step == SuspendStep.CPU_DOWN) {
            xen.hotplug.down(board, cpu);
        } else {
            xen.hotplug.up(board, cpu);
        }
        return 0;
    }

    /**
     * A per-CPU step is over for a CPU; a CPU that is busy is a bug (4.3 B, 5.2).
     *
     * @param injected whether the error was wished for from outside, and is no doing of Xen's
     */
    void cpuDone(Board board, SuspendStep step, int cpu, int error, boolean injected) {
        Pcpu pcpu = xen.pcpus.get(cpu);
        boolean down = step == SuspendStep.CPU_DOWN;
        if (error != 0) {
            xen.print(
                    board,
                    down
                            ? "Error taking CPU" + cpu + " down: " + error
                            : "Error bringing CPU" + cpu + " up: " + error);
            if (error == CpuHotplug.EBUSY) {
                String text = "Xen BUG at common/cpu.c:" + (down ? 204 : 233);
                if (injected) {
                    xen.panic(board, text);
                } else {
                    xen.bug(board, text);
                }
            }
        } else if (down) {
            pcpu.timesDown.add(board, 1);
            takenDown.set(board, takenDown.get(board) | 1L << cpu);
        } else {
            pcpu.timesUp.add(board, 1);
        }
    }

    private int injected(Board board, SuspendStep step, int cpu) {
        Optional<Fault> fault =
                xen.platform.faults().strike(board, Kind.STEP_FAILS, cpu, step.ordinal());
        return fault.isPresent() ? (int) fault.get().value() : 0;
    }

    /**
     * Carries out a step. One that fails on the way down has left everything as it was. On the way
     * back nobody looks at a result: the step is done all the same, except where Xen gives up.
     *
     * @return 0 or a negative errno
     */
    int enter(Board board, SuspendStep step, int initiatorSlot) {
        counters.get(step.ordinal()).add(board, 1);
        int injected = step.silent() ? 0 : injected(board, step, Faults.ANY);
        boolean back = step.undoes().isPresent() || step == SuspendStep.INITIATOR_RESUME;
        if (injected != 0 && back && fatal(board, step, injected)) {
            return injected;
        }
        return switch (step) {
            case GIC_SUSPEND -> gic.save(board, injected);
            case CONSOLE_SUSPEND -> suspendConsole(board, injected);
            case IOMMU_SUSPEND -> injected != 0 ? injected : suspendIommu(board);
            case CHECK_DOMAINS -> injected != 0 ? injected : domains.checkDomains(board);
            case CPU_DOWN, CPU_UP -> throw new IllegalStateException(step + " is for one CPU");
            case FREEZE,
                    SCHEDULER_OFF,
                    TIMERS_QUIET,
                    CONSOLE_SYNC,
                    IRQS_OFF,
                    SAVE_CONTEXT,
                    EL3_SYSTEM_SUSPEND,
                    RESUME_ENTRY,
                    CONSOLE_RESUME,
                    GIC_RESUME,
                    IRQS_ON,
                    IOMMU_RESUME,
                    CONSOLE_SYNC_END,
                    TIMERS_RESTART,
                    RCU_BARRIER,
                    SPI_TARGETS,
                    SCHEDULER_ON,
                    THAW,
                    INITIATOR_RESUME -> {
                if (injected == 0 || back) {
                    carryOut(board, step, initiatorSlot);
                }
                yield injected;
            }
        };
    }

    /** What the steps do that cannot fail by themselves. */
    private void carryOut(Board board, SuspendStep step, int initiatorSlot) {
        switch (step) {
            case FREEZE -> domains.freeze(board);
            case SCHEDULER_OFF -> xen.scheduler.off(board);
            case TIMERS_QUIET -> xen.timers.quieten(board, !xen.suffers(board, TimerHazard.HZ_37));
            case CONSOLE_SYNC -> consoleSync.set(board, true);
            case IRQS_OFF -> {
                if (xen.timers.quiet(board) && xen.suffers(board, TimerHazard.HZ_36)) {
                    xen.timers.tick(board);
                }
                irqsOff.set(board, true);
            }
            case SAVE_CONTEXT -> bootCpu.save(board);
            case RESUME_ENTRY -> bootCpu.resume(board);
            case CONSOLE_RESUME -> resumeConsole(board);
            case GIC_RESUME -> gic.restore(board);
            case IRQS_ON -> irqsOff.set(board, false);
            case CONSOLE_SYNC_END -> consoleSync.set(board, false);
            case TIMERS_RESTART -> xen.timers.restart(board);
            case SPI_TARGETS -> restoreSpiTargets(board);
            case SCHEDULER_ON -> xen.scheduler.on(board);
            case THAW -> domains.thaw(board);
            case INITIATOR_RESUME ->
                domains.resumeInitiator(board, xen.domains.inSlot(board, initiatorSlot));
            case IOMMU_RESUME -> resumeIommu(board);
            case RCU_BARRIER, EL3_SYSTEM_SUSPEND -> {
                // they take their time and change nothing modelled; firmware is called at the end
            }
            case CHECK_DOMAINS, CPU_DOWN, IOMMU_SUSPEND, CONSOLE_SUSPEND, GIC_SUSPEND, CPU_UP ->
                throw new IllegalStateException(step + " may fail by itself");
        }
    }

    /** Whether Xen stops where a step on the way back fails (R5, 8.2 y). */
    private boolean fatal(Board board, SuspendStep step, int error) {
        switch (step) {
            case RESUME_ENTRY ->
                xen.panic(board, "Boot CPU failed to apply its errata on resume: " + error);
            case GIC_RESUME -> xen.panic(board, "GIC: failed to restore: " + error);
            case IOMMU_RESUME ->
                xen.panic(board, "SMMUv3: Failed to reset during resume: " + error);
            default -> {
                return false;
            }
        }
        return true;
    }

    /**
     * Looks around after a step: an initiator with a deliverable interrupt must not sleep. That is
     * tested after the freeze, and once more when no interrupt can be taken any more (W5b, D5).
     *
     * @return a negative errno when the attempt is to be abandoned here
     */
    int afterwards(Board board, SuspendStep step, int initiatorSlot) {
        boolean looks = step == SuspendStep.FREEZE || step == SuspendStep.IRQS_OFF;
        return looks
                        && !xen.suffers(board, HostHazard.HZ_27H)
                        && domains.hasWork(board, xen.domains.inSlot(board, initiatorSlot))
                ? CpuHotplug.EBUSY
                : 0;
    }

    /** What was bound to a CPU that stayed away goes elsewhere (R14), SPIs go back (R15). */
    private void restoreSpiTargets(Board board) {
        for (Pcpu pcpu : xen.pcpus) {
            boolean taken = (takenDown.get(board) >>> pcpu.id & 1) != 0;
            boolean away = taken && !pcpu.runsGuests(board);
            if (away && !xen.suffers(board, CpuHazard.HZ_72)) {
                xen.scheduler.abandon(board, pcpu.id);
            }
        }
        xen.irqs.restoreTargets(board);
    }

    /** A driver without support says so where it is asked (4.4); 2018 skips it (D13). */
    private int suspendIommu(Board board) {
        boolean unsupported = xen.flavour(board).shutsDown()
                && !PassthroughDevices.iommusSuspend(xen.platform.profile());
        if (unsupported) {
            return ENOSYS;
        }
        boolean hangs = xen.platform
                .faults()
                .strike(board, Kind.SMMU_SYNC_TIMEOUT, Faults.ANY, Faults.ANY)
                .isPresent();
        if (!hangs && xen.suffers(board, DeviceHazard.HZ_46)) {
            return skipIommu(board);
        }
        int error = hangs ? ETIMEDOUT : xen.iommu.suspend(board);
        iommuDown.set(board, error == 0);
        return error;
    }

    /** Without the driver's hook 2018 passes it over, both ways; later code jumps to address 0. */
    private int skipIommu(Board board) {
        iommuSkipped.set(board, true);
        iommuDown.set(board, true);
        if (xen.flavour(board).shutsDown()) {
            xen.bug(board, "NULL_CALL: the IOMMU driver has no suspend callback");
        }
        return 0;
    }

    private void resumeIommu(Board board) {
        if (!iommuSkipped.get(board)) {
            xen.iommu.resume(board);
        }
        iommuSkipped.set(board, false);
        iommuDown.set(board, false);
    }

    /** Whether the IOMMUs are between their suspend and their resume. */
    public boolean iommuDown(Board board) {
        return iommuDown.get(board);
    }

    /**
     * Steals the output and calls the driver's hook. One that fails gives the output back itself;
     * the code of 2018 leaves that to the unwinding (label F).
     */
    private int suspendConsole(Board board, int injected) {
        Flavour flavour = xen.flavour(board);
        if (flavour == Flavour.RFC2018) {
            xen.console.debug(board, flavour, DebugLine.SUSPEND, "Suspend");
        }
        xen.console.suspend(board);
        if (xen.suffers(board, DeviceHazard.HZ_48B)) {
            xen.console.expectOnWire(board, "Suspending GIC and EL2 context");
        }
        int error = injected != 0
                ? injected
                : xen.platform
                        .faults()
                        .strike(board, Kind.CONSOLE_HOOK_FAILS, Faults.ANY, Faults.ANY)
                        .map(fault -> (int) fault.value())
                        .orElse(0);
        if (error != 0) {
            if (flavour.unwindsFailedConsole() || !xen.suffers(board, DeviceHazard.HZ_76)) {
                xen.console.resume(board);
            }
            xen.console.debug(
                    board,
                    flavour,
                    DebugLine.CONSOLE_FAILED,
                    "Failed to suspend the console, err=" + error);
        }
        return error;
    }

    private void resumeConsole(Board board) {
        xen.console.resume(board);
        if (xen.flavour(board) == Flavour.RFC2018) {
            xen.console.debug(board, Flavour.RFC2018, DebugLine.RESUME, "Resume");
        }
    }
}
