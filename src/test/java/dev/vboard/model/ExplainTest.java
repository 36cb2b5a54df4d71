package dev.vboard.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vboard.model.core.Board;
import dev.vboard.model.report.BoardState;
import dev.vboard.model.report.BoardSummary;
import dev.vboard.model.report.DomainReport;
import dev.vboard.model.report.ExplainReport;
import dev.vboard.model.report.ExplainReport.Blocker;
import dev.vboard.model.report.ExplainReport.DomainOutlook;
import dev.vboard.model.report.ExplainReport.VirtualSource;
import dev.vboard.model.report.ExplainReport.WakeOutlook;
import dev.vboard.model.report.ExplainReport.WakeReason;
import dev.vboard.model.report.HostReport;
import dev.vboard.model.report.Owner;
import dev.vboard.model.report.PsciAnswer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What the board says of itself is what happens: each claim is tried on a fork (issue 4, item 10;
 * xen-suspend.md 2.3 to 2.8, W1 to W14).
 */
class ExplainTest {
    private static final long ENTRY = 0x4008_0000L;

    /** A board at some moment, with what is asked of it and what it would do. */
    private static final class Trial {
        private final LiveBoard live;
        private final Board board;

        Trial(LiveBoard live) {
            this.live = live;
            board = live.board.fork();
        }

        @SuppressWarnings("unchecked")
        <T> T done(Command command) {
            Outcome outcome =
                    live.machine.handle(board, command, Machine.Settle.AS_FOUND, () -> false);
            if (outcome instanceof Outcome.Done done) {
                return (T) done.answer();
            }
            throw new AssertionError(command + ": " + outcome);
        }

        boolean refused(Command command) {
            return live.machine.handle(board, command, Machine.Settle.AS_FOUND, () -> false)
                    instanceof Outcome.Refused;
        }

        BoardState state() {
            BoardSummary summary = done(new Query.Summary());
            return summary.state();
        }

        DomainReport.State domain(int id) {
            DomainReport report = done(new Query.Domain(Integer.toString(id)));
            return report.state();
        }
    }

    private static void verify(LiveBoard live) {
        ExplainReport report = live.done(new Query.Explain());
        for (DomainOutlook domain : report.domains()) {
            verify(live, report, domain);
        }
        for (WakeOutlook wake : report.interrupts()) {
            verify(live, report, wake);
        }
        for (DomainOutlook domain : report.domains()) {
            domain.virtualSources().forEach(source -> verify(live, domain, source));
        }
    }

    /** An event is raised, or time goes by, where the domain sleeps. */
    private static void verify(LiveBoard live, DomainOutlook domain, VirtualSource source) {
        Trial trial = new Trial(live);
        if (trial.domain(domain.domain()) != DomainReport.State.SUSPENDED) {
            return;
        }
        if (source.kind() == ExplainReport.SourceKind.VTIMER) {
            trial.done(new Action.Advance(10_000_000_000L));
        } else if (trial.refused(new Action.EventChannel(Integer.toString(domain.domain()), 5))) {
            assertEquals(Optional.of(WakeReason.BOARD_SLEEPS), source.reason());
            return;
        }
        boolean runs = trial.domain(domain.domain()) == DomainReport.State.RUNNING;
        assertEquals(source.wakes(), runs, domain.name() + " " + source);
    }

    @Test
    void timerAndEventChannelWakeWhatSleepsAloneAndLetsThem() {
        for (String flavour : List.of("rfc2018", "upstream")) {
            LiveBoard live = board("fixture-zcu102", flavour);
            suspend(live, 1);
            verify(live);
            live.done(LiveBoard.verb(1, "resume"));
            live.listen(1, 0, 31);
            live.listen(1, 0, 27);
            suspend(live, 1);
            verify(live);
            live.done(LiveBoard.verb(1, "resume"));
            live.done(new Action.VcpuTimer(
                    "1",
                    0,
                    Optional.of(true),
                    Optional.of(false),
                    OptionalLong.of(live.summary().nowNs() + 1_000_000_000L)));
            suspend(live, 1);
            verify(live);
        }
    }

