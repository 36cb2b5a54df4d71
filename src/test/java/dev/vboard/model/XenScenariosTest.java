package dev.vboard.model;

import static dev.vboard.model.FixtureB.D1_CONTEXT;
import static dev.vboard.model.FixtureB.D2_CONTEXT;
import static dev.vboard.model.FixtureB.DOM0_CONTEXT;
import static dev.vboard.model.FixtureB.ENTRY;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vboard.model.report.BoardState;
import dev.vboard.model.report.DomainReport;
import dev.vboard.model.report.HostReport;
import dev.vboard.model.report.Observables;
import dev.vboard.model.report.Observables.ResumeCause;
import dev.vboard.model.report.PsciAnswer;
import dev.vboard.model.report.VcpuReport;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Scenarios S1 to S10 (xen-suspend.md 9): guests that suspend, a host that suspends and wakes. */
class XenScenariosTest {
    private static final String ZCU102 = "fixture-zcu102";
    private static final String QEMU = "fixture-qemu-virt";
    private static final String GICV3 = "fixture-qemu-virt-gicv3";
    private static final long SECOND = 1_000_000_000L;
    private static final long RESET_PSTATE = 0x3C5;
    private static final long RESET_SCTLR = 0x00C5_0078L;
    private static final long MMU_ON = 0x00C5_0079L;

    private static void entered(FixtureB b, int domain, long context) {
        assertEquals(VcpuReport.State.RUNNING, b.live.vcpu(domain, 0).state());
        assertEquals(ENTRY, b.register(domain, "pc"));
        assertEquals(context, b.register(domain, "x0"));
        assertEquals(RESET_PSTATE, b.register(domain, "pstate"));
        assertEquals(RESET_SCTLR, b.register(domain, "sctlr_el1"));
        assertEquals(0, b.register(domain, "ttbr0_el1"));
        assertEquals(0, b.register(domain, "x1"));
    }

    private static void suspended(FixtureB b, int domain) {
        DomainReport report = b.live.domain(domain);
        assertEquals(DomainReport.State.SUSPENDED, report.state());
        assertEquals("-b-ss-", report.xlState());
        assertEquals(Observables.ShutdownState.COMPLETE, report.observables().shutdownState());
        assertEquals(OptionalInt.of(2), report.observables().shutdownCode());
        assertEquals(Optional.empty(), report.observables().resumeCtx());
        VcpuReport vcpu = b.live.vcpu(domain, 0);
        assertEquals(VcpuReport.State.BLOCKED, vcpu.state());
        assertEquals(VcpuReport.Runstate.BLOCKED, vcpu.runstate());
        assertEquals(0, vcpu.pauseCount());
    }

    private static void asleep(FixtureB b) {
        assertEquals(BoardState.SUSPENDED, b.state());
        assertEquals(Optional.of(HostReport.SystemState.SUSPEND), b.live.host().systemState());
        assertEquals(1, b.live.summary().cpus().online());
        assertEquals(List.of(0), b.target(b.line1));
        assertEquals(List.of(0), b.target(b.line2));
    }

    private static void awake(FixtureB b) {
        b.assertBalanced();
        assertEquals(0, b.live.host().lastHostStatus());
        assertEquals(b.live.host().hostAttempts(), b.live.count("board-resumed"));
    }

    @ParameterizedTest
    @ValueSource(strings = {ZCU102, QEMU, GICV3})
    void s01_aGuestSuspendsAndNobodyElseNotices(String profile) {
        FixtureB b = FixtureB.on(profile);
        b.live.log.clear();
        PsciAnswer answer = b.suspend(1, D1_CONTEXT);
        assertFalse(answer.returned());
        suspended(b, 1);
        assertEquals(VcpuReport.State.RUNNING, b.live.vcpu(0, 0).state());
        assertEquals(VcpuReport.State.RUNNING, b.live.vcpu(2, 0).state());
        assertEquals(4, b.live.summary().cpus().online());
        assertEquals(0, b.live.host().hostAttempts());
        assertEquals(
                List.of("suspend.c:190: Dom1 suspend: epoint=0x00000040080000,"
                        + " cid=0x00000000000055"),
                b.live.console());
        assertEquals(1, b.observed(1).suspendCount());
    }

