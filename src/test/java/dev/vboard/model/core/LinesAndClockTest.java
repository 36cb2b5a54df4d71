package dev.vboard.model.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** Interrupt wires, their numbering, and the clock. */
class LinesAndClockTest {
    private static final long HZ = 62_500_000;
    private static final long SECOND = 1_000_000_000L;

    private final Layout layout = Layout.segment("segment", 0);
    private final Intids intids = new Intids(4, 96);
    private final Lines lines = new Lines(layout, intids);
    private final Clock clock = new Clock(layout, HZ);
    private final Board board = new Board(1);
    private final List<String> seen = new ArrayList<>();

    LinesAndClockTest() {
        board.attach(layout.build());
        lines.listen((_, index, high) -> seen.add(index + (high ? " up" : " down")));
    }

    @Test
    void privateInterruptsComeOnceACpuAndSharedOnesOnce() {
        assertThat(intids.count()).isEqualTo(4 * 32 + 64);
        for (int cpu = 0; cpu < 4; cpu++) {
            for (int intid = 0; intid < 96; intid++) {
                int index = intids.index(cpu, intid);
                assertThat(intids.intid(index)).isEqualTo(intid);
                assertThat(intids.cpu(index)).isEqualTo(intid < 32 ? cpu : -1);
                assertThat(intids.word32(cpu, intid / 32)).isEqualTo(index / 32);
            }
        }
        assertThat(intids.has(95)).isTrue();
        assertThat(intids.has(96)).isFalse();
        assertThat(intids.has(-1)).isFalse();
        assertThat(new Intids(1, 1024).has(1020)).as("special numbers").isFalse();
    }

    @Test
    void listenersHearChangesOnly() {
        Line line = lines.line(2, 30);
        line.drive(board, true);
        line.drive(board, true);
        assertThat(line.high(board)).isTrue();
        line.pulse(board);
        assertThat(line.high(board)).isFalse();
        line.pulse(board);
        assertThat(seen).containsExactly("94 up", "94 down", "94 up", "94 down");
        assertThat(lines.word(board, 1)).isZero();
    }

    @Test
    void theNatureOfASourceIsStated() {
        assertThat(lines.isEdge(board, 130)).isFalse();
        lines.edge(board, 130, true);
        assertThat(lines.isEdge(board, 130)).isTrue();
        assertThat(lines.high(board, 130)).isFalse();
    }

    @Test
    void theCounterCountsFromPowerOnWithoutWhatWasTakenOut() {
        clock.advanceTo(board, 3 * SECOND);
        clock.powerOn(board);
        assertThat(clock.counter(board)).isZero();
        clock.advanceTo(board, 5 * SECOND + 16);
        assertThat(clock.counter(board)).isEqualTo(2 * HZ + 1);
        clock.stopCounterFor(board, SECOND);
        assertThat(clock.counter(board)).isEqualTo(HZ + 1);
        assertThat(clock.now(board)).isEqualTo(5 * SECOND + 16);
    }

    @Test
    void theMomentOfACountIsTheFirstAtWhichItIsReached() {
        clock.advanceTo(board, 7);
        clock.powerOn(board);
        for (long ticks : new long[] {0, 1, 2, 61, HZ - 1, HZ, 100 * HZ + 3}) {
            long at = clock.nanosAtCounter(board, ticks);
            clock.advanceTo(board, at);
            assertThat(clock.counter(board)).isEqualTo(ticks);
            if (ticks > 0) {
                clock.advanceTo(board, at - 1);
                assertThat(clock.counter(board)).isEqualTo(ticks - 1);
            }
        }
    }

    @Test
    void countsPastTheEndOfTimeNeverCome() {
        assertThat(clock.nanosAtCounter(board, -1)).isEqualTo(Deadline.NEVER);
        assertThat(clock.nanosAtCounter(board, Long.MAX_VALUE)).isEqualTo(Deadline.NEVER);
        clock.advanceTo(board, Deadline.NEVER - 1);
        clock.powerOn(board);
        assertThat(clock.nanosAtCounter(board, HZ)).isEqualTo(Deadline.NEVER);
    }

    @Test
    void allAccessesAreSharedAndKnowThemselves() {
        Access access = Access.of(31, 3, true);
        assertThat(access).isSameAs(Access.el3(31));
        assertThat(access.cpu()).isEqualTo(31);
        assertThat(access.exceptionLevel()).isEqualTo(3);
        assertThat(access.secure()).isTrue();
        assertThat(Access.el1(2).secure()).isFalse();
    }
}
