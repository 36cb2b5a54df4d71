package dev.vboard.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Planting;

import org.junit.jupiter.api.Test;

import java.util.OptionalLong;

/**
 * Bad states are written into cells by hand, with every hazard off: the checks find what a bug
 * leaves, and not the bug. Among them are the invariants that no known bug violates (xen-suspend.md
 * 7.2).
 */
class PlantedInvariantsTest {
    private static final int DOM0 = Board.FIRST_DOMAIN;
    private static final int D1 = Board.FIRST_DOMAIN + 1;

    private final FixtureB b = FixtureB.on("fixture-zcu102");

    private void plant(int slot, String cell, long value) {
        plant(b, slot, cell, value);
    }

    private static void plant(FixtureB on, int slot, String cell, long value) {
        on.live.tamper();
        Planting.plant(on.live.board, slot, cell, value);
    }

    @Test
    void i7_anotherEntryThanTheCallAskedForIsNoticed() {
        FixtureB later = FixtureB.of("upstream", "fixture-zcu102");
        later.suspend(1, FixtureB.D1_CONTEXT);
        plant(later, D1, "resume-ctx.entry", FixtureB.ENTRY + 4);
        later.live.done(LiveBoard.verb(1, "resume"));
        assertThat(later.live.reported()).containsExactly("I7");
    }

    @Test
    void i8_aContextThatNobodyStoredIsNoticed() {
        FixtureB later = FixtureB.of("upstream", "fixture-zcu102");
        later.live.done(LiveBoard.shutdown(1, "SCHEDOP_shutdown", 2));
        plant(later, D1, "resume-ctx.present", 1);
        later.live.done(LiveBoard.verb(1, "resume"));
        assertThat(later.live.reported()).contains("I8");
    }

    @Test
    void i12_anAreaThatIsStillThereAtTheBringUpIsNoticed() {
        b.begin("irqs-off");
        plant(Board.XEN, "pcpu1.area-leaves", 1);
        b.live.settle();
        HazardScripts.raise(b, b.rtc);
        assertThat(b.live.reported()).containsExactly("I12", "I23");
    }

    @Test
    void i15_codeOfTheBootThatIsGoneIsNoticed() {
        b.live.done(new Action.CpuOnline(3, false));
        plant(Board.XEN, "system-state", 2);
        b.live.unsettled(new Action.CpuOnline(3, true));
        assertThat(b.live.reported()).contains("I15");
    }

    @Test
    void i17_aLineEnabledWithAnotherPriorityIsNoticed() {
        b.begin("el3-system-suspend");
        b.live.tamper();
        Planting.plant(b.live.board, Board.XEN, "host-suspend.saved-gic.priority", b.rtc / 4, 0);
        b.live.settle();
        HazardScripts.raise(b, b.rtc);
        assertThat(b.live.reported()).contains("I17");
    }

    @Test
    void i19_anIommuThatNobodySetUpAgainIsNoticed() {
        b.live.done(new Action.DeviceOwner("gem0", 1));
        b.begin("irqs-off");
        plant(Board.XEN, "host-suspend.iommu-skipped", 1);
        b.live.settle();
        HazardScripts.raise(b, b.rtc);
        assertThat(b.live.reported()).isEmpty();
        b.live.done(new Action.Dma("gem0", 0x4000_1000L, OptionalLong.of(1)));
        assertThat(b.live.reported()).containsExactly("I19");
    }

    @Test
    void i20_aLineThatWasMeantForTheWireIsMissed() {
        plant(Board.XEN, "console.unsent", 1);
        b.suspend(0, FixtureB.DOM0_CONTEXT);
        assertThat(b.live.reported()).containsExactly("I20");
    }

    @Test
    void i22_aGuestsCounterThatGoesBackIsNoticed() {
        b.live.advance(1_000_000_000L);
        assertThat(b.live.mrs(1, 0, "CNTVCT_EL0")).isPositive();
        plant(D1, "counter-seen", Long.MAX_VALUE);
        assertThat(b.live.mrs(1, 0, "CNTVCT_EL0")).isPositive();
        assertThat(b.live.reported()).containsExactly("I22");
    }

    @Test
    void i25_anAnswerInTheRegistersOfAnAcceptedCallIsNoticed() {
        b.begin("irqs-off");
        plant(DOM0, "v0.r0", 0);
        b.live.settle();
        HazardScripts.raise(b, b.rtc);
        assertThat(b.live.reported()).containsExactly("I25", "I7");
    }

    @Test
    void i34_theHeapUsedWithInterruptsOffIsNoticed() {
        plant(Board.XEN, "host-suspend.irqs-off", 1);
        b.live.create(1, LiveBoard.pinned(1), 140);
        assertThat(b.live.reported()).containsExactly("I34");
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
