package dev.vboard.model.gic;

import static dev.vboard.model.gic.GicBoard.APR;
import static dev.vboard.model.gic.GicBoard.DIR;
import static dev.vboard.model.gic.GicBoard.ICACTIVER;
import static dev.vboard.model.gic.GicBoard.ICENABLER;
import static dev.vboard.model.gic.GicBoard.ICFGR;
import static dev.vboard.model.gic.GicBoard.ICPENDR;
import static dev.vboard.model.gic.GicBoard.IPRIORITYR;
import static dev.vboard.model.gic.GicBoard.ISACTIVER;
import static dev.vboard.model.gic.GicBoard.ISENABLER;
import static dev.vboard.model.gic.GicBoard.ISPENDR;
import static dev.vboard.model.gic.GicBoard.ITARGETSR;
import static dev.vboard.model.gic.GicBoard.PMR;
import static dev.vboard.model.gic.GicBoard.RPR;
import static dev.vboard.model.gic.GicBoard.SPENDSGIR;
import static dev.vboard.model.gic.GicBoard.SPURIOUS;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Traps GIC-T1 to GIC-T14: banking, levels, end of interrupt, SGIs, targets, views (IHI 0048B). */
class GicTrapsTest {

    @Test
    void gicT1_eachCpuHasItsOwnPrivateInterrupts() {
        GicBoard b = GicBoard.gic400().on();
        b.enable(0, 27, 0x40);
        b.enable(2, 30, 0xA0);

        assertThat(b.gicd(0, ISENABLER)).isEqualTo(0x0800_00FF);
        assertThat(b.gicd(1, ISENABLER)).isEqualTo(0x0000_00FF);
        assertThat(b.gicd(2, ISENABLER)).isEqualTo(0x4000_00FF);
        assertThat(b.priority(0, 27)).isEqualTo(0x40);
        assertThat(b.priority(1, 27)).isZero();

        b.line(0, 27, true);
        assertThat(b.get(0, ISPENDR, 27)).isTrue();
        assertThat(b.get(1, ISPENDR, 27)).isFalse();
        assertThat(b.signals(0)).isTrue();
        assertThat(b.signals(2)).isFalse();
    }

    @Test
    void gicT2_thePriorityMaskResetsToMaskingEverythingAndComparesStrictly() {
        GicBoard b = GicBoard.virt();
        assertThat(b.gicc(0, PMR)).isZero();
        b.gicd(0, 0, 1);
        b.gicc(0, 0, 1);
        b.spi(40, 1, 0);
        b.line(0, 40, true);
        assertThat(b.signals(0)).isFalse();

        b.gicc(0, PMR, 1);
        assertThat(b.signals(0)).isTrue();

        b.priority(0, 40, 0xF0);
        b.gicc(0, PMR, 0xF0);
        assertThat(b.signals(0)).isFalse();
        assertThat(b.gicc(0, GicBoard.HPPIR)).isEqualTo(SPURIOUS);
        b.gicc(0, PMR, 0xF1);
        assertThat(b.signals(0)).isTrue();
    }

    @Test
    void gicT3_pendingIncludesTheLiveLevelOfADisabledInterruptAndCannotBeClearedWhileHigh() {
        GicBoard b = GicBoard.gic400().on();
        b.line(0, 40, true);
        assertThat(b.get(0, ISENABLER, 40)).isFalse();
        assertThat(b.get(0, ISPENDR, 40)).isTrue();

        b.set(0, ICPENDR, 40);
        assertThat(b.get(0, ISPENDR, 40)).isTrue();

        b.set(0, ISPENDR, 40);
        b.line(0, 40, false);
        assertThat(b.get(0, ISPENDR, 40)).as("software's pend is latched").isTrue();
        b.set(0, ICPENDR, 40);
        assertThat(b.get(0, ISPENDR, 40)).isFalse();
    }

