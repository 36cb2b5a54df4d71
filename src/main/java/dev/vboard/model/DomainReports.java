package dev.vboard.model;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Intids;
import dev.vboard.model.report.DomainReport;
import dev.vboard.model.report.Observables;
import dev.vboard.model.report.Trigger;
import dev.vboard.model.report.U64;
import dev.vboard.model.report.VcpuReport;
import dev.vboard.model.report.VirtualInterruptReport;
import dev.vboard.model.xen.Domain;
import dev.vboard.model.xen.DomainConfig;
import dev.vboard.model.xen.Hypervisor;
import dev.vboard.model.xen.ResumeContext;
import dev.vboard.model.xen.SoftTimers;
import dev.vboard.model.xen.Stage2;
import dev.vboard.model.xen.Vcpu;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.BiFunction;

/** What reads answer about domains and their vCPUs. */
final class DomainReports {
    private static final String REASON_LETTERS = "-rscwS";

    private final Hardware hardware;
    private final Hypervisor xen;
    private final VcpuReports vcpus;

    DomainReports(Hardware hardware, Hypervisor xen) {
        this.hardware = hardware;
        this.xen = xen;
        vcpus = new VcpuReports(hardware, xen);
    }

    static DomainReport.State state(Board board, Domain domain) {
        if (domain.dying(board)) {
            return DomainReport.State.DYING;
        }
        if (domain.suspended(board)) {
            return DomainReport.State.SUSPENDED;
        }
        if (domain.shutdownState(board) != Observables.ShutdownState.NONE) {
            return DomainReport.State.SHUTDOWN;
        }
        return domain.pauseCount(board) > 0
                ? DomainReport.State.PAUSED
                : DomainReport.State.RUNNING;
    }

    List<DomainReport> all(Board board) {
        List<DomainReport> list = new ArrayList<>();
        xen.domains().byId(board).forEach(domain -> list.add(report(board, domain)));
        return list;
    }

    /**
     * Answers about a domain as it is once the board has settled, or as it was before when the
     * machine has gone down with it.
     */
    Reply later(Board board, Domain domain, BiFunction<Board, Domain, Object> about) {
        Object before = about.apply(board, domain);
        int id = domain.id(board);
        return Reply.later(after -> (after.has(Board.XEN)
                        ? xen.domains().find(after, id)
                        : Optional.<Domain>empty())
                .map(now -> about.apply(after, now))
                .orElse(before));
    }

    DomainReport report(Board board, Domain domain) {
        List<DomainReport.VcpuSummary> summaries = new ArrayList<>();
        for (Vcpu vcpu : domain.vcpus()) {
            summaries.add(vcpus.summary(board, domain, vcpu));
        }
        List<DomainReport.Role> roles = new ArrayList<>();
        if (domain.hardware(board)) {
            roles.add(DomainReport.Role.HARDWARE);
        }
        if (domain.control(board)) {
            roles.add(DomainReport.Role.CONTROL);
        }
        boolean shut = domain.shutdownState(board) == Observables.ShutdownState.COMPLETE;
        return new DomainReport(
                domain.id(board),
                domain.name(board),
                uuid(board, domain),
                state(board, domain),
                xlState(board, domain),
                shut ? Optional.of(reason(domain.shutdownCode(board))) : Optional.empty(),
                roles,
                domain.guest(board),
                domain.is32Bit(board) ? 32 : 64,
                summaries,
                domain.memoryMiB(board),
                xen.devices().namesOf(board, domain),
                xen.irqs().ofDomain(board, domain),
                enabled(board, domain),
                gic(board, domain),
                observables(board, domain));
    }

    private static DomainReport.ShutdownReason reason(int code) {
        return DomainReport.ShutdownReason.values()[code];
    }

    private String uuid(Board board, Domain domain) {
        DomainConfig.Extras given = domain.extras(board);
        boolean madeUp = (given.uuidHigh() | given.uuidLow()) == 0;
        long seed = hardware.seed.get(board);
        long high = madeUp ? mix(seed * 31 + domain.id(board)) : given.uuidHigh();
        long low = madeUp ? mix(high + 1) : given.uuidLow();
        String hex = String.format(Locale.ROOT, "%016x%016x", high, low);
        return hex.substring(0, 8)
                + ("-" + hex.substring(8, 12))
                + (madeUp ? "-4" + hex.substring(13, 16) : "-" + hex.substring(12, 16))
                + (madeUp ? "-8" + hex.substring(17, 20) : "-" + hex.substring(16, 20))
                + ("-" + hex.substring(20));
    }

    private static long mix(long value) {
        long h = (value + 1) * 0x9E37_79B9_7F4A_7C15L;
        h = (h ^ h >>> 32) * 0xD6E8_FEB8_6659_FD93L;
        return h ^ h >>> 32;
    }

