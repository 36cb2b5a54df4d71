package dev.vboard.model.timer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Deadline;

import org.junit.jupiter.api.Test;

/** Traps DEV-T1 to DEV-T6 and DEV-T23 to DEV-T25 of the generic timer, as far as hardware goes. */
class TimerTrapsTest {

    private final TimerBoard b = new TimerBoard();

    @Test
    void devT1_theStatusIgnoresTheMaskAndTheLineDoesNot() {
        b.write(0, "CNTV_CVAL_EL0", 10);
        b.write(0, "CNTV_CTL_EL0", 3);
        assertThat(b.board.nextDeadlineNanos()).as("nothing to wait for").isEqualTo(Deadline.NEVER);
        b.advance(1000);
        assertThat(b.read(0, "CNTV_CTL_EL0")).isEqualTo(7);
        assertThat(b.line(0, TimerKind.CNTV)).isFalse();
        b.write(0, "CNTV_CTL_EL0", 1);
        assertThat(b.line(0, TimerKind.CNTV)).isTrue();
        b.write(0, "CNTV_CTL_EL0", 2);
        assertThat(b.read(0, "CNTV_CTL_EL0")).as("disabled: no status").isEqualTo(2);
    }

    @Test
    void devT2_theLineStaysHighUntilTheTimerIsReprogrammed() {
        b.write(0, "CNTP_CTL_EL0", 1);
        assertThat(b.line(0, TimerKind.CNTP)).isTrue();
        b.advance(1_000_000);
        assertThat(b.line(0, TimerKind.CNTP)).isTrue();
        b.write(0, "CNTP_TVAL_EL0", 1);
        assertThat(b.line(0, TimerKind.CNTP)).isFalse();
        b.advance(16);
        assertThat(b.line(0, TimerKind.CNTP)).isTrue();
        b.write(0, "CNTP_CTL_EL0", 0);
        assertThat(b.line(0, TimerKind.CNTP)).isFalse();
    }

    @Test
    void devT3_aCompareValueFarAheadDoesNotFireThoughItsTimerValueReadsWrapped() {
        b.write(0, "CNTP_CVAL_EL0", 0x1_8000_0005L);
        b.write(0, "CNTP_CTL_EL0", 1);
        assertThat(b.line(0, TimerKind.CNTP)).isFalse();
        assertThat(b.read(0, "CNTP_TVAL_EL0")).isEqualTo(0x8000_0005L);
        b.advance(16);
        assertThat(b.read(0, "CNTP_TVAL_EL0")).isEqualTo(0x8000_0004L);
        b.advance(0x1_8000_0004L * 16 - 1);
        assertThat(b.line(0, TimerKind.CNTP)).isFalse();
        b.advance(1);
        assertThat(b.line(0, TimerKind.CNTP)).isTrue();
    }

    @Test
    void devT4_everythingButTheCounterDiesWithTheCore() {
        b.advance(16_000);
        for (int cpu = 0; cpu < 2; cpu++) {
            b.registers.get("CNTFRQ_EL0").write(b.board, Access.el3(cpu), TimerBoard.HZ);
            b.write(cpu, "CNTVOFF_EL2", 7);
            b.write(cpu, "CNTHCTL_EL2", 0);
            b.write(cpu, "CNTKCTL_EL1", 3);
            b.write(cpu, "CNTP_CVAL_EL0", 5);
            b.write(cpu, "CNTP_CTL_EL0", 1);
            b.write(cpu, "CNTV_CVAL_EL0", 5000);
            b.write(cpu, "CNTV_CTL_EL0", 1);
        }
        assertThat(b.line(1, TimerKind.CNTP)).isTrue();
        b.loseCore(1);

        assertThat(b.line(1, TimerKind.CNTP)).as("the line falls").isFalse();
        assertThat(b.read(1, "CNTFRQ_EL0")).isZero();
        assertThat(b.read(1, "CNTVOFF_EL2")).isZero();
        assertThat(b.read(1, "CNTP_CVAL_EL0")).isZero();
        assertThat(b.read(1, "CNTP_CTL_EL0")).isZero();
        assertThat(b.read(1, "CNTKCTL_EL1")).isZero();
        assertThat(b.read(1, "CNTPCT_EL0")).isEqualTo(1000);
        assertThat(b.line(0, TimerKind.CNTP)).as("the other core's does not").isTrue();
        assertThat(b.read(0, "CNTFRQ_EL0")).isEqualTo(TimerBoard.HZ);
        b.advance(1_000_000);
        assertThat(b.line(1, TimerKind.CNTV)).as("it cannot wake its core").isFalse();
        assertThat(b.line(0, TimerKind.CNTV)).isTrue();
    }

