package dev.vboard.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vboard.model.report.BoardState;
import dev.vboard.model.report.DomainReport;
import dev.vboard.model.report.Observables;
import dev.vboard.model.report.Observables.DomainWatchdog;
import dev.vboard.model.report.Observables.ResumeCause;
import dev.vboard.model.report.VcpuReport;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Watchdogs and events of domains, and boards that go down under them (xen-suspend.md 1.4, 2.6).
 */
class XenDomainsTest {
    private static final long ENTRY = 0x4008_0000L;
    private static final long SECOND = 1_000_000_000L;
    private static final int LINE = 132;

    private final LiveBoard live = new LiveBoard("fixture-zcu102", LiveBoard.options("rfc2018", 1));

    private void guest() {
        live.done(LiveBoard.domain(1, LiveBoard.pinned(1), 64, LINE));
        live.listen(1, 0, LINE);
    }

    private Observables observed() {
        return live.domain(1).observables();
    }

    private static Action.Psci version(int domain) {
        return LiveBoard.call(LiveBoard.caller(domain, 0), "PSCI_VERSION");
    }

    @Test
    void dom0sSuspendByHypercallTakesTheMachineDown() {
        live.done(LiveBoard.shutdown(0, "SCHEDOP_shutdown", 2));
        assertEquals(BoardState.RUNNING, live.summary().state());
        assertTrue(live.console()
                .contains("Hardware Dom0 shutdown (unknown reason 2): "
                        + "rebooting machine in 5 seconds."));
        assertTrue(live.summary().nowNs() > 5 * SECOND);
        assertEquals(VcpuReport.State.RUNNING, live.vcpu(0, 0).state());
    }

    @Test
    void aDomainHasTwoWatchdogs() {
        guest();
        assertEquals(1, live.watchdog(1, 0, 10 * SECOND));
        assertEquals(2, live.watchdog(1, 0, 20 * SECOND));
        assertEquals(-28, live.watchdog(1, 0, 20 * SECOND));
        assertEquals(-22, live.watchdog(1, 3, 20 * SECOND));
        assertEquals(0, live.watchdog(1, 1, 30 * SECOND));
        assertEquals(
                List.of(
                        new DomainWatchdog(1, true, 30 * SECOND),
                        new DomainWatchdog(2, true, 20 * SECOND)),
                observed().watchdogs());
        assertEquals(0, live.watchdog(1, 1, 0));
        assertEquals(-17, live.watchdog(1, 1, SECOND));
        live.advance(21 * SECOND);
        assertTrue(live.console().contains("Watchdog timer 1 fired for d1"));
        assertEquals("---sw-", live.domain(1).xlState());
    }

    @Test
    void dom0sWatchdogReboots() {
        live.watchdog(0, 0, SECOND);
        live.advance(2 * SECOND);
        assertTrue(live.console().contains("Hardware Dom0 shutdown: watchdog rebooting machine"));
        assertEquals(BoardState.RUNNING, live.summary().state());
    }

    @Test
    void anEventIsAnInterruptThatTheGuestMustEnable() {
        guest();
        live.done(new Action.EventChannel("1", 5));
        assertEquals(1023, live.ack(1, 0));
        live.psci(1, 0, "SYSTEM_SUSPEND", ENTRY, 0);
        live.done(new Action.EventChannel("1", 6));
        assertEquals(DomainReport.State.SUSPENDED, live.domain(1).state());
        live.done(LiveBoard.verb(1, "resume"));
        live.done(new Action.VcpuInterrupt(
                "1",
                0,
                31,
                Optional.of(true),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty()));
        live.done(new Action.VcpuGic("1", 0, true, OptionalInt.of(248)));
        assertEquals(31, live.ack(1, 0));
        live.eoi(1, 0, 31);
        live.psci(1, 0, "SYSTEM_SUSPEND", ENTRY, 0);
        live.done(new Action.EventChannel("1", 7));
        assertEquals(
                ResumeCause.Kind.EVENT_CHANNEL,
                observed().lastResumeCause().orElseThrow().kind());
    }

