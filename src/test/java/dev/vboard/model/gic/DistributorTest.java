package dev.vboard.model.gic;

import static dev.vboard.model.gic.GicBoard.CPENDSGIR;
import static dev.vboard.model.gic.GicBoard.CTLR;
import static dev.vboard.model.gic.GicBoard.ICENABLER;
import static dev.vboard.model.gic.GicBoard.IPRIORITYR;
import static dev.vboard.model.gic.GicBoard.ISACTIVER;
import static dev.vboard.model.gic.GicBoard.ISENABLER;
import static dev.vboard.model.gic.GicBoard.ISPENDR;
import static dev.vboard.model.gic.GicBoard.SGIR;
import static dev.vboard.model.gic.GicBoard.SPURIOUS;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.core.Access;

import org.junit.jupiter.api.Test;

/** The distributor: forwarding, targets, triggers, SGIs and views (IHI 0048B 3.2, 4.3). */
class DistributorTest {

    private static int senders(GicBoard b, int cpu, int sgi) {
        return (int) (b.gicd(cpu, CPENDSGIR + sgi / 4 * 4) >>> sgi % 4 * 8) & 0xFF;
    }

    @Test
    void anInterruptWithoutTargetsStaysPendingAndGoesToNobody() {
        GicBoard b = GicBoard.virt().on();
        b.spi(40, 0, 0xA0);
        b.line(0, 40, true);
        for (int cpu = 0; cpu < 4; cpu++) {
            assertThat(b.signals(cpu)).isFalse();
        }
        assertThat(b.get(0, ISPENDR, 40)).isTrue();

        b.targets(40, 0b1000);
        assertThat(b.signals(3)).as("it moves at once").isTrue();
        b.targets(40, 0b0010);
        assertThat(b.signals(3)).isFalse();
        assertThat(b.ack(1)).isEqualTo(40);
    }

    @Test
    void nothingIsForwardedWhileTheDistributorIsOff() {
        GicBoard b = GicBoard.virt().on();
        b.spi(40, 1, 0xA0);
        b.line(0, 40, true);
        b.gicd(0, CTLR, 0);
        assertThat(b.signals(0)).isFalse();
        assertThat(b.ack(0)).isEqualTo(SPURIOUS);
        b.gicd(0, CTLR, 1);
        assertThat(b.ack(0)).isEqualTo(40);
    }

    @Test
    void disablingAnInterruptKeepsItPendingAndActive() {
        GicBoard b = GicBoard.virt().on();
        b.edge(40);
        b.spi(40, 1, 0xA0);
        b.pulse(0, 40);
        assertThat(b.ack(0)).isEqualTo(40);
        b.pulse(0, 40);
        b.set(0, ICENABLER, 40);
        assertThat(b.get(0, ISPENDR, 40)).isTrue();
        assertThat(b.get(0, ISACTIVER, 40)).isTrue();
        b.end(0, 40);
        assertThat(b.signals(0)).isFalse();
        b.set(0, ISENABLER, 40);
        assertThat(b.ack(0)).isEqualTo(40);
    }

    @Test
    void edgesCollapseWhilePendingAndAreKeptWhileActive() {
        GicBoard b = GicBoard.virt().on();
        b.edge(40);
        b.spi(40, 1, 0xA0);
        b.pulse(0, 40);
        b.pulse(0, 40);
        assertThat(b.ack(0)).isEqualTo(40);
        assertThat(b.get(0, ISPENDR, 40)).as("two edges, one latch").isFalse();
        b.pulse(0, 40);
        assertThat(b.get(0, ISPENDR, 40)).isTrue();
        b.end(0, 40);
        assertThat(b.ack(0)).isEqualTo(40);
        b.end(0, 40);
        assertThat(b.ack(0)).isEqualTo(SPURIOUS);
    }

    @Test
    void theLowestPriorityValueWinsAndThenTheLowestInterrupt() {
        GicBoard b = GicBoard.virt().on();
        b.enable(0, 30, 0xA0);
        b.spi(40, 1, 0xA0);
        b.spi(100, 1, 0x90);
        b.spi(287, 1, 0x90);
        for (int intid : new int[] {30, 40, 100, 287}) {
            b.line(0, intid, true);
        }
        for (long expected : new long[] {100, 287, 30, 40}) {
            assertThat(b.gicc(0, GicBoard.HPPIR)).isEqualTo(expected);
            assertThat(b.ack(0)).isEqualTo(expected);
            b.line(0, (int) expected, false);
            b.end(0, expected);
        }
    }

    @Test
    void spisFollowThePrivateInterruptsOfAnOddNumberOfCpus() {
        GicBoard b = new GicBoard(GicBoard.virtSpec(1), 3).on();
        b.spi(32, 0b100, 0xA0);
        b.spi(63, 0b010, 0xA0);
        b.enable(2, 31, 0x80);
        b.line(0, 32, true);
        b.line(0, 63, true);
        b.line(2, 31, true);
        assertThat(b.signals(0)).isFalse();
        assertThat(b.ack(1)).isEqualTo(63);
        assertThat(b.ack(2)).isEqualTo(31);
        b.end(2, 31);
        b.line(2, 31, false);
        assertThat(b.ack(2)).isEqualTo(32);
        assertThat(b.gicd(0, ISPENDR + 4)).isEqualTo(0x8000_0001L);
    }

