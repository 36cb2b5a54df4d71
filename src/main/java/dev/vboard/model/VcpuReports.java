package dev.vboard.model;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Gprs;
import dev.vboard.model.core.Intids;
import dev.vboard.model.report.DomainReport;
import dev.vboard.model.report.U64;
import dev.vboard.model.report.VcpuReport;
import dev.vboard.model.timer.TimerKind;
import dev.vboard.model.xen.Domain;
import dev.vboard.model.xen.Hypervisor;
import dev.vboard.model.xen.VGicView;
import dev.vboard.model.xen.Vcpu;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/** What reads answer about a vCPU, whether it is on a pCPU or not. */
final class VcpuReports {
    private static final long PSTATE_I = 1 << 7;

    private final Hardware hardware;
    private final Hypervisor xen;

    VcpuReports(Hardware hardware, Hypervisor xen) {
        this.hardware = hardware;
        this.xen = xen;
    }

    private boolean running(Board board, Vcpu vcpu) {
        return xen.guests().running(board, vcpu);
    }

    /** The registers a vCPU has now: the pCPU's while it is on one. */
    private Gprs live(Board board, Vcpu vcpu) {
        return running(board, vcpu) ? hardware.cpus.get(vcpu.assigned(board)).gprs() : vcpu.saved();
    }

    private VcpuReport.State state(Board board, Domain domain, Vcpu vcpu) {
        if (running(board, vcpu)) {
            return VcpuReport.State.RUNNING;
        }
        if (vcpu.down(board)) {
            return VcpuReport.State.OFF;
        }
        if (vcpu.blocked(board)) {
            return VcpuReport.State.BLOCKED;
        }
        return vcpu.pauseCount(board) > 0 || domain.pauseCount(board) > 0
                ? VcpuReport.State.PAUSED
                : VcpuReport.State.RUNNABLE;
    }

    /** Blocked dominates when a vCPU is both blocked and paused (xen-suspend.md 1.6). */
    private static VcpuReport.Runstate runstate(VcpuReport.State state) {
        return switch (state) {
            case RUNNING -> VcpuReport.Runstate.RUNNING;
            case RUNNABLE -> VcpuReport.Runstate.RUNNABLE;
            case BLOCKED -> VcpuReport.Runstate.BLOCKED;
            case PAUSED, OFF -> VcpuReport.Runstate.OFFLINE;
        };
    }

    private static List<Integer> affinity(Board board, Vcpu vcpu) {
        List<Integer> cpus = new ArrayList<>();
        for (int mask = vcpu.affinity(board); mask != 0; mask &= mask - 1) {
            cpus.add(Integer.numberOfTrailingZeros(mask));
        }
        return cpus;
    }

    DomainReport.VcpuSummary summary(Board board, Domain domain, Vcpu vcpu) {
        return new DomainReport.VcpuSummary(
                vcpu.id(),
                U64.of(vcpu.mpidr()),
                state(board, domain, vcpu),
                Reports.optional(vcpu.assigned(board)),
                affinity(board, vcpu));
    }

    VcpuReport report(Board board, Domain domain, Vcpu vcpu) {
        VcpuReport.State state = state(board, domain, vcpu);
        boolean running = running(board, vcpu);
        long pstate = live(board, vcpu).pstate().get(board);
        return new VcpuReport(
                vcpu.id(),
                U64.of(vcpu.mpidr()),
                state,
                runstate(state),
                vcpu.pauseCount(board),
                Reports.optional(vcpu.assigned(board)),
                affinity(board, vcpu),
                (pstate & PSTATE_I) != 0,
                running && hardware.gic.signalsVirtual(board, vcpu.assigned(board)),
                registers(board, vcpu, running),
                vgic(board, domain, vcpu),
                vtimer(board, domain, vcpu, running));
    }

