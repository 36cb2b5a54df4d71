package dev.vboard.model.rtc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.DeviceBench;
import dev.vboard.model.core.Deadline;
import dev.vboard.model.core.Layout;

import org.junit.jupiter.api.Test;

/** devices.md 3: the PL031. */
class Pl031Test {
    private static final long DR = 0x00;
    private static final long MR = 0x04;
    private static final long LR = 0x08;
    private static final long IMSC = 0x10;
    private static final long RIS = 0x14;
    private static final long MIS = 0x18;
    private static final long ICR = 0x1C;
    private static final long WRAP = 1L << 32;

    private final DeviceBench bench = new DeviceBench("pl031", 1);

    @Test
    void itCountsSecondsOfVirtualTimeFromCreation() {
        bench.runTo(59_999_999_999L);
        assertThat(bench.read(DR)).isEqualTo(59);
        bench.runToSecond(60);
        assertThat(bench.read(DR)).isEqualTo(60);
    }

    @Test
    void theMatchRaisesTheLineAtItsSecondAndClearingLowersIt() {
        bench.write(IMSC, 1);
        bench.write(MR, 60);
        bench.runTo(59_999_999_999L);
        assertThat(bench.line(0)).isFalse();
        bench.runToSecond(60);
        assertThat(bench.line(0)).isTrue();
        bench.runToSecond(70);
        assertThat(bench.line(0)).as("held until it is cleared").isTrue();
        bench.write(ICR, 1);
        assertThat(bench.line(0)).isFalse();
        assertThat(bench.read(RIS)).isZero();
    }

    @Test
    void devT8_theAlarmFiresOnEqualityOnlyAndLatchesWhileMasked() {
        bench.runToSecond(100);
        bench.write(IMSC, 1);
        bench.write(MR, 99);
        assertThat(bench.line(0)).as("an alarm in the past").isFalse();
        bench.runToSecond(WRAP);
        assertThat(bench.read(DR)).isZero();
        assertThat(bench.line(0)).isFalse();
        bench.runToSecond(WRAP + 99);
        assertThat(bench.line(0)).as("after the wrap").isTrue();

        bench.write(ICR, 1);
        bench.write(IMSC, 0);
        bench.write(MR, 99);
        assertThat(bench.read(RIS)).as("equal already, masked").isEqualTo(1);
        assertThat(bench.read(MIS)).isZero();
        assertThat(bench.line(0)).isFalse();
        bench.write(IMSC, 1);
        assertThat(bench.line(0)).isTrue();
    }

    @Test
    void nothingIsAwaitedBeforeAMatchOrATimeIsWritten() {
        assertThat(bench.board.nextDeadlineNanos()).isEqualTo(Deadline.NEVER);
    }

    @Test
    void loadingATimeMovesTheCounterAndReevaluatesTheAlarm() {
        bench.runToSecond(10);
        bench.write(IMSC, 1);
        bench.write(MR, 1000);
        bench.write(LR, 995);
        assertThat(bench.read(DR)).isEqualTo(995);
        bench.runTo(14_999_999_999L);
        assertThat(bench.line(0)).isFalse();
        bench.runToSecond(15);
        assertThat(bench.line(0)).isTrue();
        bench.write(ICR, 1);
        bench.write(LR, 1000);
        assertThat(bench.line(0)).as("loaded onto the match value").isTrue();
    }

    @Test
    void anAlarmFromOutsideIsSetAndUnmasked() {
        assertThat(bench.device().input(bench.board, "alarm", 60)).isEmpty();
        bench.runToSecond(60);
        assertThat(bench.line(0)).isTrue();
        assertThat(bench.device().input(bench.board, "alarmNs", 60_000_000_001L))
                .isEmpty();
        assertThat(bench.line(0)).as("a latched alarm is forgotten").isFalse();
        assertThat(bench.read(MR)).as("rounded up to a second").isEqualTo(61);
        bench.runToSecond(61);
        assertThat(bench.line(0)).isTrue();
    }

    @Test
    void anAlarmThatCannotComeIsRefusedAndNothingChanges() {
        bench.runToSecond(10);
        long before = bench.board.fingerprint();
        assertThat(bench.device().input(bench.board, "alarm", -1)).isPresent();
        assertThat(bench.device().input(bench.board, "alarm", WRAP)).isPresent();
        assertThat(bench.device().input(bench.board, "alarmNs", 9_000_000_000L)).isPresent();
        assertThat(bench.device().input(bench.board, "alarmNs", Long.MAX_VALUE)).isPresent();
        assertThat(bench.device().input(bench.board, "byte", 1)).isPresent();
        assertThat(bench.board.fingerprint()).isEqualTo(before);
    }

    @Test
    void anAlarmComesWhateverThePower() {
        bench.write(IMSC, 1);
        bench.write(MR, 60);
        bench.runToSecond(30);
        bench.board.loseContents(DeviceBench.DOMAIN);
        bench.board.loseContents(Layout.ALWAYS_ON);
        bench.runToSecond(60);
        bench.board.loseContents(Layout.ALWAYS_ON);
        assertThat(bench.line(0)).as("the wires have no power").isFalse();
        bench.device().poweredOn(bench.board);
        assertThat(bench.line(0)).isTrue();
    }
}