    /**
     * The six columns of xl list: r b p s, the reason, d (farm.md 11). As Xen counts, a domain runs
     * when one of its vCPUs is on a pCPU, and is blocked when no online vCPU is not.
     */
    private String xlState(Board board, Domain domain) {
        boolean running = false;
        boolean blocked = true;
        for (Vcpu vcpu : domain.vcpus()) {
            running |= xen.guests().running(board, vcpu);
            blocked &= vcpu.down(board) || vcpu.blocked(board);
        }
        boolean paused = domain.controllerPauseCount(board) > 0;
        boolean shut = domain.shutdownState(board) == Observables.ShutdownState.COMPLETE;
        StringBuilder columns = new StringBuilder(6);
        columns.append(running ? 'r' : '-');
        columns.append(blocked ? 'b' : '-');
        columns.append(paused ? 'p' : '-');
        columns.append(shut ? 's' : '-');
        columns.append(shut ? REASON_LETTERS.charAt(domain.shutdownCode(board)) : '-');
        columns.append(domain.dying(board) ? 'd' : '-');
        return columns.toString();
    }

    private static List<Integer> enabled(Board board, Domain domain) {
        List<Integer> intids = new ArrayList<>();
        Intids numbering = domain.intids();
        for (int index = 0; index < numbering.count(); index++) {
            int intid = numbering.intid(index);
            if (domain.vgic().enabled(board, index) && !intids.contains(intid)) {
                intids.add(intid);
            }
        }
        intids.sort(Integer::compare);
        return intids;
    }

    private DomainReport.DomainGic gic(Board board, Domain domain) {
        Stage2 stage2 = xen.guests().stage2();
        return new DomainReport.DomainGic(
                hardware.profile.gic().version(),
                U64.of(stage2.distributorOf(board, domain)),
                address(stage2.interfaceOf(board, domain)),
                address(stage2.redistributorsOf(board, domain)));
    }

    private static Optional<U64> address(OptionalLong at) {
        return at.isPresent() ? Optional.of(U64.of(at.getAsLong())) : Optional.empty();
    }

    private Observables observables(Board board, Domain domain) {
        Observables.ShutdownState shutdown = domain.shutdownState(board);
        int code = domain.shutdownCode(board);
        boolean ran = domain.firstInstructionAt(board) != SoftTimers.STOPPED;
        return new Observables(
                domain.pauseCount(board),
                domain.controllerPauseCount(board),
                shutdown,
                code == Domain.NO_CODE ? OptionalInt.empty() : OptionalInt.of(code),
                resumeCtx(board, domain.resumeContext()),
                domain.suspendCount(board),
                domain.resumeCount(board),
                resumeCause(board, domain),
                ran ? OptionalLong.of(domain.firstInstructionAt(board)) : OptionalLong.empty(),
                ran ? OptionalLong.of(domain.firstInstructionSeq(board)) : OptionalLong.empty(),
                watchdogs(board, domain));
    }

    private static Optional<Observables.ResumeContext> resumeCtx(
            Board board, ResumeContext context) {
        return context.present(board)
                ? Optional.of(new Observables.ResumeContext(
                        U64.of(context.entry(board)),
                        U64.of(context.contextId(board)),
                        context.vcpu(board)))
                : Optional.empty();
    }

    private static Optional<Observables.ResumeCause> resumeCause(Board board, Domain domain) {
        Domain.WakeKind kind = domain.resumeKind(board);
        if (kind == Domain.WakeKind.NONE) {
            return Optional.empty();
        }
        int intid = domain.resumeIntid(board);
        return Optional.of(new Observables.ResumeCause(
                Observables.ResumeCause.Kind.valueOf(kind.name()),
                intid == 0 ? OptionalInt.empty() : OptionalInt.of(intid)));
    }

    private List<Observables.DomainWatchdog> watchdogs(Board board, Domain domain) {
        long now = hardware.clock.now(board);
        List<Observables.DomainWatchdog> list = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            long remaining = domain.watchdogRemaining(board, i);
            long expiry = domain.watchdogExpiry(board, i);
            if (expiry != SoftTimers.STOPPED) {
                list.add(new Observables.DomainWatchdog(i + 1, true, expiry - now));
            } else if (remaining != SoftTimers.STOPPED) {
                list.add(new Observables.DomainWatchdog(i + 1, false, remaining));
            }
        }
        return list;
    }

    VcpuReport vcpu(Board board, Domain domain, int id) {
        return vcpus.report(board, domain, domain.vcpus().get(id));
    }

    List<VcpuReport> vcpus(Board board, Domain domain) {
        List<VcpuReport> list = new ArrayList<>();
        domain.vcpus().forEach(vcpu -> list.add(vcpus.report(board, domain, vcpu)));
        return list;
    }

    VirtualInterruptReport interrupt(Board board, Domain domain, int vcpu, int intid) {
        int index = domain.intids().index(vcpu, intid);
        int target = intid < Intids.PRIVATE ? vcpu : domain.vgic().target(board, intid);
        VcpuReport.VgicReport view = vcpus.vgic(board, domain, domain.vcpus().get(target));
        boolean passed = xen.irqs().ofDomain(board, domain).contains(intid);
        return new VirtualInterruptReport(
                intid,
                domain.vgic().enabled(board, index),
                view.pending().contains(intid),
                view.active().contains(intid),
                domain.vgic().priority(board, index),
                List.of(target),
                intid < 16 || domain.vgic().edge(board, index) ? Trigger.EDGE : Trigger.LEVEL,
                passed ? OptionalInt.of(intid) : OptionalInt.empty());
    }
}
