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
import dev.vboard.model.report.PsciAnswer;
import dev.vboard.model.report.SuspendReport;
import dev.vboard.model.report.VcpuReport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Scenarios S11 to S21, S35 and S38: the flavours since 2025 (xen-suspend.md 9). */
class XenFlavoursTest {
    private static final String ZCU102 = "fixture-zcu102";
    private static final String V8 = "host-v8";
    private static final String V11 = "host-v11";
    private static final long SYSTEM_SUSPEND = 0xC400_000EL;
    private static final long SECOND = 1_000_000_000L;

    private static void entered(FixtureB b, int domain, long context) {
        assertEquals(VcpuReport.State.RUNNING, b.live.vcpu(domain, 0).state());
        assertEquals(ENTRY, b.register(domain, "pc"));
        assertEquals(context, b.register(domain, "x0"));
        assertEquals(0x3C5, b.register(domain, "pstate"));
        assertEquals(Optional.empty(), b.observed(domain).resumeCtx());
    }

    private static void suspended(FixtureB b, int domain, long context) {
        Observables seen = b.observed(domain);
        assertEquals(DomainReport.State.SUSPENDED, b.live.domain(domain).state());
        assertEquals(Observables.ShutdownState.COMPLETE, seen.shutdownState());
        assertEquals(OptionalInt.of(2), seen.shutdownCode());
        assertEquals("---ss-", b.live.domain(domain).xlState());
        assertEquals(ENTRY, seen.resumeCtx().orElseThrow().entry().value());
        assertEquals(context, seen.resumeCtx().orElseThrow().contextId().value());
    }

    @Test
    void s11_upstreamRefusesTheHardwareDomain() {
        FixtureB b = FixtureB.of("upstream", ZCU102);
        assertEquals(
                -1, b.live.psci(0, 0, "PSCI_FEATURES", SYSTEM_SUSPEND).value().orElseThrow());
        assertEquals(
                0, b.live.psci(1, 0, "PSCI_FEATURES", SYSTEM_SUSPEND).value().orElseThrow());
        PsciAnswer answer = b.suspend(0, DOM0_CONTEXT);
        assertEquals(-1, answer.value().orElseThrow());
        assertEquals(VcpuReport.State.RUNNING, b.live.vcpu(0, 0).state());
        assertEquals(0, b.live.host().hostAttempts());
        b.live.advance(10 * SECOND);
        assertEquals(BoardState.RUNNING, b.state());
        assertEquals(0, b.observed(0).suspendCount());
    }

    @Test
    void s12_upstreamADomainSuspendsUntilTheToolstackResumesIt() {
        FixtureB b = FixtureB.of("upstream", ZCU102);
        b.live.msr(1, 0, "VBAR_EL1", 0x4000_0800L);
        b.live.msr(1, 0, "TTBR0_EL1", 0x4100_0000L);
        assertFalse(b.suspend(1, D1_CONTEXT).returned());
        suspended(b, 1, D1_CONTEXT);
        assertEquals(1, b.live.count("domain-shutdown", "domain=1", "code=2"));
        assertTrue(b.live.console()
                .contains("d1v0 SYSTEM_SUSPEND requested, epoint=0x00000040080000,"
                        + " cid=0x00000000000055"));
        b.live.fire(b.line1, true);
        b.live.advance(SECOND);
        suspended(b, 1, D1_CONTEXT);
        assertTrue(b.live.vcpu(1, 0).vgic().pending().contains(b.line1));
        b.live.done(LiveBoard.verb(1, "resume"));
        entered(b, 1, D1_CONTEXT);
        assertEquals(0x00C5_0078L, b.register(1, "sctlr_el1"));
        assertEquals(0, b.register(1, "ttbr0_el1"));
        assertEquals(0x4000_0800L, b.register(1, "vbar_el1"));
        assertEquals(1, b.observed(1).resumeCount());
        assertEquals(b.line1, b.live.ack(1, 0));
    }

    @Test
    void s13_upstreamASuspendByHypercallContinuesAfterTheCall() {
        FixtureB b = FixtureB.of("upstream", ZCU102);
        long pc = b.register(1, "pc");
        b.live.done(LiveBoard.shutdown(1, "SCHEDOP_shutdown", 2));
        assertEquals(DomainReport.State.SUSPENDED, b.live.domain(1).state());
        assertEquals(Optional.empty(), b.observed(1).resumeCtx());
        b.live.done(LiveBoard.verb(1, "resume"));
        assertEquals(VcpuReport.State.RUNNING, b.live.vcpu(1, 0).state());
        assertEquals(pc, b.register(1, "pc"));
        assertEquals(0, b.observed(1).resumeCount());
    }

