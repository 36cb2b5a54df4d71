package dev.vboard.model;

import static dev.vboard.model.FixtureB.D1_CONTEXT;
import static dev.vboard.model.FixtureB.D2_CONTEXT;
import static dev.vboard.model.FixtureB.DOM0_CONTEXT;
import static dev.vboard.model.FixtureB.ENTRY;

import dev.vboard.model.report.Trigger;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What happens on a board to show each hazard. */
final class HazardScripts {
    static final long SECOND = 1_000_000_000L;
    private static final int EDGE_LINE = 140;
    private static final int BOOT_CPU_TICKS = 4;

    private HazardScripts() {}

    /** A line goes up, whatever state the board is in. */
    static void raise(FixtureB b, int intid) {
        b.live.handle(LiveBoard.line(intid, true));
        b.live.handle(new Action.UntilSettled(OptionalLong.of(SECOND)));
    }

    /** Scenario S5: everything suspends, and Dom0's alarm wakes it. */
    static void cycle(FixtureB b) {
        b.suspendAll();
        raise(b, b.rtc);
    }

    /** Everything suspends, and nothing happens. */
    static void asleepForASecond(FixtureB b) {
        b.suspendAll();
        b.live.advance(SECOND);
    }

    /** Scenario S7: only Dom0 suspends, the others are frozen. */
    static void dom0Alone(FixtureB b) {
        b.suspend(0, DOM0_CONTEXT);
        raise(b, b.rtc);
    }

    /** Scenario S6: everything suspends, and the line of D2 wakes it. */
    static void cycleByD2(FixtureB b) {
        b.suspendAll();
        raise(b, b.line2);
    }

    /** Scenario S3: D1 suspends, and its own line wakes it. */
    static void d1AndBack(FixtureB b) {
        b.suspend(1, D1_CONTEXT);
        raise(b, b.line1);
    }

    static void d1WithMmuOn(FixtureB b) {
        b.live.msr(1, 0, "SCTLR_EL1", 0x00C5_0079L);
        b.live.msr(1, 0, "TCR_EL1", 0x19);
        d1AndBack(b);
    }

    static void d1WithTimer(FixtureB b) {
        b.armTimer(1, 10 * SECOND);
        d1AndBack(b);
    }

    /** Scenario S10: the line of D1 is pending when it suspends. */
    static void d1OverPending(FixtureB b) {
        b.live.msr(1, 0, "SCTLR_EL1", 0x00C5_0079L);
        b.live.watchdog(1, 0, 30 * SECOND);
        raise(b, b.line1);
        b.suspend(1, D1_CONTEXT);
    }

    static void d1ByHypercall(FixtureB b) {
        b.live.msr(1, 0, "TPIDR_EL1", 0x1234);
        b.live.handle(LiveBoard.shutdown(1, "SCHEDOP_shutdown", 2));
        b.live.handle(LiveBoard.verb(1, "resume"));
    }

    static void d1Latched(FixtureB b) {
        b.live.handle(LiveBoard.shutdown(1, "SCHEDOP_shutdown_code", 1));
        b.suspend(1, D1_CONTEXT);
    }

    static void d1BySmc32(FixtureB b) {
        long upper = 0xDEAD_BEEFL << 32 | ENTRY;
        Caller caller = LiveBoard.caller(1, 0);
        List<Long> args = List.of(upper, D1_CONTEXT);
        b.live.handle(new Action.Psci(caller, Optional.of("SYSTEM_SUSPEND"), 0, true, args, false));
        raise(b, b.line1);
    }

    /** An event is raised for a suspended D1 that has not enabled the upcall. */
    static void d1AndAnEvent(FixtureB b) {
        b.suspend(1, D1_CONTEXT);
        b.live.handle(new Action.EventChannel("1", 5));
    }

    static void d1CrashedAndResumed(FixtureB b) {
        b.live.handle(LiveBoard.verb(1, "crash"));
        b.live.handle(LiveBoard.verb(1, "resume"));
    }

    static void d2FromItsSecondVcpu(FixtureB b) {
        d2SuspendsFromItsSecondVcpu(b);
        raise(b, b.line2);
    }

    /** D2 suspends from its second vCPU, to which its line is aimed. */
    static void d2SuspendsFromItsSecondVcpu(FixtureB b) {
        enable(b, 2, 1, b.line2, List.of(1));
        b.live.psci(2, 0, "CPU_OFF");
        b.live.psci(2, 1, "SYSTEM_SUSPEND", ENTRY, D2_CONTEXT);
    }

