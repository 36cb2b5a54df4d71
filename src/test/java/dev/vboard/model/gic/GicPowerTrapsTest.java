package dev.vboard.model.gic;

import static dev.vboard.model.gic.GicBoard.CTLR;
import static dev.vboard.model.gic.GicBoard.EOIR;
import static dev.vboard.model.gic.GicBoard.ICPENDR;
import static dev.vboard.model.gic.GicBoard.IGROUPR;
import static dev.vboard.model.gic.GicBoard.IPRIORITYR;
import static dev.vboard.model.gic.GicBoard.ISENABLER;
import static dev.vboard.model.gic.GicBoard.ISPENDR;
import static dev.vboard.model.gic.GicBoard.PMR;
import static dev.vboard.model.gic.GicBoard.RPR;
import static dev.vboard.model.gic.GicBoard.SPURIOUS;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Traps GIC-T15 to GIC-T27 of a GICv2: power, firmware, QEMU's quirks, spurious interrupts. */
class GicPowerTrapsTest {

    @Test
    void gicT15_edgesWhileTheGicIsOffAreGoneAndLevelsComeBack() {
        GicBoard b = GicBoard.gic400().on();
        b.power(false);
        b.pulse(0, 41);
        b.line(0, 40, true);
        b.power(true);
        b.firmware();
        b.on();
        b.edge(41);
        b.spi(40, 1, 0xA0);
        b.spi(41, 1, 0xA0);

        assertThat(b.get(0, ISPENDR, 41)).isFalse();
        assertThat(b.ack(0)).isEqualTo(40);
    }

    @Test
    void gicT15_anEdgeLatchedBeforeTheGicWentOffIsGone() {
        GicBoard b = GicBoard.gic400().on();
        b.edge(41);
        b.pulse(0, 41);
        assertThat(b.get(0, ISPENDR, 41)).isTrue();
        b.power(false);
        b.power(true);
        b.firmware();
        assertThat(b.get(0, ISPENDR, 41)).isFalse();
    }

    @Test
    void gicT16_firmwareStartsTheGicAnewAfterItLostPower() {
        GicBoard b = GicBoard.gic400().on();
        b.spi(40, 0b0010, 0xA0);
        b.edge(40);
        b.power(false);
        b.power(true);
        assertThat(b.secureGicd(0, IGROUPR + 4)).isZero();
        b.firmware();

        assertThat(b.gicd(0, CTLR)).as("EnableGrp1 is the non-secure owner's").isZero();
        assertThat(b.secureGicd(0, CTLR)).isEqualTo(1);
        assertThat(b.secureGicd(0, IGROUPR + 4)).isEqualTo(0xFFFF_FFFFL);
        assertThat(b.secureGicd(0, IPRIORITYR + 40)).isEqualTo(0x8080_8080L);
        assertThat(b.get(0, ISENABLER, 40)).isFalse();
        assertThat(b.gicd(0, GicBoard.ITARGETSR + 40)).isZero();
        assertThat(b.gicd(0, GicBoard.ICFGR + 8)).isEqualTo(0x5555_5555);
        assertThat(b.gicc(0, 0)).as("bypass disables only").isEqualTo(0x60);
    }

    @Test
    void gicT16_firmwareKeepsSgis8To15AndTheSecureTimerForItself() {
        GicBoard b = GicBoard.gic400().on();
        assertThat(b.secureGicd(2, IGROUPR)).isEqualTo(0xDFFF_00FFL);
        assertThat(b.secureGicd(2, ISENABLER)).isEqualTo(0x2000_FFFF);
        b.sgi(0, 0b0100, 9);
        assertThat(b.secureGicd(2, ISPENDR)).isZero();
        b.sgi(0, 0b0100, 7);
        assertThat(b.secureGicd(2, ISPENDR)).isEqualTo(1 << 7);
    }