    @Test
    void s14_upstreamAResumedDomainStaysPausedByTheToolstack() {
        FixtureB b = FixtureB.of("upstream", ZCU102);
        b.suspend(1, D1_CONTEXT);
        b.live.done(LiveBoard.verb(1, "pause"));
        b.live.done(LiveBoard.verb(1, "resume"));
        assertEquals(DomainReport.State.PAUSED, b.live.domain(1).state());
        assertEquals(Observables.ShutdownState.NONE, b.observed(1).shutdownState());
        assertEquals(Optional.empty(), b.observed(1).resumeCtx());
        b.live.done(LiveBoard.verb(1, "unpause"));
        entered(b, 1, D1_CONTEXT);
    }

    @Test
    void s15_upstreamASuspendedDomainCanBeDestroyed() {
        FixtureB b = FixtureB.of("upstream", ZCU102);
        b.suspend(1, D1_CONTEXT);
        b.live.done(new Action.DestroyDomain("1"));
        assertEquals(2, b.live.<List<DomainReport>>done(new Query.Domains()).size());
    }

    @ParameterizedTest
    @CsvSource({"host-v8", "host-v11"})
    void s16_theLastToSuspendSuspendsTheMachine(String flavour) {
        FixtureB b = FixtureB.of(flavour, ZCU102);
        b.suspend(1, D1_CONTEXT);
        b.suspend(2, D2_CONTEXT);
        b.suspend(0, DOM0_CONTEXT);
        assertEquals(BoardState.SUSPENDED, b.state());
        b.live.advance(60 * SECOND);
        b.ring();
        b.assertBalanced();
        entered(b, 0, DOM0_CONTEXT);
        suspended(b, 1, D1_CONTEXT);
        suspended(b, 2, D2_CONTEXT);
        assertEquals(0, b.live.host().lastHostStatus());
        List<String> console = b.live.console();
        List<String> tail = console.subList(console.indexOf("Xen suspending..."), console.size());
        assertEquals(
                List.of(
                        "Xen suspending...",
                        "Disabling non-boot CPUs ...",
                        "Enabling non-boot CPUs  ...",
                        "Bringing up CPU1",
                        "CPU 1 booted.",
                        "Bringing up CPU2",
                        "CPU 2 booted.",
                        "Bringing up CPU3",
                        "CPU 3 booted.",
                        "Resume (status 0)"),
                tail);
        b.live.done(LiveBoard.verb(1, "resume"));
        entered(b, 1, D1_CONTEXT);
    }

    @Test
    void s17_revision8FindsAnAwakeDomainAfterTheFreeze() {
        FixtureB b = FixtureB.of(V8, ZCU102);
        b.suspend(1, D1_CONTEXT);
        assertFalse(b.suspend(0, DOM0_CONTEXT).returned());
        b.assertBalanced();
        entered(b, 0, DOM0_CONTEXT);
        suspended(b, 1, D1_CONTEXT);
        assertEquals(DomainReport.State.RUNNING, b.live.domain(2).state());
        assertEquals(-16, b.live.host().lastHostStatus());
        assertEquals(0L, b.live.host().cpusDown().get("1"));
        SuspendReport report = b.live.suspend();
        assertEquals(OptionalInt.of(-16), report.status());
        assertEquals(Optional.of("d2"), report.refusedBy());
        assertEquals(
                List.of(
                        "freeze undone",
                        "scheduler-off undone",
                        "check-domains failed",
                        "scheduler-on ok",
                        "thaw ok",
                        "initiator-resume ok"),
                b.live.steps());
        List<String> console = b.live.console();
        assertEquals(
                List.of(
                        "Xen suspending...",
                        "System suspend requires all domains to be shut down for suspend"
                                + " (dom2: isn't in suspend state)",
                        "Resume (status -16)"),
                console.subList(console.indexOf("Xen suspending..."), console.size()));
    }

    @Test
    void s18_revision11RefusesAtTheCall() {
        FixtureB b = FixtureB.of(V11, ZCU102);
        b.suspend(1, D1_CONTEXT);
        PsciAnswer answer = b.suspend(0, DOM0_CONTEXT);
        assertEquals(-3, answer.value().orElseThrow());
        assertEquals(VcpuReport.State.RUNNING, b.live.vcpu(0, 0).state());
        assertEquals(0, b.live.host().hostAttempts());
        assertEquals(0, b.live.host().freezeCount());
        assertTrue(b.live.console()
                .contains("SYSTEM_SUSPEND denied for d0: non-control domains awake"));
    }

