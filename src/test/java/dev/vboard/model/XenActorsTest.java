package dev.vboard.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vboard.model.report.AfterShutdown;
import dev.vboard.model.report.DomainReport;
import dev.vboard.model.report.DomainReport.Guest;
import dev.vboard.model.report.Trigger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;

/** What xl's daemon does with a domain that has shut down: on_poweroff and so on (farm.md 11). */
class XenActorsTest {
    private static final int LINE = 132;
    private static final int POWEROFF = 0;
    private static final int REBOOT = 1;
    private static final int CRASH = 3;
    private static final int WATCHDOG = 4;

    private final LiveBoard live = new LiveBoard("fixture-zcu102", LiveBoard.options("rfc2018", 1));

    private DomainReport create(Guest guest, int code, AfterShutdown action) {
        List<AfterShutdown> actions = List.of(
                code == POWEROFF ? action : AfterShutdown.PRESERVE,
                code == REBOOT ? action : AfterShutdown.PRESERVE,
                AfterShutdown.PRESERVE,
                code == CRASH ? action : AfterShutdown.PRESERVE,
                code == WATCHDOG ? action : AfterShutdown.PRESERVE,
                AfterShutdown.PRESERVE);
        return live.done(new NewDomain()
                .named("guest")
                .pinned(2, 3)
                .memoryMiB(128)
                .owning("uart1")
                .lines(Trigger.EDGE, LINE)
                .guest(guest)
                .afterShutdown(actions)
                .asked());
    }

    private List<String> domains() {
        List<DomainReport> all = live.done(new Query.Domains());
        return all.stream().map(domain -> domain.id() + " " + domain.name()).toList();
    }

    @Test
    void aDomainIsKeptUnlessItsConfigurationSaysOtherwise() {
        create(Guest.MANUAL, WATCHDOG, AfterShutdown.DESTROY);
        live.done(LiveBoard.verb(1, "crash"));
        assertEquals("---sc-", live.domain(1).xlState());
        assertEquals(List.of("0 Domain-0", "1 guest"), domains());
    }

    @ParameterizedTest
    @EnumSource(names = {"DESTROY", "COREDUMP_DESTROY", "SOFT_RESET"})
    void aDomainThatPowersOffIsDestroyed(AfterShutdown action) {
        create(Guest.MANUAL, POWEROFF, action);
        live.psci(1, 0, "SYSTEM_OFF");
        assertEquals(List.of("0 Domain-0"), domains());
        assertTrue(live.domain(0).devices().contains("uart1"));
    }

    @ParameterizedTest
    @EnumSource(names = {"RESTART", "COREDUMP_RESTART"})
    void aDomainThatCrashesIsCreatedAgainAsItWas(AfterShutdown action) {
        DomainReport before = create(Guest.NO_PM, CRASH, action);
        live.done(LiveBoard.verb(1, "crash"));
        assertEquals(List.of("0 Domain-0", "2 guest"), domains());
        DomainReport after = live.domain(2);
        assertEquals(before.memoryMiB(), after.memoryMiB());
        assertEquals(before.devices(), after.devices());
        assertEquals(before.interrupts(), after.interrupts());
        assertEquals(before.guest(), after.guest());
        assertEquals("-b----", after.xlState());
        live.done(LiveBoard.verb(2, "crash"));
        assertEquals(List.of("0 Domain-0", "3 guest"), domains());
    }

    @Test
    void theOldOneStaysUnderAnotherName() {
        create(Guest.MANUAL, REBOOT, AfterShutdown.RENAME_RESTART);
        live.psci(1, 0, "SYSTEM_RESET");
        assertEquals(List.of("0 Domain-0", "1 guest-1", "2 guest"), domains());
        assertEquals(DomainReport.State.SHUTDOWN, live.domain(1).state());
        assertEquals(List.of(), live.domain(1).interrupts());
        assertTrue(live.domain(2).interrupts().contains(LINE));
    }

    @Test
    void aDomainWhoseWatchdogExpiresIsCreatedAgain() {
        create(Guest.MANUAL, WATCHDOG, AfterShutdown.RESTART);
        live.watchdog(1, 0, 1_000_000_000L);
        live.advance(2_000_000_000L);
        assertEquals(List.of("0 Domain-0", "2 guest"), domains());
    }

    @Test
    void nobodyDoesAnythingWhileNoControlDomainRuns() {
        create(Guest.MANUAL, WATCHDOG, AfterShutdown.DESTROY);
        live.watchdog(1, 0, 1_000_000_000L);
        live.psci(0, 0, "CPU_OFF");
        live.advance(2_000_000_000L);
        assertEquals(List.of("0 Domain-0", "1 guest"), domains());
        assertEquals(DomainReport.State.SHUTDOWN, live.domain(1).state());
    }

    @Test
    void aGuestThatActsIsShutDownAndRebootedByXl() {
        create(Guest.LINUX, REBOOT, AfterShutdown.RESTART);
        live.done(LiveBoard.verb(1, "reboot"));
        assertEquals(List.of("0 Domain-0", "2 guest"), domains());
        live.done(LiveBoard.verb(2, "shutdown"));
        assertEquals(DomainReport.State.SHUTDOWN, live.domain(2).state());
        assertEquals("---s--", live.domain(2).xlState());
    }
}
