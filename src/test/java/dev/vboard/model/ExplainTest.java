package dev.vboard.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vboard.model.report.BoardState;
import dev.vboard.model.report.DomainReport;
import dev.vboard.model.report.ExplainReport;
import dev.vboard.model.report.ExplainReport.DomainOutlook;
import dev.vboard.model.report.ExplainReport.WakeOutlook;
import dev.vboard.model.report.ExplainReport.WakeReason;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the board says of itself is what happens: each claim is tried on a fork (issue 4, item 10;
 * xen-suspend.md 2.3 to 2.8, W1 to W14).
 */
class ExplainTest {
    private static final long ENTRY = ExplainTrials.ENTRY;

    @Test
    void timerAndEventChannelWakeWhatSleepsAloneAndLetsThem() {
        for (String flavour : List.of("rfc2018", "upstream")) {
            LiveBoard live = board("fixture-zcu102", flavour);
            suspend(live, 1);
            ExplainTrials.verify(live);
            live.done(LiveBoard.verb(1, "resume"));
            live.listen(1, 0, 31);
            live.listen(1, 0, 27);
            suspend(live, 1);
            ExplainTrials.verify(live);
            live.done(LiveBoard.verb(1, "resume"));
            live.done(new Action.VcpuTimer(
                    "1",
                    0,
                    Optional.of(true),
                    Optional.of(false),
                    OptionalLong.of(live.summary().nowNs() + 1_000_000_000L)));
            suspend(live, 1);
            ExplainTrials.verify(live);
        }
    }

    private static LiveBoard board(String profile, String flavour) {
        LiveBoard live = new LiveBoard(
                profile, LiveBoard.options(flavour, 2, 2, "AFTER_DOM0_RAN", false, List.of()));
        boolean zcu = profile.contains("zcu102");
        int line1 = zcu ? 132 : 162;
        int line2 = zcu ? 133 : 163;
        live.create(1, LiveBoard.pinned(1), line1);
        live.create(2, LiveBoard.pinned(2, 3), line2);
        live.listen(0, 0, zcu ? 58 : 34);
        live.listen(1, 0, line1);
        return live;
    }

    private static void suspend(LiveBoard live, int domain) {
        live.psci(domain, 0, "SYSTEM_SUSPEND", ENTRY, 0x55);
    }

    @ParameterizedTest
    @CsvSource({
        "fixture-zcu102, rfc2018",
        "fixture-zcu102, upstream",
        "fixture-zcu102, host-v8",
        "fixture-zcu102, host-v11",
        "zcu102, host-v8",
        "zcu102, host-v11",
        "fixture-qemu-virt, rfc2018",
        "fixture-qemu-virt, host-v8",
        "zcu102, rfc2018",
        "qemu-virt, rfc2018",
    })
    void whatItSaysIsWhatHappens(String profile, String flavour) {
        LiveBoard live = board(profile, flavour);
        ExplainTrials.verify(live);
        live.done(LiveBoard.verb(2, "pause"));
        ExplainTrials.verify(live);
        live.done(LiveBoard.verb(2, "unpause"));
        suspend(live, 1);
        ExplainTrials.verify(live);
        live.done(LiveBoard.verb(1, "pause"));
        ExplainTrials.verify(live);
        live.done(LiveBoard.verb(1, "unpause"));
        live.listen(2, 0, profile.contains("qemu") ? 163 : 133);
        suspend(live, 2);
        live.psci(0, 1, "CPU_OFF");
        ExplainTrials.verify(live);
        live.psci(0, 0, "SYSTEM_SUSPEND", ENTRY, 0x77);
        ExplainTrials.verify(live);
    }

    @ParameterizedTest
    @CsvSource({"rfc2018", "host-v8"})
    void aCallerWithAnInterruptToTakeDoesNotSleep(String flavour) {
        LiveBoard live = board("fixture-zcu102", flavour);
        live.psci(0, 1, "CPU_OFF");
        suspend(live, 1);
        suspend(live, 2);
        live.fire(58, true);
        ExplainTrials.verify(live);
        live.ack(0, 0);
        ExplainTrials.verify(live);
    }

    @ParameterizedTest
    @CsvSource({"HZ-01"})
    void aStrandedInterruptIsSaidToBeAimedElsewhere(String hazard) {
        LiveBoard live = board("fixture-zcu102", "rfc2018");
        live.done(new Action.SetHazards(List.of(hazard)));
        suspend(live, 1);
        live.psci(0, 1, "CPU_OFF");
        ExplainTrials.verify(live);
        live.psci(0, 0, "SYSTEM_SUSPEND", ENTRY, 0x77);
        ExplainTrials.verify(live);
        ExplainReport report = live.done(new Query.Explain());
        for (WakeOutlook wake : report.interrupts()) {
            if (wake.intid() == 132) {
                assertEquals(
                        Optional.of(ExplainReport.WakeReason.WRONG_TARGET), wake.boardReason());
                return;
            }
        }
        throw new AssertionError("no word of interrupt 132");
    }

    private static List<String> boardReasons(LiveBoard live) {
        ExplainReport report = live.done(new Query.Explain());
        return report.board().blockers().stream()
                .map(blocker -> blocker.reason().wire() + " " + blocker.status().orElse("-"))
                .toList();
    }

    @Test
    void withoutXenTheCallerIsTheSoftwareOnACpu() {
        LiveBoard live = new LiveBoard("zcu102", LiveBoard.options("none", 1));
        assertEquals(List.of(), boardReasons(live));
        live.cpuPsci(0, "CPU_ON", 2, ENTRY, 0);
        assertEquals(List.of("cpu-on DENIED"), boardReasons(live));
        assertEquals(
                OptionalLong.of(-3), live.cpuPsci(0, "SYSTEM_SUSPEND", ENTRY, 0).value());
        live.cpuPsci(2, "CPU_OFF");
        assertEquals(List.of(), boardReasons(live));
        live.cpuPsci(0, "SYSTEM_SUSPEND", ENTRY, 0);
        assertEquals(BoardState.SUSPENDED, live.summary().state());
        assertEquals(List.of("board-asleep -"), boardReasons(live));
        ExplainTrials.verify(live);
    }

