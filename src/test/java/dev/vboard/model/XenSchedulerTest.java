package dev.vboard.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vboard.model.core.Refusal;
import dev.vboard.model.report.BoardState;
import dev.vboard.model.report.CpuReport;
import dev.vboard.model.report.DomainReport;
import dev.vboard.model.report.VcpuReport.Runstate;
import dev.vboard.model.report.VcpuReport.State;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Placement and switching (xen-suspend.md 1.6), and CPUs that go and come (4.4, 5.2). */
class XenSchedulerTest {
    private static final long ENTRY = 0x4000_0000L;
    private static final int LINE = 132;

    private final LiveBoard live = new LiveBoard(
            "fixture-zcu102",
            LiveBoard.options("rfc2018", 2, 2, "AFTER_DOM0_RAN", false, List.of()));

    private State state(int domain) {
        return live.vcpu(domain, 0).state();
    }

    private int pcpu(int domain, int vcpu) {
        return live.vcpu(domain, vcpu).pcpu().orElse(-1);
    }

    private void act(int domain) {
        live.psci(domain, 0, "PSCI_VERSION");
    }

    private void pinned(int... cpus) {
        live.done(LiveBoard.domain(cpus.length, LiveBoard.pinned(cpus), 64));
    }

    private void online(int cpu, boolean online) {
        live.done(new Action.CpuOnline(cpu, online));
    }

    private CpuReport.XenState xenState(int cpu) {
        CpuReport report = live.done(new Query.Cpu(cpu));
        return report.xenState().orElseThrow();
    }

    private List<Integer> target() {
        return live.target(LINE);
    }

    @Test
    void aVcpuGoesToThePcpuWithTheFewestTiesToTheLowest() {
        assertEquals(0, pcpu(0, 0));
        assertEquals(1, pcpu(0, 1));
        live.done(LiveBoard.domain(3, new TreeMap<>(), 64));
        assertEquals(2, pcpu(1, 0));
        assertEquals(3, pcpu(1, 1));
        assertEquals(0, pcpu(1, 2));
        assertEquals(State.OFF, live.vcpu(1, 2).state());
    }

    @Test
    void atCreationTheLowestDomainAndVcpuRuns() {
        pinned(0);
        assertEquals(State.RUNNING, state(0));
        assertEquals(State.RUNNABLE, state(1));
        assertEquals(Runstate.RUNNABLE, live.vcpu(1, 0).runstate());
        assertEquals("------", live.domain(1).xlState());
        assertEquals("r-----", live.domain(0).xlState());
    }

    @Test
    void atBootTheLowestVcpuRuns() {
        LiveBoard single = new LiveBoard(
                "fixture-uniprocessor",
                LiveBoard.options("rfc2018", 3, 3, "AFTER_DOM0_RAN", false, List.of()));
        assertEquals(State.RUNNING, single.vcpu(0, 0).state());
        assertEquals(State.RUNNABLE, single.vcpu(0, 1).state());
        single.psci(0, 0, "CPU_OFF");
        assertEquals(State.RUNNING, single.vcpu(0, 1).state());
        assertEquals(State.RUNNABLE, single.vcpu(0, 2).state());
    }

    @Test
    void anActionSwitchesARunnableVcpuInAndTheDisplacedOneWaits() {
        pinned(3);
        pinned(3);
        pinned(3);
        assertEquals(State.RUNNING, state(1));
        act(2);
        assertEquals(State.RUNNING, state(2));
        assertEquals(State.RUNNABLE, state(1));
        live.psci(2, 0, "CPU_OFF");
        assertEquals(State.RUNNING, state(3), "it has waited since its creation");
        live.psci(3, 0, "CPU_OFF");
        assertEquals(State.RUNNING, state(1));
    }

