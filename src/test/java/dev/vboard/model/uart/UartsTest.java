package dev.vboard.model.uart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.DeviceBench;
import dev.vboard.model.core.Console;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** devices.md 2 and 7: what holds of every UART that a profile can name. */
class UartsTest {
    @ParameterizedTest
    @ValueSource(strings = {"pl011", "cadence-uart", "lpuart", "scif"})
    void whatIsPrintedReachesTheWireWhileItIsOpenOnly(String type) {
        DeviceBench bench = new DeviceBench(type, 1);
        Console uart = (Console) bench.device();
        assertThat(uart.sends(bench.board)).isFalse();
        bench.print("lost");
        bench.open();
        assertThat(uart.sends(bench.board)).isTrue();
        bench.print("shown");
        bench.powerOff();
        assertThat(uart.sends(bench.board)).isFalse();
        bench.print("lost");
        assertThat(bench.console).containsExactly("shown");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pl011", "cadence-uart", "lpuart", "scif"})
    void theLineFallsWithThePower(String type) {
        DeviceBench bench = new DeviceBench(type, 1);
        bench.open();
        bench.type("k");
        assertThat(bench.line(0)).isTrue();
        bench.powerOff();
        assertThat(bench.line(0)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pl011", "cadence-uart", "lpuart", "scif"})
    void itTakesABytesWorthAndOnlyWhileItIsOpen(String type) {
        DeviceBench bench = new DeviceBench(type, 1);
        long before = bench.board.fingerprint();
        assertThat(bench.device().input(bench.board, "byte", 'c')).isPresent();
        assertThat(bench.board.fingerprint()).isEqualTo(before);
        bench.open();
        assertThat(bench.device().input(bench.board, "byte", -1)).isPresent();
        assertThat(bench.device().input(bench.board, "byte", 256)).isPresent();
        assertThat(bench.device().input(bench.board, "level", 1)).isPresent();
        assertThat(bench.device().input(bench.board, "byte", 255)).isEmpty();
    }
}
