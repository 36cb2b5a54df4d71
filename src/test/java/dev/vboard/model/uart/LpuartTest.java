package dev.vboard.model.uart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.DeviceBench;

import org.junit.jupiter.api.Test;

/** devices.md 7.3: the console of i.MX8QM. */
class LpuartTest {
    private static final long GLOBAL = 0x08;
    private static final long STAT = 0x14;
    private static final long CTRL = 0x18;
    private static final long DATA = 0x1C;
    private static final long FIFO = 0x28;
    private static final long WATER = 0x2C;
    private static final long RDRF = 1 << 21;
    private static final long OR = 1 << 19;
    private static final long EMPTY = 1 << 12;

    private final DeviceBench bench = new DeviceBench("lpuart", 1);

    @Test
    void itIsSilentUntilItIsOpened() {
        bench.print("lost");
        bench.write(DATA, 'x');
        assertThat(bench.device().input(bench.board, "byte", 'c')).isPresent();
        bench.open();
        bench.write(DATA, 'X');
        bench.print("(XEN) hi\n");
        assertThat(bench.console).containsExactly("X", "(XEN) hi\n");
        assertThat(bench.line(0)).isFalse();
    }

    @Test
    void whatIsTypedHoldsTheLineUntilItIsRead() {
        bench.open();
        bench.type("ab");
        assertThat(bench.line(0)).isTrue();
        assertThat(bench.read(STAT) & RDRF).isNotZero();
        assertThat(bench.read(DATA)).isEqualTo('a');
        assertThat(bench.read(DATA)).isEqualTo('b' | EMPTY);
        assertThat(bench.line(0)).isFalse();
        assertThat(bench.read(DATA)).isEqualTo(EMPTY);
        assertThat(bench.read(FIFO) >>> 16 & 1).as("underflow").isEqualTo(1);
    }

    @Test
    void theWatermarkHoldsTheFlagBack() {
        bench.open();
        bench.write(WATER, 2 << 16);
        bench.type("ab");
        assertThat(bench.read(STAT) & RDRF).isZero();
        assertThat(bench.read(WATER) >>> 24).isEqualTo(2);
        bench.type("c");
        assertThat(bench.read(STAT) & RDRF).isNotZero();
    }

    @Test
    void withoutItsFifoASecondCharacterIsLost() {
        bench.write(CTRL, 1 << 18 | 1 << 27);
        bench.type("ab");
        assertThat(bench.read(STAT) & OR).isNotZero();
        assertThat(bench.line(0)).isTrue();
        bench.write(STAT, OR);
        assertThat(bench.line(0)).isFalse();
        assertThat(bench.read(DATA) & 0xFF).isEqualTo('a');
    }

    @Test
    void loopBackReceivesWhatIsSent() {
        bench.open();
        bench.write(CTRL, 3 << 18 | 1 << 7);
        bench.write(DATA, 'x');
        assertThat(bench.read(DATA) & 0xFF).isEqualTo('x');
    }

    @Test
    void aSoftwareResetAndALossOfPowerSilenceIt() {
        bench.open();
        bench.type("a");
        bench.write(GLOBAL, 2);
        assertThat(bench.read(CTRL)).isZero();
        assertThat(bench.line(0)).isFalse();
        bench.write(GLOBAL, 0);
        bench.open();
        bench.type("a");
        bench.powerOff();
        assertThat(bench.line(0)).isFalse();
    }
}
