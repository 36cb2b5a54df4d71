package dev.vboard.model.watchdog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.DeviceBench;

import org.junit.jupiter.api.Test;

/** devices.md 4: the generic watchdog, on a bench whose counter has 100 MHz. */
class SbsaWatchdogTest {
    private static final long WCS = 0x000;
    private static final long WOR = 0x008;
    private static final long WORU = 0x00C;
    private static final long WCV = 0x010;
    private static final long WRR = 0x1_0000;
    private static final long SECOND = 100_000_000;

    private final DeviceBench bench = new DeviceBench("sbsa-watchdog", 1);

    private void start() {
        bench.write(WOR, SECOND);
        bench.write(WCS, 1);
    }

    @Test
    void theFirstTimeoutInterruptsAndTheSecondResets() {
        start();
        bench.runToSecond(1);
        assertThat(bench.line(0)).as("the counter must be past the value").isFalse();
        bench.runTo(1_000_000_010L);
        assertThat(bench.line(0)).isTrue();
        assertThat(bench.read(WCS)).isEqualTo(3);
        assertThat(bench.resets).isZero();
        bench.runTo(2_000_000_010L);
        assertThat(bench.read(WCS)).isEqualTo(7);
        assertThat(bench.resets).isEqualTo(1);
        bench.runToSecond(10);
        assertThat(bench.resets).isEqualTo(1);
    }

    @Test
    void devT12_anyWriteToItsOffsetOrStatusIsARefresh() {
        start();
        bench.runTo(900_000_000L);
        bench.write(WOR, SECOND);
        assertThat(bench.read(WCV, 8)).isEqualTo(190_000_000L);
        bench.runTo(1_800_000_000L);
        bench.write(WCS, 1);
        assertThat(bench.read(WCV, 8)).isEqualTo(280_000_000L);
        bench.runTo(2_700_000_000L);
        bench.write(WRR, 0);
        assertThat(bench.read(WCV, 8)).isEqualTo(370_000_000L);
        assertThat(bench.read(WCS)).isEqualTo(1);
        bench.runTo(3_800_000_000L);
        assertThat(bench.line(0)).isTrue();
        bench.write(WORU, 0);
        assertThat(bench.line(0)).as("a refresh takes the interrupt back").isFalse();
        assertThat(bench.read(WCS)).isEqualTo(1);
    }

    @Test
    void devT12_theCompareValueIsOneOfTheSystemCounter() {
        start();
        bench.runTo(500_000_000L);
        bench.stopCounterFor(400_000_000L);
        bench.runTo(1_300_000_000L);
        assertThat(bench.line(0)).as("the counter stood still").isFalse();
        bench.runTo(1_400_000_010L);
        assertThat(bench.line(0)).isTrue();
    }

    @Test
    void writingTheCompareValueMovesTheTimeoutAndRefreshesNothing() {
        start();
        bench.write(WCV, 8, 5 * SECOND);
        bench.runTo(5_000_000_000L);
        assertThat(bench.line(0)).isFalse();
        bench.runTo(5_000_000_010L);
        assertThat(bench.line(0)).isTrue();
    }

    @Test
    void itDoesNothingWhileItIsOff() {
        bench.write(WOR, SECOND);
        bench.runToSecond(10);
        assertThat(bench.read(WCS)).isZero();
        assertThat(bench.resets).isZero();
    }
}
