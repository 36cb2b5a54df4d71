package dev.vboard.model;

import static dev.vboard.model.FixtureB.DOM0_CONTEXT;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vboard.model.report.BoardState;
import dev.vboard.model.report.CpuReport;
import dev.vboard.model.report.HostReport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

/** CPUs that do not come back as they went (xen-suspend.md 5.2, R14, R15, S24, S25). */
class XenLostCpuTest {
    private static final String ZCU102 = "fixture-zcu102";

    private static FixtureB cycle(String flavour, Action fault) {
        FixtureB b = FixtureB.of(flavour, ZCU102);
        b.suspendAll();
        b.live.done(fault);
        b.ring();
        return b;
    }

    private static boolean holds(FixtureB b, String flag) {
        return b.live.board.dump().contains(flag + " = 0x1");
    }

    /** Dom0 takes the interrupt of its alarm and suspends again. */
    private static void again(FixtureB b) {
        b.live.eoi(0, 0, b.live.ack(0, 0));
        b.suspend(0, DOM0_CONTEXT);
        assertEquals(BoardState.SUSPENDED, b.state());
    }

    private static CpuReport cpu(FixtureB b, int id) {
        return b.live.done(new Query.Cpu(id));
    }

    private static void outOfXen(FixtureB b, CpuReport.XenState state) {
        assertEquals(BoardState.RUNNING, b.state());
        assertEquals(0, b.live.host().lastHostStatus());
        assertEquals(3, b.live.summary().cpus().online());
        assertEquals(state, cpu(b, 2).xenState().orElseThrow());
        assertEquals(CpuReport.Power.OFF, cpu(b, 2).power());
        assertEquals(
                new HostReport.CpuResources(2, 0, 0, 0, 0, 1, 0),
                b.live.host().resources().get(2));
        assertTrue(b.live.console().contains("Error bringing CPU2 up: -5"));
        assertTrue(b.live.console().contains("CPU2 never came online"));
        assertTrue(b.live.console().contains("Breaking affinity for d2v0"));
        assertEquals(List.of(0, 1, 2, 3), b.live.vcpu(2, 0).affinity());
        assertEquals(0, b.live.vcpu(2, 0).pcpu().orElseThrow());
        assertEquals(3, b.live.vcpu(2, 1).pcpu().orElseThrow());
        assertEquals(List.of(0), b.target(b.line2));
        assertEquals(List.of(1), b.target(b.line1));
        assertTrue(b.live.host().savedSpiTargets().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rfc2018", "host-v8", "host-v11"})
    void s25_aDeadCpuIsGivenUpAndLeftAloneFromThenOn(String flavour) {
        FixtureB b = cycle(flavour, Injected.dead(2));
        outOfXen(b, CpuReport.XenState.NEVER_ONLINE);
        again(b);
        assertEquals(2L, b.live.host().cpusDown().get("1"));
        assertEquals(1L, b.live.host().cpusDown().get("2"));
        assertEquals(2L, b.live.host().cpusDown().get("3"));
        b.ring();
        assertEquals(3, b.live.summary().cpus().online());
        assertEquals(2L, b.live.host().cpusUp().get("3"));
        assertEquals(1, b.live.count("fault", "cpu-never-starts"));
    }

    @Test
    void s24_aCpuThatCannotSupportTheTranslationOfGuestsIsParked() {
        FixtureB b = cycle("rfc2018", Injected.exchanged(2, 36, 0, 0));
        outOfXen(b, CpuReport.XenState.PARKED);
        assertTrue(b.live.console().contains("CPU2: cannot support VTCR, disable cpu"));
        assertEquals(1, b.live.count("cpu-parked", "cpu=2", "vtcr"));
        again(b);
        b.ring();
        assertEquals(CpuReport.XenState.PARKED, cpu(b, 2).xenState().orElseThrow());
    }

    @Test
    void aWiderCpuIsAdmitted() {
        FixtureB b = cycle("rfc2018", Injected.exchanged(2, 48, 0, 0));
        b.assertBalanced();
    }

    @Test
    void aCpuOfAnotherKindIsParked() {
        FixtureB b = cycle("rfc2018", Injected.exchanged(2, 0, 0x411F_D073L, 0));
        outOfXen(b, CpuReport.XenState.PARKED);
        assertTrue(b.live.console()
                .contains("CPU2 MIDR (0x411fd073) does not match boot CPU MIDR (0x410fd034),"));
        assertTrue(b.live.console().contains("disable cpu (see big.LITTLE.txt under docs/)."));
    }

    @Test
    void aCpuWithOtherCacheLinesIsParked() {
        FixtureB b = cycle("rfc2018", Injected.exchanged(2, 0, 0, 128));
        outOfXen(b, CpuReport.XenState.PARKED);
        assertTrue(b.live.console()
                .contains("CPU2 dcache line size (128) does not match the boot CPU (64)"));
    }

    @Test
    void aCpuThatFirmwareDoesNotStartCanBeBroughtUpLater() {
        FixtureB b = cycle("rfc2018", Injected.firmware("CPU_ON", -6));
        assertEquals(3, b.live.summary().cpus().online());
        assertTrue(b.live.console().contains("Failed to bring up CPU1"));
        assertTrue(b.live.console().contains("Error bringing CPU1 up: -6"));
        b.live.done(new Action.CpuOnline(1, true));
        assertEquals(4, b.live.summary().cpus().online());
    }

    @Test
    void theBootCpuAppliesItsErrataAndHasItsMappingsAsBefore() {
        FixtureB b = FixtureB.of("host-v11", ZCU102);
        assertTrue(holds(b, "xen:pcpu0.errata-applied"));
        assertTrue(holds(b, "xen:host-suspend.wxn"));
        b.suspendAll();
        assertFalse(holds(b, "xen:pcpu0.errata-applied"));
        assertTrue(holds(b, "xen:host-suspend.resume-root-published"));
        assertTrue(holds(b, "xen:host-suspend.identity-map"));
        b.ring();
        assertTrue(holds(b, "xen:pcpu0.errata-applied"));
        assertTrue(holds(b, "xen:host-suspend.wxn"));
        assertFalse(holds(b, "xen:host-suspend.identity-map"));
    }
}