    @Test
    void aVcpuThatBecomesRunnableRunsAtOnce() {
        pinned(3);
        pinned(3);
        act(2);
        live.done(new Action.Wfi(LiveBoard.caller(2, 0)));
        assertEquals(State.BLOCKED, state(2));
        assertEquals(State.RUNNING, state(1));
        live.done(new Action.EventChannel("2", 1));
        assertEquals(State.RUNNING, state(2));
        assertEquals(State.RUNNABLE, state(1));
    }

    @Test
    void eachVcpuKeepsItsOwnRegisters() {
        pinned(3);
        pinned(3);
        live.msr(1, 0, "TTBR0_EL1", 0x1000);
        live.msr(1, 0, "SP_EL0", 0x1111);
        live.msr(2, 0, "TTBR0_EL1", 0x2000);
        assertEquals(0x1000, live.register(1, 0, "ttbr0_el1").value());
        assertEquals(0x1000, live.mrs(1, 0, "TTBR0_EL1"));
        assertEquals(0x1111, live.mrs(1, 0, "SP_EL0"));
        assertEquals(0x2000, live.mrs(2, 0, "TTBR0_EL1"));
        assertEquals(0x8000_0000L, live.mrs(2, 0, "MPIDR_EL1"));
    }

    @Test
    void eachVcpuKeepsItsOwnListRegisters() {
        live.done(LiveBoard.domain(1, LiveBoard.pinned(3), 64, LINE));
        live.listen(1, 0, LINE);
        pinned(3);
        live.fire(LINE, true);
        act(2);
        assertEquals(State.RUNNABLE, state(1));
        assertEquals(List.of(LINE), live.vcpu(1, 0).vgic().pending());
        assertEquals(List.of(), live.vcpu(2, 0).vgic().pending());
        assertEquals(1023, live.ack(2, 0));
        assertEquals(LINE, live.ack(1, 0));
        act(2);
        assertEquals(List.of(LINE), live.vcpu(1, 0).vgic().active());
        live.fire(LINE, false);
        live.eoi(1, 0, LINE);
        assertEquals(List.of(), live.vcpu(1, 0).vgic().active());
    }

    @Test
    void anInterruptForARunnableVcpuWaitsForItsTurn() {
        live.done(LiveBoard.domain(1, LiveBoard.pinned(3), 64, LINE));
        live.listen(1, 0, LINE);
        pinned(3);
        act(2);
        live.fire(LINE, true);
        assertEquals(State.RUNNABLE, state(1));
        assertEquals(State.RUNNING, state(2));
        assertEquals(List.of(LINE), live.vcpu(1, 0).vgic().pending());
        assertEquals(List.of(), live.vcpu(1, 0).vgic().listRegisters());
    }

    @Test
    void pinningMovesAVcpuAndItsInterrupts() {
        live.done(LiveBoard.domain(1, LiveBoard.pinned(3), 64, LINE));
        live.listen(1, 0, LINE);
        assertEquals(List.of(3), target());
        live.done(new Action.Affinity("1", 0, List.of(2)));
        assertEquals(2, pcpu(1, 0));
        assertEquals(State.RUNNING, state(1));
        assertEquals(List.of(2), target());
        live.done(new Action.Affinity("1", 0, List.of(2, 3)));
        assertEquals(2, pcpu(1, 0), "it may stay where it is");
        live.fire(LINE, true);
        assertEquals(LINE, live.ack(1, 0));
    }

    @Test
    void aBlockedAndPausedVcpuCountsAsBlocked() {
        pinned(3);
        live.done(new Action.Wfi(LiveBoard.caller(1, 0)));
        live.done(LiveBoard.verb(1, "pause"));
        assertEquals(Runstate.BLOCKED, live.vcpu(1, 0).runstate());
        assertEquals("-bp---", live.domain(1).xlState());
    }

