package dev.vboard.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vboard.model.report.BoardState;
import dev.vboard.model.report.BoardSummary;
import dev.vboard.model.report.DomainReport;
import dev.vboard.model.report.U64;
import dev.vboard.model.report.VcpuReport;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A suspend and resume of the whole machine in the model itself (xen-suspend.md, S5 and S6). */
class SuspendCycleTest {
    private static final long ENTRY = 0x4008_0000L;
    private static final int RTC = 58;

    private final LiveBoard live = new LiveBoard("fixture-zcu102", LiveBoard.options("rfc2018", 2));

    private static SortedMap<Integer, List<Integer>> pin(int vcpu, int cpu) {
        SortedMap<Integer, List<Integer>> pin = new TreeMap<>();
        pin.put(vcpu, List.of(cpu));
        return pin;
    }

    private void fixture() {
        live.create(1, pin(0, 1), 132);
        SortedMap<Integer, List<Integer>> pins = pin(0, 2);
        pins.put(1, List.of(3));
        live.create(2, pins, 133);
        live.listen(0, 0, RTC);
        live.listen(1, 0, 132);
        live.listen(2, 0, 133);
    }

    @Test
    void theMachineSleepsAndTheAlarmWakesIt() {
        fixture();
        assertEquals(-1L, live.psci(1, 0, "SYSTEM_SUSPEND", ENTRY, 0x55).value().orElse(-1));
        assertEquals(DomainReport.State.SUSPENDED, live.domain(1).state());
        assertEquals("-b-ss-", live.domain(1).xlState());
        live.psci(2, 0, "SYSTEM_SUSPEND", ENTRY, 0x66);
        live.psci(0, 0, "SYSTEM_SUSPEND", ENTRY, 0x77);
        BoardSummary summary = live.done(new Query.Summary());
        assertEquals(BoardState.SUSPENDED, summary.state());
        assertEquals(List.of(0), live.host().spiTargets().get("132"));
        assertEquals(List.of(0), live.host().spiTargets().get("133"));
        live.advance(60_000_000_000L);
        live.fire(RTC, true);
        summary = live.done(new Query.Summary());
        assertEquals(BoardState.RUNNING, summary.state());
        assertEquals(4, summary.cpus().online());
        assertEquals(List.of(1), live.host().spiTargets().get("132"));
        assertEquals(List.of(2), live.host().spiTargets().get("133"));
        assertEquals(VcpuReport.State.RUNNING, live.vcpu(0, 0).state());
        assertEquals(U64.of(ENTRY), live.register(0, 0, "pc"));
        assertEquals(U64.of(0x77), live.register(0, 0, "x0"));
        assertEquals(DomainReport.State.SUSPENDED, live.domain(1).state());
        assertTrue(live.clock().settled());
        assertTrue(live.suspend().lost().contains("GICD_ISENABLER1"), "what the GIC lost");
        assertEquals(List.of(), live.suspend().notRestored());
    }

    @Test
    void aGicThatNobodyRestoresIsListedRegisterByRegister() {
        live.listen(0, 0, RTC);
        live.done(new Action.SetHazards(List.of("HZ-38")));
        live.psci(0, 0, "SYSTEM_SUSPEND", ENTRY, 0);
        assertTrue(live.suspend().notRestored().contains("GICD_ISENABLER1"));
        live.fire(RTC, true);
        assertTrue(live.suspend().notRestored().contains("GICD_ISENABLER1"));
        assertTrue(live.suspend().notRestored().contains("GICC_CTLR"));
    }

    @Test
    void aReportOfSleepAndOneOfReturnComeOnceEach() {
        live.listen(0, 0, RTC);
        live.psci(0, 0, "SYSTEM_SUSPEND", ENTRY, 0);
        live.fire(RTC, true);
        assertEquals(
                1, live.log.stream().filter(e -> e.contains("board-suspended")).count());
        assertEquals(
                1, live.log.stream().filter(e -> e.contains("board-resumed")).count());
    }
}