    @Test
    void gicT4_aLevelThatStaysHighIsActiveAndPendingAndFiresAgainAfterItsEnd() {
        GicBoard b = GicBoard.gic400().on();
        b.spi(40, 1, 0xA0);
        b.line(0, 40, true);
        assertThat(b.ack(0)).isEqualTo(40);
        assertThat(b.get(0, ISACTIVER, 40)).isTrue();
        assertThat(b.get(0, ISPENDR, 40)).isTrue();
        assertThat(b.signals(0)).isFalse();

        b.end(0, 40);
        assertThat(b.signals(0)).isTrue();
        assertThat(b.ack(0)).isEqualTo(40);

        b.line(0, 40, false);
        b.end(0, 40);
        assertThat(b.signals(0)).isFalse();
        assertThat(b.get(0, ISPENDR, 40)).isFalse();
    }

    @Test
    void gicT5_withSplitEndTheInterruptStaysActiveUntilDeactivatedAndCannotSignal() {
        GicBoard b = GicBoard.gic400().onWithSplitEnd();
        b.spi(40, 1, 0xA0);
        b.spi(41, 1, 0xA0);
        b.line(0, 40, true);
        assertThat(b.ack(0)).isEqualTo(40);
        b.line(0, 41, true);
        assertThat(b.signals(0)).isFalse();

        b.end(0, 40);
        assertThat(b.gicc(0, RPR)).isEqualTo(0xFF);
        assertThat(b.get(0, ISACTIVER, 40)).isTrue();
        assertThat(b.ack(0)).as("the priority was dropped").isEqualTo(41);
        b.end(0, 41);
        b.line(0, 41, false);
        b.gicc(0, DIR, 41);
        assertThat(b.signals(0)).as("a line that is active wakes nobody").isFalse();

        b.gicc(0, DIR, 40);
        assertThat(b.get(0, ISACTIVER, 40)).isFalse();
        assertThat(b.signals(0)).isTrue();
    }

    @Test
    void gicT6_theEndOfAnInterruptClearsTheLowestActivePriorityWhicheverItIs() {
        GicBoard b = GicBoard.gic400().onWithSplitEnd();
        b.spi(40, 1, 0xA0);
        b.spi(41, 1, 0x40);
        b.line(0, 40, true);
        assertThat(b.ack(0)).isEqualTo(40);
        b.line(0, 41, true);
        assertThat(b.ack(0)).isEqualTo(41);
        assertThat(b.gicc(0, RPR)).isEqualTo(0x40);

        b.end(0, 40);
        assertThat(b.gicc(0, RPR)).as("the bit of INTID 41 went").isEqualTo(0xA0);
        b.end(0, 41);
        assertThat(b.gicc(0, RPR)).isEqualTo(0xFF);
    }

    @Test
    void gicT7_clearingTheActiveBitLeavesTheRunningPriority() {
        GicBoard b = GicBoard.gic400().on();
        b.spi(40, 1, 0xA0);
        b.line(0, 40, true);
        assertThat(b.ack(0)).isEqualTo(40);

        b.set(0, ICACTIVER, 40);
        assertThat(b.get(0, ISACTIVER, 40)).isFalse();
        assertThat(b.gicc(0, RPR)).isEqualTo(0xA0);
        assertThat(b.gicc(0, APR)).isNotZero();
        assertThat(b.signals(0)).as("it cannot preempt itself").isFalse();
    }

    @Test
    void gicT8_anSgiFromTwoSendersIsAcknowledgedTwiceLowestSenderFirst() {
        GicBoard b = GicBoard.gic400().on();
        b.sgi(3, 0b0001, 5);
        b.sgi(1, 0b0001, 5);
        b.sgi(1, 0b0001, 5);

        assertThat(b.ack(0)).isEqualTo(1 << 10 | 5);
        assertThat(b.get(0, ISPENDR, 5)).as("the other sender's is left").isTrue();
        assertThat(b.ack(0)).as("active: not again").isEqualTo(SPURIOUS);
        b.end(0, 1 << 10 | 5);
        assertThat(b.ack(0)).isEqualTo(3 << 10 | 5);
        b.end(0, 3 << 10 | 5);
        assertThat(b.get(0, ISPENDR, 5)).isFalse();
        assertThat(b.ack(0)).isEqualTo(SPURIOUS);
    }