    @Test
    void aPcpuThatGoesOfflineHandsItsVcpusOver() {
        live.done(LiveBoard.domain(1, LiveBoard.pinned(3), 64, LINE));
        live.listen(1, 0, LINE);
        online(3, false);
        assertEquals(CpuReport.XenState.OFF, xenState(3));
        assertEquals(0, pcpu(1, 0), "a broken affinity leads to the lowest CPU");
        assertTrue(live.console().contains("Breaking affinity for d1v0"));
        assertEquals(List.of(0, 1, 2, 3), live.vcpu(1, 0).affinity());
        assertEquals(List.of(0), target());
        assertEquals(0, live.host().resources().get(3).percpuArea());
        live.fire(LINE, true);
        assertEquals(LINE, live.ack(1, 0));
        online(3, true);
        assertEquals(CpuReport.XenState.ONLINE, xenState(3));
        assertEquals(0, pcpu(1, 0));
        assertEquals(1, live.host().resources().get(3).percpuArea());
        assertEquals(3, live.host().resources().get(3).ppiHandlers());
        assertTrue(live.host().savedSpiTargets().isEmpty());
    }

    @Test
    void aVcpuWithoutAnAllowedPcpuWaitsForOne() {
        online(3, false);
        pinned(3);
        assertEquals(State.RUNNABLE, state(1));
        assertEquals(OptionalInt.empty(), live.vcpu(1, 0).pcpu());
        Refusal refusal = live.refused(LiveBoard.call(LiveBoard.caller(1, 0), "PSCI_VERSION"));
        assertEquals("no-cpu", refusal.code());
        online(3, true);
        assertEquals(State.RUNNING, state(1));
        assertEquals(3, pcpu(1, 0));
    }

    @Test
    void aPcpuThatTheToolstackTookStaysAwayOverASuspend() {
        online(2, false);
        live.listen(0, 0, 58);
        live.psci(0, 1, "CPU_OFF");
        live.psci(0, 0, "SYSTEM_SUSPEND", ENTRY, 0);
        assertEquals(BoardState.SUSPENDED, live.summary().state());
        live.fire(58, true);
        assertEquals(3, live.summary().cpus().online());
        assertEquals(CpuReport.XenState.OFF, xenState(2));
        live.fire(58, false);
        online(2, true);
        assertEquals(4, live.summary().cpus().online());
    }

    @Test
    void aSuspendWaitsForThePcpuThatIsOnItsWay() {
        live.listen(0, 0, 58);
        live.psci(0, 1, "CPU_OFF");
        live.unsettled(new Action.CpuOnline(2, false));
        assertFalse(live.clock().settled());
        live.unsettled(LiveBoard.call(LiveBoard.caller(0, 0), "SYSTEM_SUSPEND", ENTRY, 7));
        live.settle();
        assertEquals(BoardState.SUSPENDED, live.summary().state());
        live.fire(58, true);
        assertEquals(BoardState.RUNNING, live.summary().state());
        assertEquals(CpuReport.XenState.OFF, xenState(2));
        assertEquals(0, live.host().resources().get(2).percpuArea());
        live.fire(58, false);
        online(2, true);
        assertEquals(4, live.summary().cpus().online());
    }

    @Test
    void theBootCpuAndACpuOnItsWayCannotBeTaken() {
        assertEquals("boot-cpu", live.refused(new Action.CpuOnline(0, false)).code());
        assertEquals("no-such-cpu", live.refused(new Action.CpuOnline(4, false)).code());
        live.unsettled(new Action.CpuOnline(2, false));
        assertEquals("cpu-busy", live.refused(new Action.CpuOnline(3, false)).code());
        live.settle();
        online(2, false);
        assertEquals(CpuReport.XenState.OFF, xenState(2));
    }

    @Test
    void domainsAreNumberedOnAndOn() {
        pinned(3);
        live.done(new Action.DestroyDomain("1"));
        DomainReport next = live.done(LiveBoard.domain(1, new TreeMap<>(), 64));
        assertEquals(2, next.id());
        assertEquals("dom2", next.name());
    }
}
