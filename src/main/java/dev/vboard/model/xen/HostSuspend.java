package dev.vboard.model.xen;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Choice;
import dev.vboard.model.core.Deadline;
import dev.vboard.model.core.Flag;
import dev.vboard.model.core.Layout;
import dev.vboard.model.hazard.CpuHazard;
import dev.vboard.model.hazard.HostHazard;
import dev.vboard.model.profile.TimingSpec;
import dev.vboard.model.report.HostReport;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Walks a host suspend: down through the flavour's steps, and back from wherever it stopped, be it
 * a wake-up or a failure. The position is cells, so a snapshot taken between two steps continues
 * there (xen-suspend.md 4 and 5).
 */
public final class HostSuspend {
    private static final int ENOSYS = -38;

    private final Hypervisor xen;
    private final HostSteps steps;
    private final SuspendLog log;
    private final Choice<Walk> walk;
    private final Cell position;
    private final Cell cpu;
    private final Flag cpuOnItsWay;
    private final Cell done;
    private final Cell status;
    private final Cell stepError;
    private final Cell attempts;
    private final Cell initiatorSlot;
    private final Cell initiatorId;
    private final Deadline deadline;
    private final Flag rfcText;
    private final List<Long> durationNanos;

    /** Which way it walks. */
    private enum Walk {
        STANDS,
        DOWN,
        ASLEEP,
        BACK
    }

    HostSuspend(Hypervisor xen, Layout layout) {
        this.xen = xen;
        Layout own = layout.named("host-suspend");
        log = new SuspendLog(xen, layout, xen.platform.cpus());
        steps = new HostSteps(xen, own);
        walk = own.choice("walk", Walk.class);
        position = own.cell("position", 8);
        cpu = own.cell("cpu", 8);
        cpuOnItsWay = own.flag("cpu-on-its-way");
        done = own.cell("done", 64);
        status = own.cell("status", 32);
        stepError = own.cell("step-error", 32);
        attempts = own.cell("attempts", 32);
        initiatorSlot = own.cell("initiator-slot", 8);
        initiatorId = own.cell("initiator-id", 16);
        rfcText = own.flag("rfc-text");
        TimingSpec timing = xen.platform.profile().timing();
        List<Long> durations = new ArrayList<>();
        for (SuspendStep step : SuspendStep.values()) {
            durations.add(timing.step(step.wire()));
        }
        durationNanos = List.copyOf(durations);
        deadline = layout.named("xen").deadline("step", Deadline.Kind.PROGRESS, this::stepDone);
    }

    /** The steps of the current or last attempt. */
    public SuspendLog log() {
        return log;
    }

    /** Counters of what the steps did. */
    public HostSteps steps() {
        return steps;
    }

    /** Attempts begun. */
    public long attempts(Board board) {
        return attempts.get(board);
    }

    /** Whether the way back follows the RFC's text rather than the code (D18). */
    void rfcText(Board board, boolean on) {
        rfcText.set(board, on);
    }

    /** Whether an attempt is going on. */
    public boolean inProgress(Board board) {
        return !walk.is(board, Walk.STANDS);
    }

    /** Whether the current or last attempt has begun to take CPUs down. */
    boolean takesCpusDown(Board board) {
        return (done.get(board) & SuspendStep.CPU_DOWN.bit()) != 0;
    }

    /** Whether it is on the way back. */
    public boolean resuming(Board board) {
        return walk.is(board, Walk.BACK);
    }

    /** Whether the machine sleeps. */
    public boolean asleep(Board board) {
        return walk.is(board, Walk.ASLEEP);
    }

    /** Whether the current or last attempt has lost the boot CPU's context. */
    public boolean slept(Board board) {
        return (done.get(board) & SuspendStep.EL3_SYSTEM_SUSPEND.bit()) != 0;
    }

    /** errno or PSCI value of the last attempt. */
    public int status(Board board) {
        return status.getInt(board);
    }

    /** Id of the domain that asked. */
    public int initiator(Board board) {
        return initiatorId.getInt(board);
    }

    /** The domain that asked. */
    Domain initiatorDomain(Board board) {
        return xen.domains.inSlot(board, initiatorSlot.getInt(board));
    }

