package dev.vboard.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.report.BoardState;
import dev.vboard.model.report.HostReport;

import org.junit.jupiter.api.Test;

/** A key that is pressed wakes the board through its GPIO (devices.md 7.1, xen-suspend.md W1). */
class PowerKeyTest {
    private static final long GPIO = 0x0903_0000L;
    private static final int GPIO_INTID = 7 + 32;
    private static final int KEY = 1 << 3;

    private final LiveBoard live = new LiveBoard("qemu-virt", LiveBoard.options("rfc2018", 1));

    @Test
    void thePowerKeyWakesTheBoardThroughTheGpioWhenDom0HasEnabledIt() {
        live.listen(0, 0, GPIO_INTID);
        live.store(0, 0, GPIO + 0x40C, KEY);
        live.store(0, 0, GPIO + 0x410, KEY);
        live.psci(0, 0, "SYSTEM_SUSPEND", 0x4008_0000L, 0);
        assertThat(live.summary().state()).isEqualTo(BoardState.SUSPENDED);
        live.done(new Action.DeviceInput("gpio", "level", 1));
        assertThat(live.summary().state()).isEqualTo(BoardState.RUNNING);
        HostReport host = live.host();
        assertThat(host.wakeCause().orElseThrow().intid()).hasValue(GPIO_INTID);
        assertThat(live.ack(0, 0)).isEqualTo(GPIO_INTID);
    }

    @Test
    void thePowerKeyDoesNotWakeThroughAMaskedPin() {
        live.listen(0, 0, GPIO_INTID);
        live.psci(0, 0, "SYSTEM_SUSPEND", 0x4008_0000L, 0);
        live.done(new Action.DeviceInput("gpio", "level", 1));
        assertThat(live.summary().state()).isEqualTo(BoardState.SUSPENDED);
    }

    @Test
    void theButtonOfAZcu102WakesThroughTheNodeOfItsGpio() {
        LiveBoard zcu102 = new LiveBoard("zcu102", LiveBoard.options("rfc2018", 1));
        zcu102.listen(0, 0, 48);
        zcu102.store(0, 0, 0xFF0A_0220L, 1 << 22);
        zcu102.store(0, 0, 0xFF0A_0210L, 1 << 22);
        zcu102.psci(0, 0, "SYSTEM_SUSPEND", 0x4008_0000L, 0);
        assertThat(zcu102.summary().state()).isEqualTo(BoardState.SUSPENDED);
        zcu102.done(new Action.DeviceInput("gpio", "level", 1));
        assertThat(zcu102.summary().state()).isEqualTo(BoardState.RUNNING);
        assertThat(zcu102.host().wakeCause().orElseThrow().intid()).hasValue(48);
    }
}
