package dev.vboard.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.report.BoardState;
import dev.vboard.model.report.DeviceReport;
import dev.vboard.model.report.InterruptReport;
import dev.vboard.model.report.U64;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.OptionalInt;

/** Xen's console on each kind of UART, and over a suspend that takes it (xen-suspend.md 4.4). */
class ConsoleUartTest {
    private static final int UART = 53;

    private static LiveBoard board(String profile) {
        LiveBoard live = new LiveBoard(profile, LiveBoard.options("rfc2018", 1));
        live.listen(0, 0, 58);
        return live;
    }

    private static void cycle(LiveBoard live) {
        live.psci(0, 0, "SYSTEM_SUSPEND", 0x4008_0000L, 0);
        assertThat(live.summary().state()).isEqualTo(BoardState.SUSPENDED);
        live.done(new Action.DeviceInput("rtc", "alarmNs", live.clock().nowNs() + 1));
        live.advance(2_000_000_000L);
        assertThat(live.summary().state()).isEqualTo(BoardState.RUNNING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"zcu102", "fixture-lpuart", "fixture-scif"})
    void xenPrintsOnItAndReadsWhatIsTyped(String profile) {
        LiveBoard live = board(profile);
        assertThat(live.console()).contains("Using PSCI v1.1");
        live.done(new Action.DeviceInput("uart0", "byte", 'q'));
        InterruptReport line = live.done(new Query.Interrupt(UART, OptionalInt.empty()));
        assertThat(line.level()).as("Xen has read it").isFalse();
        assertThat(line.pending()).isFalse();
    }

    @Test
    void aConsoleThatLostItsPowerIsSilentWithoutAHook() {
        LiveBoard live = board("fixture-lpuart");
        int before = live.console().size();
        cycle(live);
        assertThat(live.console().subList(before, live.console().size()))
                .noneMatch(line -> line.contains("Enabling non-boot CPUs"));
        DeviceReport uart = live.done(new Query.DeviceNamed("uart0"));
        assertThat(uart.registers()).containsEntry("CTRL", U64.ZERO);
    }

    @Test
    void aConsoleThatLostItsPowerSpeaksAgainWithAHook() {
        LiveBoard live = board("fixture-scif");
        int before = live.console().size();
        cycle(live);
        assertThat(live.console().subList(before, live.console().size()))
                .anyMatch(line -> line.contains("Enabling non-boot CPUs"));
    }
}
