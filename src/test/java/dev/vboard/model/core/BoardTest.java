package dev.vboard.model.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A board of packed cells: forks, fingerprint, dump, deadlines (design, section 1). */
class BoardTest {
    private static final int CORE = 3;

    private final Layout layout = Layout.segment("hardware", 0);
    private final Flag powered = layout.flag("powered");
    private final Cell now = layout.in(Layout.ETERNAL).cell("now", 64);
    private final Cell control = layout.named("gicd").in(CORE).cell("ctlr", 8, 0x40);
    private final Cell kept = layout.named("gicd").in(CORE).surviving().cell("saved", 16, 7);
    private final Bits pending = layout.named("gicd").in(CORE).bits("pending", 70);
    private final Choice<Colour> colour = layout.choice("colour", Colour.GREEN);
    private final List<String> fired = new ArrayList<>();
    private final Deadline first = deadline("first", Deadline.Kind.WAITING);
    private final Deadline second = deadline("second", Deadline.Kind.PROGRESS);
    private final Shape shape = layout.build();
    private final Board board = new Board(3);

    BoardTest() {
        board.attach(shape);
    }

    /** Something to choose from. */
    private enum Colour {
        RED,
        GREEN,
        BLUE
    }

    private Deadline deadline(String name, Deadline.Kind kind) {
        return layout.deadline(name, kind, _ -> fired.add(name));
    }

    private void sameAsComputed(Board any) {
        assertThat(any.fingerprint()).isEqualTo(any.computeFingerprint());
    }

    @Test
    void cellsBeginAtTheirResetValues() {
        assertThat(control.get(board)).isEqualTo(0x40);
        assertThat(kept.get(board)).isEqualTo(7);
        assertThat(colour.get(board)).isEqualTo(Colour.GREEN);
        assertThat(first.armed(board)).isFalse();
        assertThat(board.dump()).isEmpty();
        sameAsComputed(board);
    }

    @Test
    void aForkDoesNotSeeWhatTheOriginalWritesAndTheReverse() {
        control.set(board, 1);
        Board fork = board.fork();
        control.set(board, 2);
        assertThat(control.get(fork)).isEqualTo(1);
        control.set(fork, 3);
        assertThat(control.get(board)).isEqualTo(2);
        Board second = fork.fork();
        control.set(second, 4);
        assertThat(control.get(fork)).isEqualTo(3);
        sameAsComputed(board);
        sameAsComputed(fork);
        sameAsComputed(second);
    }

    @Test
    void aForkOwnsNoCellsUntilItWritesAndThenOneSegment() {
        control.set(board, 1);
        assertThat(board.ownedBytes()).isEqualTo(shape.sizeBytes());
        Board fork = board.fork();
        assertThat(fork.ownedBytes()).isZero();
        assertThat(board.ownedBytes()).as("shared now").isZero();
        control.set(fork, 1);
        assertThat(fork.ownedBytes()).as("the same value is no write").isZero();
        control.set(fork, 2);
        assertThat(fork.ownedBytes()).isEqualTo(shape.sizeBytes());
    }

    @Test
    void segmentsAttachedAfterAForkAreNotInIt() {
        Shape other = Layout.segment("xen", 1).build();
        Board fork = board.fork();
        board.attach(other);
        assertThat(board.has(1)).isTrue();
        assertThat(fork.has(1)).isFalse();
        board.detach(0);
        assertThat(fork.has(0)).isTrue();
        assertThat(control.get(fork)).isEqualTo(0x40);
        sameAsComputed(board);
    }

    @Test
    void equalContentHasAnEqualFingerprintWhateverTheWayThere() {
        Board other = new Board(3);
        other.attach(shape);
        control.set(board, 5);
        now.set(board, 9);
        now.set(other, 1);
        now.set(other, 9);
        control.set(other, 5);
        assertThat(other.fingerprint()).isEqualTo(board.fingerprint());
        control.set(other, 6);
        assertThat(other.fingerprint()).isNotEqualTo(board.fingerprint());
    }

    @Test
    void theFingerprintIsKeptUpThroughAThousandWrites() {
        Random random = new Random(1);
        for (int i = 0; i < 1000; i++) {
            switch (random.nextInt(6)) {
                case 0 -> now.set(board, random.nextLong());
                case 1 -> control.set(board, random.nextInt());
                case 2 -> pending.set(board, random.nextInt(70), random.nextBoolean());
                case 3 -> powered.set(board, random.nextBoolean());
                case 4 -> first.arm(board, random.nextLong());
                default -> board.loseContents(CORE);
            }
            sameAsComputed(board);
        }
    }

