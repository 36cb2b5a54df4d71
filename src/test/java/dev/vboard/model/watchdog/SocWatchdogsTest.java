package dev.vboard.model.watchdog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.DeviceBench;
import dev.vboard.model.core.Deadline;

import org.junit.jupiter.api.Test;

/** devices.md 4, 7.4, 7.6: the watchdogs of ZynqMP, i.MX8M and R-Car. */
class SocWatchdogsTest {
    private static final long MODE = 0x0;
    private static final long CONTROL = 0x4;
    private static final long RESTART = 0x8;
    private static final long STATUS = 0xC;
    private static final long MODE_KEY = 0xABC000;
    private static final long CONTROL_KEY = 0x920000;
    private static final long WDEN = 1;
    private static final long RSTEN = 2;
    private static final long IRQEN = 4;
    private static final long WCR = 0x0;
    private static final long WSR = 0x2;
    private static final long WICR = 0x6;
    private static final long RWTCNT = 0x0;
    private static final long RWTCSRA = 0x4;

    /** Counts 0xFFFFFF of 100 MHz / 8 in 1.34 s. */
    private final DeviceBench zynqmp = new DeviceBench("zynqmp-wdt", 1, "edge");

    private final DeviceBench imx = new DeviceBench("imx-wdog", 1);
    private final DeviceBench rcar = new DeviceBench("rcar-rwdt", 0);

    @Test
    void zynqmpRemindsByAnEdgeAndResetsAtTheSecondZero() {
        int[] edges = {0};
        zynqmp.lines().listen((_, _, high) -> edges[0] += high ? 1 : 0);
        zynqmp.write(MODE, MODE_KEY | WDEN | RSTEN | IRQEN);
        zynqmp.runTo(1_400_000_000L);
        assertThat(edges[0]).isEqualTo(1);
        assertThat(zynqmp.line(0)).isFalse();
        assertThat(zynqmp.read(STATUS)).isEqualTo(1);
        assertThat(zynqmp.resets).isZero();
        zynqmp.runTo(2_700_000_000L);
        assertThat(zynqmp.resets).isEqualTo(1);
    }

    @Test
    void zynqmpResetsAtTheFirstZeroWhenItsInterruptIsOff() {
        zynqmp.write(MODE, MODE_KEY | WDEN | RSTEN);
        zynqmp.runTo(1_400_000_000L);
        assertThat(zynqmp.resets).isEqualTo(1);
    }

    @Test
    void zynqmpRestartsByItsKeyOnly() {
        zynqmp.write(CONTROL, CONTROL_KEY | 0x3FFC);
        zynqmp.write(MODE, MODE_KEY | WDEN | RSTEN);
        zynqmp.runTo(1_000_000_000L);
        zynqmp.write(RESTART, 0x1999);
        zynqmp.runTo(2_000_000_000L);
        zynqmp.write(RESTART, 0x1998);
        assertThat(zynqmp.resets).isZero();
        zynqmp.runTo(2_400_000_000L);
        assertThat(zynqmp.resets).isEqualTo(1);
    }

    @Test
    void zynqmpCountsSlowerWithALargerPrescaler() {
        zynqmp.write(CONTROL, CONTROL_KEY | 0x3FFC | 1);
        zynqmp.write(MODE, MODE_KEY | WDEN | RSTEN);
        zynqmp.runTo(10_000_000_000L);
        assertThat(zynqmp.resets).isZero();
        zynqmp.runTo(10_800_000_000L);
        assertThat(zynqmp.resets).isEqualTo(1);
    }

    @Test
    void itsCountingIsLostWithItsPowerDomain() {
        zynqmp.write(MODE, MODE_KEY | WDEN | RSTEN);
        zynqmp.powerOff();
        zynqmp.device().poweredOn(zynqmp.board);
        assertThat(zynqmp.board.nextDeadlineNanos()).isEqualTo(Deadline.NEVER);
        assertThat(zynqmp.read(MODE)).isEqualTo(0x1C2);
    }

    @Test
    void imxResetsAfterItsTimeAndWarnsBefore() {
        imx.write(WICR, 2, 0x8002);
        imx.write(WCR, 2, 0x0334);
        imx.runTo(999_999_999L);
        assertThat(imx.line(0)).isFalse();
        imx.runToSecond(1);
        assertThat(imx.line(0)).as("two half seconds before").isTrue();
        imx.write(WICR, 2, 0xC002);
        assertThat(imx.line(0)).isFalse();
        imx.runToSecond(2);
        assertThat(imx.resets).isEqualTo(1);
    }

    @Test
    void imxIsServedByTwoWordsInOrderAndCannotBeStopped() {
        imx.write(WCR, 2, 0x0134);
        imx.runTo(900_000_000L);
        imx.write(WSR, 2, 0x5555);
        imx.write(WSR, 2, 0xAAAA);
        imx.write(WCR, 2, 0x0130);
        assertThat(imx.read(WCR, 2)).isEqualTo(0x0134);
        imx.runTo(1_800_000_000L);
        assertThat(imx.resets).isZero();
        imx.write(WSR, 2, 0xAAAA);
        imx.runTo(1_900_000_000L);
        assertThat(imx.resets).isEqualTo(1);
    }

    @Test
    void imxResetsAtOnceWhenSoftwareAsks() {
        imx.write(WCR, 2, 0x0024);
        assertThat(imx.resets).isEqualTo(1);
    }

    @Test
    void rcarCountsUpAndResetsAtItsOverflow() {
        rcar.write(RWTCNT, 0x5A5A_8000L);
        rcar.write(RWTCSRA, 0xA5A5_A580L);
        rcar.runTo(500_000_000L);
        assertThat(rcar.read(RWTCNT)).isEqualTo(0xC000);
        rcar.runTo(1_000_000_000L);
        assertThat(rcar.resets).isEqualTo(1);
        assertThat(rcar.read(RWTCSRA)).isEqualTo(0x90);
    }

    @Test
    void rcarStandsStillWhenItIsStopped() {
        rcar.write(RWTCNT, 0x5A5A_8000L);
        rcar.write(RWTCSRA, 0xA5A5_A580L);
        rcar.runTo(500_000_000L);
        rcar.write(RWTCSRA, 0xA5A5_A500L);
        rcar.runTo(10_000_000_000L);
        assertThat(rcar.read(RWTCNT)).isEqualTo(0xC000);
        assertThat(rcar.resets).isZero();
    }
}