    /** A domain's suspend call asks for the machine's: the work runs on the boot CPU, idle. */
    void request(Board board, Domain initiator) {
        if (!xen.active(board)) {
            xen.checks.cycle.beginAgain(board);
            xen.panic(board, "host suspend while the system is not active");
            return;
        }
        xen.checks.cycle.begin(board);
        attempts.add(board, 1);
        initiatorSlot.set(board, initiator.slot);
        initiatorId.set(board, initiator.id(board));
        status.set(board, 0);
        done.set(board, 0);
        log.open(board);
        if (xen.suffers(board, HostHazard.HZ_62)) {
            refuseColouring(board, initiator);
            return;
        }
        steps.begin(board);
        xen.systemState(board, HostReport.SystemState.SUSPEND);
        if (xen.flavour(board).shutsDown()) {
            xen.print(board, "Xen suspending...");
        }
        walk.set(board, Walk.DOWN);
        position.set(board, 0);
        enter(board, step(board));
    }

    /** With page colouring the machine does not suspend, and the domain resumes all the same. */
    private void refuseColouring(Board board, Domain initiator) {
        status.set(board, ENOSYS);
        xen.print(board, "System suspend is not supported with page colouring: " + ENOSYS);
        steps.resumeInitiator(board, initiator);
        log.close(board);
    }

    private List<SuspendStep> list(Board board) {
        Flavour flavour = xen.flavour(board);
        return walk.is(board, Walk.BACK) ? flavour.up(rfcText.get(board)) : flavour.down();
    }

    private SuspendStep step(Board board) {
        return list(board).get(position.getInt(board));
    }

    private void enter(Board board, SuspendStep step) {
        if (step.perCpu()) {
            steps.announce(board, step);
            done.set(board, done.get(board) | step.bit());
            cpu.set(board, 0);
            nextCpu(board, step);
            return;
        }
        if (!steps.applies(step)) {
            next(board);
            return;
        }
        if (step == SuspendStep.INITIATOR_RESUME) {
            thawed(board);
        }
        if (step.silent()) {
            steps.enter(board, step, initiatorSlot.getInt(board));
            done.set(board, done.get(board) | step.bit());
            next(board);
            return;
        }
        log.begin(board, step, -1);
        int error = steps.enter(board, step, initiatorSlot.getInt(board));
        stepError.set(board, error);
        if (error != 0 && walk.is(board, Walk.DOWN)) {
            fail(board, step, error);
        } else if (!xen.crashed(board)) {
            deadline.arm(board, xen.now(board) + durationNanos.get(step.ordinal()));
        }
    }

    /** R18, R19: all domains are thawed; only the one that asked still waits. */
    private void thawed(Board board) {
        xen.systemState(board, HostReport.SystemState.ACTIVE);
        if (xen.flavour(board).shutsDown()) {
            xen.print(board, "Resume (status " + status(board) + ")");
        }
    }

    /** Starts the next CPU, after what the toolstack may have started (HZ-67). */
    private void nextCpu(Board board, SuspendStep step) {
        if (xen.hotplug.busy(board)) {
            if (step == SuspendStep.CPU_DOWN && xen.suffers(board, CpuHazard.HZ_67)) {
                xen.bug(board, "Xen BUG at common/cpu.c:204");
            }
            return;
        }
        for (int id = cpu.getInt(board) + 1; id < xen.platform.cpus(); id++) {
            if (steps.concerns(board, step, id)) {
                cpu.set(board, id);
                cpuOnItsWay.set(board, true);
                log.begin(board, step, id);
                int error = steps.startCpu(board, step, id);
                if (error != 0) {
                    cpuOver(board, step, error, true);
                } else {
                    advance(board);
                }
                return;
            }
        }
        next(board);
    }

    /** Looks whether the CPU a step waits for has got where it should. */
    void advance(Board board) {
        boolean moves = walk.is(board, Walk.DOWN) || walk.is(board, Walk.BACK);
        if (!moves || deadline.armed(board) || xen.crashed(board)) {
            return;
        }
        SuspendStep step = step(board);
        if (!step.perCpu() || xen.hotplug.busy(board)) {
            return;
        }
        if (!cpuOnItsWay.get(board)) {
            nextCpu(board, step);
            return;
        }
        cpuOver(board, step, xen.hotplug.error(board), false);
    }

