package dev.vboard.model.timer;

import static dev.vboard.model.core.SystemRegisters.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Deadline;
import dev.vboard.model.core.SystemRegisters.SystemRegister;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The generic timer's comparators and registers (DDI 0487 D12, D23.2). */
class GenericTimerTest {

    private final TimerBoard b = new TimerBoard();

    private static String register(TimerKind kind, String field) {
        return switch (kind) {
            case CNTP, CNTV -> kind + "_" + field + "_EL0";
            case CNTHP -> kind + "_" + field + "_EL2";
            case CNTPS -> kind + "_" + field + "_EL1";
        };
    }

    @ParameterizedTest
    @EnumSource(TimerKind.class)
    void aTimerRaisesItsOwnLineOfItsOwnCpuWhenTheCounterReachesItsValue(TimerKind kind) {
        b.advance(1000);
        b.write(1, register(kind, "TVAL"), 100);
        b.write(1, register(kind, "CTL"), 1);
        assertThat(b.read(1, register(kind, "CVAL"))).isEqualTo(62 + 100);
        assertThat(b.timer.deadlineNanos(b.board, 1, kind)).isEqualTo(162 * 16);

        b.advance(162 * 16 - 1000 - 1);
        assertThat(b.line(1, kind)).isFalse();
        b.advance(1);
        for (TimerKind other : TimerKind.values()) {
            assertThat(b.line(1, other)).isEqualTo(other == kind);
            assertThat(b.line(0, other)).isFalse();
        }
        assertThat(b.read(1, register(kind, "CTL"))).isEqualTo(5);
        assertThat(b.timer.deadlineNanos(b.board, 1, kind)).isEqualTo(162 * 16);
        assertThat(b.board.nextDeadlineNanos()).isEqualTo(Deadline.NEVER);
    }

    @ParameterizedTest
    @CsvSource({
        "CNTFRQ_EL0,3,3,14,0,0,0,3",
        "CNTPCT_EL0,3,3,14,0,1,0,9",
        "CNTVCT_EL0,3,3,14,0,2,0,9",
        "CNTKCTL_EL1,3,0,14,1,0,1,1",
        "CNTHCTL_EL2,3,4,14,1,0,2,2",
        "CNTVOFF_EL2,3,4,14,0,3,2,2",
        "CNTP_TVAL_EL0,3,3,14,2,0,0,0",
        "CNTP_CTL_EL0,3,3,14,2,1,0,0",
        "CNTP_CVAL_EL0,3,3,14,2,2,0,0",
        "CNTV_TVAL_EL0,3,3,14,3,0,0,0",
        "CNTV_CTL_EL0,3,3,14,3,1,0,0",
        "CNTV_CVAL_EL0,3,3,14,3,2,0,0",
        "CNTHP_TVAL_EL2,3,4,14,2,0,2,2",
        "CNTHP_CTL_EL2,3,4,14,2,1,2,2",
        "CNTHP_CVAL_EL2,3,4,14,2,2,2,2",
        "CNTPS_TVAL_EL1,3,7,14,2,0,3,3",
        "CNTPS_CTL_EL1,3,7,14,2,1,3,3",
        "CNTPS_CVAL_EL1,3,7,14,2,2,3,3"
    })
    void registersHaveTheirEncodingAndLevels(
            String name, int op0, int op1, int crn, int crm, int op2, int reads, int writes) {
        SystemRegister register = b.registers.get(name);
        assertThat(register.encoding()).isEqualTo(encoding(op0, op1, crn, crm, op2));
        for (int level = 0; level <= 3; level++) {
            Access by = Access.of(0, level, level == 3);
            assertThat(register.permits(by, false)).isEqualTo(level >= reads);
            assertThat(register.permits(by, true)).isEqualTo(level >= writes);
        }
    }