    @Test
    void gicT9_sgisArePendedByTheirOwnRegistersOnly() {
        GicBoard b = GicBoard.gic400().on();
        b.gicd(0, ISPENDR, 0xFFFF);
        assertThat(b.gicd(0, ISPENDR)).isZero();

        b.gicd(0, SPENDSGIR + 4, 0x0000_0200);
        assertThat(b.gicd(0, ISPENDR)).isEqualTo(1 << 5);
        b.gicd(0, ICPENDR, 0xFFFF);
        assertThat(b.gicd(0, ISPENDR)).isEqualTo(1 << 5);
        assertThat(b.ack(0)).isEqualTo(1 << 10 | 5);
    }

    @Test
    void gicT10_privateTargetsTellTheReaderItsOwnInterface() {
        GicBoard b = GicBoard.gic400();
        for (int cpu = 0; cpu < 4; cpu++) {
            for (int n = 0; n < 8; n++) {
                assertThat(b.gicd(cpu, ITARGETSR + 4 * n)).isEqualTo(0x0101_0101L << cpu);
            }
        }
        b.gicd(1, ITARGETSR, 0xFFFF_FFFFL);
        assertThat(b.gicd(1, ITARGETSR)).isEqualTo(0x0202_0202);
    }

    @Test
    void gicT11_aLoneCpuHasNoTargetRegistersYetGetsItsInterrupts() {
        GicBoard b = new GicBoard(GicBoard.virtSpec(1), 1).on();
        b.spi(40, 1, 0xA0);
        assertThat(b.gicd(0, ITARGETSR)).isZero();
        assertThat(b.gicd(0, ITARGETSR + 40)).isZero();
        b.line(0, 40, true);
        assertThat(b.ack(0)).isEqualTo(40);
    }

    @Test
    void gicT12_nonSecurePrioritiesAreShiftedAndTheMaskReadsBackRounded() {
        GicBoard b = GicBoard.gic400();
        for (int written : new int[] {0xFF, 0xF8, 0xF0}) {
            b.gicc(0, PMR, written);
            assertThat(b.gicc(0, PMR)).isEqualTo(0xF0);
        }
        assertThat(b.secureGicc(0, PMR)).isEqualTo(0xF8);

        b.priority(0, 40, 0xA0);
        assertThat(b.priority(0, 40)).isEqualTo(0xA0);
        assertThat(b.secureGicd(0, IPRIORITYR + 40) & 0xFF).isEqualTo(0xD0);
        b.priority(0, 40, 0xAF);
        assertThat(b.priority(0, 40)).as("four bits are seen").isEqualTo(0xA0);
    }

    @Test
    void gicT13_restoringEnablesWithoutClearingFirstLeavesExtraOnes() {
        GicBoard b = GicBoard.gic400();
        b.gicd(0, ISENABLER + 4, 0b0110);
        long saved = b.gicd(0, ISENABLER + 4);
        b.gicd(0, ISENABLER + 4, 0b1001);

        b.gicd(0, ISENABLER + 4, saved);
        assertThat(b.gicd(0, ISENABLER + 4)).isEqualTo(0b1111);
        b.gicd(0, ICENABLER + 4, 0xFFFF_FFFFL);
        b.gicd(0, ISENABLER + 4, saved);
        assertThat(b.gicd(0, ISENABLER + 4)).isEqualTo(0b0110);
    }

    @Test
    void gicT14_makingAHighLineEdgeTriggeredCreatesNoEdge() {
        GicBoard b = GicBoard.gic400().on();
        b.spi(40, 1, 0xA0);
        b.set(0, ICENABLER, 40);
        b.line(0, 40, true);
        assertThat(b.get(0, ISPENDR, 40)).isTrue();

        b.edge(40);
        assertThat(b.gicd(0, ICFGR + 8)).isEqualTo(0x5557_5555);
        assertThat(b.get(0, ISPENDR, 40)).isFalse();
        b.set(0, ISENABLER, 40);
        assertThat(b.signals(0)).isFalse();
        b.line(0, 40, false);
        b.line(0, 40, true);
        assertThat(b.ack(0)).isEqualTo(40);
    }
}
