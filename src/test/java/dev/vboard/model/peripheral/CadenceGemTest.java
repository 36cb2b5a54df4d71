package dev.vboard.model.peripheral;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.DeviceBench;

import org.junit.jupiter.api.Test;

/** devices.md 7.2 and trap 10: the network interface with its data line and its wake line. */
class CadenceGemTest {
    private static final long NETWORK_CONTROL = 0x000;
    private static final long INT_STATUS = 0x024;
    private static final long INT_ENABLE = 0x028;
    private static final long INT_DISABLE = 0x02C;
    private static final long WOL = 0x0B8;
    private static final long RECEIVED = 2;
    private static final int DATA = 0;
    private static final int WAKE = 1;

    private final DeviceBench bench = new DeviceBench("cadence-gem", 2);

    private void frame() {
        assertThat(bench.device().input(bench.board, "level", 1)).isEmpty();
    }

    @Test
    void aFrameRaisesTheDataLineOnceReceptionAndInterruptAreOn() {
        frame();
        assertThat(bench.read(INT_STATUS)).as("the receiver is off").isZero();
        bench.write(NETWORK_CONTROL, 1 << 2);
        frame();
        assertThat(bench.read(INT_STATUS)).isEqualTo(RECEIVED);
        assertThat(bench.line(DATA)).as("masked").isFalse();
        bench.write(INT_ENABLE, RECEIVED);
        assertThat(bench.line(DATA)).isTrue();
        bench.write(INT_DISABLE, RECEIVED);
        assertThat(bench.line(DATA)).isFalse();
        bench.write(INT_ENABLE, RECEIVED);
        bench.write(INT_STATUS, RECEIVED);
        assertThat(bench.line(DATA)).isFalse();
    }

    @Test
    void devT10_aFrameThatWakesRaisesTheWakeLineAndNotTheDataLine() {
        bench.write(WOL, 1 << 16);
        frame();
        assertThat(bench.line(WAKE)).isTrue();
        assertThat(bench.line(DATA)).isFalse();
        bench.write(INT_STATUS, 1 << 28);
        assertThat(bench.line(WAKE)).isFalse();
        bench.write(WOL, 0);
        frame();
        assertThat(bench.line(WAKE)).isFalse();
    }

    @Test
    void anInterfaceMayHaveNoWakeLine() {
        DeviceBench single = new DeviceBench("cadence-gem", 1);
        single.write(WOL, 1 << 16);
        single.device().input(single.board, "level", 1);
        assertThat(single.read(INT_STATUS)).isEqualTo(1 << 28);
        assertThat(single.line(DATA)).isFalse();
    }

    @Test
    void itTakesAFrameAndNothingElse() {
        assertThat(bench.device().input(bench.board, "byte", 1)).isPresent();
        assertThat(bench.device().input(bench.board, "level", 0)).isEmpty();
        assertThat(bench.read(INT_STATUS)).isZero();
    }
}
