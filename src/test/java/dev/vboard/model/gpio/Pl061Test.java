package dev.vboard.model.gpio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.DeviceBench;

import org.junit.jupiter.api.Test;

/** devices.md 7.1: the GPIO of QEMU's machine, with the power key on pin 3. */
class Pl061Test {
    private static final int KEY = 1 << 3;
    private static final long ALL_PINS = 0x3FC;
    private static final long DIR = 0x400;
    private static final long IS = 0x404;
    private static final long IBE = 0x408;
    private static final long IEV = 0x40C;
    private static final long IE = 0x410;
    private static final long RIS = 0x414;
    private static final long IC = 0x41C;

    private final DeviceBench bench = new DeviceBench("pl061", 1);

    private void key(long level) {
        assertThat(bench.device().input(bench.board, "level", level)).isEmpty();
    }

    @Test
    void theKeyIsReadOnItsPinThroughTheMaskInTheAddress() {
        key(1);
        assertThat(bench.read(ALL_PINS)).isEqualTo(KEY);
        assertThat(bench.read(KEY << 2)).isEqualTo(KEY);
        assertThat(bench.read(1 << 2)).isZero();
    }

    @Test
    void aRisingEdgeIsLatchedUntilItIsCleared() {
        bench.write(IEV, KEY);
        bench.write(IE, KEY);
        key(1);
        key(0);
        assertThat(bench.line(0)).isTrue();
        bench.write(IC, KEY);
        assertThat(bench.line(0)).isFalse();
    }

    @Test
    void aFallingEdgeIsLatchedByDefaultAndBothOnDemand() {
        key(1);
        assertThat(bench.read(RIS)).isZero();
        key(0);
        assertThat(bench.read(RIS)).isEqualTo(KEY);
        bench.write(IC, KEY);
        bench.write(IBE, KEY);
        key(1);
        assertThat(bench.read(RIS)).isEqualTo(KEY);
    }

    @Test
    void aLevelFollowsThePin() {
        bench.write(IS, KEY);
        bench.write(IEV, KEY);
        bench.write(IE, KEY);
        key(1);
        assertThat(bench.line(0)).isTrue();
        bench.write(IC, KEY);
        assertThat(bench.line(0)).as("a level is not cleared").isTrue();
        key(0);
        assertThat(bench.line(0)).isFalse();
    }

    @Test
    void anOutputPinHasWhatSoftwareWroteThroughItsMask() {
        bench.write(DIR, 3);
        bench.write(1 << 2, 0xFF);
        assertThat(bench.read(ALL_PINS)).isEqualTo(1);
    }

    @Test
    void itTakesALevelAndNothingElse() {
        assertThat(bench.device().input(bench.board, "byte", 1)).isPresent();
        assertThat(bench.device().input(bench.board, "level", 2)).isPresent();
    }
}
