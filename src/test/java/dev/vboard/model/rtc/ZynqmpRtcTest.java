package dev.vboard.model.rtc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.catalog.Catalog;
import dev.vboard.model.DeviceBench;
import dev.vboard.model.core.Deadline;
import dev.vboard.model.profile.BoardProfile;
import dev.vboard.model.profile.DeviceSpec;

import org.junit.jupiter.api.Test;

/** devices.md 7.2: ZynqMP's real-time clock. */
class ZynqmpRtcTest {
    private static final long SET_TIME_WRITE = 0x00;
    private static final long SET_TIME_READ = 0x04;
    private static final long CALIB_WRITE = 0x08;
    private static final long CALIB_READ = 0x0C;
    private static final long CURRENT_TIME = 0x10;
    private static final long CURRENT_TICK = 0x14;
    private static final long ALARM = 0x18;
    private static final long STATUS = 0x20;
    private static final long MASK = 0x24;
    private static final long ENABLE = 0x28;
    private static final long DISABLE = 0x2C;

    private final DeviceBench bench = new DeviceBench("zynqmp-rtc", 2);

    @Test
    void itCountsSecondsAndTicksOfVirtualTime() {
        bench.runTo(3_500_000_000L);
        assertThat(bench.read(CURRENT_TIME)).isEqualTo(3);
        assertThat(bench.read(CURRENT_TICK)).isEqualTo(16384);
    }

    @Test
    void aWrittenTimeAndCalibrationReadBack() {
        bench.write(SET_TIME_WRITE, 1_700_000_000L);
        bench.write(CALIB_WRITE, 0xFFFF_FFFFL);
        assertThat(bench.read(SET_TIME_READ)).isEqualTo(1_700_000_000L);
        assertThat(bench.read(CALIB_READ)).isEqualTo(0x1F_FFFF);
        bench.runToSecond(5);
        assertThat(bench.read(CURRENT_TIME)).isEqualTo(1_700_000_005L);
    }

    @Test
    void theAlarmHasTheFirstLineAndIsHeldUntilItIsCleared() {
        bench.write(ALARM, 60);
        bench.write(ENABLE, 2);
        assertThat(bench.read(MASK)).isEqualTo(1);
        bench.runTo(59_999_999_999L);
        assertThat(bench.line(0)).isFalse();
        bench.runToSecond(60);
        assertThat(bench.line(0)).isTrue();
        assertThat(bench.line(1)).isFalse();
        bench.write(STATUS, 2);
        assertThat(bench.line(0)).isFalse();
        assertThat(bench.board.nextDeadlineNanos()).isEqualTo(Deadline.NEVER);
    }

    @Test
    void theAlarmLatchesWhileItIsMasked() {
        bench.write(ALARM, 5);
        bench.runToSecond(6);
        assertThat(bench.read(STATUS) & 2).isEqualTo(2);
        assertThat(bench.line(0)).isFalse();
        bench.write(ENABLE, 2);
        assertThat(bench.line(0)).isTrue();
        bench.write(DISABLE, 2);
        assertThat(bench.line(0)).isFalse();
    }

    @Test
    void devT9_theSecondsInterruptWakesEverySecondThroughTheAlarmsNode() {
        bench.runTo(500_000_000L);
        bench.write(ENABLE, 1);
        for (int second = 1; second <= 3; second++) {
            assertThat(bench.line(1)).isFalse();
            bench.runToSecond(second);
            assertThat(bench.line(1)).as("second " + second).isTrue();
            bench.runTo(second * 1_000_000_000L + 400_000_000L);
            bench.write(STATUS, 1);
        }
        bench.write(DISABLE, 1);
        assertThat(bench.board.nextDeadlineNanos()).isEqualTo(Deadline.NEVER);
        bench.runToSecond(10);
        assertThat(bench.line(1)).isFalse();
        assertThat(bench.read(STATUS)).as("seen all the same").isEqualTo(1);

        BoardProfile zcu102 = new Catalog().find("zcu102").orElseThrow().profile();
        DeviceSpec rtc = zcu102.deviceOfIntid(59).orElseThrow();
        assertThat(rtc.wakeNode()).hasValue(61);
        assertThat(rtc.wakeIntids()).containsExactly(58, 59);
    }

    @Test
    void aSecondThatWasNotClearedIsNotAwaitedAgain() {
        bench.write(ENABLE, 1);
        bench.runToSecond(1);
        assertThat(bench.line(1)).isTrue();
        assertThat(bench.board.nextDeadlineNanos()).isEqualTo(Deadline.NEVER);
    }

    @Test
    void anAlarmFromOutsideIsSetAndEnabled() {
        assertThat(bench.device().input(bench.board, "alarm", 7)).isEmpty();
        bench.runToSecond(7);
        assertThat(bench.line(0)).isTrue();
        assertThat(bench.device().input(bench.board, "alarmNs", 7_000_000_000L)).isEmpty();
        assertThat(bench.line(0)).as("now is a moment that comes").isTrue();
        assertThat(bench.device().input(bench.board, "alarmNs", 6_999_999_999L)).isPresent();
    }

    @Test
    void allItHoldsSurvivesItsPowerDomain() {
        bench.write(SET_TIME_WRITE, 1000);
        bench.write(ALARM, 1060);
        bench.write(ENABLE, 2);
        bench.board.loseContents(DeviceBench.DOMAIN);
        bench.runToSecond(60);
        bench.device().poweredOn(bench.board);
        assertThat(bench.read(CURRENT_TIME)).isEqualTo(1060);
        assertThat(bench.line(0)).isTrue();
    }
}