    private SortedMap<String, U64> registers(Board board, Vcpu vcpu, boolean running) {
        SortedMap<String, U64> registers = new TreeMap<>();
        Gprs gprs = live(board, vcpu);
        for (int i = 0; i < 31; i++) {
            registers.put("x" + i, U64.of(gprs.x(i).get(board)));
        }
        registers.put("sp_el0", U64.of(gprs.spEl0().get(board)));
        registers.put("sp_el1", U64.of(gprs.spEl1().get(board)));
        registers.put("pc", U64.of(gprs.pc().get(board)));
        registers.put("pstate", U64.of(gprs.pstate().get(board)));
        for (int i = 0; i < Vcpu.EL1.size(); i++) {
            String name = Vcpu.EL1.get(i);
            long value = running
                    ? hardware.registers.get(name).read(board, Access.look(vcpu.assigned(board)))
                    : vcpu.savedEl1(i).get(board);
            registers.put(name.toLowerCase(Locale.ROOT), U64.of(value));
        }
        return registers;
    }

    VcpuReport.VgicReport vgic(Board board, Domain domain, Vcpu vcpu) {
        VGicView view = xen.guests().vgicView(board, domain, vcpu);
        List<Integer> enabled = new ArrayList<>();
        for (int intid = 0; intid < domain.intids().intids(); intid++) {
            int index = domain.intids().index(vcpu.id(), intid);
            boolean here =
                    intid < Intids.PRIVATE || domain.vgic().target(board, intid) == vcpu.id();
            if (here && domain.vgic().enabled(board, index)) {
                enabled.add(intid);
            }
        }
        List<VcpuReport.ListRegister> used = new ArrayList<>();
        for (VGicView.Used lr : view.used()) {
            VcpuReport.LrState state = lr.pending() && lr.active()
                    ? VcpuReport.LrState.PENDING_ACTIVE
                    : lr.active() ? VcpuReport.LrState.ACTIVE : VcpuReport.LrState.PENDING;
            used.add(new VcpuReport.ListRegister(
                    lr.index(), lr.virq(), state, Reports.optional(lr.physical()), lr.priority()));
        }
        return new VcpuReport.VgicReport(
                domain.vgic().on(board),
                view.interfaceOn(),
                view.pmr(),
                enabled,
                view.pending(),
                view.active(),
                used);
    }

    private VcpuReport.VtimerReport vtimer(Board board, Domain domain, Vcpu vcpu, boolean running) {
        if (running) {
            int cpu = vcpu.assigned(board);
            long deadline = hardware.timer.deadlineNanos(board, cpu, TimerKind.CNTV);
            boolean enabled = hardware.timer.enabled(board, cpu, TimerKind.CNTV);
            return new VcpuReport.VtimerReport(
                    enabled,
                    hardware.timer.masked(board, cpu, TimerKind.CNTV),
                    enabled && hardware.timer.conditionMet(board, cpu, TimerKind.CNTV),
                    U64.of(hardware.timer.compareValue(board, cpu, TimerKind.CNTV)),
                    moment(enabled, deadline));
        }
        long cval = vcpu.savedTimerValue().get(board);
        int ctl = vcpu.savedTimerControl().getInt(board);
        boolean enabled = (ctl & 1) != 0;
        long counter = hardware.clock.counter(board);
        long then = cval + domain.counterOffset(board);
        boolean met = Long.compareUnsigned(counter - domain.counterOffset(board), cval) >= 0;
        boolean beyond = !met && Long.compareUnsigned(then, counter) < 0;
        return new VcpuReport.VtimerReport(
                enabled,
                (ctl & 2) != 0,
                enabled && met,
                U64.of(cval),
                moment(enabled && !beyond, hardware.clock.nanosAtCounter(board, then)));
    }

    private static OptionalLong moment(boolean enabled, long nanos) {
        return enabled && nanos != Long.MAX_VALUE ? OptionalLong.of(nanos) : OptionalLong.empty();
    }
}