    @Test
    void devT5_theMaskThatEl2SetsOnDeliveryReadsBack() {
        b.write(0, "CNTV_CTL_EL0", 1);
        assertThat(b.line(0, TimerKind.CNTV)).isTrue();
        b.write(0, "CNTV_CTL_EL0", b.read(0, "CNTV_CTL_EL0") | 2);
        assertThat(b.line(0, TimerKind.CNTV)).isFalse();
        assertThat(b.read(0, "CNTV_CTL_EL0")).isEqualTo(7);
    }

    @Test
    void devT6_theHypervisorTimerLeftEnabledStillRaisesItsLine() {
        b.write(0, "CNTHP_TVAL_EL2", 100);
        b.write(0, "CNTHP_CTL_EL2", 1);
        b.advance(100 * 16);
        assertThat(b.line(0, TimerKind.CNTHP)).isTrue();
        b.write(0, "CNTHP_CTL_EL2", 0);
        assertThat(b.line(0, TimerKind.CNTHP)).isFalse();
        assertThat(b.board.nextDeadlineNanos()).isEqualTo(Deadline.NEVER);
    }

    @Test
    void devT23_enablingBeforeSettingTheValueAssertsTheLineForAnInstant() {
        b.advance(16_000);
        b.write(0, "CNTV_CTL_EL0", 1);
        assertThat(b.line(0, TimerKind.CNTV)).as("the stale value is past").isTrue();
        b.write(0, "CNTV_TVAL_EL0", 100);
        assertThat(b.line(0, TimerKind.CNTV)).isFalse();
    }

    @Test
    void devT24_movingTheOffsetReEvaluatesInBothDirections() {
        b.advance(16_000);
        b.write(0, "CNTV_CVAL_EL0", 900);
        b.write(0, "CNTV_CTL_EL0", 1);
        assertThat(b.line(0, TimerKind.CNTV)).isTrue();
        b.write(0, "CNTVOFF_EL2", 200);
        assertThat(b.line(0, TimerKind.CNTV)).isFalse();
        b.write(0, "CNTVOFF_EL2", 0);
        assertThat(b.line(0, TimerKind.CNTV)).isTrue();
        b.write(0, "CNTVOFF_EL2", 200);
        b.advance(100 * 16);
        assertThat(b.line(0, TimerKind.CNTV)).isTrue();
    }

    @Test
    void devT24_theLineFallsWhenTheVirtualCounterWraps() {
        b.write(0, "CNTVOFF_EL2", 10);
        b.write(0, "CNTV_CVAL_EL0", 5);
        b.write(0, "CNTV_CTL_EL0", 1);
        assertThat(b.read(0, "CNTVCT_EL0")).isEqualTo(-10);
        assertThat(b.line(0, TimerKind.CNTV)).isTrue();
        b.advance(10 * 16 - 1);
        assertThat(b.line(0, TimerKind.CNTV)).isTrue();
        b.advance(1);
        assertThat(b.read(0, "CNTVCT_EL0")).isZero();
        assertThat(b.line(0, TimerKind.CNTV)).isFalse();
        b.advance(5 * 16);
        assertThat(b.line(0, TimerKind.CNTV)).isTrue();
    }

    @Test
    void devT24_aNegativeTimerValueNearZeroWrapsAndDoesNotFire() {
        b.advance(3 * 16);
        b.write(0, "CNTP_TVAL_EL0", 0xFFFF_FFF0L);
        b.write(0, "CNTP_CTL_EL0", 1);
        assertThat(b.read(0, "CNTP_CVAL_EL0")).isEqualTo(3 - 16);
        assertThat(b.line(0, TimerKind.CNTP)).isFalse();
        b.advance(100 * 16);
        b.write(0, "CNTP_TVAL_EL0", 0xFFFF_FFF0L);
        assertThat(b.line(0, TimerKind.CNTP)).as("far from zero it is past").isTrue();
    }

    @Test
    void devT25_atCounterZeroATimerValueOfMinusOneIsTheLastMomentThereIs() {
        b.write(0, "CNTP_TVAL_EL0", 0xFFFF_FFFFL);
        b.write(0, "CNTP_CTL_EL0", 1);
        assertThat(b.read(0, "CNTP_CVAL_EL0")).isEqualTo(-1);
        assertThat(b.line(0, TimerKind.CNTP)).isFalse();
        assertThat(b.read(0, "CNTPCT_EL0")).as("accesses cost no ticks").isZero();
    }
}
