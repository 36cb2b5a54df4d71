package dev.vboard.model.peripheral;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.DeviceBench;

import org.junit.jupiter.api.Test;

/** devices.md 7.2: the card reader. */
class SdhciTest {
    private static final long COMMAND = 0x0C;
    private static final long PRESENT_STATE = 0x24;
    private static final long HOST_CONTROL = 0x28;
    private static final long INT_STATUS = 0x30;
    private static final long INT_ENABLE = 0x34;
    private static final long INT_SIGNAL = 0x38;
    private static final long INSERTED = 1 << 6;
    private static final long REMOVED = 1 << 7;

    private final DeviceBench bench = new DeviceBench("sdhci", 2);

    private void card(int in) {
        assertThat(bench.device().input(bench.board, "level", in)).isEmpty();
    }

    @Test
    void aCardIsSeenAndRaisesTheLineWhileItsEventIsEnabled() {
        card(1);
        assertThat(bench.read(PRESENT_STATE) >>> 16 & 1).isEqualTo(1);
        assertThat(bench.read(INT_STATUS)).isZero();
        bench.write(INT_ENABLE, INSERTED | REMOVED);
        bench.write(INT_SIGNAL, REMOVED);
        card(0);
        assertThat(bench.read(INT_STATUS)).isEqualTo(REMOVED);
        assertThat(bench.line(0)).isTrue();
        bench.write(INT_STATUS, REMOVED);
        assertThat(bench.line(0)).isFalse();
        card(1);
        assertThat(bench.read(INT_STATUS)).isEqualTo(INSERTED);
        assertThat(bench.line(0)).isFalse();
    }

    @Test
    void aCardWakesByTheWakeLineWhereThatIsOn() {
        card(1);
        assertThat(bench.line(1)).isFalse();
        card(0);
        bench.write(HOST_CONTROL, 1 << 25);
        card(1);
        assertThat(bench.line(1)).isTrue();
        assertThat(bench.line(0)).isFalse();
        bench.write(INT_STATUS, INSERTED);
        assertThat(bench.line(1)).isFalse();
    }

    @Test
    void aCommandCompletesWithACardAndTimesOutWithoutOne() {
        bench.write(INT_ENABLE, 1 << 16 | 1);
        bench.write(COMMAND, 0);
        assertThat(bench.read(INT_STATUS)).isEqualTo(1 << 16);
        bench.write(INT_STATUS, 1 << 16);
        card(1);
        bench.write(COMMAND, 0);
        assertThat(bench.read(INT_STATUS)).isEqualTo(1);
    }

    @Test
    void itTakesACardAndNothingElse() {
        assertThat(bench.device().input(bench.board, "byte", 1)).isPresent();
    }
}
