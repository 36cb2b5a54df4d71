package dev.vboard.model;

import static dev.vboard.model.FixtureB.D1_CONTEXT;
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
import dev.vboard.model.report.U64;
import dev.vboard.model.report.VcpuReport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Scenarios S22, S26 to S28, S33, S34, S37, S39 and S40 (xen-suspend.md 9): cycles of the host that
 * something disturbs.
 */
class XenCyclesTest {
    private static final String ZCU102 = "fixture-zcu102";
    private static final String QEMU = "fixture-qemu-virt";
    private static final String GICV3 = "fixture-qemu-virt-gicv3";
    private static final long SECOND = 1_000_000_000L;
    private static final long HOUR = 3600 * SECOND;
    private static final long MILLISECOND = 1_000_000L;

    private static void dom0Entered(FixtureB b) {
        assertEquals(VcpuReport.State.RUNNING, b.live.vcpu(0, 0).state());
        assertEquals(ENTRY, b.register(0, "pc"));
        assertEquals(DOM0_CONTEXT, b.register(0, "x0"));
    }

    private static boolean near(long expected, long actual) {
        return Math.abs(expected - actual) < 100 * MILLISECOND;
    }

    @ParameterizedTest
    @ValueSource(strings = {ZCU102, QEMU, GICV3})
    void s22_anInterruptThatIsPendingAtTheSmcMakesItReturnAtOnce(String profile) {
        FixtureB b = FixtureB.on(profile);
        b.begin("gic-suspend");
        b.live.fire(b.line2, true);
        b.live.settle();
        b.assertBalanced();
        HostReport host = b.live.host();
        assertEquals(0, host.lastHostStatus());
        assertEquals(0, host.powerLossCount());
        assertEquals(0, host.resumeEntryCount());
        assertEquals(1, host.el3SystemSuspendCalls());
        assertEquals(1, host.gicResume());
        assertEquals(1L, host.cpusUp().get("2"));
        assertEquals(
                List.of(
                        "freeze ok",
                        "cpu-down@1 ok",
                        "cpu-down@2 ok",
                        "cpu-down@3 ok",
                        "timers-quiet ok",
                        "irqs-off ok",
                        "gic-suspend ok",
                        "console-suspend ok",
                        "save-context ok",
                        "el3-system-suspend skipped",
                        "console-resume ok",
                        "gic-resume ok",
                        "irqs-on ok",
                        "timers-restart ok",
                        "rcu-barrier ok",
                        "cpu-up@1 ok",
                        "cpu-up@2 ok",
                        "cpu-up@3 ok",
                        "spi-targets ok",
                        "thaw ok",
                        "initiator-resume ok"),
                withoutIommu(b));
        dom0Entered(b);
        assertEquals(b.line2, b.live.ack(2, 0));
    }

    private static List<String> withoutIommu(FixtureB b) {
        return b.live.steps().stream().filter(step -> !step.startsWith("iommu")).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {ZCU102, QEMU, GICV3})
    void s26_aSuspendedGuestsWatchdogKeepsItsRemainingTime(String profile) {
        FixtureB b = FixtureB.on(profile);
        assertEquals(1, b.live.watchdog(1, 0, 30 * SECOND));
        b.live.advance(20 * SECOND);
        b.suspend(1, D1_CONTEXT);
        assertFalse(b.observed(1).watchdogs().getFirst().running());
        assertEquals(10 * SECOND, b.watchdogLeft(1));
        b.suspend(0, DOM0_CONTEXT);
        b.live.advance(HOUR);
        assertEquals(BoardState.SUSPENDED, b.state());
        b.live.fire(b.line1, true);
        b.assertBalanced();
        assertEquals(DomainReport.State.RUNNING, b.live.domain(1).state());
        assertTrue(b.observed(1).watchdogs().getFirst().running());
        assertTrue(near(10 * SECOND, b.watchdogLeft(1)));
        assertEquals(0, b.live.count("watchdog"));
        b.live.advance(11 * SECOND);
        assertEquals(1, b.live.count("watchdog", "domain=1"));
        assertTrue(b.live.console().contains("Watchdog timer 0 fired for d1"));
        assertEquals("---sw-", b.live.domain(1).xlState());
    }