    @Test
    void aBoardThatIsOffOrHasCrashedSaysSo() {
        LiveBoard live = new LiveBoard("zcu102", LiveBoard.options("rfc2018", 1));
        live.done(new Action.Psci(
                new Caller.PhysicalCpu(0), Optional.of("CPU_OFF"), 0, false, List.of(), true));
        live.done(new Action.Psci(
                new Caller.PhysicalCpu(1),
                Optional.of("CPU_ON"),
                0,
                false,
                List.of(0L, ENTRY),
                true));
        assertEquals(BoardState.CRASHED, live.summary().state());
        assertEquals(List.of("board-crashed -"), boardReasons(live));
        live.done(new Action.Power(false));
        assertEquals(List.of("board-off -"), boardReasons(live));
    }

    @Test
    void aGuestThatCannotOrNeedNotBeToldSaysSo() {
        LiveBoard live = board("fixture-zcu102", "rfc2018");
        for (DomainReport.Guest guest :
                List.of(DomainReport.Guest.NO_PM, DomainReport.Guest.LINUX)) {
            live.done(new NewDomain()
                    .named(guest.wire())
                    .pinned(2, 3)
                    .memoryMiB(64)
                    .guest(guest)
                    .asked());
        }
        ExplainReport report = live.done(new Query.Explain());
        DomainOutlook noPm = report.domains().get(3);
        assertEquals(
                List.of("vcpu-blocked", "guest-no-pm", "vcpu-online"),
                noPm.blockers().stream().map(b -> b.reason().wire()).toList());
        assertTrue(report.domains().get(4).canSuspend());
        live.done(LiveBoard.verb(4, "suspend"));
        assertEquals(DomainReport.State.SUSPENDED, live.domain(4).state());
    }

    private static List<String> reasons(LiveBoard live, int domain) {
        ExplainReport report = live.done(new Query.Explain());
        return report.domains().get(domain).blockers().stream()
                .map(blocker -> blocker.reason().wire() + " " + blocker.status().orElse("-"))
                .toList();
    }

    /** A control domain that is thawed already asks while the attempt of another still ends. */
    @Test
    void anAttemptThatHasNotEndedStandsInTheWay() {
        LiveBoard live = new LiveBoard("fixture-zcu102", LiveBoard.options("host-v8", 1));
        live.done(new NewDomain()
                .named("c1")
                .pinned(1)
                .roles(DomainReport.Role.CONTROL)
                .asked());
        live.unsettled(LiveBoard.call(LiveBoard.caller(0, 0), "SYSTEM_SUSPEND", ENTRY, 0x77));
        live.untilStep("initiator-resume");
        assertEquals(List.of("board-asleep -"), boardReasons(live));
        assertEquals("attempt-runs DENIED", reasons(live, 1).getFirst());
        assertEquals(
                OptionalLong.of(-3),
                live.psci(1, 0, "SYSTEM_SUSPEND", ENTRY, 0x55).value());
    }

    @Test
    void aLinuxThatIsAtWorkIsNotAskedAgain() {
        LiveBoard live = board("fixture-zcu102", "rfc2018");
        live.done(new NewDomain()
                .named("linux")
                .pinned(2)
                .guest(DomainReport.Guest.LINUX)
                .asked());
        assertEquals(List.of(), reasons(live, 3));
        live.unsettled(LiveBoard.verb(3, "suspend"));
        assertEquals(List.of("guest-busy -"), reasons(live, 3));
        assertEquals("guest-busy", live.refused(LiveBoard.verb(3, "suspend")).code());
    }

    /** On {@code fixture-no-suspend} the call itself is refused, before others are looked at. */
    @Test
    void whatTheCallMeetsComesBeforeWhatTheAttemptMeets() {
        LiveBoard live = board("fixture-no-suspend", "host-v8");
        live.psci(0, 1, "CPU_OFF");
        assertEquals(
                List.of("firmware DENIED", "domain-awake -", "domain-awake -"), reasons(live, 0));
        ExplainTrials.verify(live);
    }

    @Test
    void aLineThatSoftwareHasEnabledIsToldOfThoughNobodyOwnsIt() {
        LiveBoard live = new LiveBoard("fixture-zcu102", LiveBoard.options("none", 1));
        assertEquals(List.of(), outlooks(live, 132));
        store(live, 0xF901_0110L, 1 << 4);
        assertEquals(
                List.of(Optional.of(WakeReason.WRONG_TARGET)),
                outlooks(live, 132).stream().map(WakeOutlook::boardReason).toList());
        store(live, 0xF901_0884L, 1);
        assertEquals(
                List.of(true),
                outlooks(live, 132).stream().map(WakeOutlook::wakesBoard).toList());
        live.cpuPsci(0, "SYSTEM_SUSPEND", ENTRY, 0);
        assertEquals(BoardState.SUSPENDED, live.summary().state());
        ExplainTrials.verify(live);
    }

    private static void store(LiveBoard live, long address, long value) {
        live.done(new Action.Mmio(
                new Caller.PhysicalCpu(0), address, 4, OptionalLong.of(value), false));
    }

    private static List<WakeOutlook> outlooks(LiveBoard live, int intid) {
        ExplainReport report = live.done(new Query.Explain());
        return report.interrupts().stream()
                .filter(wake -> wake.intid() == intid)
                .toList();
    }
}