    private void cpuOver(Board board, SuspendStep step, int error, boolean injected) {
        cpuOnItsWay.set(board, false);
        int id = cpu.getInt(board);
        boolean down = walk.is(board, Walk.DOWN);
        log.end(board, step, id, error == 0 ? SuspendLog.OK : SuspendLog.FAILED, error);
        steps.cpuDone(board, step, id, error, injected);
        undone(board, step, id);
        if (xen.crashed(board)) {
            return;
        }
        if (error != 0 && down) {
            status.set(board, error);
            turnBack(board);
        } else {
            nextCpu(board, step);
        }
    }

    private void stepDone(Board board) {
        if (xen.crashed(board)) {
            return;
        }
        SuspendStep step = step(board);
        if (step == SuspendStep.EL3_SYSTEM_SUSPEND) {
            callFirmware(board, step);
            return;
        }
        int error = stepError.getInt(board);
        log.end(board, step, -1, error == 0 ? SuspendLog.OK : SuspendLog.FAILED, error);
        done.set(board, done.get(board) | step.bit());
        undone(board, step, -1);
        int abandoned = steps.afterwards(board, step, initiatorSlot.getInt(board));
        if (abandoned != 0) {
            status.set(board, abandoned);
            turnBack(board);
        } else {
            next(board);
        }
    }

    /** After a failure what has been done is not merely over, it has been in vain. */
    private void undone(Board board, SuspendStep step, int onCpu) {
        if (status(board) != 0) {
            step.undoes().ifPresent(undone -> log.undo(board, undone, onCpu));
        }
    }

    private void callFirmware(Board board, SuspendStep step) {
        long result = steps.bootCpu().callFirmware(board);
        if (result == Platform.NOT_RETURNED) {
            log.end(board, step, -1, SuspendLog.OK, 0);
            done.set(board, done.get(board) | step.bit());
            walk.set(board, Walk.ASLEEP);
            return;
        }
        int error = (int) result;
        status.set(board, error);
        log.end(board, step, -1, error == 0 ? SuspendLog.SKIPPED : SuspendLog.FAILED, error);
        firmwareFailed(board, error);
        turnBack(board);
    }

    private void firmwareFailed(Board board, int error) {
        if (error != 0) {
            xen.console.debug(
                    board,
                    xen.flavour(board),
                    DebugLine.FIRMWARE_FAILED,
                    "PSCI system suspend failed, err=" + error);
        }
    }

    private void fail(Board board, SuspendStep step, int error) {
        status.set(board, error);
        log.end(board, step, -1, SuspendLog.FAILED, error);
        if (step == SuspendStep.EL3_SYSTEM_SUSPEND) {
            steps.bootCpu().abandon(board);
            firmwareFailed(board, error);
        } else if (step == SuspendStep.CONSOLE_SUSPEND
                && xen.flavour(board).unwindsFailedConsole()) {
            done.set(board, done.get(board) | step.bit());
        }
        turnBack(board);
    }

    /** The boot CPU is at the resume entry after a wake-up. */
    void woken(Board board) {
        turnBack(board);
    }

    private void turnBack(Board board) {
        xen.systemState(board, HostReport.SystemState.RESUME);
        walk.set(board, Walk.BACK);
        position.set(board, -1);
        next(board);
    }

    private void next(Board board) {
        int at = (byte) position.getInt(board) + 1;
        List<SuspendStep> list = list(board);
        while (at < list.size() && !needed(board, list.get(at))) {
            at++;
        }
        if (at < list.size()) {
            position.set(board, at);
            enter(board, list.get(at));
        } else {
            walk.set(board, Walk.STANDS);
            over(board);
        }
    }

    private void over(Board board) {
        Flavour flavour = xen.flavour(board);
        xen.checks.cycle.over(board, initiator(board));
        Domain asked = initiatorDomain(board);
        asked.vcpus.forEach(vcpu -> xen.checks.guests.accepted(board, asked, vcpu));
        if (status(board) != 0 && xen.suffers(board, HostHazard.HZ_55)) {
            status.set(board, 0);
        }
        if (status(board) != 0 && !flavour.shutsDown()) {
            xen.console.debug(
                    board, flavour, DebugLine.FAILED, "Failed to suspend, errno=" + status(board));
        }
        log.close(board);
    }

    /** On the way back only what the way down has done is taken back. */
    private boolean needed(Board board, SuspendStep step) {
        Optional<SuspendStep> undone = step.undoes();
        return undone.isEmpty() || (done.get(board) & undone.get().bit()) != 0;
    }
}
