package dev.vboard.model;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Intids;
import dev.vboard.model.hazard.Hazard;
import dev.vboard.model.hazard.Invariant;
import dev.vboard.model.power.WakeTimer;
import dev.vboard.model.report.HostReport;
import dev.vboard.model.report.InvariantsReport;
import dev.vboard.model.report.SuspendReport;
import dev.vboard.model.report.WakeCause;
import dev.vboard.model.xen.Hypervisor;
import dev.vboard.model.xen.Invariants;
import dev.vboard.model.xen.Pcpu;
import dev.vboard.model.xen.SuspendLog;
import dev.vboard.model.xen.SuspendStep;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/** What reads answer about Xen and the suspend of the machine. */
final class HostReports {
    private final Hardware hardware;
    private final Hypervisor xen;

    HostReports(Hardware hardware, Hypervisor xen) {
        this.hardware = hardware;
        this.xen = xen;
    }

    Optional<WakeCause> wakeCause(Board board) {
        return wakeCause(hardware, board);
    }

    /** What ended the last sleep of the board; empty while nothing has. */
    static Optional<WakeCause> wakeCause(Hardware hardware, Board board) {
        int cause = hardware.wake.cause(board);
        if (cause == 0) {
            return Optional.empty();
        }
        boolean uart = hardware.profile
                .console()
                .flatMap(hardware.profile::device)
                .filter(device -> device.intids().contains(cause))
                .isPresent();
        WakeCause.Kind kind = uart ? WakeCause.Kind.UART : kind(cause);
        return Optional.of(new WakeCause(kind, OptionalInt.of(cause)));
    }

    private static WakeCause.Kind kind(int cause) {
        if (cause == WakeTimer.INTID) {
            return WakeCause.Kind.TIMER;
        }
        return cause < Intids.PRIVATE ? WakeCause.Kind.PPI : WakeCause.Kind.SPI;
    }

    HostReport host(Board board) {
        boolean has = board.has(Board.XEN);
        SortedMap<String, Long> down = byNumber();
        SortedMap<String, Long> up = byNumber();
        List<HostReport.CpuResources> resources = new ArrayList<>();
        for (Pcpu pcpu : has ? xen.pcpus() : List.<Pcpu>of()) {
            if (pcpu.id() != 0) {
                down.put(Integer.toString(pcpu.id()), pcpu.timesDown(board));
                up.put(Integer.toString(pcpu.id()), pcpu.timesUp(board));
            }
            int[] r = pcpu.resources(board);
            resources.add(
                    new HostReport.CpuResources(pcpu.id(), r[0], r[1], r[2], r[3], r[4], r[5]));
        }
        return new HostReport(
                has ? Optional.of(xen.systemState(board)) : Optional.empty(),
                has ? xen.hostSuspend().status(board) : 0,
                has ? xen.hostSuspend().attempts(board) : 0,
                count(board, has, SuspendStep.FREEZE),
                hardware.suspendCalls.get(board),
                hardware.powerLosses.get(board),
                count(board, has, SuspendStep.RESUME_ENTRY),
                wakeCause(board),
                hardware.abortedDma.get(board),
                down,
                up,
                count(board, has, SuspendStep.TIMERS_QUIET),
                count(board, has, SuspendStep.TIMERS_RESTART),
                count(board, has, SuspendStep.IOMMU_SUSPEND),
                count(board, has, SuspendStep.IOMMU_RESUME),
                count(board, has, SuspendStep.CONSOLE_SUSPEND),
                count(board, has, SuspendStep.CONSOLE_RESUME),
                count(board, has, SuspendStep.GIC_SUSPEND),
                count(board, has, SuspendStep.GIC_RESUME),
                targets(board, has, false),
                targets(board, has, true),
                resources);
    }

    private long count(Board board, boolean has, SuspendStep step) {
        return has ? xen.hostSuspend().steps().count(board, step) : 0;
    }

    /** Keys are numbers in decimal and come in their order. */
    private static <T> SortedMap<String, T> byNumber() {
        return new TreeMap<>(Comparator.comparingInt(Integer::parseInt));
    }

