package dev.vboard.model.gic;

import static dev.vboard.model.gic.GicV3Board.CTLR;
import static dev.vboard.model.gic.GicV3Board.ICFGR;
import static dev.vboard.model.gic.GicV3Board.IGROUPR;
import static dev.vboard.model.gic.GicV3Board.IGRPMODR;
import static dev.vboard.model.gic.GicV3Board.IPRIORITYR;
import static dev.vboard.model.gic.GicV3Board.ISENABLER;
import static dev.vboard.model.gic.GicV3Board.ISPENDR;
import static dev.vboard.model.gic.GicV3Board.SPURIOUS;
import static dev.vboard.model.gic.GicV3Board.WAKER;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.core.Access;

import org.junit.jupiter.api.Test;

import java.util.List;

/** Power, sleep and firmware of a GICv3: traps GIC-T15, 16, 18, 19 and 26 (gic.md 5, 7, 8.5). */
class GicV3PowerTest {

    @Test
    void gicT15_anEdgeInAGicWithoutPowerIsGoneAndALevelComesBack() {
        GicV3Board b = GicV3Board.virt().on();
        b.edge(41);
        b.pulse(0, 41);
        assertThat(b.get(0, ISPENDR, 41)).isTrue();
        b.power(false);
        b.pulse(0, 41);
        b.line(0, 40, true);
        b.power(true);
        b.on();
        b.edge(41);
        b.spi(40, 0, 0xA0);
        b.spi(41, 0, 0xA0);
        assertThat(b.get(0, ISPENDR, 41)).isFalse();
        assertThat(b.ack(0)).isEqualTo(40);
    }

    @Test
    void gicT16_firmwareStartsAGicV3AnewAfterItLostPower() {
        GicV3Board b = GicV3Board.secured().on();
        b.spi(40, 1, 0xA0);
        b.edge(40);
        b.power(false);
        b.power(true);
        assertThat(b.secureGicd(IGROUPR + 4)).isZero();
        assertThat(b.secureGicr(0, WAKER)).isEqualTo(6);
        b.firmware();
        assertThat(b.gicd(CTLR)).as("EnableGrp1A is the non-secure owner's").isEqualTo(0x10);
        assertThat(b.secureGicd(CTLR)).isEqualTo(0x35);
        assertThat(b.secureGicd(IGROUPR + 4)).isEqualTo(0xFFFF_FFFFL);
        assertThat(b.secureGicd(IPRIORITYR + 40)).isEqualTo(0x8080_8080L);
        assertThat(b.get(0, ISENABLER, 40)).isFalse();
        assertThat(b.route(40)).isZero();
        assertThat(b.gicd(ICFGR + 8)).isZero();
        assertThat(b.secureGicr(0, WAKER)).isZero();
    }

    @Test
    void firmwareKeepsSgis8To15AndTheSecureTimerForItself() {
        GicV3Board b = GicV3Board.secured().on();
        assertThat(b.secureSgi(2, IGROUPR)).isEqualTo(0xDFFF_00FFL);
        assertThat(b.secureSgi(2, IGRPMODR)).isEqualTo(0x2000_BE00L);
        assertThat(b.secureSgi(2, ISENABLER)).isEqualTo(0x2000_FF00L);
        b.icc(0, "SGI1R", 9L << 24 | 1L << 16 | 1);
        b.icc(0, "SGI1R", 7L << 24 | 1L << 16 | 1);
        assertThat(b.secureSgi(2, ISPENDR)).as("9 is Secure Group 1").isEqualTo(1 << 7);
        b.write(Access.el3(0), "ICC_SGI1R_EL1", 9L << 24 | 1L << 16 | 1);
        assertThat(b.secureSgi(2, ISPENDR)).isEqualTo(1 << 7 | 1 << 9);
        assertThat(b.gic.group(b.board, b.intids.index(2, 9))).isEqualTo(1);
        assertThat(b.gic.group(b.board, b.intids.index(2, 8))).isZero();
    }

