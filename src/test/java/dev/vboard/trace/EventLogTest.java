package dev.vboard.trace;

import static dev.vboard.model.core.Events.ABSENT;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.core.EventType;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** The history of a board (design 1: packed, grows from empty, copied by fork, limited). */
class EventLogTest {

    private static final int LIMIT = 200;

    private final EventLog log = new EventLog(LIMIT);

    @Test
    void aFreshLogIsEmptyAndTakesNoMemory() {
        assertThat(log.lastSeq()).isZero();
        assertThat(log.oldestSeq()).isEqualTo(1);
        assertThat(log.bytes()).isZero();
        assertThat(lines(log, 0)).isEmpty();
    }

    @Test
    void whatWentInComesOut() {
        log.emit(5, EventType.BOARD_CREATED, ABSENT, ABSENT, ABSENT, ABSENT, "");
        log.emit(5, EventType.CPU_ON, 3, -1, Long.MAX_VALUE, ABSENT, "");
        log.emit(1L << 60, EventType.CONSOLE, ABSENT, ABSENT, ABSENT, ABSENT, "(XEN) Grüße");
        log.emit(1L << 60, EventType.PSCI_CALL, 0, ABSENT, ABSENT, -3, "CPU_ON");
        assertThat(lines(log, 0))
                .containsExactly(
                        "1 5 BOARD_CREATED - - - - ",
                        "2 5 CPU_ON 3 -1 9223372036854775807 - ",
                        "3 1152921504606846976 CONSOLE - - - - (XEN) Grüße",
                        "4 1152921504606846976 PSCI_CALL 0 - - -3 CPU_ON");
    }

    @Test
    void readingBeginsBehindAnEventAndStopsWhenTheReaderHasEnough() {
        fill(log, 150, 1);
        assertThat(lines(log, 148)).hasSize(2).first().asString().startsWith("149 ");
        List<Long> seen = new ArrayList<>();
        log.read(70, (seq, _, _, _, _, _, _, _) -> {
            seen.add(seq);
            return seen.size() < 3;
        });
        assertThat(seen).containsExactly(71L, 72L, 73L);
        assertThat(lines(log, 150)).isEmpty();
        assertThat(lines(log, Long.MAX_VALUE - 1)).isEmpty();
    }

    @Test
    void onlyTheLastEventsAreKeptAndNumbersGoOn() {
        for (int count = 1; count <= 1000; count++) {
            fill(log, 1, count);
            assertThat(log.lastSeq()).isEqualTo(count);
            assertThat(log.oldestSeq()).isEqualTo(Math.max(1, count - LIMIT + 1));
        }
        List<String> kept = lines(log, 0);
        assertThat(kept).hasSize(LIMIT);
        assertThat(kept.getFirst()).startsWith("801 ");
        assertThat(kept.getLast()).startsWith("1000 ");
    }

    @Test
    void onlyAFewAreKeptWhenMemoryIsShort() {
        EventLog wide = new EventLog(10_000);
        fill(wide, 200, 1);
        wide.shed();
        assertThat(lines(wide, 0)).hasSize(200);
        fill(wide, 800, 1);
        EventLog fork = wide.fork();
        int bytes = wide.bytes();
        wide.shed();
        assertThat(wide.bytes()).isLessThan(bytes / 2);
        assertThat(lines(wide, 0)).hasSizeBetween(256, 320).last().asString().startsWith("1000 ");
        assertThat(wide.oldestSeq()).isEqualTo(1001 - lines(wide, 0).size());
        fill(wide, 1, 1);
        assertThat(lines(wide, 0)).last().asString().startsWith("1001 ");
        assertThat(lines(fork, 0)).hasSize(1000);
    }

    @Test
    void aForkHasTheSamePastAndItsOwnFuture() {
        fill(log, 100, 1);
        EventLog fork = log.fork();
        assertThat(lines(fork, 0)).isEqualTo(lines(log, 0));
        fill(log, 50, 2);
        fill(fork, 70, 3);
        EventLog second = fork.fork();
        fill(second, 1, 4);
        assertThat(log.lastSeq()).isEqualTo(150);
        assertThat(fork.lastSeq()).isEqualTo(170);
        assertThat(second.lastSeq()).isEqualTo(171);
        assertThat(lines(fork, 0).subList(0, 100)).isEqualTo(lines(log, 0).subList(0, 100));
        assertThat(lines(second, 0).subList(0, 170)).isEqualTo(lines(fork, 0));
    }

    @Test
    void anythingCanBePackedManyTimesOver() {
        Random random = new Random(7);
        List<String> expected = new ArrayList<>();
        EventLog wide = new EventLog(100_000);
        long nanos = 0;
        for (int i = 1; i <= 3000; i++) {
            EventType type = EventType.of(random.nextInt(EventType.values().length));
            nanos += random.nextLong(1L << random.nextInt(40));
            long[] numbers = new long[4];
            for (int n = 0; n < 4; n++) {
                numbers[n] =
                        random.nextBoolean() ? ABSENT : random.nextLong() >> random.nextInt(64);
            }
            String text = random.nextInt(3) == 0 ? "" : "t".repeat(random.nextInt(200));
            wide.emit(nanos, type, numbers[0], numbers[1], numbers[2], numbers[3], text);
            expected.add(
                    line(i, nanos, type, numbers[0], numbers[1], numbers[2], numbers[3], text));
        }
        assertThat(lines(wide, 0)).isEqualTo(expected);
    }

    @Test
    void anOrdinaryEventTakesAFewBytes() {
        EventLog wide = new EventLog(10_000);
        for (int i = 0; i < 1000; i++) {
            wide.emit(i * 1000L, EventType.PSCI_CALL, 1, ABSENT, ABSENT, 0, "CPU_ON");
        }
        assertThat(wide.bytes()).isLessThan(12_000);
    }

    @Test
    void wordsBeyondTheTableAreWrittenOut() {
        Texts few = new Texts(2);
        assertThat(few.number("a")).isZero();
        assertThat(few.number("b")).isEqualTo(1);
        assertThat(few.number("c")).isNegative();
        assertThat(few.number("a")).isZero();
        assertThat(few.number("x".repeat(100))).isNegative();
    }

    private static void fill(EventLog log, int count, long mark) {
        for (int i = 0; i < count; i++) {
            log.emit(log.lastSeq() * 10, EventType.CPU_OFF, mark, ABSENT, ABSENT, ABSENT, "");
        }
    }

    private static List<String> lines(EventLog log, long after) {
        List<String> lines = new ArrayList<>();
        log.read(
                after,
                (seq, nanos, type, a, b, c, d, text) ->
                        lines.add(line(seq, nanos, type, a, b, c, d, text)));
        return lines;
    }

    private static String line(
            long seq, long nanos, EventType type, long a, long b, long c, long d, String text) {
        return String.format(
                Locale.ROOT,
                "%d %d %s %s %s %s %s %s",
                seq,
                nanos,
                type,
                number(a),
                number(b),
                number(c),
                number(d),
                text);
    }

    private static String number(long value) {
        return value == ABSENT ? "-" : Long.toString(value);
    }
}