    @ParameterizedTest
    @ValueSource(strings = {ZCU102, QEMU, GICV3})
    void s02_aSleepingSecondVcpuIsOnlineAndDeniesTheSuspend(String profile) {
        FixtureB b = FixtureB.on(profile);
        b.live.done(new Action.Wfi(LiveBoard.caller(2, 1)));
        assertEquals(VcpuReport.State.BLOCKED, b.live.vcpu(2, 1).state());
        DomainReport before = b.live.domain(2);
        PsciAnswer denied = b.live.psci(2, 0, "SYSTEM_SUSPEND", ENTRY, D2_CONTEXT);
        assertEquals(-3, denied.value().orElseThrow());
        assertEquals(before, b.live.domain(2));
        b.live.psci(2, 0, "CPU_ON", 0, ENTRY, 0);
        b.live.fire(b.line2, true);
        b.live.done(new Action.SendSgi(0, 15, List.of(0)));
        wakeWithSgi(b);
        assertEquals(VcpuReport.State.RUNNING, b.live.vcpu(2, 1).state());
        b.live.psci(2, 1, "CPU_OFF");
        b.live.fire(b.line2, false);
        assertEquals(b.line2, b.live.ack(2, 0));
        b.live.eoi(2, 0, b.line2);
        assertFalse(b.live.psci(2, 0, "SYSTEM_SUSPEND", ENTRY, D2_CONTEXT).returned());
        suspended(b, 2);
    }

