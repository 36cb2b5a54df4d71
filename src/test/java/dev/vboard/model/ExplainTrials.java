package dev.vboard.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Tries each claim of what a board says of itself on a fork. */
final class ExplainTrials {
    static final long ENTRY = 0x4008_0000L;

    private ExplainTrials() {}

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

    /** Every domain, every interrupt, listed or not, and every virtual source. */
    static void verify(LiveBoard live) {
        ExplainReport report = live.done(new Query.Explain());
        for (DomainOutlook domain : report.domains()) {
            verify(live, report, domain);
        }
        for (WakeOutlook wake : report.interrupts()) {
            verify(live, report, wake);
        }
        others(live, report);
        for (DomainOutlook domain : report.domains()) {
            virtualSources(live, domain);
        }
    }

    /** What no word is said of does not wake either. */
    private static void others(LiveBoard live, ExplainReport report) {
        if (report.state() != BoardState.SUSPENDED) {
            return;
        }
        List<Integer> told =
                report.interrupts().stream().map(WakeOutlook::intid).toList();
        for (int intid = 32; intid < live.machine.profile().gic().intids(); intid++) {
            if (!told.contains(intid)) {
                Trial trial = new Trial(live);
                trial.done(LiveBoard.line(intid, true));
                assertEquals(BoardState.SUSPENDED, trial.state(), "interrupt " + intid);
            }
        }
    }

    /** Time goes by where the domain sleeps, an event is raised, xl asks it to suspend. */
    private static void virtualSources(LiveBoard live, DomainOutlook domain) {
        if (new Trial(live).domain(domain.domain()) != DomainReport.State.SUSPENDED) {
            return;
        }
        boolean byTimer = false;
        for (VirtualSource source : domain.virtualSources()) {
            switch (source.kind()) {
                case VTIMER, PTIMER -> byTimer |= source.wakes();
                case EVENT_CHANNEL ->
                    raised(
                            live,
                            domain,
                            source,
                            new Action.EventChannel(Integer.toString(domain.domain()), 5));
                case COORD_SPI ->
                    raised(live, domain, source, LiveBoard.verb(domain.domain(), "suspend"));
            }
            assertEquals(source.wakes(), source.reason().isEmpty());
        }
        Trial trial = new Trial(live);
        trial.done(new Action.Advance(10_000_000_000L));
        boolean runs = trial.domain(domain.domain()) == DomainReport.State.RUNNING;
        assertEquals(byTimer, runs, domain.toString());
    }

    private static void raised(
            LiveBoard live, DomainOutlook domain, VirtualSource source, Action action) {
        Trial trial = new Trial(live);
        if (trial.refused(action)) {
            // The board sleeps, or whoever would run xl does.
            boolean asleep = trial.state() != BoardState.RUNNING;
            Optional<WakeReason> sleeps = Optional.of(WakeReason.BOARD_SLEEPS);
            assertTrue(!asleep || source.reason().equals(sleeps), source.toString());
            return;
        }
        boolean runs = trial.domain(domain.domain()) == DomainReport.State.RUNNING;
        assertEquals(source.wakes(), runs, domain.name() + " " + source);
    }

    /** The domain calls SYSTEM_SUSPEND. */
    private static void verify(LiveBoard live, ExplainReport report, DomainOutlook domain) {
        Trial trial = new Trial(live);
        Action call =
                LiveBoard.call(LiveBoard.caller(domain.domain(), 0), "SYSTEM_SUSPEND", ENTRY, 0x55);
        String about = domain.toString();
        DomainReport asked = trial.done(new Query.Domain(Integer.toString(domain.domain())));
        if (asked.guest() == DomainReport.Guest.LINUX) {
            asked(trial, report, domain);
            return;
        }
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
        board(report, domain, asleep);
    }

    /** The board has gone to sleep, or not, as that domain asked for it. */
    private static void board(ExplainReport report, DomainOutlook domain, boolean asleep) {
        assertTrue(!asleep || report.board().canSuspend(), domain.toString());
        if (report.board().caller().equals(OptionalInt.of(domain.domain()))) {
            assertEquals(report.board().canSuspend(), asleep, domain.toString());
        }
    }

    /** Somebody writes mem to /sys/power/state in a guest that knows what that means. */
    private static void asked(Trial trial, ExplainReport report, DomainOutlook domain) {
        Action ask = LiveBoard.verb(domain.domain(), "suspend");
        Action types = new Action.TypeLine(
                Integer.toString(domain.domain()), "echo mem > /sys/power/state");
        if (trial.refused(ask) && trial.refused(types)) {
            assertFalse(domain.canSuspend(), domain.toString());
            return;
        }
        boolean suspended = trial.domain(domain.domain()) == DomainReport.State.SUSPENDED;
        assertEquals(domain.canSuspend(), suspended, domain.toString());
        boolean asleep = trial.state() == BoardState.SUSPENDED;
        assertEquals(domain.canSuspend() && domain.asksForBoard(), asleep, domain.toString());
        board(report, domain, asleep);
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
}
