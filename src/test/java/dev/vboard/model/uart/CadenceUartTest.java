package dev.vboard.model.uart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.DeviceBench;

import org.junit.jupiter.api.Test;

/** devices.md 7.2: ZynqMP's UART, as far as Xen's driver and a wake-up need it. */
class CadenceUartTest {
    private static final long CONTROL = 0x00;
    private static final long MODE = 0x04;
    private static final long IDR = 0x0C;
    private static final long IMR = 0x10;
    private static final long ISR = 0x14;
    private static final long TIMEOUT = 0x1C;
    private static final long STATUS = 0x2C;
    private static final long FIFO = 0x30;

    private final DeviceBench bench = new DeviceBench("cadence-uart", 1);

    @Test
    void itComesUpWithBothDirectionsOff() {
        bench.write(FIFO, 'a');
        bench.print("b");
        assertThat(bench.console).isEmpty();
        assertThat(bench.device().input(bench.board, "byte", 'c')).isPresent();
    }

    @Test
    void openingItIsWhatXensDriverDoes() {
        bench.open();
        assertThat(bench.read(CONTROL)).isEqualTo(0x14);
        assertThat(bench.read(MODE)).isEqualTo(0x20);
        assertThat(bench.read(IMR)).isEqualTo(1);
        assertThat(bench.line(0)).isFalse();
        bench.write(FIFO, 'X');
        bench.print("(XEN) hi\n");
        assertThat(bench.console).containsExactly("X", "(XEN) hi\n");
        assertThat(bench.line(0)).isFalse();
    }

    @Test
    void aTypedCharacterHoldsTheLineUntilItIsReadAndAcknowledged() {
        bench.open();
        bench.type("k");
        assertThat(bench.line(0)).isTrue();
        assertThat(bench.read(STATUS) & 1).isEqualTo(1);
        bench.write(ISR, 1);
        assertThat(bench.line(0)).as("the character still waits").isTrue();
        assertThat(bench.read(FIFO)).isEqualTo('k');
        assertThat(bench.line(0)).as("the status is latched").isTrue();
        bench.write(ISR, 1);
        assertThat(bench.line(0)).isFalse();
    }

    @Test
    void maskingLowersTheLine() {
        bench.open();
        bench.type("k");
        bench.write(IDR, 1);
        assertThat(bench.line(0)).isFalse();
        assertThat(bench.read(IMR)).isZero();
    }

    @Test
    void sixtyFourCharactersFitAndTheNextOverruns() {
        bench.open();
        bench.type("x".repeat(64));
        assertThat(bench.read(STATUS) & 4).isEqualTo(4);
        assertThat(bench.read(ISR) & 0x20).isZero();
        bench.type("y");
        assertThat(bench.read(ISR) & 0x20).isEqualTo(0x20);
    }

    @Test
    void aTimeOutIsReportedOnceOneIsSet() {
        bench.open();
        bench.type("a");
        assertThat(bench.read(ISR) & 0x100).isZero();
        bench.write(TIMEOUT, 10);
        bench.type("b");
        assertThat(bench.read(ISR) & 0x100).isEqualTo(0x100);
    }

    @Test
    void resettingTheReceiverEmptiesIt() {
        bench.open();
        bench.type("abc");
        bench.write(CONTROL, 0x15);
        assertThat(bench.read(STATUS) & 2).isEqualTo(2);
        assertThat(bench.read(CONTROL)).isEqualTo(0x14);
    }

    @Test
    void inLocalLoopbackCharactersComeBackAndDoNotGoOut() {
        bench.open();
        bench.write(MODE, 0x220);
        bench.write(FIFO, 'q');
        assertThat(bench.console).isEmpty();
        assertThat(bench.read(FIFO)).isEqualTo('q');
    }
}