    @Test
    void s19_revision11ClosesItsGateWhereTheConsoleHasNoHook() {
        FixtureB b = FixtureB.of(V11, "qemu-virt");
        assertEquals(
                1,
                b.live.console().stream()
                        .filter("Host SYSTEM_SUSPEND blocked: serial unsupported"::equals)
                        .count());
        assertTrue(b.live.console().contains("PSCI SYSTEM_SUSPEND is supported by firmware"));
        b.suspend(1, D1_CONTEXT);
        b.suspend(2, D2_CONTEXT);
        assertEquals(
                0, b.live.psci(0, 0, "PSCI_FEATURES", SYSTEM_SUSPEND).value().orElseThrow());
        assertEquals(-3, b.suspend(0, DOM0_CONTEXT).value().orElseThrow());
        assertEquals(0, b.live.host().hostAttempts());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rfc2018", V8, V11})
    void aMachineWhoseFirmwareCannotSuspendIsNotFrozen(String flavour) {
        FixtureB b = FixtureB.of(flavour, ZCU102);
        b.live.done(Injected.firmware("PSCI_FEATURES", -1));
        b.live.done(new Action.Reset());
        assertEquals(
                flavour.equals(V11),
                b.live.console().contains("PSCI SYSTEM_SUSPEND is not supported by firmware"));
        assertEquals(-3, b.live.psci(0, 0, "SYSTEM_SUSPEND", ENTRY, 0).value().orElseThrow());
        assertEquals(0, b.live.host().hostAttempts());
    }

    @ParameterizedTest
    @ValueSource(strings = {V8, V11})
    void s20_aRefusalOfFirmwareUnwindsEverything(String flavour) {
        FixtureB b = FixtureB.of(flavour, ZCU102);
        b.live.done(Injected.firmware("SYSTEM_SUSPEND", -3));
        b.suspendAll();
        b.assertBalanced();
        entered(b, 0, DOM0_CONTEXT);
        suspended(b, 1, D1_CONTEXT);
        suspended(b, 2, D2_CONTEXT);
        HostReport host = b.live.host();
        assertEquals(-3, host.lastHostStatus());
        assertEquals(0, host.powerLossCount());
        assertEquals(0, host.resumeEntryCount());
        assertEquals(1L, host.cpusUp().get("2"));
        assertEquals(Optional.of("el3"), b.live.suspend().refusedBy());
        assertTrue(b.live.console().contains("Resume (status -3)"));
        assertEquals(1, b.live.count("fault", "psci-result"));
        b.live.fire(b.line1, true);
        assertTrue(b.live.vcpu(1, 0).vgic().pending().contains(b.line1));
    }

    @Test
    void s21_anSmmuThatCannotSuspendStopsRevision8() {
        FixtureB b = FixtureB.of(V8, "zcu102");
        b.suspendAll();
        b.assertBalanced();
        assertEquals(-38, b.live.host().lastHostStatus());
        assertEquals(Optional.of("iommu-suspend"), b.live.suspend().refusedBy());
        assertEquals(
                List.of(
                        "freeze undone",
                        "scheduler-off undone",
                        "check-domains ok",
                        "cpu-down@1 undone",
                        "cpu-down@2 undone",
                        "cpu-down@3 undone",
                        "timers-quiet undone",
                        "iommu-suspend failed",
                        "timers-restart ok",
                        "rcu-barrier ok",
                        "cpu-up@1 ok",
                        "cpu-up@2 ok",
                        "cpu-up@3 ok",
                        "spi-targets ok",
                        "scheduler-on ok",
                        "thaw ok",
                        "initiator-resume ok"),
                b.live.steps());
        assertTrue(b.live.console().contains("Resume (status -38)"));
    }

    @Test
    void s35_anActivePriorityAbortsRevision11() {
        FixtureB b = FixtureB.of(V11, ZCU102);
        b.suspend(1, D1_CONTEXT);
        b.suspend(2, D2_CONTEXT);
        b.begin("irqs-off");
        b.live.done(new Action.Mmio(
                new Caller.PhysicalCpu(0), 0xF902_00D0L, 4, OptionalLong.of(0x8000), false));
        b.live.settle();
        b.assertBalanced();
        assertEquals(-16, b.live.host().lastHostStatus());
        assertEquals(Optional.of("gic-suspend"), b.live.suspend().refusedBy());
        entered(b, 0, DOM0_CONTEXT);
        b.ring();
        assertEquals(b.rtc, b.live.ack(0, 0));
    }

    @Test
    void s38_theUpperHalvesOfSmc32ArgumentsDoNotCount() {
        FixtureB b = FixtureB.of("upstream", ZCU102);
        b.live.done(new Action.Psci(
                LiveBoard.caller(1, 0),
                Optional.of("SYSTEM_SUSPEND"),
                0,
                true,
                List.of(0xDEAD_BEEF_4008_0000L, 0x1_0000_0055L),
                false));
        suspended(b, 1, D1_CONTEXT);
    }
}
