package dev.vboard.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vboard.model.core.Refusal;
import dev.vboard.model.report.AccessAnswer;
import dev.vboard.model.report.BoardState;
import dev.vboard.model.report.FaultReport;
import dev.vboard.model.report.Trigger;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Faults that wait to strike (api.md section 7). */
class FaultsTest {
    private final LiveBoard live = new LiveBoard("zcu102", LiveBoard.options("none", 1));

    private List<FaultReport> waiting() {
        return live.done(new Query.Faults());
    }

    private static Action.InjectFault often(Action.InjectFault fault, int times) {
        return new Action.InjectFault(
                fault.kind(),
                fault.cpu(),
                fault.paBits(),
                fault.midr(),
                fault.dcacheLine(),
                fault.function(),
                fault.result(),
                fault.step(),
                fault.error(),
                fault.delayNanos(),
                fault.unit(),
                fault.intid(),
                times);
    }

    private long call(String function, long target) {
        return live.cpuPsci(0, function, target, 0x8_0000, 0).value().orElseThrow();
    }

    @Test
    void aFaultStrikesAsOftenAsItWasToldToAndIsGone() {
        live.done(often(Injected.firmware("PSCI_VERSION", -1), 2));
        assertEquals(-1, call("PSCI_VERSION", 0));
        assertEquals(1, waiting().getFirst().times());
        assertEquals(-1, call("PSCI_VERSION", 0));
        assertEquals(List.of(), waiting());
        assertEquals(0x1_0001, call("PSCI_VERSION", 0));
        assertEquals(2, live.count("fault", "psci-result"));
    }

    @Test
    void theOldestThatMatchesStrikes() {
        live.done(Injected.firmware("PSCI_VERSION", -1));
        live.done(Injected.firmware("PSCI_VERSION", -2));
        live.done(Injected.firmware("AFFINITY_INFO", -3));
        assertEquals(-1, call("PSCI_VERSION", 0));
        assertEquals(-2, call("PSCI_VERSION", 0));
        assertEquals(1, waiting().size());
    }

    @Test
    void aFaultThatIsTakenBackDoesNotStrike() {
        FaultReport fault = live.done(Injected.firmware("PSCI_VERSION", -1));
        live.done(new Action.RemoveFault(fault.id()));
        assertEquals(0x1_0001, call("PSCI_VERSION", 0));
        Refusal refusal = live.refused(new Action.RemoveFault(fault.id()));
        assertEquals(Refusal.Kind.NOT_FOUND, refusal.kind());
    }

    @Test
    void aFullBoardTakesNoMore() {
        for (int i = 0; i < 16; i++) {
            live.done(Injected.dead(1));
        }
        assertEquals("limit-reached", live.refused(Injected.dead(1)).code());
        assertEquals(16, waiting().size());
    }

    @Test
    void faultsOutliveTheSupply() {
        live.done(Injected.dead(1));
        live.done(new Action.Power(false));
        live.done(Injected.exchanged(2, 36, 0, 0));
        live.done(new Action.Power(true));
        assertEquals(2, waiting().size());
        assertEquals(OptionalInt.of(36), waiting().getLast().paBits());
        assertEquals(Optional.empty(), waiting().getLast().midr());
    }

    @Test
    void aDeadCoreStaysOnItsWayWithoutXen() {
        live.done(Injected.dead(1));
        assertEquals(0, call("CPU_ON", 1));
        live.advance(10_000_000_000L);
        assertEquals(2, live.cpuPsci(0, "AFFINITY_INFO", 1, 0).value().orElseThrow());
    }

    @Test
    void aCoreIsExchangedUntilTheBoardLosesItsPower() {
        live.done(Injected.exchanged(1, 36, 0x411F_D073L, 0));
        assertEquals(0, call("CPU_ON", 1));
        assertEquals(0x411F_D073L, midr());
        assertEquals(0x1121, register("ID_AA64MMFR0_EL1"));
        live.done(new Action.Reset());
        assertEquals(0, call("CPU_ON", 1));
        assertEquals(0x410F_D034L, midr());
    }

    private long midr() {
        return register("MIDR_EL1");
    }

    private long register(String name) {
        AccessAnswer.AccessValue answer = live.done(
                new Action.Sysreg(new Caller.PhysicalCpu(1), name, OptionalLong.empty(), false));
        return answer.value().value();
    }

    @Test
    void aPulseGetsLost() {
        LiveBoard board = new LiveBoard("fixture-zcu102", LiveBoard.options("rfc2018", 1));
        board.done(new NewDomain().lines(Trigger.EDGE, 132).asked());
        board.listen(1, 0, 132);
        board.done(Injected.pulse(132));
        board.fire(132, true);
        assertFalse(board.vcpu(1, 0).vgic().pending().contains(132));
        board.fire(132, true);
        assertTrue(board.vcpu(1, 0).vgic().pending().contains(132));
        assertEquals(1, board.count("fault", "edge-lost"));
        assertEquals(BoardState.RUNNING, board.summary().state());
    }
}