    /** The domain calls SYSTEM_SUSPEND. */
    private static void verify(LiveBoard live, ExplainReport report, DomainOutlook domain) {
        Trial trial = new Trial(live);
        Action call =
                LiveBoard.call(LiveBoard.caller(domain.domain(), 0), "SYSTEM_SUSPEND", ENTRY, 0x55);
        String about = domain.toString();
        Optional<Blocker> first = domain.blockers().stream().findFirst();
        boolean cannot = first.isPresent()
                && first.get().value().isEmpty()
                && first.get().hostStatus().isEmpty()
                && first.get().reason() != ExplainReport.Reason.INTERRUPT_PENDING;
        if (cannot) {
            assertTrue(trial.refused(call), about);
            return;
        }
        PsciAnswer answer = trial.done(call);
        OptionalLong value = first.isPresent() ? first.get().value() : OptionalLong.empty();
        assertEquals(value, answer.value(), about);
        if (answer.returned()) {
            return;
        }
        boolean suspended = trial.domain(domain.domain()) == DomainReport.State.SUSPENDED;
        assertEquals(domain.canSuspend(), suspended, about);
        boolean asleep = trial.state() == BoardState.SUSPENDED;
        assertEquals(domain.canSuspend() && domain.asksForBoard(), asleep, about);
        if (first.isPresent() && first.get().hostStatus().isPresent()) {
            HostReport host = trial.done(new Query.Host());
            assertEquals(first.get().hostStatus().getAsInt(), host.lastHostStatus(), about);
        }
        assertEquals(report.board().canSuspend() && domain.asksForBoard(), asleep, about);
    }

    /** The interrupt comes, where something sleeps. */
    private static void verify(LiveBoard live, ExplainReport report, WakeOutlook wake) {
        Trial trial = new Trial(live);
        BoardState before = trial.state();
        OptionalInt owner =
                wake.owner().isPresent() && wake.owner().get() instanceof Owner.LineOwner line
                        ? OptionalInt.of(line.domain())
                        : OptionalInt.empty();
        boolean sleeps =
                owner.isPresent() && trial.domain(owner.getAsInt()) == DomainReport.State.SUSPENDED;
        if (before != BoardState.SUSPENDED && !sleeps) {
            return;
        }
        trial.done(LiveBoard.line(wake.intid(), true));
        if (before == BoardState.SUSPENDED) {
            assertEquals(wake.wakesBoard(), trial.state() == BoardState.RUNNING, wake.toString());
        }
        if (sleeps) {
            boolean runs = trial.domain(owner.getAsInt()) == DomainReport.State.RUNNING;
            assertEquals(wake.wakesDomain(), Optional.of(runs), wake.toString());
        }
        assertEquals(wake.wakesBoard(), wake.boardReason().isEmpty());
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
        verify(live);
        live.done(LiveBoard.verb(2, "pause"));
        verify(live);
        live.done(LiveBoard.verb(2, "unpause"));
        suspend(live, 1);
        verify(live);
        live.done(LiveBoard.verb(1, "pause"));
        verify(live);
        live.done(LiveBoard.verb(1, "unpause"));
        live.listen(2, 0, profile.contains("qemu") ? 163 : 133);
        suspend(live, 2);
        live.psci(0, 1, "CPU_OFF");
        verify(live);
        live.psci(0, 0, "SYSTEM_SUSPEND", ENTRY, 0x77);
        verify(live);
    }

    @ParameterizedTest
    @CsvSource({"rfc2018", "host-v8"})
    void aCallerWithAnInterruptToTakeDoesNotSleep(String flavour) {
        LiveBoard live = board("fixture-zcu102", flavour);
        live.psci(0, 1, "CPU_OFF");
        suspend(live, 1);
        suspend(live, 2);
        live.fire(58, true);
        verify(live);
        live.ack(0, 0);
        verify(live);
    }

    @ParameterizedTest
    @CsvSource({"HZ-01"})
    void aStrandedInterruptIsSaidToBeAimedElsewhere(String hazard) {
        LiveBoard live = board("fixture-zcu102", "rfc2018");
        live.done(new Action.SetHazards(List.of(hazard)));
        suspend(live, 1);
        live.psci(0, 1, "CPU_OFF");
        verify(live);
        live.psci(0, 0, "SYSTEM_SUSPEND", ENTRY, 0x77);
        verify(live);
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
        verify(live);
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
}
