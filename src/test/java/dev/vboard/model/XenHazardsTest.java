package dev.vboard.model;

import static dev.vboard.model.FixtureB.D1_CONTEXT;
import static dev.vboard.model.FixtureB.DOM0_CONTEXT;
import static dev.vboard.model.FixtureB.ENTRY;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vboard.model.core.Refusal;
import dev.vboard.model.report.BoardState;
import dev.vboard.model.report.DomainReport;
import dev.vboard.model.report.HostReport;
import dev.vboard.model.report.VcpuReport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Optional;

/** Each hazard shows the catalogue's symptom when on, and not when off (xen-suspend.md 7.1). */
class XenHazardsTest {
    private static final String ZCU102 = "fixture-zcu102";
    private static final long SECOND = 1_000_000_000L;
    private static final long MMU_ON = 0x00C5_0079L;
    private static final long RESET_SCTLR = 0x00C5_0078L;

    private static FixtureB board(boolean on, String hazard) {
        return on ? FixtureB.on(ZCU102, hazard) : FixtureB.on(ZCU102);
    }

    private static void struck(FixtureB b, boolean on, String hazard) {
        assertEquals(on, b.live.count("hazard", hazard) > 0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void hz01_aLineAimedAtADeadCpuDoesNotWake(boolean on) {
        FixtureB b = board(on, "HZ-01");
        b.suspendAll();
        assertEquals(List.of(on ? 1 : 0), b.target(b.line1));
        b.live.fire(b.line1, true);
        b.live.advance(60 * SECOND);
        assertEquals(on ? BoardState.SUSPENDED : BoardState.RUNNING, b.state());
        b.ring();
        b.assertBalanced();
        assertEquals(DomainReport.State.RUNNING, b.live.domain(1).state());
        struck(b, on, "HZ-01");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void hz19_theResetContextIsOverwrittenAtSwitchOut(boolean on) {
        FixtureB b = board(on, "HZ-19");
        b.live.msr(1, 0, "SCTLR_EL1", MMU_ON);
        long pc = b.register(1, "pc");
        b.suspend(1, D1_CONTEXT);
        b.live.fire(b.line1, true);
        assertEquals(DomainReport.State.RUNNING, b.live.domain(1).state());
        assertEquals(on ? MMU_ON : RESET_SCTLR, b.register(1, "sctlr_el1"));
        assertEquals(on ? pc : ENTRY, b.register(1, "pc"));
        assertEquals(!on, b.register(1, "x0") == D1_CONTEXT);
        struck(b, on, "HZ-19");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void hz27_aGuestSleepsOverItsPendingInterrupt(boolean on) {
        FixtureB b = board(on, "HZ-27");
        b.live.fire(b.line1, true);
        b.suspend(1, D1_CONTEXT);
        b.live.advance(SECOND);
        assertEquals(
                on ? DomainReport.State.SUSPENDED : DomainReport.State.RUNNING,
                b.live.domain(1).state());
        assertEquals(List.of(b.line1), b.live.vcpu(1, 0).vgic().pending());
        struck(b, on, "HZ-27");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void hz31_aDomuRunsBeforeDom0(boolean on) {
        FixtureB b = board(on, "HZ-31");
        b.suspendAll();
        b.live.fire(b.line2, true);
        b.assertBalanced();
        assertEquals(on, b.firstInstruction(2) < b.firstInstruction(0));
        struck(b, on, "HZ-31");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void hz32_nobodyUnblocksDom0AfterADomusWake(boolean on) {
        FixtureB b = board(on, "HZ-32");
        b.suspendAll();
        b.live.fire(b.line2, true);
        b.assertBalanced();
        assertEquals(
                on ? DomainReport.State.SUSPENDED : DomainReport.State.RUNNING,
                b.live.domain(0).state());
        assertEquals(DomainReport.State.RUNNING, b.live.domain(2).state());
        String fallback = "Dom0 did not run within 100 ms, other domains are released";
        assertEquals(on, b.live.console().contains(fallback));
        assertEquals(on ? 1 : 0, b.live.count("fault", "DOM0_LATE"));
        struck(b, on, "HZ-32");
        b.ring();
        assertEquals(DomainReport.State.RUNNING, b.live.domain(0).state());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void hz35_aFrozenGuestsWatchdogFires(boolean on) {
        FixtureB b = board(on, "HZ-35");
        b.live.watchdog(1, 0, 5 * SECOND);
        b.suspend(0, DOM0_CONTEXT);
        b.live.advance(60 * SECOND);
        b.ring();
        b.assertBalanced();
        assertEquals(on, b.live.console().contains("Watchdog timer 0 fired for d1"));
        assertEquals(
                on ? DomainReport.State.SHUTDOWN : DomainReport.State.RUNNING,
                b.live.domain(1).state());
        struck(b, on, "HZ-35");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void hz38_noInterruptArrivesAfterTheGicLostItsState(boolean on) {
        FixtureB b = board(on, "HZ-38");
        b.suspendAll();
        b.live.fire(b.line2, true);
        b.live.settle();
        assertEquals(BoardState.RUNNING, b.state());
        assertEquals(DomainReport.State.RUNNING, b.live.domain(0).state());
        assertEquals(
                on ? DomainReport.State.SUSPENDED : DomainReport.State.RUNNING,
                b.live.domain(2).state());
        b.live.fire(b.rtc, true);
        assertEquals(on ? 1023 : b.rtc, b.live.ack(0, 0));
        assertEquals(on, !b.live.suspend().notRestored().isEmpty());
        struck(b, on, "HZ-38");
    }

    @Test
    void hazardsCanBeSwitchedWhileTheBoardRuns() {
        FixtureB b = FixtureB.on(ZCU102);
        b.live.done(new Action.SetHazards(List.of("HZ-31", "HZ-01")));
        assertEquals(List.of("HZ-01", "HZ-31"), b.live.done(new Query.Hazards()));
        b.live.done(new Action.SetHazards(List.of()));
        assertEquals(List.of(), b.live.done(new Query.Hazards()));
        Refusal unknown = b.live.refused(new Action.SetHazards(List.of("HZ-01", "HZ-83")));
        assertEquals("/1", unknown.pointer());
        assertFalse(unknown.nearest().isEmpty());
    }

    @Test
    void withoutTheDom0FirstRuleDomusRunAtTheThaw() {
        FixtureB b = FixtureB.on(ZCU102, "NONE", List.of());
        b.suspendAll();
        b.live.fire(b.line2, true);
        b.assertBalanced();
        assertTrue(b.firstInstruction(2) < b.firstInstruction(0));
    }

    @Test
    void domusCanBeHeldUntilDom0HasNothingMoreToResume() {
        FixtureB b = FixtureB.on(ZCU102, "AFTER_DOM0_RESUME_DONE", List.of());
        b.suspend(0, DOM0_CONTEXT);
        b.live.unsettled(LiveBoard.line(b.rtc, true));
        b.live.untilStep("initiator-resume");
        b.live.advance(10_000_000L);
        assertEquals(Optional.of(HostReport.SystemState.ACTIVE), b.live.host().systemState());
        assertEquals(VcpuReport.State.RUNNING, b.live.vcpu(0, 0).state());
        assertEquals(1, b.observed(1).pauseCount());
        assertEquals(
                "host suspend",
                b.live.refused(LiveBoard.call(LiveBoard.caller(1, 0), "PSCI_VERSION"))
                        .blocking()
                        .getFirst());
        assertEquals(b.rtc, b.live.ack(0, 0));
        b.live.fire(b.rtc, false);
        b.live.eoi(0, 0, b.rtc);
        b.live.done(new Action.Wfi(LiveBoard.caller(0, 0)));
        assertEquals(VcpuReport.State.BLOCKED, b.live.vcpu(0, 0).state());
        assertEquals(0, b.observed(1).pauseCount());
        assertTrue(b.live.clock().settled());
        assertFalse(b.live.console().stream().anyMatch(line -> line.contains("100 ms")));
        b.assertBalanced();
    }

    @Test
    void domusHeldForDom0AreReleasedAfterATenthOfASecond() {
        FixtureB b = FixtureB.on(ZCU102, "AFTER_DOM0_RESUME_DONE", List.of());
        b.suspend(0, DOM0_CONTEXT);
        b.ring();
        b.assertBalanced();
        long held = b.observed(1).firstInstructionAt().orElseThrow()
                - b.observed(0).firstInstructionAt().orElseThrow();
        assertTrue(held > 90_000_000L && held <= 100_000_000L);
        assertEquals(
                1,
                b.live.console().stream()
                        .filter(line -> line.contains("within 100 ms"))
                        .count());
    }
}
