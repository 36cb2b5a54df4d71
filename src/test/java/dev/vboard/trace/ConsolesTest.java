package dev.vboard.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.core.EventType;
import dev.vboard.model.core.Events;

import org.junit.jupiter.api.Test;

/** What consoles showed is history: bounded, grown from empty, shared by forks. */
class ConsolesTest {
    private static final int LIMIT = 4096;

    private final EventLog log = new EventLog(10, LIMIT);

    private static void uart(EventLog log, int port, String text) {
        log.emit(0, EventType.CONSOLE, port, Events.ABSENT, Events.ABSENT, Events.ABSENT, text);
    }

    private static void other(EventLog log, EventType type, long domain, String text) {
        log.emit(0, type, Events.ABSENT, domain, Events.ABSENT, Events.ABSENT, text);
    }

    private String uart(int port) {
        return log.consoles().uart(port, 0).text();
    }

    @Test
    void aLineEndsAndACharacterDoesNot() {
        uart(log, 0, "a line");
        uart(log, 0, "x");
        uart(log, 0, "\r");
        uart(log, 0, "\n");
        uart(log, 0, "");
        assertThat(uart(0)).isEqualTo("a line\nx\r\n\n");
        assertThat(uart(1)).isEmpty();
    }

    @Test
    void eachConsoleHasItsOwnText() {
        uart(log, 1, "one");
        uart(log, 0, "zero");
        other(log, EventType.CONSOLE, 7, "seven");
        assertThat(uart(0)).isEqualTo("zero\n");
        assertThat(uart(1)).isEqualTo("one\n");
        assertThat(log.consoles().domain(7, 0).text()).isEqualTo("seven\n");
        other(log, EventType.HAZARD, 7, "no console");
        assertThat(log.consoles().domain(7, 0).text()).isEqualTo("seven\n");
    }

    @Test
    void theRingKeepsXensLinesAlsoWhereTheWireIsSilent() {
        uart(log, 0, "(XEN) said");
        other(log, EventType.CONSOLE_KEPT, Events.ABSENT, "(XEN) kept");
        uart(log, 0, "(d1) a guest's");
        uart(log, 0, "Dom0's own");
        assertThat(log.consoles().ring()).isEqualTo("(XEN) said\n(XEN) kept\n(d1) a guest's\n");
        assertThat(uart(0)).isEqualTo("(XEN) said\n(d1) a guest's\nDom0's own\n");
        other(log, EventType.XEN_STARTED, Events.ABSENT, "");
        assertThat(log.consoles().ring()).isEmpty();
        assertThat(uart(0)).isEqualTo("(XEN) said\n(d1) a guest's\nDom0's own\n");
    }

    @Test
    void onlyTheLastBytesAreKeptAndPlacesGoOn() {
        String line = "x".repeat(99);
        for (int i = 0; i < 100; i++) {
            uart(log, 0, line);
        }
        Consoles.Piece all = log.consoles().uart(0, 0);
        assertThat(all.next()).isEqualTo(10_000);
        assertThat(all.from()).isEqualTo(10_000 - LIMIT);
        assertThat(all.text()).hasSize(LIMIT).endsWith(line + "\n");
        assertThat(log.consoles().uart(0, 9_990).text()).isEqualTo("xxxxxxxxx\n");
        assertThat(log.consoles().uart(0, 10_000).text()).isEmpty();
        assertThat(log.consoles().uart(0, 99_999).from()).isEqualTo(10_000);
    }

    @Test
    void aForkGoesItsOwnWay() {
        uart(log, 0, "both");
        EventLog fork = log.fork();
        uart(fork, 0, "fork");
        uart(log, 0, "origin");
        EventLog late = fork.fork();
        uart(fork, 1, "new");
        assertThat(uart(0)).isEqualTo("both\norigin\n");
        assertThat(fork.consoles().uart(0, 0).text()).isEqualTo("both\nfork\n");
        assertThat(late.consoles().uart(0, 0).text()).isEqualTo("both\nfork\n");
        assertThat(late.consoles().uart(1, 0).text()).isEmpty();
    }

    @Test
    void whatIsNoByteIsAQuestionMark() {
        uart(log, 0, "20 °, 20 €");
        assertThat(uart(0)).isEqualTo("20 °, 20 ?\n");
    }
}