    private SortedMap<String, List<Integer>> targets(Board board, boolean has, boolean saved) {
        SortedMap<String, List<Integer>> targets = byNumber();
        for (int intid = Intids.PRIVATE; has && intid < hardware.profile.gic().intids(); intid++) {
            boolean handled =
                    xen.irqs().isXens(board, intid) || xen.irqs().ownerSlot(board, intid) != 0;
            int cpu =
                    saved ? xen.irqs().savedTarget(board, intid) : xen.irqs().target(board, intid);
            if (handled && cpu >= 0) {
                targets.put(Integer.toString(intid), List.of(cpu));
            }
        }
        return targets;
    }

    SuspendReport suspend(Board board) {
        if (!board.has(Board.XEN) || xen.hostSuspend().attempts(board) == 0) {
            return new SuspendReport(
                    0,
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    List.of());
        }
        List<SuspendReport.StepReport> steps = new ArrayList<>();
        String refusedBy = "";
        int status = xen.hostSuspend().status(board);
        for (SuspendLog.Line line : xen.hostSuspend().log().lines(board)) {
            steps.add(step(line));
            boolean refused = line.outcome() == SuspendLog.FAILED && status != 0;
            if (refused && refusedBy.isEmpty()) {
                refusedBy = refuser(board, line.step());
            }
        }
        long began = steps.isEmpty() ? 0 : steps.getFirst().startNs();
        boolean over = !xen.hostSuspend().inProgress(board);
        if (refusedBy.isEmpty() && status != 0) {
            refusedBy = "xen";
        }
        return new SuspendReport(
                xen.hostSuspend().attempts(board),
                over ? OptionalInt.of(status) : OptionalInt.empty(),
                OptionalInt.of(xen.hostSuspend().initiator(board)),
                refusedBy.isEmpty() ? Optional.empty() : Optional.of(refusedBy),
                xen.hostSuspend().log().before(board),
                xen.hostSuspend().log().after(board),
                steps,
                hardware.lost.names(board, LostRegisters.Kind.LOST, began),
                hardware.lost.names(board, LostRegisters.Kind.NOT_RESTORED, began));
    }

    private String refuser(Board board, SuspendStep step) {
        int awake = xen.hostSuspend().steps().awakeDomain(board);
        if (step == SuspendStep.CHECK_DOMAINS && awake >= 0) {
            return "d" + awake;
        }
        return step == SuspendStep.EL3_SYSTEM_SUSPEND ? "el3" : step.wire();
    }

    private static SuspendReport.StepReport step(SuspendLog.Line line) {
        boolean running = line.outcome() == SuspendLog.RUNNING;
        return new SuspendReport.StepReport(
                line.step().wire(),
                Reports.optional(line.cpu()),
                line.startNanos(),
                running ? OptionalLong.empty() : OptionalLong.of(line.endNanos()),
                running ? Optional.empty() : Optional.of(outcome(line.outcome())),
                line.error() == 0 ? OptionalInt.empty() : OptionalInt.of(line.error()));
    }

    private static SuspendReport.StepOutcome outcome(int outcome) {
        return SuspendReport.StepOutcome.values()[outcome - 1];
    }

    List<String> hazards(Board board) {
        List<String> on = new ArrayList<>();
        for (Hazard hazard : Hazard.all()) {
            if (board.has(Board.XEN) && xen.hazards().on(board, hazard)) {
                on.add(hazard.id());
            }
        }
        return on;
    }

    InvariantsReport invariants(Board board) {
        List<InvariantsReport.Invariant> items = new ArrayList<>();
        int violated = 0;
        for (Invariant invariant : Invariant.all()) {
            boolean held = !board.has(Board.XEN) || xen.invariants().held(board, invariant);
            violated += held ? 0 : 1;
            items.add(new InvariantsReport.Invariant(
                    invariant.name(),
                    invariant.text(),
                    held,
                    held ? Optional.empty() : Optional.of(violation(board, invariant)),
                    reportedBy(invariant)));
        }
        return new InvariantsReport(violated, items);
    }

    private InvariantsReport.InvariantViolation violation(Board board, Invariant invariant) {
        Invariants.Violation first = xen.invariants().violation(board, invariant);
        return new InvariantsReport.InvariantViolation(
                first.sequence(), first.atNanos(), first.detail());
    }

    private static List<String> reportedBy(Invariant invariant) {
        List<String> ids = new ArrayList<>();
        for (Hazard hazard : Hazard.all()) {
            if (hazard.story().detectors().contains(invariant)) {
                ids.add(hazard.id());
            }
        }
        return ids;
    }
}