    @Test
    void gicT19_theCpuInterfaceVanishesWithTheGicNotWithTheCore() {
        GicBoard b = GicBoard.gic400().on();
        b.spi(40, 1, 0xA0);
        b.line(0, 40, true);
        assertThat(b.ack(0)).isEqualTo(40);
        b.gic.cpuInterfaceDown(b.board, 0);
        assertThat(b.gicc(0, PMR)).isEqualTo(0xF0);
        assertThat(b.gicc(0, RPR)).isEqualTo(0xA0);

        b.power(false);
        b.power(true);
        assertThat(b.gicc(0, PMR)).isZero();
        assertThat(b.gicc(0, RPR)).isEqualTo(0xFF);
    }

    @Test
    void gicT23_anSpiHasOneActiveBitForAllAndClearingAPpiTouchesOneCpu() {
        GicBoard b = GicBoard.gic400().on();
        b.spi(40, 0b1111, 0xA0);
        b.line(0, 40, true);
        for (int cpu = 0; cpu < 4; cpu++) {
            assertThat(b.signals(cpu)).isTrue();
        }
        assertThat(b.ack(2)).isEqualTo(40);
        for (int cpu = 0; cpu < 4; cpu++) {
            assertThat(b.signals(cpu)).isFalse();
            assertThat(b.ack(cpu)).isEqualTo(SPURIOUS);
        }

        b.set(0, ISPENDR, 27);
        b.set(1, ISPENDR, 27);
        b.set(0, ICPENDR, 27);
        assertThat(b.get(0, ISPENDR, 27)).isFalse();
        assertThat(b.get(1, ISPENDR, 27)).isTrue();
        assertThat(b.get(2, ISPENDR, 27)).isFalse();
    }

    @Test
    void gicT24_theTypeRegisterCountsBlocksOf32WithThePrivateOnes() {
        assertThat(GicBoard.virt().gicd(0, 4) & 0x1F).isEqualTo(8);
        assertThat(GicBoard.gic400().gicd(0, 4)).isEqualTo(5 | 3 << 5 | 1 << 10);
    }

    @Test
    void gicT25_endingASpuriousInterruptHasNoEffect() {
        GicBoard b = GicBoard.gic400().on();
        b.spi(40, 1, 0xA0);
        b.line(0, 40, true);
        assertThat(b.ack(0)).isEqualTo(40);
        for (int intid : new int[] {1020, 1021, 1022, 1023, 192, 1019}) {
            b.gicc(0, EOIR, intid);
            assertThat(b.gicc(0, RPR)).isEqualTo(0xA0);
        }
        assertThat(b.events).containsExactly("irq-acked cpu0 40");
    }

    @Test
    void gicT26_withoutEl3RaisingItTheNonSecureOwnerCannotOpenThePriorityMask() {
        GicBoard b = new GicBoard(GicBoard.gic400Spec(), 4);
        b.gicc(0, PMR, 0xFF);
        assertThat(b.gicc(0, PMR)).isZero();
        assertThat(b.secureGicc(0, PMR)).isZero();

        b.gic.cpuInterfaceUp(b.board, 0);
        assertThat(b.secureGicc(0, PMR)).isEqualTo(0xF8);
        b.gicc(0, PMR, 0x80);
        assertThat(b.gicc(0, PMR)).isEqualTo(0x80);
        b.gicc(0, PMR, 0);
        assertThat(b.secureGicc(0, PMR)).as("never below the non-secure half").isEqualTo(0x80);
        assertThat(b.secureGicc(0, 0)).isEqualTo(0x1E9);
    }

    @Test
    void gicT27_aLevelThatRisesAndFallsUnseenLeavesNoTrace() {
        GicBoard b = GicBoard.gic400().on();
        b.spi(40, 1, 0xA0);
        b.pulse(0, 40);
        assertThat(b.get(0, ISPENDR, 40)).isFalse();
        assertThat(b.signals(0)).isFalse();
        assertThat(b.ack(0)).isEqualTo(SPURIOUS);
    }
}