    @Test
    void anEventCountsEvenBehindThePriorityMask() {
        guest();
        live.done(new Action.VcpuInterrupt(
                "1",
                0,
                31,
                Optional.of(true),
                OptionalInt.of(160),
                Optional.empty(),
                Optional.empty()));
        live.done(new Action.VcpuGic("1", 0, true, OptionalInt.of(0)));
        live.done(new Action.EventChannel("1", 5));
        live.done(new Action.Wfi(LiveBoard.caller(1, 0)));
        assertEquals(VcpuReport.State.RUNNING, live.vcpu(1, 0).state());
    }

    @Test
    void anInterruptBehindThePriorityMaskDoesNotKeepAVcpuAwake() {
        guest();
        live.done(new Action.VcpuGic("1", 0, true, OptionalInt.of(160)));
        live.fire(LINE, true);
        live.done(new Action.Wfi(LiveBoard.caller(1, 0)));
        assertEquals(VcpuReport.State.BLOCKED, live.vcpu(1, 0).state());
        assertEquals("vcpu-blocked", live.refused(version(1)).code());
    }

    @Test
    void anAnswerAboutADomainThatWentDownWithTheMachineTellsWhatItWas() {
        guest();
        live.unsettled(LiveBoard.call(LiveBoard.caller(0, 0), "SYSTEM_RESET"));
        Outcome outcome = live.machine.handle(
                live.board,
                new Action.Wfi(LiveBoard.caller(1, 0)),
                Machine.Settle.YES,
                () -> false);
        VcpuReport was = (VcpuReport) ((Outcome.Done) outcome).answer();
        assertEquals(VcpuReport.State.BLOCKED, was.state());
        assertEquals(
                "no-such-domain",
                live.refused(new Action.Wfi(LiveBoard.caller(1, 0))).code());
    }

    @Test
    void aResetBootsXenAgainWithoutDomus() {
        guest();
        live.psci(1, 0, "SYSTEM_SUSPEND", ENTRY, 0);
        live.done(new Action.Reset());
        assertEquals(1, live.<List<DomainReport>>done(new Query.Domains()).size());
        assertEquals(4, live.summary().cpus().online());
        guest();
        assertEquals(0, observed().suspendCount());
    }

    @Test
    void powerOffAndOnInTheMiddleOfASuspendStartsAnew() {
        guest();
        live.unsettled(LiveBoard.call(LiveBoard.caller(0, 0), "SYSTEM_SUSPEND", ENTRY, 0));
        live.untilStep("gic-suspend");
        live.done(new Action.Power(false));
        assertEquals(BoardState.OFF, live.summary().state());
        assertTrue(live.clock().settled());
        live.done(new Action.Power(true));
        assertEquals(BoardState.RUNNING, live.summary().state());
        assertEquals(0, live.host().hostAttempts());
        assertEquals(4, live.summary().cpus().online());
        guest();
        assertEquals(0, live.count("board-resumed"));
    }

    @Test
    void aLineThatStaysHighOnXensUartDoesNotHangTheModel() {
        live.log.clear();
        live.fire(53, true);
        assertTrue(live.count("irq-acked", "intid=53") < 10);
        live.fire(53, false);
        live.psci(0, 0, "PSCI_VERSION");
    }

    @Test
    void aBootCpuRestartedBehindXensBackIsACrash() {
        live.unsettled(new Action.Psci(
                new Caller.PhysicalCpu(0),
                Optional.of("CPU_SUSPEND"),
                0,
                false,
                List.of(0x4000_0000L, 0x1000L, 0L),
                true));
        live.fire(53, true);
        assertEquals(BoardState.CRASHED, live.summary().state());
        assertEquals("board-crashed", live.refused(version(0)).code());
        live.done(new Action.Reset());
        assertEquals(BoardState.RUNNING, live.summary().state());
    }
}