    private static void wakeWithSgi(FixtureB b) {
        DomainReport.DomainGic gic = b.live.domain(2).gic();
        if (gic.version() == 2) {
            assertTrue(b.live.store(2, 0, gic.gicd().value() + 0xF00, 0x2_0000));
        } else {
            b.live.msr(2, 0, "ICC_SGI1R_EL1", 2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {ZCU102, QEMU, GICV3})
    void s03_itsOwnInterruptResumesAGuestAtItsEntry(String profile) {
        FixtureB b = FixtureB.on(profile);
        b.live.msr(1, 0, "SCTLR_EL1", MMU_ON);
        b.live.msr(1, 0, "VBAR_EL1", 0x4010_0000L);
        b.suspend(1, D1_CONTEXT);
        VcpuReport dom0 = b.live.vcpu(0, 0);
        b.live.fire(b.line1, true);
        entered(b, 1, D1_CONTEXT);
        assertEquals(0, b.register(1, "vbar_el1"));
        assertEquals(DomainReport.State.RUNNING, b.live.domain(1).state());
        assertEquals(OptionalInt.empty(), b.observed(1).shutdownCode());
        assertEquals(1, b.observed(1).resumeCount());
        b.assertCause(1, ResumeCause.Kind.INTERRUPT, b.line1);
        assertEquals(dom0, b.live.vcpu(0, 0));
        assertEquals(0, b.live.host().hostAttempts());
        assertTrue(b.live.vcpu(1, 0).irqMasked());
        assertTrue(b.live.vcpu(1, 0).irqPending());
        b.live.done(new Action.MaskIrq(LiveBoard.caller(1, 0), false));
        assertEquals(b.line1, b.live.ack(1, 0));
        b.live.fire(b.line1, false);
        b.live.eoi(1, 0, b.line1);
        assertEquals(1023, b.live.ack(1, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {ZCU102, QEMU, GICV3})
    void s04_onlyA32BitGuestMayEnterInThumb(String profile) {
        FixtureB b = FixtureB.on(profile);
        DomainReport before = b.live.domain(1);
        VcpuReport vcpu = b.live.vcpu(1, 0);
        PsciAnswer refused = b.live.psci(1, 0, "SYSTEM_SUSPEND", ENTRY + 1, D1_CONTEXT);
        assertEquals(-9, refused.value().orElseThrow());
        assertEquals(before, b.live.domain(1));
        assertEquals(vcpu.vgic(), b.live.vcpu(1, 0).vgic());
        b.live.done(LiveBoard.domain(1, LiveBoard.pinned(3), 32, b.line1 + 2));
        b.live.listen(3, 0, b.line1 + 2);
        b.live.done(new Action.Psci(
                LiveBoard.caller(3, 0),
                Optional.of("SYSTEM_SUSPEND"),
                0,
                true,
                List.of(ENTRY + 1, 9L),
                false));
        suspended(b, 3);
        b.live.fire(b.line1 + 2, true);
        assertEquals(ENTRY, b.register(3, "pc"));
        assertEquals(0x4000_01F3L, b.register(3, "pstate"));
        assertEquals(9, b.register(3, "x0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {ZCU102, QEMU, GICV3})
    void s05_theMachineSleepsAndDom0sAlarmWakesDom0Only(String profile) {
        FixtureB b = FixtureB.on(profile);
        b.live.log.clear();
        b.suspendAll();
        asleep(b);
        assertEquals(List.of(1), b.live.host().savedSpiTargets().get(Integer.toString(b.line1)));
        assertEquals(1, b.observed(1).pauseCount());
        b.live.advance(60 * SECOND);
        asleep(b);
        b.ring();
        awake(b);
        entered(b, 0, DOM0_CONTEXT);
        suspended(b, 1);
        suspended(b, 2);
        assertEquals(VcpuReport.State.OFF, b.live.vcpu(0, 1).state());
        HostReport host = b.live.host();
        assertEquals(b.rtc, host.wakeCause().orElseThrow().intid().orElseThrow());
        assertEquals(1, host.el3SystemSuspendCalls());
        assertEquals(1, host.powerLossCount());
        assertEquals(1, host.resumeEntryCount());
        assertEquals(1, host.freezeCount());
        assertEquals(1L, host.cpusDown().get("3"));
        assertEquals(1L, host.cpusUp().get("3"));
        assertEquals(0, b.observed(1).resumeCount());
        assertEquals(
                List.of(
                        "suspend.c:190: Dom1 suspend: "
                                + "epoint=0x00000040080000, cid=0x00000000000055",
                        "suspend.c:190: Dom2 suspend: "
                                + "epoint=0x00000040080000, cid=0x00000000000066",
                        "suspend.c:190: Dom0 suspend: "
                                + "epoint=0x00000040080000, cid=0x00000000000077",
                        "Disabling non-boot CPUs ...",
                        "suspend.c:146: Suspend",
                        "suspend.c:174: Resume",
                        "Enabling non-boot CPUs  ...",
                        "Bringing up CPU1",
                        "CPU 1 booted.",
                        "Bringing up CPU2",
                        "CPU 2 booted.",
                        "Bringing up CPU3",
                        "CPU 3 booted."),
                b.live.console());
    }

    @ParameterizedTest
    @ValueSource(strings = {ZCU102, QEMU, GICV3})
    void s05_theAlarmSetThroughTheDeviceWakesToo(String profile) {
        FixtureB b = FixtureB.on(profile);
        long seconds = profile.equals(ZCU102) ? 0xFFA6_0010L : 0x0901_0000L;
        long alarm = profile.equals(ZCU102) ? 0xFFA6_0018L : 0x0901_0004L;
        long enable = profile.equals(ZCU102) ? 0xFFA6_0028L : 0x0901_0010L;
        long bit = profile.equals(ZCU102) ? 2 : 1;
        assertTrue(b.live.store(0, 0, alarm, b.live.load(0, 0, seconds) + 60));
        assertTrue(b.live.store(0, 0, enable, bit));
        b.suspendAll();
        asleep(b);
        b.live.advance(59 * SECOND - SECOND / 2);
        asleep(b);
        b.live.advance(2 * SECOND);
        awake(b);
        entered(b, 0, DOM0_CONTEXT);
        assertEquals(List.of(b.rtc), b.live.vcpu(0, 0).vgic().pending());
    }

    @ParameterizedTest
    @ValueSource(strings = {ZCU102, QEMU, GICV3})
    void s06_aDomusLineWakesTheMachineDom0FirstThenThatDomu(String profile) {
        FixtureB b = FixtureB.on(profile);
        b.suspendAll();
        b.live.advance(60 * SECOND);
        b.live.fire(b.line2, true);
        awake(b);
        assertEquals(b.line2, b.live.host().wakeCause().orElseThrow().intid().orElseThrow());
        entered(b, 0, DOM0_CONTEXT);
        entered(b, 2, D2_CONTEXT);
        suspended(b, 1);
        assertTrue(b.firstInstruction(0) < b.firstInstruction(2));
        b.assertCause(0, ResumeCause.Kind.HOST, 0);
        b.assertCause(2, ResumeCause.Kind.INTERRUPT, b.line2);
        assertEquals(List.of(), b.live.vcpu(0, 0).vgic().pending());
        assertEquals(List.of(b.line2), b.live.vcpu(2, 0).vgic().pending());
    }

    @ParameterizedTest
    @ValueSource(strings = {ZCU102, QEMU, GICV3})
    void s07_runningDomusAreFrozenAndGoOnWhereTheyWere(String profile) {
        FixtureB b = FixtureB.on(profile);
        b.live.msr(1, 0, "TTBR0_EL1", 0x1234_5000L);
        b.live.psci(1, 0, "AFFINITY_INFO", 0, 0);
        long x1 = b.register(1, "x1");
        long pc = b.register(1, "pc");
        long counter = b.live.mrs(1, 0, "CNTVCT_EL0");
        b.suspend(0, DOM0_CONTEXT);
        asleep(b);
        assertEquals(1, b.observed(1).pauseCount());
        assertEquals(1, b.observed(2).pauseCount());
        assertEquals(VcpuReport.State.PAUSED, b.live.vcpu(1, 0).state());
        b.live.advance(60 * SECOND);
        b.ring();
        awake(b);
        entered(b, 0, DOM0_CONTEXT);
        assertEquals(0, b.observed(1).pauseCount());
        assertEquals(VcpuReport.State.RUNNING, b.live.vcpu(1, 0).state());
        assertEquals(VcpuReport.State.RUNNING, b.live.vcpu(2, 1).state());
        assertEquals(pc, b.register(1, "pc"));
        assertEquals(x1, b.register(1, "x1"));
        assertEquals(0x1234_5000L, b.register(1, "ttbr0_el1"));
        assertEquals(0, b.observed(1).resumeCount());
        long hz = profile.equals(ZCU102) ? 100_000_000L : 62_500_000L;
        assertTrue(b.live.mrs(1, 0, "CNTVCT_EL0") - counter >= 60 * hz);
    }

    @ParameterizedTest
    @ValueSource(strings = {ZCU102, QEMU, GICV3})
    void s08_aFrozenDomusLineWakesTheMachine(String profile) {
        FixtureB b = FixtureB.on(profile);
        b.suspend(0, DOM0_CONTEXT);
        b.live.fire(b.line1, true);
        awake(b);
        entered(b, 0, DOM0_CONTEXT);
        b.assertCause(0, ResumeCause.Kind.HOST, 0);
        assertEquals(b.line1, b.live.ack(1, 0));
        b.live.fire(b.line1, false);
        b.live.eoi(1, 0, b.line1);
        assertEquals(1023, b.live.ack(1, 0));
        assertTrue(b.firstInstruction(0) < b.firstInstruction(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {ZCU102, QEMU, GICV3})
    void s09_aDomuPausedByTheToolstackStaysPaused(String profile) {
        FixtureB b = FixtureB.on(profile);
        b.live.done(LiveBoard.verb(1, "pause"));
        b.suspend(0, DOM0_CONTEXT);
        assertEquals(2, b.observed(1).pauseCount());
        assertEquals(1, b.observed(1).controllerPauseCount());
        b.live.fire(b.line1, true);
        awake(b);
        entered(b, 0, DOM0_CONTEXT);
        assertEquals(1, b.observed(1).pauseCount());
        assertEquals(VcpuReport.State.PAUSED, b.live.vcpu(1, 0).state());
        assertEquals("--p---", b.live.domain(1).xlState());
        assertEquals(List.of(b.line1), b.live.vcpu(1, 0).vgic().pending());
        b.live.done(LiveBoard.verb(1, "unpause"));
        assertEquals(VcpuReport.State.RUNNING, b.live.vcpu(1, 0).state());
        assertEquals(b.line1, b.live.ack(1, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {ZCU102, QEMU, GICV3})
    void s10_anInterruptThatIsPendingAlreadyResumesAtOnce(String profile) {
        FixtureB b = FixtureB.on(profile);
        b.live.msr(1, 0, "SCTLR_EL1", MMU_ON);
        b.live.watchdog(1, 0, 30 * SECOND);
        b.live.fire(b.line1, true);
        b.live.log.clear();
        assertFalse(b.suspend(1, D1_CONTEXT).returned());
        entered(b, 1, D1_CONTEXT);
        assertEquals(Observables.ShutdownState.NONE, b.observed(1).shutdownState());
        assertEquals(OptionalInt.empty(), b.observed(1).shutdownCode());
        assertTrue(b.observed(1).watchdogs().getFirst().running());
        assertEquals(30 * SECOND, b.watchdogLeft(1));
        assertEquals(1, b.observed(1).suspendCount());
        assertEquals(1, b.observed(1).resumeCount());
        assertEquals(1, b.live.count("domain-resumed"));
        b.assertCause(1, ResumeCause.Kind.INTERRUPT, b.line1);
        b.live.fire(b.line1, false);
        assertEquals(b.line1, b.live.ack(1, 0));
        b.live.eoi(1, 0, b.line1);
        assertEquals(1, b.observed(1).resumeCount());
    }
}
