package dev.vboard.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.report.BoardState;
import dev.vboard.model.report.DeviceReport;
import dev.vboard.model.report.U64;

import org.junit.jupiter.api.Test;

/** devices.md 4, suspend behaviour: the watchdogs of ZCU102 while the machine sleeps. */
class WatchdogSleepTest {
    private static final long LPD = 0xFF15_0000L;
    private static final long FPD = 0xFD4D_0000L;
    private static final long CONTROL = 0x4;
    private static final int LPD_INTID = 52 + 32;
    private static final int RTC_ALARM = 26 + 32;
    private static final long SLOWEST = 0x92_0000 | 0x3FFC | 3;
    private static final long ENABLE_BOTH = 0xABC007;
    private static final long SECOND = 1_000_000_000L;
    private static final long PERIOD = 687_194_767_360L;

    private final LiveBoard live = new LiveBoard("zcu102", LiveBoard.options("rfc2018", 1));

    private void startAndSleep(long watchdog, int intid) {
        live.listen(0, 0, RTC_ALARM);
        live.listen(0, 0, intid);
        assertThat(live.store(0, 0, watchdog + CONTROL, SLOWEST)).isTrue();
        assertThat(live.store(0, 0, watchdog, ENABLE_BOTH)).isTrue();
        live.psci(0, 0, "SYSTEM_SUSPEND", 0x4008_0000L, 0);
        assertThat(live.summary().state()).isEqualTo(BoardState.SUSPENDED);
    }

    private long modeOf(String device) {
        DeviceReport report = live.done(new Query.DeviceNamed(device));
        return report.registers().getOrDefault("WDT_MODE", U64.ZERO).value();
    }

    @Test
    void devT21_theWatchdogOfTheLowPowerDomainBitesASleepingBoard() {
        startAndSleep(LPD, LPD_INTID);
        live.advance(PERIOD + SECOND);
        assertThat(live.count("watchdog", "lpd-swdt", "stage=1")).isEqualTo(1);
        assertThat(live.summary().state())
                .as("no node leads to its interrupt, so it cannot wake")
                .isEqualTo(BoardState.SUSPENDED);
        live.advance(PERIOD);
        assertThat(live.count("watchdog", "lpd-swdt", "stage=2")).isEqualTo(1);
        live.settle();
        assertThat(live.summary().state()).isEqualTo(BoardState.RUNNING);
        assertThat(live.host().resumeEntryCount()).as("Xen has booted anew").isZero();
        assertThat(modeOf("lpd-swdt")).as("and the watchdog is in reset").isEqualTo(0x1C2);
    }

    @Test
    void devT21_theWatchdogOfTheFullPowerDomainIsGoneAfterTheSleep() {
        startAndSleep(FPD, 113 + 32);
        live.advance(3 * PERIOD);
        assertThat(live.count("watchdog")).isZero();
        assertThat(live.summary().state()).isEqualTo(BoardState.SUSPENDED);
        live.done(new Action.DeviceInput("rtc", "alarmNs", live.clock().nowNs() + 2 * SECOND));
        live.advance(3 * SECOND);
        live.settle();
        assertThat(live.summary().state()).isEqualTo(BoardState.RUNNING);
        assertThat(live.host().powerLossCount()).isEqualTo(1);
        assertThat(modeOf("fpd-swdt")).isEqualTo(0x1C2);
        live.advance(3 * PERIOD);
        assertThat(live.count("watchdog")).isZero();
    }

    @Test
    void aBoardThatIsAwakeIsRemindedAndThenReset() {
        live.listen(0, 0, LPD_INTID);
        live.store(0, 0, LPD, ENABLE_BOTH);
        live.advance(3 * SECOND / 2);
        assertThat(live.ack(0, 0)).isEqualTo(LPD_INTID);
        live.advance(3 * SECOND / 2);
        live.settle();
        assertThat(live.count("watchdog", "stage=2")).isEqualTo(1);
        assertThat(live.count("domain-created")).as("Xen has booted twice").isEqualTo(2);
    }
}
