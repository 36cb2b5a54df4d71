package dev.vboard.model.gpio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.DeviceBench;

import org.junit.jupiter.api.Test;

/** devices.md 7.2: the GPIO of ZynqMP, a button on pin 22. */
class ZynqmpGpioTest {
    private static final long MSW = 0x004;
    private static final long DATA = 0x040;
    private static final long DATA_RO = 0x060;
    private static final long DIRM = 0x204;
    private static final long INT_EN = 0x210;
    private static final long INT_DIS = 0x214;
    private static final long INT_STAT = 0x218;
    private static final long INT_TYPE = 0x21C;
    private static final long INT_POLARITY = 0x220;
    private static final long INT_ANY = 0x224;
    private static final long BUTTON = 1 << 22;

    private final DeviceBench bench = new DeviceBench("zynqmp-gpio", 1);

    private void press(long level) {
        assertThat(bench.device().input(bench.board, "level", level)).isEmpty();
    }

    @Test
    void aPressIsLatchedAsARisingEdgeUntilItIsCleared() {
        bench.write(INT_POLARITY, BUTTON);
        bench.write(INT_EN, BUTTON);
        press(1);
        assertThat(bench.read(DATA_RO)).isEqualTo(BUTTON);
        press(0);
        assertThat(bench.line(0)).isTrue();
        bench.write(INT_STAT, BUTTON);
        assertThat(bench.line(0)).isFalse();
    }

    @Test
    void theReleaseCountsWhereTheFallingEdgeOrAnyIsWanted() {
        press(1);
        assertThat(bench.read(INT_STAT)).isZero();
        press(0);
        assertThat(bench.read(INT_STAT)).isEqualTo(BUTTON);
        bench.write(INT_STAT, BUTTON);
        bench.write(INT_ANY, BUTTON);
        press(1);
        assertThat(bench.read(INT_STAT)).isEqualTo(BUTTON);
    }

    @Test
    void aLevelComesBackWhileItIsThere() {
        bench.write(INT_POLARITY, BUTTON);
        bench.write(INT_TYPE, 0x03FF_FFFF & ~BUTTON);
        press(1);
        bench.write(INT_STAT, BUTTON);
        assertThat(bench.read(INT_STAT)).isEqualTo(BUTTON);
        press(0);
        bench.write(INT_STAT, BUTTON);
        assertThat(bench.read(INT_STAT)).isZero();
    }

    @Test
    void aMaskedPinIsRecordedAndRaisesNothing() {
        press(1);
        press(0);
        assertThat(bench.line(0)).isFalse();
        bench.write(INT_EN, BUTTON);
        assertThat(bench.line(0)).isTrue();
        bench.write(INT_DIS, BUTTON);
        assertThat(bench.line(0)).isFalse();
    }

    @Test
    void outputsAreWrittenWholeOrThroughAMask() {
        bench.write(DIRM, 0x03FF_FFFF);
        bench.write(DATA, 0x0100_0001);
        assertThat(bench.read(DATA_RO)).isEqualTo(0x0100_0001);
        bench.write(MSW, 0xFFFDL << 16 | 0xFFFF);
        assertThat(bench.read(DATA)).isEqualTo(0x0102_0001);
    }

    @Test
    void itTakesALevelAndNothingElse() {
        assertThat(bench.device().input(bench.board, "alarm", 1)).isPresent();
    }
}
