package dev.vboard.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vboard.model.report.BoardState;
import dev.vboard.model.report.DomainReport;
import dev.vboard.model.report.DomainReport.Role;
import dev.vboard.model.report.PsciAnswer;
import dev.vboard.model.report.VcpuReport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.TreeMap;

/** Split roles, several control domains and none (xen-suspend.md 1.4, 2.4, D12, S32, S36). */
class XenRolesTest {
    private static final String ZCU102 = "fixture-zcu102";
    private static final long ENTRY = 0x4008_0000L;
    private static final long SYSTEM_SUSPEND = 0xC400_000EL;
    private static final int RTC = 58;
    private static final int LINE = 132;

    private static LiveBoard board(String flavour, Role... dom0) {
        return new LiveBoard(ZCU102, new Boot(flavour).roles(dom0).options());
    }

    private static DomainReport create(LiveBoard live, Role... roles) {
        return live.done(new NewDomain().roles(roles).asked());
    }

    private static PsciAnswer suspend(LiveBoard live, int domain) {
        return live.psci(domain, 0, "SYSTEM_SUSPEND", ENTRY, domain);
    }

    private static DomainReport.State state(LiveBoard live, int domain) {
        return live.domain(domain).state();
    }

    @Test
    void s32_theLastOfTwoControlDomainsSuspendsTheMachineAndIsResumedAlone() {
        LiveBoard live = board("host-v11", Role.HARDWARE, Role.CONTROL);
        create(live, Role.CONTROL);
        live.done(LiveBoard.domain(1, new TreeMap<>(), 64, LINE));
        live.listen(0, 0, RTC);
        suspend(live, 2);
        assertFalse(suspend(live, 0).returned());
        assertEquals(BoardState.RUNNING, live.summary().state());
        assertEquals(0, live.host().hostAttempts());
        assertEquals(DomainReport.State.SUSPENDED, state(live, 0));

        suspend(live, 1);
        assertEquals(BoardState.SUSPENDED, live.summary().state());
        assertEquals(1, live.suspend().initiator().orElseThrow());
        live.fire(RTC, true);
        live.fire(RTC, false);
        assertEquals(BoardState.RUNNING, live.summary().state());
        assertEquals(DomainReport.State.RUNNING, state(live, 1));
        assertEquals(ENTRY, live.register(1, 0, "pc").value());
        assertEquals(DomainReport.State.SUSPENDED, state(live, 0));
        assertEquals(DomainReport.State.SUSPENDED, state(live, 2));

        live.done(LiveBoard.verb(0, "resume"));
        assertEquals(DomainReport.State.RUNNING, state(live, 0));
        assertEquals(RTC, live.ack(0, 0));
    }

    @Test
    void s36_aHardwareDomainIsJustAnotherThatMustHaveSuspended() {
        LiveBoard live = board("host-v8", Role.CONTROL);
        assertEquals(List.of(Role.HARDWARE), create(live, Role.HARDWARE).roles());
        live.listen(1, 0, RTC);
        assertTrue(live.domain(1).devices().contains("rtc"));
        suspend(live, 0);
        assertEquals(-16, live.host().lastHostStatus());
        assertEquals(DomainReport.State.RUNNING, state(live, 0));
        assertEquals(ENTRY, live.register(0, 0, "pc").value());

        assertFalse(suspend(live, 1).returned());
        assertEquals(DomainReport.State.SUSPENDED, state(live, 1));
        assertEquals(BoardState.RUNNING, live.summary().state());
        suspend(live, 0);
        assertEquals(BoardState.SUSPENDED, live.summary().state());
        live.fire(RTC, true);
        assertEquals(BoardState.RUNNING, live.summary().state());
        assertEquals(0, live.host().lastHostStatus());
        assertEquals(DomainReport.State.RUNNING, state(live, 0));
        assertEquals(DomainReport.State.SUSPENDED, state(live, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rfc2018", "upstream", "host-v8", "host-v11"})
    void withoutControlDomainEachSuspendsForItself(String flavour) {
        LiveBoard live = board(flavour);
        create(live);
        for (int domain = 0; domain < 2; domain++) {
            assertEquals(
                    0,
                    live.psci(domain, 0, "PSCI_FEATURES", SYSTEM_SUSPEND)
                            .value()
                            .orElseThrow());
            assertFalse(suspend(live, domain).returned());
            assertEquals(DomainReport.State.SUSPENDED, state(live, domain));
        }
        assertEquals(0, live.host().hostAttempts());
        assertEquals(
                "no-control-domain", live.refused(LiveBoard.verb(1, "resume")).code());
    }

    /** Nobody would be left to resume it (I26). */
    @ParameterizedTest
    @ValueSource(strings = {"rfc2018", "upstream"})
    void theLastControlDomainMayNotSuspendAlone(String flavour) {
        LiveBoard live = board(flavour, Role.CONTROL);
        assertEquals(-3, suspend(live, 0).value().orElseThrow());
        assertEquals(VcpuReport.State.RUNNING, live.vcpu(0, 0).state());
        create(live, Role.CONTROL);
        assertFalse(suspend(live, 0).returned());
        assertEquals(DomainReport.State.SUSPENDED, state(live, 0));
        assertEquals(0, live.host().hostAttempts());
    }

    @Test
    void theHardwareDomainDecidesIn2018AndRunsFirst() {
        LiveBoard live = board("rfc2018", Role.CONTROL);
        create(live, Role.HARDWARE);
        create(live);
        live.listen(1, 0, RTC);
        suspend(live, 1);
        assertEquals(BoardState.SUSPENDED, live.summary().state());
        live.fire(RTC, true);
        assertEquals(BoardState.RUNNING, live.summary().state());
        long hardware = live.domain(1).observables().firstInstructionSeq().orElseThrow();
        long guest = live.domain(2).observables().firstInstructionSeq().orElseThrow();
        long control = live.domain(0).observables().firstInstructionSeq().orElseThrow();
        assertTrue(Math.min(hardware, control) < guest);
    }

    @Test
    void upstreamRefusesAHardwareDomainThatIsNoControlDomain() {
        LiveBoard live = board("upstream", Role.CONTROL);
        create(live, Role.HARDWARE);
        assertEquals(-1, suspend(live, 1).value().orElseThrow());
        assertEquals(
                -1, live.psci(1, 0, "PSCI_FEATURES", SYSTEM_SUSPEND).value().orElseThrow());
    }

    @Test
    void theDevicesOfAHardwareDomainGoBackToDom0() {
        LiveBoard live = board("host-v8", Role.CONTROL);
        live.listen(0, 0, 53);
        create(live, Role.HARDWARE);
        assertTrue(live.domain(1).devices().contains("rtc"));
        assertTrue(
                live.domain(0).devices().isEmpty() || !live.domain(0).devices().contains("rtc"));
        live.done(new Action.DestroyDomain("1"));
        assertTrue(live.domain(0).devices().contains("rtc"));
    }
}