    @Test
    void softwareInterruptsGoWhereTheFilterSays() {
        GicBoard b = GicBoard.virt();
        b.gicd(1, SGIR, 0b1001 << 16 | 2);
        b.gicd(1, SGIR, 1 << 24 | 0b0010 << 16 | 3);
        b.gicd(1, SGIR, 2 << 24 | 0b1001 << 16 | 4);
        b.gicd(1, SGIR, 3 << 24 | 0b1111 << 16 | 5);
        for (int cpu = 0; cpu < 4; cpu++) {
            assertThat(senders(b, cpu, 2)).isEqualTo(cpu == 0 || cpu == 3 ? 0b0010 : 0);
            assertThat(senders(b, cpu, 3)).isEqualTo(cpu == 1 ? 0 : 0b0010);
            assertThat(senders(b, cpu, 4)).isEqualTo(cpu == 1 ? 0b0010 : 0);
            assertThat(senders(b, cpu, 5)).isZero();
        }
        b.gicd(0, SGIR, 0xF0 << 16 | 6);
        assertThat(b.gicd(0, ISPENDR)).as("absent CPUs").isEqualTo(1 << 2 | 1 << 3);
    }

    @Test
    void secureSoftwareChoosesTheGroupOfTheSgisItSends() {
        GicBoard b = GicBoard.gic400();
        b.secureGicd(0, SGIR, 2 << 24 | 9);
        b.secureGicd(0, SGIR, 2 << 24 | 1);
        assertThat(b.secureGicd(0, ISPENDR)).as("NSATT 0: Group 0 only").isEqualTo(1 << 9);
        b.secureGicd(0, SGIR, 2 << 24 | 1 << 15 | 10);
        b.secureGicd(0, SGIR, 2 << 24 | 1 << 15 | 2);
        assertThat(b.secureGicd(0, ISPENDR)).isEqualTo(1 << 9 | 1 << 2);
        assertThat(b.gicd(0, ISPENDR)).as("non-secure sees its own").isEqualTo(1 << 2);
    }

    @Test
    void theSgiTriggerTakesWordsOnlyAndPrioritiesTakeBytesToo() {
        GicBoard b = GicBoard.virt();
        Access el2 = Access.el2(0);
        b.gic.distributor().registers().write(b.board, el2, SGIR, 2, 2);
        b.gic.distributor().registers().write(b.board, el2, SGIR + 3, 1, 2);
        assertThat(b.gicd(0, ISPENDR)).isZero();
        b.gicd(0, IPRIORITYR + 40, 0x4030_2010);
        b.priority(0, 41, 0x99);
        assertThat(b.gicd(0, IPRIORITYR + 40)).isEqualTo(0x4030_9910);
    }

    @Test
    void nonSecureSoftwareCannotTouchGroup0() {
        GicBoard b = GicBoard.gic400();
        b.secureGicd(0, GicBoard.IGROUPR + 4, 0xFFFF_FEFFL);
        b.secureGicd(0, IPRIORITYR + 40, 0x10);
        b.secureGicd(0, ISENABLER + 4, 1 << 8);
        b.gicd(0, ICENABLER + 4, 0xFFFF_FFFFL);
        b.gicd(0, IPRIORITYR + 40, 0xFFFF_FFFFL);
        b.gicd(0, GicBoard.ITARGETSR + 40, 0x0F0F_0F0FL);
        assertThat(b.secureGicd(0, ISENABLER + 4)).isEqualTo(1 << 8);
        assertThat(b.secureGicd(0, IPRIORITYR + 40) & 0xFF).isEqualTo(0x10);
        assertThat(b.secureGicd(0, GicBoard.ITARGETSR + 40)).isEqualTo(0x0F0F_0F00L);
        assertThat(b.gicd(0, ISENABLER + 4)).isZero();
        assertThat(b.gicd(0, IPRIORITYR + 40) & 0xFF).isZero();
    }

    @Test
    void liveInputLevelsAreReadable() {
        GicBoard b = GicBoard.gic400();
        b.line(1, 27, true);
        b.line(0, 40, true);
        assertThat(b.gicd(1, 0xD00)).isEqualTo(1 << 27 - 16);
        assertThat(b.gicd(0, 0xD00)).isZero();
        assertThat(b.gicd(0, 0xD04)).isEqualTo(1 << 8);
    }

    @Test
    void reportsShowAnInterruptWithoutTouchingIt() {
        GicBoard b = GicBoard.gic400().on();
        b.edge(40);
        b.spi(40, 0b0110, 0xA0);
        b.pulse(0, 40);
        b.line(0, 40, true);
        long before = b.board.fingerprint();
        int index = b.intids.index(0, 40);
        assertThat(b.gic.enabled(b.board, index)).isTrue();
        assertThat(b.gic.pending(b.board, index)).isTrue();
        assertThat(b.gic.latched(b.board, index)).isTrue();
        assertThat(b.gic.active(b.board, index)).isFalse();
        assertThat(b.gic.level(b.board, index)).isTrue();
        assertThat(b.gic.edge(b.board, index)).isTrue();
        assertThat(b.gic.priority(b.board, index)).isEqualTo(0xA0);
        assertThat(b.gic.targets(b.board, index)).isEqualTo(0b0110);
        assertThat(b.gic.group(b.board, index)).isEqualTo(1);
        assertThat(b.gic.highestPending(b.board, 1)).isEqualTo(40);
        assertThat(b.gic.highestPending(b.board, 0)).isEqualTo(SPURIOUS);
        assertThat(b.gic.enabledGroups(b.board)).isEqualTo(3);
        assertThat(b.gic.enabledWord(b.board, index >> 6) >>> index & 1).isEqualTo(1);
        assertThat(b.gic.askingWord(b.board, index >> 6) >>> index & 1).isEqualTo(1);
        assertThat(b.gic.activeWord(b.board, index >> 6)).isZero();
        assertThat(b.board.fingerprint()).isEqualTo(before);
    }
}
