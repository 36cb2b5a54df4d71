package dev.vboard.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.report.BoardState;
import dev.vboard.model.report.DomainReport;
import dev.vboard.model.report.DomainReport.Guest;
import dev.vboard.model.report.DomainReport.Role;
import dev.vboard.model.report.DomainReport.State;
import dev.vboard.model.report.Trigger;
import dev.vboard.model.report.VcpuReport;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * What random runs have found, each as short as it gets: watchdogs around a guest's own suspend
 * (xen-suspend.md D9, HZ-74), who goes first with split roles (W9), a core that firmware does not
 * switch off (HZ-17), creation before there is a toolstack, an interrupt that moves while it is in
 * a list register.
 */
class RandomFindingsTest {
    private static final int LINE = 132;
    private static final int RTC = 58;
    private static final long SECOND = 1_000_000_000L;
    private static final long ENTRY = 0x4008_0000L;

    private static LiveBoard board(String profile, Role... roles) {
        BootOptions usual = LiveBoard.options("rfc2018", 1);
        return new LiveBoard(
                profile,
                new BootOptions(
                        usual.flavour(),
                        List.of(),
                        false,
                        usual.domuRelease(),
                        false,
                        false,
                        1,
                        1,
                        usual.dom0Pin(),
                        Guest.MANUAL,
                        List.of(roles),
                        List.of(),
                        true));
    }

    private static LiveBoard board() {
        return board("fixture-zcu102", Role.HARDWARE, Role.CONTROL);
    }

    private static DomainReport create(LiveBoard live, int vcpus, Guest guest, Role... roles) {
        return live.done(domain(vcpus, guest, List.of(), roles));
    }

    private static Action.CreateDomain domain(
            int vcpus, Guest guest, List<String> devices, Role... roles) {
        return new NewDomain()
                .vcpus(vcpus)
                .owning(devices.toArray(String[]::new))
                .lines(Trigger.LEVEL, LINE)
                .guest(guest)
                .roles(roles)
                .asked();
    }

    /** A guest that is asked to suspend arms a watchdog before its tasks are frozen. */
    private static void suspendsWithWatchdog(LiveBoard live, int domain, long nanos) {
        live.unsettled(LiveBoard.verb(domain, "suspend"));
        live.unsettled(watchdog(domain, nanos));
    }

    private static Action.Hypercall watchdog(int domain, long nanos) {
        return new Action.Hypercall(
                Integer.toString(domain),
                0,
                "SCHEDOP_watchdog",
                OptionalInt.empty(),
                OptionalInt.of(0),
                OptionalLong.of(nanos));
    }

    private static void sleepAndWake(LiveBoard live) {
        live.listen(0, 0, RTC);
        live.psci(0, 0, "SYSTEM_SUSPEND", ENTRY, 1);
        assertThat(live.summary().state()).isEqualTo(BoardState.SUSPENDED);
        live.advance(100 * SECOND);
        live.fire(RTC, true);
        live.fire(RTC, false);
        assertThat(live.summary().state()).isEqualTo(BoardState.RUNNING);
    }

    @Test
    void theWatchdogOfAGuestThatSuspendsByItselfRunsOnAfterwards() {
        LiveBoard live = board();
        int linux = create(live, 1, Guest.LINUX).id();
        suspendsWithWatchdog(live, linux, 50 * SECOND);
        live.settle();
        assertThat(live.domain(linux).state()).isEqualTo(State.SUSPENDED);
        live.advance(100 * SECOND);
        live.fire(LINE, true);
        live.advance(SECOND);
        assertThat(live.domain(linux).state()).isEqualTo(State.RUNNING);
        assertThat(live.reported()).isEmpty();
        live.advance(50 * SECOND);
        assertThat(live.count("watchdog")).isEqualTo(1);
    }

    @Test
    void whatTheHookOfAGuestHasStoppedStandsWhileTheMachineSleeps() {
        LiveBoard live = board();
        int linux = create(live, 1, Guest.LINUX).id();
        suspendsWithWatchdog(live, linux, 50 * SECOND);
        live.advance(2_000_000);
        live.unsettled(new Action.Hypercall(
                Integer.toString(linux),
                0,
                "SCHEDOP_shutdown",
                OptionalInt.of(0),
                OptionalInt.empty(),
                OptionalLong.empty()));
        live.settle();
        sleepAndWake(live);
        live.advance(100 * SECOND);
        assertThat(live.reported()).isEmpty();
        assertThat(live.count("watchdog")).isZero();
    }

    @Test
    void aWatchdogThatIsSetWhileTheDaemonIsFrozenIsServedByWhoSetIt() {
        LiveBoard live = board();
        int linux = create(live, 1, Guest.LINUX).id();
        live.unsettled(LiveBoard.verb(linux, "suspend"));
        live.advance(2_000_000);
        live.unsettled(watchdog(linux, 1));
        live.advance(10);
        assertThat(live.count("watchdog")).isEqualTo(1);
        assertThat(live.reported()).isEmpty();
    }

