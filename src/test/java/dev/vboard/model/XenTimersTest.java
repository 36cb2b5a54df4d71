package dev.vboard.model;

import static dev.vboard.model.FixtureB.D1_CONTEXT;
import static dev.vboard.model.FixtureB.DOM0_CONTEXT;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vboard.model.report.AccessAnswer;
import dev.vboard.model.report.BoardState;
import dev.vboard.model.report.ClockReport.PendingDeadline;
import dev.vboard.model.report.DomainReport;
import dev.vboard.model.report.VcpuReport;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** How Xen uses the generic timers, and what guests get of them (devices.md 1.4 and section 8). */
class XenTimersTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long TICKS = 100_000_000L;
    private static final int VIRTUAL = 27;
    private static final int PHYSICAL = 30;
    private static final long FOR_EVER = -1L;

    private final FixtureB b = FixtureB.on("fixture-zcu102");
    private final LiveBoard live = b.live;

    private void enable(int intid) {
        live.done(new Action.VcpuInterrupt(
                "1",
                0,
                intid,
                Optional.of(true),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty()));
    }

    private long el2(int cpu, String register) {
        AccessAnswer answer = live.done(new Action.Sysreg(
                new Caller.PhysicalCpu(cpu), register, OptionalLong.empty(), false));
        return ((AccessAnswer.AccessValue) answer).value().value();
    }

    private List<String> waiting() {
        return live.clock().pending().stream().map(PendingDeadline::what).toList();
    }

    @Test
    void devT2_theLineOfAVirtualTimerIsHighAgainOnceTheGuestUnmasksIt() {
        b.armTimer(1, SECOND);
        live.advance(SECOND);
        assertEquals(VIRTUAL, live.ack(1, 0));
        live.eoi(1, 0, VIRTUAL);
        assertEquals(1023, live.ack(1, 0));
        live.msr(1, 0, "CNTV_CTL_EL0", 1);
        assertEquals(VIRTUAL, live.ack(1, 0));
    }

    @Test
    void devT3_aTimerSetForEverNeverFiresWhetherItsVcpuRunsOrWaits() {
        enable(VIRTUAL);
        live.msr(1, 0, "CNTV_CVAL_EL0", FOR_EVER);
        live.msr(1, 0, "CNTV_CTL_EL0", 1);
        live.advance(SECOND);
        assertEquals(VcpuReport.State.RUNNING, live.vcpu(1, 0).state());
        live.done(new Action.Wfi(LiveBoard.caller(1, 0)));
        live.advance(1000 * SECOND);
        assertEquals(VcpuReport.State.BLOCKED, live.vcpu(1, 0).state());
        assertFalse(waiting().contains("timer d1v0"));
        assertEquals(OptionalLong.empty(), live.vcpu(1, 0).vtimer().deadlineNs());
        assertFalse(live.vcpu(1, 0).vtimer().condition());
    }

    @Test
    void devT5_xenMasksTheVirtualTimerAndTheGuestUnmasksIt() {
        b.armTimer(1, SECOND);
        live.advance(SECOND);
        assertEquals(7, el2(1, "CNTV_CTL_EL0"));
        assertEquals(List.of(VIRTUAL), live.vcpu(1, 0).vgic().pending());
        live.msr(1, 0, "CNTV_CTL_EL0", 0);
        assertEquals(0, el2(1, "CNTV_CTL_EL0"));
    }

    @Test
    void devT4_timerControlsDieWithTheCoreAndXenSetsThemAgain() {
        live.msr(1, 0, "CNTV_CVAL_EL0", 500 * TICKS);
        long offset = el2(1, "CNTVOFF_EL2");
        b.suspend(0, DOM0_CONTEXT);
        live.advance(SECOND);
        b.ring();
        for (int cpu = 0; cpu < 4; cpu++) {
            assertEquals(1, el2(cpu, "CNTHCTL_EL2"));
            assertEquals(TICKS, el2(cpu, "CNTFRQ_EL0"));
        }
        assertEquals(offset, el2(1, "CNTVOFF_EL2"));
        assertEquals(500 * TICKS, live.mrs(1, 0, "CNTV_CVAL_EL0"));
    }

    @Test
    void devT6_theHypervisorTimerIsOffWhenTheMachineSleeps() {
        b.armTimer(1, 2 * SECOND);
        b.suspend(1, D1_CONTEXT);
        assertEquals(1, el2(0, "CNTHP_CTL_EL2"));
        b.begin("irqs-off");
        assertEquals(0, el2(0, "CNTHP_CTL_EL2"));
        live.settle();
        live.advance(10 * SECOND);
        assertEquals(BoardState.SUSPENDED, b.state());
    }

    @Test
    void devT7_afterALongSleepAllDeadlinesOfAGuestFireTogether() {
        enable(PHYSICAL);
        live.msr(1, 0, "CNTP_CVAL_EL0", live.mrs(1, 0, "CNTPCT_EL0") + 3 * TICKS);
        live.msr(1, 0, "CNTP_CTL_EL0", 1);
        b.armTimer(1, 2 * SECOND);
        b.suspend(0, DOM0_CONTEXT);
        live.advance(3600 * SECOND);
        b.ring();
        b.assertBalanced();
        assertEquals(List.of(VIRTUAL, PHYSICAL), live.vcpu(1, 0).vgic().pending());
        assertTrue(live.vcpu(1, 0).vtimer().condition());
    }

    @Test
    void aTimerKeepsItsMomentWhileItsVcpuIsOffTheCpu() {
        b.armTimer(1, 2 * SECOND);
        long due = live.vcpu(1, 0).vtimer().deadlineNs().orElseThrow();
        live.done(new Action.Wfi(LiveBoard.caller(1, 0)));
        assertEquals(due, live.vcpu(1, 0).vtimer().deadlineNs().orElseThrow());
        assertTrue(waiting().contains("timer d1v0"));
        live.advance(2 * SECOND - 1);
        assertEquals(VcpuReport.State.BLOCKED, live.vcpu(1, 0).state());
        live.advance(1);
        assertEquals(VcpuReport.State.RUNNING, live.vcpu(1, 0).state());
        assertEquals(VIRTUAL, live.ack(1, 0));
    }

    @Test
    void aDisabledVirtualTimerDoesNotResumeASuspendedGuest() {
        b.armTimer(1, 2 * SECOND);
        live.done(new Action.VcpuInterrupt(
                "1",
                0,
                VIRTUAL,
                Optional.of(false),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty()));
        b.suspend(1, D1_CONTEXT);
        live.advance(3 * SECOND);
        assertEquals(DomainReport.State.SUSPENDED, live.domain(1).state());
        assertEquals(List.of(VIRTUAL), live.vcpu(1, 0).vgic().pending());
    }

    @Test
    void theGuestsPhysicalTimerIsEmulated() {
        enable(PHYSICAL);
        live.msr(1, 0, "CNTP_TVAL_EL0", TICKS);
        live.msr(1, 0, "CNTP_CTL_EL0", 1);
        assertEquals(TICKS, live.mrs(1, 0, "CNTP_TVAL_EL0"));
        assertEquals(0, el2(1, "CNTP_CTL_EL0"));
        assertTrue(waiting().contains("physical timer d1v0"));
        live.advance(SECOND / 2);
        assertEquals(TICKS / 2, live.mrs(1, 0, "CNTP_TVAL_EL0"));
        assertEquals(1, live.mrs(1, 0, "CNTP_CTL_EL0"));
        live.advance(SECOND / 2);
        assertEquals(5, live.mrs(1, 0, "CNTP_CTL_EL0"));
        assertEquals(PHYSICAL, live.ack(1, 0));
        live.eoi(1, 0, PHYSICAL);
        assertEquals(1023, live.ack(1, 0));
    }

    @Test
    void aNewValueClearsTheStatusOfTheEmulatedTimerAndArmsItAgain() {
        live.msr(1, 0, "CNTP_TVAL_EL0", TICKS);
        live.msr(1, 0, "CNTP_CTL_EL0", 1);
        live.advance(2 * SECOND);
        assertEquals(5, live.mrs(1, 0, "CNTP_CTL_EL0"));
        live.msr(1, 0, "CNTP_TVAL_EL0", TICKS);
        assertEquals(1, live.mrs(1, 0, "CNTP_CTL_EL0"));
        live.advance(SECOND);
        assertEquals(5, live.mrs(1, 0, "CNTP_CTL_EL0"));
        live.msr(1, 0, "CNTP_CTL_EL0", 0);
        assertEquals(0, live.mrs(1, 0, "CNTP_CTL_EL0"));
        assertFalse(waiting().contains("physical timer d1v0"));
    }

    @Test
    void aMaskedEmulatedTimerOnlyShowsItsStatus() {
        enable(PHYSICAL);
        live.msr(1, 0, "CNTP_TVAL_EL0", TICKS);
        live.msr(1, 0, "CNTP_CTL_EL0", 3);
        live.advance(SECOND);
        assertEquals(7, live.mrs(1, 0, "CNTP_CTL_EL0"));
        assertEquals(1023, live.ack(1, 0));
        live.msr(1, 0, "CNTP_CTL_EL0", 1);
        assertEquals(PHYSICAL, live.ack(1, 0));
    }

    @Test
    void devT3_theEmulatedTimerComparesAll64Bits() {
        live.msr(1, 0, "CNTP_CVAL_EL0", FOR_EVER);
        live.msr(1, 0, "CNTP_CTL_EL0", 1);
        live.advance(100 * SECOND);
        assertEquals(1, live.mrs(1, 0, "CNTP_CTL_EL0"));
        long counter = live.mrs(1, 0, "CNTPCT_EL0");
        live.msr(1, 0, "CNTP_CVAL_EL0", counter + (1L << 33));
        assertEquals(0, live.mrs(1, 0, "CNTP_TVAL_EL0"));
        assertEquals(1, live.mrs(1, 0, "CNTP_CTL_EL0"));
        live.msr(1, 0, "CNTP_TVAL_EL0", 0xFFFF_FFFFL);
        assertEquals(counter - 1, live.mrs(1, 0, "CNTP_CVAL_EL0"));
        live.advance(1);
        assertEquals(5, live.mrs(1, 0, "CNTP_CTL_EL0"));
    }

    @Test
    void theEmulatedTimerResumesASuspendedGuest() {
        enable(PHYSICAL);
        live.msr(1, 0, "CNTP_TVAL_EL0", TICKS);
        live.msr(1, 0, "CNTP_CTL_EL0", 1);
        b.suspend(1, D1_CONTEXT);
        live.advance(SECOND);
        assertEquals(DomainReport.State.RUNNING, live.domain(1).state());
        assertEquals(
                PHYSICAL, b.observed(1).lastResumeCause().orElseThrow().intid().orElseThrow());
    }

    @Test
    void twoVcpusOfOnePcpuHaveATimerEach() {
        live.done(LiveBoard.domain(1, LiveBoard.pinned(1), 64));
        live.done(new Action.VcpuGic("3", 0, true, OptionalInt.of(248)));
        b.armTimer(1, 3 * SECOND);
        b.armTimer(3, 2 * SECOND);
        assertEquals(VcpuReport.State.RUNNABLE, live.vcpu(1, 0).state());
        live.advance(2 * SECOND);
        assertEquals(VIRTUAL, live.ack(3, 0));
        live.advance(SECOND);
        assertEquals(List.of(VIRTUAL), live.vcpu(1, 0).vgic().pending());
        assertEquals(VIRTUAL, live.ack(1, 0));
        assertEquals(VcpuReport.State.RUNNABLE, live.vcpu(3, 0).state());
    }
}
