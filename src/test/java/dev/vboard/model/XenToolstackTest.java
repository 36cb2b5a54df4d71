package dev.vboard.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vboard.model.core.Refusal;
import dev.vboard.model.report.BoardState;
import dev.vboard.model.report.DeviceReport;
import dev.vboard.model.report.DomainReport;
import dev.vboard.model.report.DomainReport.Guest;
import dev.vboard.model.report.DomainReport.Role;
import dev.vboard.model.report.InterruptReport;
import dev.vboard.model.report.Observables;
import dev.vboard.model.report.Observables.DomainWatchdog;
import dev.vboard.model.report.Observables.ResumeCause;
import dev.vboard.model.report.VcpuReport;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * What xl does and refuses, passthrough, watchdogs and events (xen-suspend.md 1.4 to 1.6, 2.7;
 * api.md 4 and 5). That a refusal changes nothing is tested by {@link LiveBoard#handle}.
 */
class XenToolstackTest {
    private static final long ENTRY = 0x4008_0000L;
    private static final long SECOND = 1_000_000_000L;
    private static final int LINE = 132;
    private static final int UART1 = 54;
    private static final String UART = "uart1";

    private final LiveBoard live = new LiveBoard("fixture-zcu102", LiveBoard.options("rfc2018", 1));

    private void guest() {
        live.done(LiveBoard.domain(1, LiveBoard.pinned(1), 64, LINE));
        live.listen(1, 0, LINE);
    }

    private static Action.CreateDomain with(
            List<String> devices, List<Role> roles, boolean paused, int... lines) {
        Action.CreateDomain plain = LiveBoard.domain(1, new TreeMap<>(), 64, lines);
        return new Action.CreateDomain(
                plain.name(), 1, 256, plain.pin(), devices, plain.interrupts(), Guest.MANUAL, roles,
                paused, plain.entryPoint(), 64);
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

    private InterruptReport physical(int intid) {
        return live.done(new Query.Interrupt(intid, OptionalInt.empty()));
    }

    private DeviceReport uart() {
        return live.done(new Query.DeviceNamed(UART));
    }

    private long hypercall(int domain, int reason) {
        live.done(new Action.Hypercall(
                Integer.toString(domain), 0, "SCHEDOP_shutdown", OptionalInt.of(reason),
                OptionalInt.empty(), OptionalLong.empty()));
        return reason;
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
        live.done(with(List.of(), List.of(), true));
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
        hypercall(1, 2);
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
    void dom0sSuspendByHypercallTakesTheMachineDown() {
        hypercall(0, 2);
        assertEquals(BoardState.RUNNING, live.summary().state());
        assertTrue(live.console().contains(
                "Hardware Dom0 shutdown (unknown reason 2): rebooting machine in 5 seconds."));
        assertTrue(live.summary().nowNs() > 5 * SECOND);
        assertEquals(VcpuReport.State.RUNNING, live.vcpu(0, 0).state());
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
        assertEquals("no-such-domain", live.refused(new Action.DestroyDomain("1")).code());
    }

    @Test
    void verbsThatNobodyCanCarryOutAreRefused() {
        guest();
        for (String verb : List.of("shutdown", "reboot", "suspend")) {
            assertEquals(
                    "guest-does-not-listen", live.refused(LiveBoard.verb(1, verb)).code(), verb);
        }
        assertEquals("xl-refused", live.refused(LiveBoard.verb(1, "trigger")).code());
        assertEquals("no-such-verb", live.refused(LiveBoard.verb(1, "resumee")).code());
        assertEquals("domain-on-itself", live.refused(LiveBoard.verb(0, "pause")).code());
        assertEquals("no-control-domain", live.refused(by(1, 1, "pause")).code());
        assertEquals("dom0", live.refused(new Action.DestroyDomain("0")).code());
    }

    @Test
    void anotherControlDomainMayRunTheToolstack() {
        live.done(with(List.of(), List.of(Role.CONTROL), false));
        guestTwo();
        live.done(by(1, 2, "pause"));
        live.done(by(1, 0, "pause"));
        assertEquals(VcpuReport.State.PAUSED, live.vcpu(0, 0).state());
        live.done(LiveBoard.verb(2, "unpause"));
        assertEquals("domain-on-itself", live.refused(LiveBoard.verb(1, "pause")).code());
        live.done(by(1, 0, "unpause"));
        live.done(by(1, 0, "crash"));
        assertTrue(live.console().contains(
                "Hardware Dom0 crashed: rebooting machine in 5 seconds."));
        assertEquals(BoardState.RUNNING, live.summary().state());
    }

    private void guestTwo() {
        live.done(LiveBoard.domain(1, LiveBoard.pinned(2), 64));
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
        assertEquals("cpu-off", live.refused(
                LiveBoard.call(new Caller.PhysicalCpu(0), "PSCI_VERSION")).code());
    }

    @Test
    void destroyingADomainFreesWhatItHad() {
        Action.CreateDomain request = with(List.of(UART), List.of(), false, LINE);
        live.done(request);
        live.listen(1, 0, LINE);
        live.listen(1, 0, UART1);
        assertEquals(List.of(UART), live.domain(1).devices());
        assertEquals(List.of(UART1, LINE), live.domain(1).interrupts());
        assertTrue(physical(UART1).enabled());
        live.fire(LINE, true);
        assertTrue(physical(LINE).active());
        live.done(new Action.DestroyDomain("1"));
        assertFalse(physical(LINE).active());
        assertFalse(physical(LINE).enabled());
        assertFalse(physical(UART1).enabled());
        assertEquals(List.of(), live.host().spiTargets().getOrDefault("132", List.of()));
        assertEquals("1023", Integer.toString(live.ack(0, 0)));
        live.done(request);
        live.listen(2, 0, LINE);
        assertEquals(LINE, live.ack(2, 0), "the line is still high");
    }

    @Test
    void aDestroyedDomainsTimersAreGone() {
        guest();
        live.watchdog(1, 0, SECOND);
        live.done(new Action.DestroyDomain("1"));
        live.advance(2 * SECOND);
        assertEquals(0, live.count("watchdog"));
        assertEquals(List.of(), live.clock().pending());
    }

    @Test
    void aDeviceIsGivenOnlyIfNobodyUsesIt() {
        live.done(with(List.of(), List.of(), false));
        live.done(with(List.of(), List.of(), false));
        live.done(new Action.DeviceOwner(UART, 1));
        assertEquals(List.of(UART), live.domain(1).devices());
        live.done(new Action.DeviceOwner(UART, 1));
        Refusal other = live.refused(new Action.DeviceOwner(UART, 2));
        assertEquals("device-in-use", other.code());
        assertEquals(List.of("domain 1"), other.blocking());
        assertEquals("device-in-use", live.refused(new Action.DeviceOwner(UART, 0)).code());
        assertEquals(List.of("xen"), live.refused(new Action.DeviceOwner("uart0", 1)).blocking());
        assertEquals(List.of("xen"), live.refused(new Action.DeviceOwner("smmu", 1)).blocking());
        assertEquals("no-such-device", live.refused(new Action.DeviceOwner("uart7", 1)).code());
        assertEquals("/domain", live.refused(new Action.DeviceOwner(UART, 7)).pointer());
    }

    @Test
    void aDeviceWhoseInterruptDom0EnabledIsInUse() {
        live.done(with(List.of(), List.of(), false));
        live.listen(0, 0, UART1);
        assertEquals(
                List.of("interrupt " + UART1),
                live.refused(new Action.DeviceOwner(UART, 1)).blocking());
        assertEquals(
                "device-in-use", live.refused(with(List.of(UART), List.of(), false)).code());
    }

    @Test
    void aDeviceThatDom0HasWrittenToIsInUse() {
        live.done(with(List.of(), List.of(), false));
        long base = uart().address().value();
        live.load(0, 0, base);
        live.done(new Action.DeviceOwner(UART, 1));
        live.done(new Action.DestroyDomain("1"));
        live.done(with(List.of(), List.of(), false));
        assertTrue(live.store(0, 0, base, 0));
        assertEquals(
                List.of("dom0"), live.refused(new Action.DeviceOwner(UART, 2)).blocking());
    }

    @Test
    void onlyTheOwnerReachesADevice() {
        long base = uart().address().value();
        live.done(with(List.of(UART), List.of(), false));
        assertTrue(live.store(1, 0, base + 0x18, 0));
        assertFalse(live.store(0, 0, base + 0x18, 0));
    }

    @Test
    void anInterruptHasOneOwner() {
        guest();
        assertEquals("interrupt-in-use", live
                .refused(with(List.of(), List.of(), false, LINE)).code());
        assertEquals("interrupt-in-use", live
                .refused(with(List.of(), List.of(), false, UART1)).code());
        assertEquals("/interrupts/0/intid", live
                .refused(with(List.of(), List.of(), false, 27)).pointer());
        assertEquals("/interrupts/0/intid", live
                .refused(with(List.of(), List.of(), false, 192)).pointer());
    }

    @Test
    void impossibleDomainsAreRefused() {
        Action.CreateDomain fine = LiveBoard.domain(1, new TreeMap<>(), 64);
        assertEquals("/vcpus", live.refused(LiveBoard.domain(9, fine.pin(), 64)).pointer());
        assertEquals("/vcpus", live.refused(LiveBoard.domain(0, fine.pin(), 64)).pointer());
        assertEquals("/bits", live.refused(LiveBoard.domain(1, fine.pin(), 16)).pointer());
        assertEquals("/pin/1", live
                .refused(LiveBoard.domain(1, LiveBoard.pinned(0, 1), 64)).pointer());
        assertEquals("/pin/0/0", live
                .refused(LiveBoard.domain(1, LiveBoard.pinned(4), 64)).pointer());
        assertEquals("/devices/0", live
                .refused(with(List.of("uart9"), List.of(), false)).pointer());
        assertEquals("/roles", live
                .refused(with(List.of(), List.of(Role.HARDWARE), false)).pointer());
        for (int i = 1; i < 8; i++) {
            live.done(fine);
        }
        assertEquals("limit-reached", live.refused(fine).code());
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
                "1", 0, 31, Optional.of(true), OptionalInt.empty(), Optional.empty(),
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
                "1", 0, 31, Optional.of(true), OptionalInt.of(160), Optional.empty(),
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
        assertEquals(
                "vcpu-blocked", live.refused(version(1)).code());
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
                new Caller.PhysicalCpu(0), Optional.of("CPU_SUSPEND"), 0, false,
                List.of(0x4000_0000L, 0x1000L, 0L), true));
        live.fire(53, true);
        assertEquals(BoardState.CRASHED, live.summary().state());
        assertEquals("board-crashed", live.refused(version(0)).code());
        live.done(new Action.Reset());
        assertEquals(BoardState.RUNNING, live.summary().state());
    }
}