    @Test
    void gicT18_aRedistributorSleepsAfterResetAndAfterPowerOffUntilItIsWoken() {
        GicV3Board b = GicV3Board.virt();
        assertThat(b.gicr(1, WAKER)).isEqualTo(6);
        b.on();
        assertThat(b.gicr(1, WAKER)).as("ChildrenAsleep follows at once").isZero();
        b.spi(40, 1, 0xA0);
        b.line(0, 40, true);
        b.gic.cpuInterfaceDown(b.board, 1);
        assertThat(b.gicr(1, WAKER)).isEqualTo(6);
        assertThat(b.icc(1, "IGRPEN1")).isZero();
        assertThat(b.ack(1)).isEqualTo(SPURIOUS);
        b.power(false);
        b.power(true);
        for (int cpu = 0; cpu < 4; cpu++) {
            assertThat(b.gicr(cpu, WAKER)).isEqualTo(6);
        }
    }

    @Test
    void gicT18_theNonSecureSideNeitherSeesNorMovesTheSleepOfATwoStateGic() {
        GicV3Board b = GicV3Board.secured();
        b.gic.cpuInterfaceDown(b.board, 3);
        assertThat(b.gicr(3, WAKER)).isZero();
        b.gicr(3, WAKER, 0);
        assertThat(b.secureGicr(3, WAKER)).isEqualTo(6);
        b.gic.cpuInterfaceUp(b.board, 3);
        assertThat(b.secureGicr(3, WAKER)).isZero();
        b.gicr(3, WAKER, 2);
        assertThat(b.secureGicr(3, WAKER)).isZero();
    }

    @Test
    void gicT19_interfaceAndListRegistersVanishWithTheCore() {
        GicV3Board b = GicV3Board.virt().on();
        b.spi(40, 1, 0xA0);
        b.line(0, 40, true);
        assertThat(b.ack(1)).isEqualTo(40);
        b.ich(1, "HCR", 3);
        b.ich(1, "LR0", 1L << 62 | 1L << 60 | 27);
        assertThat(b.get(1, ISPENDR, Gic.MAINTENANCE)).as("underflow").isTrue();
        b.loseCore(1);
        assertThat(b.get(1, ISPENDR, Gic.MAINTENANCE)).as("the line falls").isFalse();
        assertThat(b.icc(1, "PMR")).isZero();
        assertThat(b.icc(1, "RPR")).isEqualTo(0xFF);
        assertThat(b.ich(1, "HCR")).isZero();
        assertThat(b.ich(1, "LR0")).isZero();
        assertThat(b.get(0, GicV3Board.ISACTIVER, 40))
                .as("the distributor's stays")
                .isTrue();
        assertThat(b.icc(0, "PMR")).as("another core's stays").isEqualTo(0xF8);
    }

    @Test
    void gicT19_distributorAndRedistributorsVanishWithTheGic() {
        GicV3Board b = GicV3Board.virt().on();
        b.spi(40, 1, 0xA0);
        b.enable(1, 27, 0x90);
        b.power(false);
        b.power(true);
        assertThat(b.gicd(CTLR)).isEqualTo(0x50);
        assertThat(b.sgi(1, ISENABLER)).isZero();
        assertThat(b.route(40)).isZero();
        assertThat(b.icc(1, "PMR")).as("the core kept its power").isEqualTo(0xF8);
    }

    @Test
    void gicT26_withoutEl3TheNonSecureMaskOfAGicV3StaysClosed() {
        GicV3Board b = new GicV3Board(5, 2, List.of(0L, 1L));
        b.icc(0, "PMR", 0xFF);
        assertThat(b.icc(0, "PMR")).isZero();
        assertThat(b.read(Access.el3(0), "ICC_PMR_EL1")).isZero();
        b.gic.cpuInterfaceUp(b.board, 0);
        assertThat(b.read(Access.el3(0), "ICC_PMR_EL1")).isEqualTo(0xF8);
        b.icc(0, "PMR", 0x80);
        assertThat(b.icc(0, "PMR")).isEqualTo(0x80);
        b.icc(0, "PMR", 0);
        assertThat(b.read(Access.el3(0), "ICC_PMR_EL1"))
                .as("never below the non-secure half")
                .isEqualTo(0x80);
    }
}