    @Test
    void losingAPowerDomainResetsItsCellsButTheSurvivingAndOtherDomains() {
        powered.set(board, true);
        now.set(board, 1);
        control.set(board, 2);
        kept.set(board, 3);
        pending.set(board, 69, true);
        board.loseContents(CORE);
        assertThat(control.get(board)).isEqualTo(0x40);
        assertThat(pending.any(board)).isFalse();
        assertThat(kept.get(board)).isEqualTo(3);
        assertThat(powered.get(board)).isTrue();
        board.loseContents(Layout.ALWAYS_ON);
        assertThat(kept.get(board)).isEqualTo(7);
        assertThat(powered.get(board)).isFalse();
        assertThat(now.get(board)).as("eternal").isEqualTo(1);
        board.loseContents(17);
        sameAsComputed(board);
    }

    @Test
    void theDumpNamesWhatDiffersFromReset() {
        control.set(board, 2);
        pending.set(board, 65, true);
        colour.set(board, Colour.BLUE);
        assertThat(board.dump())
                .isEqualTo("hardware:gicd.ctlr = 0x2\n"
                        + "hardware:gicd.pending[65] = 0x1\n"
                        + "hardware:colour = 0x2\n");
        assertThat(board).hasToString(board.dump());
    }

    @Test
    void theEarliestDeadlineIsNextAndTiesGoByCellOrder() {
        assertThat(board.nextDeadlineNanos()).isEqualTo(Deadline.NEVER);
        second.arm(board, 50);
        first.arm(board, 50);
        assertThat(board.nextDeadlineNanos()).isEqualTo(50);
        assertThat(board.fireDeadline(49)).isFalse();
        assertThat(board.fireDeadline(50)).isTrue();
        assertThat(first.armed(board)).as("unarmed when it fires").isFalse();
        assertThat(board.fireDeadline(50)).isTrue();
        assertThat(board.fireDeadline(50)).isFalse();
        assertThat(fired).containsExactly("first", "second");
        assertThat(board.nextDeadlineNanos()).isEqualTo(Deadline.NEVER);
    }

    @Test
    void onlyProgressCountsAsUnsettled() {
        first.arm(board, 5);
        assertThat(board.progressing()).isFalse();
        second.arm(board, 5);
        assertThat(board.progressing()).isTrue();
        second.cancel(board);
        assertThat(board.progressing()).isFalse();
    }

    @Test
    void deadlinesGoWithTheirSegment() {
        first.arm(board, 5);
        second.arm(board, 6);
        board.detach(0);
        assertThat(board.nextDeadlineNanos()).isEqualTo(Deadline.NEVER);
        assertThat(board.progressing()).isFalse();
    }

    @Test
    void storedWordsOfAnotherLengthAreRefused() {
        assertThatThrownBy(() -> board.restoreWords(0, new long[1]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("hardware");
    }

    @Test
    void restoredWordsAreWhatWasStored() {
        control.set(board, 9);
        first.arm(board, 77);
        long[] stored = board.copyOfWords(0);
        Board other = new Board(3);
        other.attach(shape);
        other.restoreWords(0, stored);
        assertThat(other.fingerprint()).isEqualTo(board.fingerprint());
        stored[0]++;
        assertThat(other.fingerprint()).isEqualTo(board.fingerprint());
    }

    @Test
    void anEnumCellWithoutAConstantIsImpossible() {
        assertThat(board.impossibleCell()).isEmpty();
        long[] words = board.copyOfWords(0);
        for (int i = 0; i < words.length; i++) {
            words[i] = -1;
        }
        board.restoreWords(0, words);
        assertThat(board.impossibleCell()).contains("hardware:colour");
    }

    @Test
    void whatABoardWasCreatedWithStays() {
        record Options(int cpus) {}
        Board made = new Board(1, new Options(4));
        assertThat(made.fork().creation()).isEqualTo(new Options(4));
    }

    @Test
    void eventsGoWhereTheyAreToldAndNowhereAtFirst() {
        EventType.CPU_OFF.emit(board, 1, 2, "");
        List<String> seen = new ArrayList<>();
        board.events((at, type, a, b, _, _, text) -> seen.add(at + " " + type + a + b + text));
        EventType.POWER_DOMAIN_OFF.emit(board, 7, "fpd");
        assertThat(seen)
                .containsExactly("7 POWER_DOMAIN_OFF" + Events.ABSENT + Events.ABSENT + "fpd");
        assertThat(board.fork().events()).isSameAs(Events.NONE);
    }
}
