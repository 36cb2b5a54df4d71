package dev.vboard.model.uart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.DeviceBench;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** devices.md 2: the PL011. */
class Pl011Test {
    private static final long DR = 0x00;
    private static final long RSR = 0x04;
    private static final long FR = 0x18;
    private static final long LCR_H = 0x2C;
    private static final long CR = 0x30;
    private static final long IMSC = 0x38;
    private static final long RIS = 0x3C;
    private static final long MIS = 0x40;
    private static final long ICR = 0x44;
    private static final long RX = 1 << 4;
    private static final long TX = 1 << 5;
    private static final long RT = 1 << 6;
    private static final long OE = 1 << 10;

    private final DeviceBench bench = new DeviceBench("pl011", 1);

    @BeforeEach
    void switchOn() {
        bench.write(CR, 0x301);
    }

    @Test
    void aWrittenCharacterIsOnTheConsoleAtOnceAndTheFifoEmptyAgain() {
        bench.write(DR, 'H');
        bench.write(DR, 1, 'i');
        bench.write(DR, 2, '!');
        assertThat(bench.console).containsExactly("H", "i", "!");
        assertThat(bench.read(FR)).isEqualTo(0x90);
        assertThat(bench.read(RIS)).isEqualTo(TX);
    }

    @Test
    void nothingIsSentWhileTheUartOrItsTransmitterIsOff() {
        bench.write(CR, 0x300);
        bench.write(DR, 'a');
        bench.write(CR, 0x201);
        bench.write(DR, 'b');
        bench.print("c\n");
        assertThat(bench.console).isEmpty();
        assertThat(bench.read(RIS)).isZero();
    }

    @Test
    void printingIsOneEventAndLeavesNoInterruptBehind() {
        bench.print("(XEN) hello\n");
        assertThat(bench.console).containsExactly("(XEN) hello\n");
        assertThat(bench.read(RIS)).isZero();
    }

    @Test
    void theLineIsHighWhileAnUnmaskedInterruptIsRaised() {
        bench.type("x");
        assertThat(bench.line(0)).isFalse();
        bench.write(IMSC, RX);
        assertThat(bench.line(0)).isTrue();
        assertThat(bench.read(MIS)).isEqualTo(RX);
        bench.write(ICR, RX);
        assertThat(bench.line(0)).isFalse();
        assertThat(bench.read(DR)).isEqualTo('x');
    }

    @Test
    void readingTheLastCharacterLowersReceiveAndTimeOut() {
        bench.write(LCR_H, 0x70);
        bench.write(IMSC, RX | RT);
        bench.type("ab");
        assertThat(bench.read(RIS)).isEqualTo(RX | RT);
        assertThat(bench.read(DR)).isEqualTo('a');
        assertThat(bench.line(0)).isTrue();
        assertThat(bench.read(DR)).isEqualTo('b');
        assertThat(bench.line(0)).isFalse();
        assertThat(bench.read(FR) & 0x10).isNotZero();
    }

    @Test
    void theFifoHoldsSixteenCharactersWhenItIsOnAndOneWhenItIsOff() {
        bench.write(LCR_H, 0x70);
        bench.type("0123456789abcdef");
        assertThat(bench.read(FR) & 0x40).isNotZero();
        assertThat(bench.read(RIS) & OE).isZero();
        bench.type("!");
        assertThat(bench.read(RIS) & OE).isNotZero();
        assertThat(bench.read(RSR)).isEqualTo(8);
        bench.write(RSR, 0);
        assertThat(bench.read(RSR)).isZero();
        assertThat(bench.read(DR)).isEqualTo(0x800 | '0');
        assertThat(bench.read(DR)).isEqualTo('1');

        bench.write(LCR_H, 0x60);
        assertThat(bench.read(FR)).as("switching the FIFOs empties them").isEqualTo(0x90);
        bench.type("ab");
        assertThat(bench.read(DR) & 0xFF).isEqualTo('a');
        assertThat(bench.read(DR)).isZero();
    }

    @Test
    void theFifoKeepsItsOrderAcrossItsEnd() {
        bench.write(LCR_H, 0x70);
        for (int i = 0; i < 40; i++) {
            bench.type("" + (char) ('A' + i));
            bench.type("" + (char) ('a' + i));
            assertThat(bench.read(DR)).isEqualTo('A' + i);
            assertThat(bench.read(DR)).isEqualTo('a' + i);
        }
    }

    @Test
    void loopbackFeedsWhatIsSentToTheReceiver() {
        bench.write(CR, 0x381);
        bench.write(DR, 'z');
        assertThat(bench.read(DR)).isEqualTo('z');
    }

    @Test
    void aByteIsRefusedByAReceiverThatIsOffAndNothingChanges() {
        bench.write(CR, 0x101);
        long before = bench.board.fingerprint();
        assertThat(bench.device().input(bench.board, "byte", 'x')).isPresent();
        assertThat(bench.device().input(bench.board, "byte", 256)).isPresent();
        assertThat(bench.device().input(bench.board, "level", 1)).isPresent();
        assertThat(bench.board.fingerprint()).isEqualTo(before);
    }

    @Test
    void theLineFallsWhenTheUartComesBackFromAPowerLoss() {
        bench.write(IMSC, RX);
        bench.type("x");
        bench.board.loseContents(DeviceBench.DOMAIN);
        bench.device().poweredOn(bench.board);
        assertThat(bench.line(0)).isFalse();
        assertThat(bench.read(CR)).isEqualTo(0x300);
    }

    @Test
    void openingItIsWhatXensDriverDoes() {
        bench.write(CR, 0xC00);
        bench.open();
        assertThat(bench.read(LCR_H)).isEqualTo(0x70);
        assertThat(bench.read(CR)).isEqualTo(0xF01);
        assertThat(bench.read(IMSC)).isEqualTo(0x7F0);
    }
}
