package dev.vboard.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.report.BoardState;

import org.junit.jupiter.api.Test;

/** A guest's network interface and card reader wake the machine by their wake lines (trap 10). */
class WakeOnLanTest {
    private static final long GEM = 0xFF0B_0000L;
    private static final long SD = 0xFF16_0000L;
    private static final int GEM_DATA = 89;
    private static final int GEM_WAKE = 90;
    private static final int SD_DATA = 80;
    private static final int SD_WAKE = 82;

    private final LiveBoard live = new LiveBoard("zcu102", LiveBoard.options("rfc2018", 1));

    private void sleep() {
        live.psci(0, 0, "SYSTEM_SUSPEND", 0x4008_0000L, 0);
        assertThat(live.summary().state()).isEqualTo(BoardState.SUSPENDED);
    }

    @Test
    void devT10_aFrameWakesThroughTheWakeLineOfTheNetworkInterface() {
        live.listen(0, 0, GEM_DATA);
        live.listen(0, 0, GEM_WAKE);
        live.store(0, 0, GEM, 1 << 2);
        live.store(0, 0, GEM + 0x28, 2);
        sleep();
        live.done(new Action.DeviceInput("gem0", "level", 1));
        assertThat(live.summary().state())
                .as("the data line does not wake")
                .isEqualTo(BoardState.SUSPENDED);
        live.done(new Action.Reset());
        live.settle();
        live.listen(0, 0, GEM_WAKE);
        live.store(0, 0, GEM + 0xB8, 1 << 16);
        sleep();
        live.done(new Action.DeviceInput("gem0", "level", 1));
        assertThat(live.summary().state()).isEqualTo(BoardState.RUNNING);
        assertThat(live.host().wakeCause().orElseThrow().intid()).hasValue(GEM_WAKE);
        assertThat(live.ack(0, 0)).isEqualTo(GEM_WAKE);
    }

    @Test
    void aCardThatIsPutInWakes() {
        live.listen(0, 0, SD_DATA);
        live.listen(0, 0, SD_WAKE);
        live.store(0, 0, SD + 0x28, 1 << 25);
        sleep();
        live.done(new Action.DeviceInput("sd0", "level", 1));
        assertThat(live.summary().state()).isEqualTo(BoardState.RUNNING);
        assertThat(live.host().wakeCause().orElseThrow().intid()).hasValue(SD_WAKE);
    }
}