    private static void enable(FixtureB b, int domain, int vcpu, int intid, List<Integer> to) {
        String d = Integer.toString(domain);
        b.live.done(new Action.VcpuGic(d, vcpu, true, OptionalInt.of(248)));
        b.live.done(new Action.VcpuInterrupt(
                d,
                vcpu,
                intid,
                Optional.of(true),
                OptionalInt.of(160),
                to.isEmpty() ? Optional.empty() : Optional.of(to),
                Optional.empty()));
    }

    /** Of a domain with three vCPUs one starts another and goes off, and the third suspends. */
    static void vcpuStartedMeanwhile(FixtureB b) {
        b.live.create(3, LiveBoard.pinned(1, 2, 3), 141);
        b.live.psci(3, 0, "CPU_ON", 2, ENTRY, 0);
        b.live.psci(3, 2, "CPU_ON", 1, ENTRY, 0);
        b.live.psci(3, 2, "CPU_OFF");
        b.live.psci(3, 0, "SYSTEM_SUSPEND", ENTRY, 3);
    }

    /** Scenario S37: Dom0 has an event waiting when it suspends. */
    static void dom0OverAnEvent(FixtureB b) {
        enable(b, 0, 0, 31, List.of());
        b.live.handle(new Action.EventChannel("0", 5));
        b.suspend(0, DOM0_CONTEXT);
        raise(b, b.rtc);
    }

    /** The same, while the toolstack holds a pause of D1. */
    static void dom0OverAnEventAndD1Paused(FixtureB b) {
        b.live.handle(LiveBoard.verb(1, "pause"));
        dom0OverAnEvent(b);
    }

    static void dom0FromCpu1(FixtureB b) {
        b.live.done(new Action.Affinity("0", 0, List.of(1)));
        b.suspend(0, DOM0_CONTEXT);
        raise(b, b.rtc);
    }

    static void d1Watchdog(FixtureB b) {
        b.live.watchdog(1, 0, 10 * SECOND);
        b.suspend(1, D1_CONTEXT);
        b.live.advance(60 * SECOND);
        raise(b, b.line1);
    }

    static void frozenWatchdog(FixtureB b) {
        b.live.watchdog(1, 0, 5 * SECOND);
        b.suspend(0, DOM0_CONTEXT);
        b.live.advance(60 * SECOND);
        raise(b, b.rtc);
    }

    /** D1 waits for its timer, which falls due while the machine sleeps. */
    static void waitingForATimer(FixtureB b) {
        b.armTimer(1, 10 * SECOND);
        b.live.done(new Action.Wfi(LiveBoard.caller(1, 0)));
        b.suspend(0, DOM0_CONTEXT);
        b.live.advance(60 * SECOND);
        raise(b, b.rtc);
    }

    /** The line of D3 is an edge, and comes while the machine sleeps. */
    static void edge(FixtureB b) {
        b.live.done(new NewDomain().pinned(1).lines(Trigger.EDGE, EDGE_LINE).asked());
        b.live.listen(3, 0, EDGE_LINE);
        b.suspend(3, 3);
        b.suspendAll();
        raise(b, EDGE_LINE);
    }

    static void offlineWhileSuspending(FixtureB b) {
        b.live.psci(0, 1, "CPU_OFF");
        b.live.unsettled(new Action.CpuOnline(3, false));
        b.live.unsettled(
                LiveBoard.call(LiveBoard.caller(0, 0), "SYSTEM_SUSPEND", ENTRY, DOM0_CONTEXT));
        b.live.handle(new Action.UntilSettled(OptionalLong.of(SECOND)));
        raise(b, b.rtc);
    }

    /** An SGI reaches a CPU in the window in which it is about to go. */
    static void sgiInTheWindow(FixtureB b) {
        b.begin("freeze");
        b.live.untilStep("cpu-down");
        b.live.unsettled(new Action.Advance(SECOND / 2_000));
        b.live.unsettled(new Action.SendSgi(0, 3, List.of(1)));
        b.live.handle(new Action.UntilSettled(OptionalLong.of(SECOND)));
        raise(b, b.rtc);
    }

    /** While Xen comes back, somebody starts a core behind its back: that core stays away. */
    static void aCoreStaysAway(FixtureB b) {
        b.live.create(1, LiveBoard.pinned(2), 142);
        b.begin("freeze");
        b.live.settle();
        b.live.unsettled(LiveBoard.line(b.rtc, true));
        b.live.untilStep("rcu-barrier");
        List<Long> args = new ArrayList<>(List.of(2L, 0x20_0000L, 0L));
        b.live.unsettled(new Action.Psci(
                new Caller.PhysicalCpu(0), Optional.of("CPU_ON"), 0, false, args, true));
        b.live.handle(new Action.UntilSettled(OptionalLong.of(BOOT_CPU_TICKS * SECOND)));
    }
}
