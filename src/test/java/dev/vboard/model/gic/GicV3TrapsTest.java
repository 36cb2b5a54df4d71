package dev.vboard.model.gic;

import static dev.vboard.model.gic.GicV3Board.ANY;
import static dev.vboard.model.gic.GicV3Board.ICACTIVER;
import static dev.vboard.model.gic.GicV3Board.ICENABLER;
import static dev.vboard.model.gic.GicV3Board.ICFGR;
import static dev.vboard.model.gic.GicV3Board.ICPENDR;
import static dev.vboard.model.gic.GicV3Board.ISACTIVER;
import static dev.vboard.model.gic.GicV3Board.ISENABLER;
import static dev.vboard.model.gic.GicV3Board.ISPENDR;
import static dev.vboard.model.gic.GicV3Board.SPURIOUS;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;

/** Traps GIC-T1 to GIC-T14, GIC-T20, GIC-T21 and GIC-T25 of a GICv3 (gic.md 7 and 11). */
class GicV3TrapsTest {

    @Test
    void gicT1_eachRedistributorHoldsItsOwnCpusPrivateInterrupts() {
        GicV3Board b = GicV3Board.virt().on();
        b.enable(1, 27, 0x90);
        assertThat(b.sgi(1, ISENABLER)).isEqualTo(1L << 27);
        assertThat(b.sgi(0, ISENABLER)).isZero();
        b.line(1, 27, true);
        assertThat(b.signals(0)).isFalse();
        assertThat(b.ack(1)).isEqualTo(27);
        assertThat(b.get(0, ISACTIVER, 27)).isFalse();
        assertThat(b.gicd(ISENABLER)).as("the distributor shows none").isZero();
    }

    @Test
    void gicT2_theMaskIsClosedAfterResetAndComparesStrictly() {
        GicV3Board b = GicV3Board.virt().on();
        b.spi(40, 0, 0xA0);
        b.line(0, 40, true);
        b.icc(0, "PMR", 0xA0);
        assertThat(b.ack(0)).isEqualTo(SPURIOUS);
        b.icc(0, "PMR", 0xA8);
        assertThat(b.ack(0)).isEqualTo(40);
        assertThat(GicV3Board.virt().icc(0, "PMR")).isZero();
    }

    @Test
    void gicT3_theLevelOfADisabledLineReadsPendingAndCannotBeCleared() {
        GicV3Board b = GicV3Board.virt().on();
        b.line(0, 40, true);
        b.line(2, 27, true);
        assertThat(b.get(0, ISPENDR, 40)).isTrue();
        b.set(0, ICPENDR, 40);
        assertThat(b.get(0, ISPENDR, 40)).isTrue();
        assertThat(b.get(2, ISPENDR, 27)).isTrue();
        b.line(0, 40, false);
        b.line(2, 27, false);
        assertThat(b.get(0, ISPENDR, 40)).isFalse();
        assertThat(b.get(2, ISPENDR, 27)).isFalse();
    }

    @Test
    void gicT4_aLevelThatStaysHighFiresAgainAfterItsDeactivation() {
        GicV3Board b = GicV3Board.virt().on();
        b.spi(40, 0, 0xA0);
        b.line(0, 40, true);
        assertThat(b.ack(0)).isEqualTo(40);
        assertThat(b.get(0, ISACTIVER, 40)).isTrue();
        assertThat(b.get(0, ISPENDR, 40)).isTrue();
        assertThat(b.signals(0)).isFalse();
        b.end(0, 40);
        assertThat(b.ack(0)).isEqualTo(40);
    }

    @Test
    void gicT5_withEoiModeTheEndDropsThePriorityAndDirDeactivates() {
        GicV3Board b = GicV3Board.virt().onWithSplitEnd();
        b.spi(40, 0, 0xA0);
        b.spi(41, 0, 0xA0);
        b.line(0, 40, true);
        assertThat(b.ack(0)).isEqualTo(40);
        b.line(0, 41, true);
        assertThat(b.ack(0)).as("an equal priority waits").isEqualTo(SPURIOUS);
        b.end(0, 40);
        assertThat(b.get(0, ISACTIVER, 40)).isTrue();
        assertThat(b.icc(0, "RPR")).isEqualTo(0xFF);
        assertThat(b.ack(0)).as("an active one cannot signal").isEqualTo(41);
        b.icc(0, "DIR", 40);
        assertThat(b.get(0, ISACTIVER, 40)).isFalse();
        b.icc(2, "DIR", 41);
        assertThat(b.get(0, ISACTIVER, 41)).as("an SPI from any CPU").isFalse();
    }

