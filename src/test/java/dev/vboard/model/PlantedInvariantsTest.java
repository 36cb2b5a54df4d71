package dev.vboard.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Planting;

import org.junit.jupiter.api.Test;

/**
 * Invariants that no known bug violates are violated by hand, so that their checks are seen to fail
 * (xen-suspend.md 7.2).
 */
class PlantedInvariantsTest {
    private static final int D1 = Board.FIRST_DOMAIN + 1;

    private final FixtureB b = FixtureB.on("fixture-zcu102");

    private void plant(int slot, String cell, long value) {
        b.live.tamper();
        Planting.plant(b.live.board, slot, cell, value);
    }

    @Test
    void i22_aCounterThatGoesBackIsNoticed() {
        b.begin("irqs-off");
        plant(Board.XEN, "checks.counter", Long.MAX_VALUE >> 1);
        b.live.settle();
        HazardScripts.raise(b, b.rtc);
        assertThat(b.live.reported()).contains("I22");
    }

    @Test
    void i31_aParkedCpuThatComesBackIsNoticed() {
        plant(Board.XEN, "pcpu2.parked", 1);
        HazardScripts.cycle(b);
        assertThat(b.live.reported()).contains("I31");
    }

    @Test
    void i32_aGuestThatNobodyWokeIsNoticed() {
        b.begin("irqs-off");
        plant(Board.XEN, "checks.slots-suspended", 1L << D1);
        b.live.settle();
        HazardScripts.raise(b, b.rtc);
        assertThat(b.live.reported()).contains("I32");
    }

    @Test
    void i33_aPausedGuestThatRunsIsNoticed() {
        plant(D1, "controller-pause-count", 1);
        b.suspend(0, FixtureB.DOM0_CONTEXT);
        HazardScripts.raise(b, b.rtc);
        assertThat(b.live.reported()).contains("I33");
    }
}
