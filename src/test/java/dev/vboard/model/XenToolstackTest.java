package dev.vboard.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vboard.model.core.Refusal;
import dev.vboard.model.report.BoardState;
import dev.vboard.model.report.DomainReport;
import dev.vboard.model.report.DomainReport.Role;
import dev.vboard.model.report.Observables;
import dev.vboard.model.report.Observables.DomainWatchdog;
import dev.vboard.model.report.Observables.ResumeCause;
import dev.vboard.model.report.VcpuReport;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * What xl does to domains and what it refuses (xen-suspend.md 1.4 to 1.6, 2.7; api.md 5). That a
 * refusal changes nothing is tested by {@link LiveBoard#handle}.
 */
class XenToolstackTest {
    private static final long ENTRY = 0x4008_0000L;
    private static final long SECOND = 1_000_000_000L;
    private static final int LINE = 132;
    private static final String UART = "uart1";

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

    private static Action.Verb by(int runner, int domain, String verb) {
        return new Action.Verb(
                Integer.toString(domain), verb, OptionalInt.of(runner), Optional.empty(), 0);
    }

    @Test
    void pausesAreCountedAndHeldByTheToolstack() {
        guest();
        live.done(LiveBoard.verb(1, "pause"));
        live.done(LiveBoard.verb(1, "pause"));
        assertEquals(2, observed().pauseCount());
        assertEquals(2, observed().controllerPauseCount());
        assertEquals("--p---", live.domain(1).xlState());
        live.done(LiveBoard.verb(1, "unpause"));
        Refusal paused = live.refused(version(1));
        assertEquals("domain-paused", paused.code());
        assertEquals(List.of("POST /domains/1/unpause"), paused.remedy());
        live.done(LiveBoard.verb(1, "unpause"));
        assertEquals(VcpuReport.State.RUNNING, live.vcpu(1, 0).state());
        assertEquals("xl-refused", live.refused(LiveBoard.verb(1, "unpause")).code());
    }

    @Test
    void allPausesOfTheToolstackSurviveASuspendOfTheMachine() {
        guest();
        live.listen(0, 0, 58);
        for (int i = 0; i < 255; i++) {
            live.done(LiveBoard.verb(1, "pause"));
        }
        assertEquals("xl-refused", live.refused(LiveBoard.verb(1, "pause")).code());
        live.psci(0, 0, "SYSTEM_SUSPEND", ENTRY, 0);
        assertEquals(256, observed().pauseCount());
        live.fire(58, true);
        assertEquals(255, observed().pauseCount());
        assertEquals(VcpuReport.State.PAUSED, live.vcpu(1, 0).state());
    }

    @Test
    void aDomainMayBeCreatedPaused() {
        live.done(new NewDomain().paused().asked());
        assertEquals(DomainReport.State.PAUSED, live.domain(1).state());
        assertEquals(OptionalLong.empty(), observed().firstInstructionAt());
        live.done(LiveBoard.verb(1, "unpause"));
        assertTrue(observed().firstInstructionAt().isPresent());
    }

    @Test
    void xlResumeEndsASuspendByForce() {
        guest();
        live.psci(1, 0, "SYSTEM_SUSPEND", ENTRY, 5);
        live.done(LiveBoard.verb(1, "resume"));
        assertEquals(DomainReport.State.RUNNING, live.domain(1).state());
        assertEquals(ENTRY, live.register(1, 0, "pc").value());
        assertEquals(
                Optional.of(new ResumeCause(ResumeCause.Kind.TOOLSTACK, OptionalInt.empty())),
                observed().lastResumeCause());
    }

    @Test
    void aSuspendedAndPausedDomainNeedsBothInAnyOrder() {
        guest();
        live.psci(1, 0, "SYSTEM_SUSPEND", ENTRY, 5);
        live.done(LiveBoard.verb(1, "pause"));
        live.fire(LINE, true);
        assertEquals(VcpuReport.State.PAUSED, live.vcpu(1, 0).state());
        assertEquals(0, observed().resumeCount());
        live.done(LiveBoard.verb(1, "resume"));
        live.done(LiveBoard.verb(1, "unpause"));
        assertEquals(ENTRY, live.register(1, 0, "pc").value());
        assertEquals(1, observed().resumeCount());
        assertEquals(
                OptionalInt.of(LINE), observed().lastResumeCause().orElseThrow().intid());
    }

    @Test
    void xlResumeOfARunningDomainDoesNothing() {
        guest();
        DomainReport before = live.domain(1);
        live.done(LiveBoard.verb(1, "resume"));
        assertEquals(before, live.domain(1));
    }

    @Test
    void aSuspendByHypercallContinuesAfterTheCall() {
        guest();
        live.msr(1, 0, "TTBR0_EL1", 0x5000);
        long pc = live.register(1, 0, "pc").value();
        live.watchdog(1, 0, 30 * SECOND);
        live.advance(10 * SECOND);
        live.done(LiveBoard.shutdown(1, "SCHEDOP_shutdown", 2));
        assertEquals("---ss-", live.domain(1).xlState());
        assertEquals(VcpuReport.Runstate.OFFLINE, live.vcpu(1, 0).runstate());
        live.advance(100 * SECOND);
        live.fire(LINE, true);
        assertEquals(DomainReport.State.SUSPENDED, live.domain(1).state());
        live.done(LiveBoard.verb(1, "resume"));
        assertEquals(DomainReport.State.RUNNING, live.domain(1).state());
        assertEquals(pc, live.register(1, 0, "pc").value());
        assertEquals(0x5000, live.mrs(1, 0, "TTBR0_EL1"));
        assertEquals(0, observed().resumeCount());
        assertEquals(
                List.of(new DomainWatchdog(1, true, 20 * SECOND)), observed().watchdogs());
        assertEquals(LINE, live.ack(1, 0));
    }

    @Test
    void aCrashedDomainCanOnlyBeDestroyed() {
        guest();
        live.done(LiveBoard.verb(1, "crash"));
        assertEquals("---sc-", live.domain(1).xlState());
        assertEquals("xl-refused", live.refused(LiveBoard.verb(1, "resume")).code());
        assertEquals("domain-shut-down", live.refused(version(1)).code());
        live.done(new Action.DestroyDomain("1"));
        assertEquals("no-such-domain", live.refused(LiveBoard.verb(1, "pause")).code());
        assertEquals(
                "no-such-domain", live.refused(new Action.DestroyDomain("1")).code());
    }

    @Test
    void verbsThatNobodyCanCarryOutAreRefused() {
        guest();
        for (String verb : List.of("shutdown", "reboot", "suspend")) {
            assertEquals(
                    "guest-does-not-listen",
                    live.refused(LiveBoard.verb(1, verb)).code(),
                    verb);
        }
        assertEquals("xl-refused", live.refused(LiveBoard.verb(1, "trigger")).code());
        assertEquals("no-such-verb", live.refused(LiveBoard.verb(1, "resumee")).code());
        assertEquals(
                "domain-on-itself", live.refused(LiveBoard.verb(0, "pause")).code());
        assertEquals("no-control-domain", live.refused(by(1, 1, "pause")).code());
        assertEquals("dom0", live.refused(new Action.DestroyDomain("0")).code());
    }

    @Test
    void anotherControlDomainMayRunTheToolstack() {
        live.done(new NewDomain().roles(Role.CONTROL).asked());
        live.done(LiveBoard.domain(1, LiveBoard.pinned(2), 64));
        live.done(by(1, 2, "pause"));
        live.done(by(1, 0, "pause"));
        assertEquals(VcpuReport.State.PAUSED, live.vcpu(0, 0).state());
        live.done(LiveBoard.verb(2, "unpause"));
        assertEquals(
                "domain-on-itself", live.refused(LiveBoard.verb(1, "pause")).code());
        live.done(by(1, 0, "unpause"));
        live.done(by(1, 0, "crash"));
        assertTrue(
                live.console().contains("Hardware Dom0 crashed: rebooting machine in 5 seconds."));
        assertEquals(BoardState.RUNNING, live.summary().state());
    }

    @Test
    void whileTheMachineSleepsNobodyRunsTheToolstack() {
        guest();
        live.psci(0, 0, "SYSTEM_SUSPEND", ENTRY, 0);
        assertEquals(BoardState.SUSPENDED, live.summary().state());
        for (Action action : List.of(
                LiveBoard.verb(1, "pause"),
                LiveBoard.verb(1, "resume"),
                new Action.DestroyDomain("1"),
                LiveBoard.domain(1, new TreeMap<>(), 64),
                new Action.DeviceOwner(UART, 1),
                new Action.Affinity("1", 0, List.of(2)),
                new Action.CpuOnline(1, true),
                new Action.EventChannel("1", 3))) {
            assertEquals("board-asleep", live.refused(action).code());
        }
        assertEquals("domain-suspended", live.refused(version(0)).code());
        Refusal frozen = live.refused(version(1));
        assertEquals("domain-paused", frozen.code());
        assertEquals(List.of("host suspend"), frozen.blocking());
        assertEquals(
                "cpu-off",
                live.refused(LiveBoard.call(new Caller.PhysicalCpu(0), "PSCI_VERSION"))
                        .code());
    }
}