    @Test
    void gicT6_anEndDropsTheHighestActivePriorityWhateverItsIntid() {
        GicV3Board b = GicV3Board.virt().onWithSplitEnd();
        b.spi(40, 0, 0xA0);
        b.spi(41, 0, 0x40);
        b.line(0, 40, true);
        assertThat(b.ack(0)).isEqualTo(40);
        b.line(0, 41, true);
        assertThat(b.ack(0)).isEqualTo(41);
        assertThat(b.icc(0, "RPR")).isEqualTo(0x40);
        b.end(0, 40);
        assertThat(b.icc(0, "RPR")).isEqualTo(0xA0);
    }

    @Test
    void gicT7_clearingTheActiveBitKeepsTheRunningPriority() {
        GicV3Board b = GicV3Board.virt().on();
        b.spi(40, 0, 0xA0);
        b.edge(40);
        b.pulse(0, 40);
        assertThat(b.ack(0)).isEqualTo(40);
        b.set(0, ICACTIVER, 40);
        assertThat(b.get(0, ISACTIVER, 40)).isFalse();
        assertThat(b.icc(0, "RPR")).isEqualTo(0xA0);
        b.end(0, 40);
        assertThat(b.icc(0, "RPR")).isEqualTo(0xFF);
    }

    @Test
    void gicT8_theSameSgiOfTwoSendersIsOneInterrupt() {
        GicV3Board b = GicV3Board.virt().on();
        b.enable(0, 3, 0x90);
        b.icc(1, "SGI1R", 3L << 24 | 1);
        b.icc(2, "SGI1R", 3L << 24 | 1);
        assertThat(b.ack(0)).isEqualTo(3);
        b.end(0, 3);
        assertThat(b.ack(0)).isEqualTo(SPURIOUS);
    }

    @Test
    void gicT9_sgisArePendedAndUnpendedLikeAnyOther() {
        GicV3Board b = GicV3Board.virt().on();
        b.enable(1, 5, 0x90);
        b.set(1, ISPENDR, 5);
        assertThat(b.signals(1)).isTrue();
        b.set(1, ICPENDR, 5);
        assertThat(b.signals(1)).isFalse();
        b.set(1, ICENABLER, 5);
        b.icc(0, "SGI1R", 5L << 24 | 2);
        assertThat(b.signals(1)).as("SGIs can be disabled").isFalse();
        assertThat(b.get(1, ISPENDR, 5)).isTrue();
    }

    @Test
    void gicT12_theNonSecureViewOfPrioritiesIsShiftedByOne() {
        GicV3Board b = GicV3Board.secured().on();
        b.icc(0, "PMR", 0xFF);
        assertThat(b.icc(0, "PMR")).isEqualTo(0xF0);
        b.priority(0, 40, 0xA0);
        assertThat(b.priority(0, 40)).isEqualTo(0xA0);
        assertThat(b.secureGicd(GicV3Board.IPRIORITYR + 40) & 0xFF).isEqualTo(0xD0);
        b.spi(40, 0, 0xA0);
        b.line(0, 40, true);
        assertThat(b.ack(0)).isEqualTo(40);
        assertThat(b.icc(0, "RPR")).isEqualTo(0xA0);
    }

    @Test
    void gicT13_writingASavedEnableWordClearsNothing() {
        GicV3Board b = GicV3Board.virt().on();
        b.gicd(ISENABLER + 4, 0b0101);
        b.gicd(ISENABLER + 4, 0b0010);
        assertThat(b.gicd(ISENABLER + 4)).isEqualTo(0b0111);
        b.gicd(ICENABLER + 4, 0xFFFF_FFFFL);
        b.gicd(ISENABLER + 4, 0b0010);
        assertThat(b.gicd(ISENABLER + 4)).isEqualTo(0b0010);
        b.sgi(2, ISENABLER, 1L << 20);
        b.sgi(2, ISENABLER, 1L << 21);
        assertThat(b.sgi(2, ISENABLER)).isEqualTo(3L << 20);
    }

    @Test
    void gicT14_becomingEdgeTriggeredWhileHighMakesNoEdge() {
        GicV3Board b = GicV3Board.virt().on();
        b.line(0, 40, true);
        b.edge(40);
        assertThat(b.get(0, ISPENDR, 40)).isFalse();
        b.line(1, 27, true);
        b.sgi(1, ICFGR + 4, 2L << (27 - 16) * 2);
        assertThat(b.get(1, ISPENDR, 27)).isFalse();
    }

