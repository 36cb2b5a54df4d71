package dev.vboard.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Planting;
import dev.vboard.model.report.InvariantsReport;
import dev.vboard.model.report.InvariantsReport.InvariantViolation;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The age of I5: what waits for longer than {@code wakeBound} is told (xen-suspend.md 7.2). */
class WakeBoundTest {
    private static final long MILLISECOND = 1_000_000L;
    private static final long SECOND = 1_000 * MILLISECOND;
    private static final long BOUND = 500 * MILLISECOND;
    private static final int I5 = 5;

    private static void at(FixtureB b, int intid, boolean level, long nanos) {
        b.live.unsettled(new Action.Fire(
                OptionalInt.of(intid),
                Optional.empty(),
                OptionalInt.empty(),
                Optional.of(level),
                Optional.of(new Action.At(nanos, false))));
    }

    private static Optional<InvariantViolation> found(FixtureB b) {
        InvariantsReport report = b.live.done(new Query.Invariants());
        return report.items().get(I5 - 1).firstViolation();
    }

    private static FixtureB asleep(String... hazards) {
        FixtureB b = FixtureB.on("fixture-zcu102", hazards);
        b.suspendAll();
        assertThat(found(b)).isEmpty();
        return b;
    }

    @Test
    void aWakeThatIsMissedForTooLongIsToldAtTheMomentItIs() {
        FixtureB b = asleep("HZ-01");
        long raised = b.live.clock().nowNs() + SECOND;
        at(b, b.line1, true, raised);
        at(b, b.line1, false, raised + 3 * SECOND);
        b.live.advance(60 * SECOND);
        assertThat(found(b).orElseThrow().timeNs()).isEqualTo(raised + BOUND);
        assertThat(found(b).orElseThrow().detail())
                .isEqualTo("INTID " + b.line1 + " is signalled and the board sleeps on");
    }

    @Test
    void aWakeThatIsMissedForHalfASecondIsNot() {
        FixtureB b = asleep("HZ-01");
        long raised = b.live.clock().nowNs() + SECOND;
        for (int i = 0; i < 3; i++) {
            at(b, b.line1, true, raised + i * SECOND);
            at(b, b.line1, false, raised + i * SECOND + BOUND);
        }
        b.live.advance(60 * SECOND);
        assertThat(found(b)).isEmpty();
        assertThat(b.live.clock().pending()).isEmpty();
    }

    @Test
    void aGuestThatWaitsOverItsInterruptIsToldAtTheMomentItHasForTooLong() {
        FixtureB b = FixtureB.on("fixture-zcu102", "HZ-26");
        HazardScripts.d2SuspendsFromItsSecondVcpu(b);
        assertThat(found(b)).isEmpty();
        long raised = b.live.clock().nowNs() + SECOND;
        at(b, b.line2, true, raised);
        b.live.advance(60 * SECOND);
        assertThat(found(b).orElseThrow().timeNs()).isEqualTo(raised + BOUND);
        assertThat(found(b).orElseThrow().detail())
                .isEqualTo("d2 waits over its pending interrupt " + b.line2);
        assertThat(b.live.reported()).isEqualTo(List.of("I5"));
    }

    @Test
    void aTimerOfWhichNobodyTellsIsToldWhenItIsDueForTooLong() {
        FixtureB b = FixtureB.on("fixture-zcu102", "HZ-71");
        long due = b.live.clock().nowNs() + 10 * SECOND;
        b.armTimer(1, 10 * SECOND);
        b.live.done(new Action.Wfi(LiveBoard.caller(1, 0)));
        b.suspend(0, FixtureB.DOM0_CONTEXT);
        b.live.advance(2 * SECOND);
        HazardScripts.raise(b, b.rtc);
        assertThat(found(b)).isEmpty();
        b.live.advance(60 * SECOND);
        assertThat(found(b).orElseThrow().timeNs()).isEqualTo(due + BOUND);
        assertThat(found(b).orElseThrow().detail())
                .isEqualTo("the virtual timer of d1v0 is due and nobody tells it");
    }

    @Test
    void anInterruptAtADeadCpuIsToldWhenItsGuestHasWaitedForTooLong() {
        FixtureB b = FixtureB.on("fixture-zcu102");
        b.live.done(new Action.Wfi(LiveBoard.caller(1, 0)));
        b.live.tamper();
        Planting.plant(b.live.board, Board.HARDWARE, "cpu1.power", 0);
        b.live.settle();
        long raised = b.live.clock().nowNs() + SECOND;
        at(b, b.line1, true, raised);
        b.live.advance(60 * SECOND);
        assertThat(found(b).orElseThrow().timeNs()).isEqualTo(raised + BOUND);
        assertThat(found(b).orElseThrow().detail())
                .isEqualTo("INTID " + b.line1
                        + " is signalled to CPUs that are off, and somebody waits for it");
    }

    @Test
    void anInterruptAtADeadCpuHurtsNobodyWhoRuns() {
        FixtureB b = FixtureB.on("fixture-zcu102");
        b.live.tamper();
        Planting.plant(b.live.board, Board.HARDWARE, "cpu1.power", 0);
        at(b, b.line1, true, b.live.clock().nowNs() + SECOND);
        b.live.advance(60 * SECOND);
        assertThat(found(b)).isEmpty();
    }

    @Test
    void aSleepWithoutReasonToWakeMayBeAsLongAsItLikes() {
        FixtureB b = asleep();
        b.live.advance(3600 * SECOND);
        b.live.handle(new Action.UntilSettled(OptionalLong.of(SECOND)));
        assertThat(found(b)).isEmpty();
        b.ring();
        b.assertBalanced();
    }
}
