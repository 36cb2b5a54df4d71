package dev.vboard.model.watchdog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.DeviceBench;

import org.junit.jupiter.api.Test;

/** devices.md 4: the SP805, clocked with 32768 Hz. */
class Sp805Test {
    private static final long LOAD = 0x000;
    private static final long VALUE = 0x004;
    private static final long CONTROL = 0x008;
    private static final long INTCLR = 0x00C;
    private static final long RIS = 0x010;
    private static final long MIS = 0x014;
    private static final long LOCK = 0xC00;
    private static final long UNLOCK = 0x1ACC_E551L;
    private static final long INTEN = 1;
    private static final long RESEN = 2;
    private static final long SECOND_OF_TICKS = 32_767;

    private final DeviceBench bench = new DeviceBench("sp805", 1);

    private void start(long control) {
        bench.write(LOAD, SECOND_OF_TICKS);
        bench.write(CONTROL, control);
    }

    @Test
    void devT11_itResetsOnTheSecondExpiryNotOnTheFirst() {
        start(INTEN | RESEN);
        bench.runTo(999_999_999L);
        assertThat(bench.line(0)).isFalse();
        bench.runToSecond(1);
        assertThat(bench.line(0)).isTrue();
        assertThat(bench.resets).isZero();
        bench.runTo(1_999_999_999L);
        assertThat(bench.resets).isZero();
        bench.runToSecond(2);
        assertThat(bench.resets).isEqualTo(1);
    }

    @Test
    void devT11_clearingTheInterruptReloads() {
        start(INTEN | RESEN);
        bench.runTo(1_500_000_000L);
        bench.write(INTCLR, 0);
        assertThat(bench.line(0)).isFalse();
        assertThat(bench.read(VALUE)).isEqualTo(SECOND_OF_TICKS);
        bench.runTo(2_499_999_999L);
        assertThat(bench.read(RIS)).isZero();
        bench.runTo(2_500_000_000L);
        assertThat(bench.read(RIS)).isEqualTo(1);
        assertThat(bench.resets).isZero();
    }

    @Test
    void devT11_theLockBlocksEverythingButItself() {
        bench.write(LOCK, 0);
        assertThat(bench.read(LOCK)).isEqualTo(1);
        start(INTEN);
        assertThat(bench.read(CONTROL)).isZero();
        assertThat(bench.read(LOAD)).isEqualTo(0xFFFF_FFFFL);
        bench.write(LOCK, UNLOCK);
        start(INTEN);
        assertThat(bench.read(CONTROL)).isEqualTo(INTEN);
        bench.runToSecond(1);
        bench.write(LOCK, 1);
        bench.write(INTCLR, 0);
        assertThat(bench.read(MIS)).as("the clear was blocked").isEqualTo(1);
    }

    @Test
    void withoutTheResetEnabledItInterruptsAndCountsOn() {
        start(INTEN);
        bench.runToSecond(10);
        assertThat(bench.read(MIS)).isEqualTo(1);
        assertThat(bench.resets).isZero();
    }

    @Test
    void itCountsDownWhileItIsEnabledAndStandsStillOtherwise() {
        start(INTEN);
        bench.runTo(500_000_000L);
        assertThat(bench.read(VALUE)).isEqualTo(SECOND_OF_TICKS - 16_384);
        bench.write(CONTROL, 0);
        bench.runToSecond(5);
        assertThat(bench.read(VALUE)).isEqualTo(SECOND_OF_TICKS - 16_384);
        assertThat(bench.read(RIS)).isZero();
    }
}