    @Test
    void gicT20_aRouteThatNamesNoCpuOrASleepingOneLeavesTheInterruptPending() {
        GicV3Board b = GicV3Board.virt().on();
        b.spi(40, 0x0101_01FFL & 0x7FFF_FFFFL, 0xA0);
        assertThat(b.route(40)).as("reads back").isEqualTo(0x01_01FF);
        b.line(0, 40, true);
        for (int cpu = 0; cpu < 4; cpu++) {
            assertThat(b.ack(cpu)).isEqualTo(SPURIOUS);
        }
        b.gicr(2, GicV3Board.WAKER, 2);
        b.route(40, 2);
        assertThat(b.signals(2)).isFalse();
        assertThat(b.ack(2)).isEqualTo(SPURIOUS);
        assertThat(b.gic.wakes(b.board, 2)).isTrue();
        assertThat(b.gic.wakes(b.board, 1)).isFalse();
        b.gicr(2, GicV3Board.WAKER, 0);
        assertThat(b.ack(2)).isEqualTo(40);
    }

    @Test
    void gicT20_anInterruptForAnyCpuDoesNotChooseASleepingOneUnlessToldTo() {
        GicV3Board b = GicV3Board.virt().on();
        for (int cpu = 0; cpu < 4; cpu++) {
            b.gicr(cpu, GicV3Board.WAKER, cpu == 1 ? 0 : 2);
        }
        b.spi(40, ANY, 0xA0);
        b.line(0, 40, true);
        assertThat(b.gic.targets(b.board, b.intids.index(0, 40))).isEqualTo(0xF);
        assertThat(b.gic.wakes(b.board, 0)).isFalse();
        assertThat(b.signals(1)).isTrue();
        b.gicd(GicV3Board.CTLR, 0x92);
        assertThat(b.gic.wakes(b.board, 0)).as("E1NWF").isTrue();
        assertThat(b.ack(1)).isEqualTo(40);
        assertThat(b.gic.wakes(b.board, 0)).as("one CPU has taken it").isFalse();
    }

    @Test
    void gicT21_anSgiToAllOthersLeavesItsSenderOutWhateverTheList() {
        GicV3Board b = GicV3Board.virt().on();
        for (int cpu = 0; cpu < 4; cpu++) {
            b.enable(cpu, 7, 0x90);
        }
        b.icc(1, "SGI1R", 1L << 40 | 7L << 24 | 0b0010);
        assertThat(b.signals(1)).isFalse();
        for (int cpu : List.of(0, 2, 3)) {
            assertThat(b.ack(cpu)).isEqualTo(7);
        }
    }

    @Test
    void gicT23_anSpiIsActiveForAllAndAPpiForOne() {
        GicV3Board b = GicV3Board.virt().on();
        b.spi(40, ANY, 0xA0);
        b.line(0, 40, true);
        assertThat(b.ack(3)).isEqualTo(40);
        for (int cpu = 0; cpu < 4; cpu++) {
            assertThat(b.ack(cpu)).isEqualTo(SPURIOUS);
        }
        b.set(0, ISPENDR, 27);
        b.set(1, ISPENDR, 27);
        b.set(0, ICPENDR, 27);
        assertThat(b.get(0, ISPENDR, 27)).isFalse();
        assertThat(b.get(1, ISPENDR, 27)).isTrue();
    }

    @Test
    void gicT24_theDistributorsTypeCountsThePrivateBlockToo() {
        assertThat(GicV3Board.virt().gicd(4) & 0x1F).isEqualTo(8);
    }

    @Test
    void gicT25_theEndOfASpuriousInterruptIsIgnored() {
        GicV3Board b = GicV3Board.virt().on();
        b.spi(40, 0, 0xA0);
        b.line(0, 40, true);
        assertThat(b.ack(0)).isEqualTo(40);
        for (int intid : new int[] {1020, 1021, 1022, 1023, 288, 1019, 8192}) {
            b.end(0, intid);
            assertThat(b.icc(0, "RPR")).isEqualTo(0xA0);
        }
        assertThat(b.events).containsExactly("irq-acked cpu0 40");
    }

    @Test
    void gicT27_aLevelThatFallsUnseenLeavesNoTraceOnAGicV3() {
        GicV3Board b = GicV3Board.virt().on();
        b.spi(40, 0, 0xA0);
        b.pulse(0, 40);
        assertThat(b.get(0, ISPENDR, 40)).isFalse();
        assertThat(b.ack(0)).isEqualTo(SPURIOUS);
    }
}