    @Test
    void theVirtualTimerComparesTheCounterLessItsOffset() {
        b.advance(16_000);
        b.write(0, "CNTVOFF_EL2", 900);
        assertThat(b.read(0, "CNTPCT_EL0")).isEqualTo(1000);
        assertThat(b.read(0, "CNTVCT_EL0")).isEqualTo(100);
        b.write(0, "CNTV_TVAL_EL0", 50);
        b.write(0, "CNTV_CTL_EL0", 1);
        assertThat(b.read(0, "CNTV_CVAL_EL0")).isEqualTo(150);
        assertThat(b.timer.counter(b.board, 0, TimerKind.CNTV)).isEqualTo(100);
        b.advance(50 * 16);
        assertThat(b.line(0, TimerKind.CNTV)).isTrue();
    }

    @Test
    void controlRegistersKeepOnlyTheBitsTheyHave() {
        b.write(0, "CNTKCTL_EL1", -1L);
        b.write(0, "CNTHCTL_EL2", -1L);
        b.write(0, "CNTP_CTL_EL0", -1L);
        assertThat(b.read(0, "CNTKCTL_EL1")).isEqualTo(0x3FF);
        assertThat(b.read(0, "CNTHCTL_EL2")).isEqualTo(0xFF);
        assertThat(b.timer.enabled(b.board, 0, TimerKind.CNTP)).isTrue();
        assertThat(b.timer.masked(b.board, 0, TimerKind.CNTP)).isTrue();
    }

    @Test
    void aReEnabledTimerWhoseTimeIsPastIsDueAtOnce() {
        b.write(0, "CNTP_CVAL_EL0", 10);
        b.advance(1_000_000);
        assertThat(b.line(0, TimerKind.CNTP)).isFalse();
        b.write(0, "CNTP_CTL_EL0", 1);
        assertThat(b.line(0, TimerKind.CNTP)).isTrue();
        assertThat(b.timer.deadlineNanos(b.board, 0, TimerKind.CNTP)).isEqualTo(160);
    }

    @Test
    void compareValuesBeyondVirtualTimeNeverComeAndDoNotOverflow() {
        b.advance(1_000_000);
        for (long value : new long[] {-1L, Long.MIN_VALUE, Long.MAX_VALUE}) {
            b.write(0, "CNTHP_CVAL_EL2", value);
            b.write(0, "CNTHP_CTL_EL2", 1);
            assertThat(b.line(0, TimerKind.CNTHP)).isFalse();
            assertThat(b.timer.deadlineNanos(b.board, 0, TimerKind.CNTHP))
                    .isEqualTo(Deadline.NEVER);
        }
    }

    @Test
    void anOddFrequencyFiresAtTheFirstNanosecondOfItsTick() {
        TimerBoard odd = new TimerBoard(8_333_333);
        odd.write(0, "CNTP_CVAL_EL0", 1000);
        odd.write(0, "CNTP_CTL_EL0", 1);
        odd.advance(120_000);
        assertThat(odd.read(0, "CNTPCT_EL0")).isEqualTo(999);
        assertThat(odd.line(0, TimerKind.CNTP)).isFalse();
        odd.advance(1);
        assertThat(odd.read(0, "CNTPCT_EL0")).isEqualTo(1000);
        assertThat(odd.line(0, TimerKind.CNTP)).isTrue();
    }

    @Test
    void aCounterThatStoodStillFiresThatMuchLater() {
        b.write(0, "CNTP_CVAL_EL0", 1000);
        b.write(0, "CNTP_CTL_EL0", 1);
        b.clock.advanceTo(b.board, 8000);
        b.clock.stopCounterFor(b.board, 8000);
        b.timer.reevaluate(b.board, 0);
        assertThat(b.timer.deadlineNanos(b.board, 0, TimerKind.CNTP)).isEqualTo(24_000);
        b.advance(15_999);
        assertThat(b.line(0, TimerKind.CNTP)).isFalse();
        b.advance(1);
        assertThat(b.line(0, TimerKind.CNTP)).isTrue();
    }
}