    @ParameterizedTest
    @ValueSource(strings = {ZCU102, QEMU, GICV3})
    void s27_aFrozenGuestsWatchdogKeepsItsRemainingTime(String profile) {
        FixtureB b = FixtureB.on(profile);
        b.live.watchdog(1, 0, 30 * SECOND);
        b.live.advance(25 * SECOND);
        b.suspend(0, DOM0_CONTEXT);
        assertTrue(near(5 * SECOND, b.watchdogLeft(1)));
        b.live.advance(60 * SECOND);
        b.ring();
        b.assertBalanced();
        assertTrue(near(5 * SECOND, b.watchdogLeft(1)));
        assertTrue(b.observed(1).watchdogs().getFirst().running());
        assertEquals(0, b.live.count("watchdog"));
    }

    @Test
    void s28_aSingleCpuSuspendsWithoutTakingAnyDown() {
        LiveBoard live = new LiveBoard("fixture-uniprocessor", LiveBoard.options("rfc2018", 1));
        live.listen(0, 0, 58);
        live.psci(0, 0, "SYSTEM_SUSPEND", ENTRY, DOM0_CONTEXT);
        assertEquals(BoardState.SUSPENDED, live.summary().state());
        assertTrue(live.console().contains("Disabling non-boot CPUs ..."));
        live.fire(58, true);
        assertEquals(BoardState.RUNNING, live.summary().state());
        assertEquals(0, live.host().lastHostStatus());
        assertEquals(1, live.host().resumeEntryCount());
        assertTrue(live.console().contains("Enabling non-boot CPUs  ..."));
        assertEquals(U64.of(ENTRY), live.register(0, 0, "pc"));
        assertEquals(58, live.ack(0, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {ZCU102, QEMU, GICV3})
    void s33_fiftyCyclesLeaveNothingBehind(String profile) {
        FixtureB b = FixtureB.on(profile);
        List<HostReport.CpuResources> resources = b.live.host().resources();
        List<Integer> before = List.copyOf(targets(b));
        b.suspend(1, D1_CONTEXT);
        b.suspend(2, FixtureB.D2_CONTEXT);
        for (int cycle = 1; cycle <= 50; cycle++) {
            b.suspend(0, DOM0_CONTEXT);
            b.live.advance(SECOND);
            b.ring();
            dom0Entered(b);
            assertEquals(b.rtc, b.live.ack(0, 0));
            b.live.eoi(0, 0, b.rtc);
            assertEquals(resources, b.live.host().resources());
            assertEquals(before, targets(b));
        }
        b.assertBalanced();
        HostReport host = b.live.host();
        assertEquals(50, host.hostAttempts());
        assertEquals(50, host.powerLossCount());
        for (String cpu : List.of("1", "2", "3")) {
            assertEquals(50L, host.cpusDown().get(cpu));
            assertEquals(50L, host.cpusUp().get(cpu));
        }
        assertEquals(50, host.gicSuspend());
        assertEquals(50, host.gicResume());
        assertEquals(50, b.observed(0).resumeCount());
        assertEquals(DomainReport.State.SUSPENDED, b.live.domain(1).state());
        assertEquals(0, b.observed(1).resumeCount());
        for (String line : b.live.console()) {
            assertFalse(
                    line.contains("Error")
                            || line.contains("never came online")
                            || line.contains("Failed")
                            || line.contains("Trying to free"),
                    line);
        }
    }

    private static List<Integer> targets(FixtureB b) {
        return b.live.host().spiTargets().values().stream().map(List::getFirst).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {ZCU102, QEMU, GICV3})
    void s34_dom0MayCallFromAnyCpu(String profile) {
        FixtureB b = FixtureB.on(profile);
        b.live.done(new Action.Affinity("0", 0, List.of(1)));
        b.suspend(1, D1_CONTEXT);
        b.suspend(2, FixtureB.D2_CONTEXT);
        assertEquals(OptionalInt.of(1), b.live.vcpu(0, 0).pcpu());
        assertEquals(List.of(1), b.target(b.rtc));
        b.suspend(0, DOM0_CONTEXT);
        assertEquals(BoardState.SUSPENDED, b.state());
        assertEquals(List.of(0), b.target(b.rtc));
        b.live.advance(60 * SECOND);
        b.ring();
        b.assertBalanced();
        dom0Entered(b);
        assertEquals(OptionalInt.of(1), b.live.vcpu(0, 0).pcpu());
        assertEquals(List.of(1), b.target(b.rtc));
        assertEquals(1L, b.live.host().cpusDown().get("1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {ZCU102, QEMU, GICV3})
    void s37_aPendingEventOfDom0AbandonsTheAttempt(String profile) {
        FixtureB b = FixtureB.on(profile);
        b.live.done(new Action.VcpuInterrupt(
                "0",
                0,
                31,
                Optional.of(true),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty()));
        b.live.done(new Action.EventChannel("0", 5));
        b.live.log.clear();
        b.suspend(0, DOM0_CONTEXT);
        b.assertBalanced();
        HostReport host = b.live.host();
        assertEquals(-16, host.lastHostStatus());
        assertEquals(1, host.freezeCount());
        assertEquals(0, host.el3SystemSuspendCalls());
        assertEquals(0L, host.cpusDown().get("1"));
        assertEquals(List.of("freeze undone", "thaw ok", "initiator-resume ok"), b.live.steps());
        assertEquals(Optional.of("xen"), b.live.suspend().refusedBy());
        dom0Entered(b);
        assertEquals(1, b.observed(0).resumeCount());
        assertEquals(1, b.live.count("first-instruction", "domain=0"));
        b.assertCause(0, ResumeCause.Kind.EVENT_CHANNEL, 31);
        assertTrue(b.live.console().contains("suspend.c:235: Failed to suspend, errno=-16"));
        assertEquals(31, b.live.ack(0, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {ZCU102, QEMU, GICV3})
    void s39_aSuspendedGuestsVirtualTimerResumesIt(String profile) {
        FixtureB b = FixtureB.on(profile);
        b.armTimer(1, 2 * SECOND);
        long due = b.live.summary().nowNs() + 2 * SECOND;
        b.suspend(1, D1_CONTEXT);
        b.live.advance(2 * SECOND - MILLISECOND);
        assertEquals(DomainReport.State.SUSPENDED, b.live.domain(1).state());
        b.live.advance(2 * MILLISECOND);
        assertEquals(DomainReport.State.RUNNING, b.live.domain(1).state());
        b.assertCause(1, ResumeCause.Kind.VTIMER, 27);
        assertEquals(due, b.observed(1).firstInstructionAt().orElseThrow(), 100.0);
        assertEquals(ENTRY, b.register(1, "pc"));
        assertTrue(b.live.vcpu(1, 0).vtimer().masked());
        assertEquals(27, b.live.ack(1, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {ZCU102, QEMU, GICV3})
    void s40_aVirtualTimerCannotWakeTheHostAndFiresAfterIt(String profile) {
        FixtureB b = FixtureB.on(profile);
        b.armTimer(1, 2 * SECOND);
        b.suspend(1, D1_CONTEXT);
        b.suspend(0, DOM0_CONTEXT);
        b.live.advance(60 * SECOND);
        assertEquals(BoardState.SUSPENDED, b.state());
        b.ring();
        b.assertBalanced();
        dom0Entered(b);
        assertEquals(DomainReport.State.RUNNING, b.live.domain(1).state());
        assertEquals(Observables.ShutdownState.NONE, b.observed(1).shutdownState());
        b.assertCause(1, ResumeCause.Kind.VTIMER, 27);
        assertTrue(b.firstInstruction(0) < b.firstInstruction(1));
        assertEquals(ENTRY, b.register(1, "pc"));
    }
}