    @Test
    void aHardwareDomainThatAskedForTheSleepMayRunBeforeTheControlDomain() {
        LiveBoard live = board("fixture-zcu102", Role.HARDWARE);
        create(live, 1, Guest.MANUAL, Role.CONTROL);
        sleepAndWake(live);
        assertThat(live.reported()).isEmpty();
    }

    @Test
    void aCoreToBeParkedThatFirmwareDoesNotSwitchOffIsAPanic() {
        LiveBoard live = board();
        live.listen(0, 0, RTC);
        live.psci(0, 0, "SYSTEM_SUSPEND", ENTRY, 1);
        live.done(Injected.exchanged(1, 36, 0, 0));
        live.done(Injected.firmware("CPU_OFF", -3));
        live.fire(RTC, true);
        assertThat(live.summary().state()).isEqualTo(BoardState.CRASHED);
        assertThat(live.console()).contains("PSCI cpu off failed for CPU1 err=-3");
    }

    @Test
    void nobodyCreatesADomainWhileXenBoots() {
        LiveBoard live = board("fixture-zcu102");
        live.unsettled(new Action.Reset());
        assertThat(live.refused(domain(1, Guest.MANUAL, List.of("gem0"))).code())
                .isEqualTo("no-control-domain");
        live.settle();
        live.done(domain(1, Guest.MANUAL, List.of("gem0")));
    }

    @Test
    void anInterruptThatMovesIsItsOldVcpusUntilItHasBeenEnded() {
        LiveBoard live = board();
        int guest = create(live, 2, Guest.MANUAL).id();
        live.listen(guest, 0, LINE);
        live.psci(guest, 0, "CPU_ON", 1, ENTRY, 0);
        live.done(new Action.VcpuGic(Integer.toString(guest), 1, true, OptionalInt.of(248)));
        live.done(new Action.Wfi(LiveBoard.caller(guest, 1)));
        live.fire(LINE, true);
        live.done(new Action.VcpuInterrupt(
                Integer.toString(guest),
                0,
                LINE,
                Optional.empty(),
                OptionalInt.empty(),
                Optional.of(List.of(1)),
                Optional.empty()));
        live.done(new Action.Wfi(LiveBoard.caller(guest, 0)));
        assertThat(live.vcpu(guest, 0).state()).isEqualTo(VcpuReport.State.RUNNING);
        assertThat(live.vcpu(guest, 1).state()).isEqualTo(VcpuReport.State.BLOCKED);
        assertThat(live.ack(guest, 0)).isEqualTo(LINE);
        live.eoi(guest, 0, LINE);
        assertThat(live.vcpu(guest, 1).state())
                .as("its line is still up, and now it is the other's")
                .isEqualTo(VcpuReport.State.RUNNING);
    }

    @Test
    void aReportThatLooksAtLostRegistersIsNobodysRead() {
        LiveBoard live = board("fixture-uniprocessor", Role.HARDWARE, Role.CONTROL);
        live.msr(0, 0, "VBAR_EL1", 0x1000);
        live.listen(0, 0, RTC);
        live.done(new Action.Psci(
                new Caller.PhysicalCpu(0),
                Optional.of("SYSTEM_SUSPEND"),
                0,
                false,
                List.of(ENTRY, 0L),
                true));
        live.fire(RTC, true);
        long read = live.count("register-lost-read");
        for (Query look : List.of(
                new Query.Vcpus("0"), new Query.Explain(), new Query.Devices(), new Query.Gic())) {
            live.done(look);
        }
        assertThat(live.count("register-lost-read")).isEqualTo(read);
    }

    @Test
    void whoPutsAGuestToSleepFromOutsideMayLeaveItsLinesAnywhere() {
        LiveBoard live = board();
        int linux = live.<DomainReport>done(new Action.CreateDomain(
                        Optional.empty(),
                        2,
                        256,
                        new TreeMap<>(),
                        List.of(),
                        List.of(new Action.PassThrough(LINE, Optional.of(Trigger.LEVEL), 1)),
                        Guest.LINUX,
                        List.of(),
                        false,
                        0x4000_0000L,
                        64,
                        List.of(),
                        new Action.XlOptions(1, List.of(), List.of(), Optional.empty(), "")))
                .id();
        live.unsettled(LiveBoard.verb(linux, "suspend"));
        live.unsettled(LiveBoard.call(LiveBoard.caller(linux, 0), "SYSTEM_SUSPEND", ENTRY, 1));
        live.fire(LINE, true);
        assertThat(live.domain(linux).state()).isEqualTo(State.SUSPENDED);
        assertThat(live.reported()).isEmpty();
    }

    @Test
    void anExplanationMakesNoHazardStrike() {
        LiveBoard live = new LiveBoard(
                "fixture-zcu102",
                LiveBoard.options("host-v11", 1, 1, "AFTER_DOM0_RAN", false, List.of("HZ-56")));
        int other = create(live, 1, Guest.MANUAL, Role.CONTROL).id();
        live.psci(other, 0, "SYSTEM_SUSPEND", ENTRY, 1);
        long strikes = live.count("hazard");
        live.done(new Query.Explain());
        assertThat(live.count("hazard")).isEqualTo(strikes);
    }
}
