package dev.vboard.model.gic;

import static dev.vboard.model.gic.GicBoard.APR;
import static dev.vboard.model.gic.GicBoard.BPR;
import static dev.vboard.model.gic.GicBoard.DIR;
import static dev.vboard.model.gic.GicBoard.HPPIR;
import static dev.vboard.model.gic.GicBoard.IAR;
import static dev.vboard.model.gic.GicBoard.ISACTIVER;
import static dev.vboard.model.gic.GicBoard.PMR;
import static dev.vboard.model.gic.GicBoard.RPR;
import static dev.vboard.model.gic.GicBoard.SPURIOUS;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.core.Access;

import org.junit.jupiter.api.Test;

/** The CPU interface: masks, preemption, groups, acknowledge and end (IHI 0048B 3.2, 3.3, 4.4). */
class CpuInterfaceTest {
    private static final int ABPR = 0x1C;
    private static final int AIAR = 0x20;
    private static final int AEOIR = 0x24;
    private static final int AHPPIR = 0x28;
    private static final int NSAPR = 0xE0;

    /** A board whose INTID 40 (Group 1) and 41 (Group 0) are pending for CPU 0, to secure eyes. */
    private static GicBoard twoGroups(int priority1, int priority0) {
        GicBoard b = GicBoard.gic400().on();
        b.spi(40, 1, priority1);
        b.secureGicd(0, GicBoard.IGROUPR + 4, 0xFFFF_FDFFL);
        b.secureGicd(0, GicBoard.ITARGETSR + 40, 0x0101);
        b.secureGicd(0, GicBoard.IPRIORITYR + 40, priority0 << 8 | 0x80 | priority1 >> 1);
        b.secureGicd(0, GicBoard.ISENABLER + 4, 1 << 9);
        b.line(0, 40, true);
        b.line(0, 41, true);
        return b;
    }

    @Test
    void aHigherPriorityPreemptsAndAnEqualOneWaits() {
        GicBoard b = GicBoard.virt().on();
        b.spi(40, 1, 0xA0);
        b.spi(41, 1, 0xA0);
        b.spi(42, 1, 0x90);
        b.line(0, 40, true);
        assertThat(b.ack(0)).isEqualTo(40);
        b.line(0, 41, true);
        assertThat(b.signals(0)).isFalse();
        assertThat(b.gicc(0, HPPIR)).as("pending, though it does not preempt").isEqualTo(41);
        b.line(0, 42, true);
        assertThat(b.ack(0)).isEqualTo(42);
        assertThat(b.gicc(0, RPR)).isEqualTo(0x90);
        b.line(0, 42, false);
        b.end(0, 42);
        assertThat(b.gicc(0, RPR)).isEqualTo(0xA0);
        b.line(0, 40, false);
        b.end(0, 40);
        assertThat(b.ack(0)).isEqualTo(41);
    }

    @Test
    void theBinaryPointSaysWhichBitsPreempt() {
        GicBoard b = GicBoard.virt().on();
        b.gicc(0, BPR, 4);
        b.spi(40, 1, 0xAF);
        b.spi(41, 1, 0xA1);
        b.spi(42, 1, 0x9F);
        b.line(0, 40, true);
        assertThat(b.ack(0)).isEqualTo(40);
        assertThat(b.gicc(0, RPR)).isEqualTo(0xA0);
        b.line(0, 41, true);
        assertThat(b.signals(0)).as("same group priority").isFalse();
        b.line(0, 42, true);
        assertThat(b.ack(0)).isEqualTo(42);
        assertThat(b.gicc(0, RPR)).isEqualTo(0x80);
    }

    @Test
    void binaryPointSevenAllowsNoPreemption() {
        GicBoard b = GicBoard.virt().on();
        b.gicc(0, BPR, 7);
        b.spi(40, 1, 0xF0);
        b.spi(41, 1, 0x01);
        b.line(0, 40, true);
        assertThat(b.ack(0)).isEqualTo(40);
        assertThat(b.gicc(0, RPR)).isZero();
        b.line(0, 41, true);
        assertThat(b.signals(0)).isFalse();
        b.line(0, 40, false);
        b.end(0, 40);
        assertThat(b.ack(0)).isEqualTo(41);
    }

    @Test
    void groupOneHasABinaryPointOfItsOwnUnlessItIsCommon() {
        GicBoard b = GicBoard.gic400().on();
        assertThat(b.gicc(0, BPR)).isEqualTo(3);
        b.gicc(0, BPR, 5);
        assertThat(b.secureGicc(0, ABPR)).isEqualTo(5);
        assertThat(b.secureGicc(0, BPR)).isEqualTo(2);

        b.secureGicc(0, 0, b.secureGicc(0, 0) | 1 << 4);
        assertThat(b.gicc(0, BPR)).isEqualTo(3);
        b.gicc(0, BPR, 6);
        assertThat(b.secureGicc(0, ABPR)).as("common: not writable here").isEqualTo(5);
        b.secureGicc(0, BPR, 7);
        assertThat(b.gicc(0, BPR)).as("one more, at most seven").isEqualTo(7);
    }

    @Test
    void theOwnBinaryPointOfGroupOneCountsOneLess() {
        GicBoard b = GicBoard.gic400().on();
        b.gicc(0, BPR, 5);
        b.spi(40, 1, 0xA0);
        b.spi(41, 1, 0x90);
        b.spi(42, 1, 0x70);
        b.line(0, 40, true);
        assertThat(b.ack(0)).isEqualTo(40);
        b.line(0, 41, true);
        assertThat(b.signals(0)).as("0xD0 and 0xC8 share 0xC0").isFalse();
        b.line(0, 42, true);
        assertThat(b.signals(0)).isTrue();
    }

    @Test
    void aSecureAcknowledgeOfGroupOneAnswers1022UnlessAckCtlIsSet() {
        GicBoard b = twoGroups(0xA0, 0xF0);
        assertThat(b.secureGicc(0, HPPIR)).isEqualTo(1022);
        assertThat(b.secureGicc(0, AHPPIR)).isEqualTo(40);
        assertThat(b.secureGicc(0, IAR)).isEqualTo(1022);
        assertThat(b.secureGicc(0, RPR)).as("nothing was taken").isEqualTo(0xFF);
        b.secureGicc(0, 0, b.secureGicc(0, 0) | 1 << 2);
        assertThat(b.secureGicc(0, IAR)).isEqualTo(40);
    }

    @Test
    void theAliasedRegistersHandleGroupOneForSecureSoftware() {
        GicBoard b = twoGroups(0xA0, 0xF0);
        assertThat(b.secureGicc(0, AIAR)).isEqualTo(40);
        assertThat(b.secureGicc(0, NSAPR)).isEqualTo(1 << (0xD0 >> 3));
        assertThat(b.gicc(0, APR)).as("the upper half").isEqualTo(1 << (0xD0 >> 3) - 16);
        b.secureGicc(0, AEOIR, 41);
        assertThat(b.gicc(0, RPR)).as("Group 0 is not its business").isEqualTo(0xA0);
        b.line(0, 40, false);
        b.secureGicc(0, AEOIR, 40);
        assertThat(b.gicc(0, RPR)).isEqualTo(0xFF);
        assertThat(b.secureGicc(0, AIAR)).isEqualTo(SPURIOUS);
        assertThat(b.secureGicc(0, IAR)).isEqualTo(41);
        assertThat(b.secureGicc(0, APR)).isEqualTo(1L << (0xF0 >> 3));
    }

    @Test
    void groupZeroIsInvisibleToNonSecureSoftwareAndGoesFirst() {
        GicBoard b = twoGroups(0xA0, 0x10);
        assertThat(b.signals(0)).as("an FIQ for EL3").isFalse();
        assertThat(b.gicc(0, HPPIR)).isEqualTo(SPURIOUS);
        assertThat(b.ack(0)).isEqualTo(SPURIOUS);

        assertThat(b.secureGicc(0, IAR)).isEqualTo(41);
        assertThat(b.gicc(0, RPR)).as("a secure priority reads as zero").isZero();
        b.end(0, 41);
        assertThat(b.secureGicc(0, RPR)).as("not the non-secure world's to end").isEqualTo(0x10);
        b.line(0, 41, false);
        b.secureGicc(0, GicBoard.EOIR, 41);
        assertThat(b.signals(0)).isTrue();
        assertThat(b.ack(0)).isEqualTo(40);
    }

    @Test
    void eachWorldHasItsOwnEndOfInterruptMode() {
        GicBoard b = GicBoard.gic400().on();
        b.gicc(0, 0, 0x201);
        assertThat(b.secureGicc(0, 0) & 0x600).isEqualTo(0x400);
        b.spi(40, 1, 0xA0);
        b.line(0, 40, true);
        b.ack(0);
        b.secureGicc(0, DIR, 40);
        assertThat(b.get(0, ISACTIVER, 40)).as("secure EOImode is 0").isTrue();
        b.gicc(1, DIR, 40);
        assertThat(b.get(0, ISACTIVER, 40)).as("so is CPU 1's").isTrue();
        b.gicc(1, 0, 0x201);
        b.gicc(1, DIR, 40);
        assertThat(b.get(0, ISACTIVER, 40)).as("an SPI from any CPU").isFalse();
    }

    @Test
    void anEndWithoutAnActivePriorityIsIgnored() {
        GicBoard b = GicBoard.virt().on();
        b.set(0, ISACTIVER, 40);
        b.end(0, 40);
        assertThat(b.get(0, ISACTIVER, 40)).isTrue();
        assertThat(b.events).isEmpty();
    }

    @Test
    void anInterfaceThatIsDownSignalsNothingAndKeepsWhatIsPending() {
        GicBoard b = GicBoard.gic400().on();
        b.spi(40, 0b0010, 0xA0);
        assertThat(b.gic.interfaceOn(b.board, 1)).isTrue();
        b.gic.cpuInterfaceDown(b.board, 1);
        assertThat(b.gic.interfaceOn(b.board, 1)).isFalse();
        assertThat(b.secureGicc(1, 0) & 0x1E3).isEqualTo(0x1E0);
        b.line(0, 40, true);
        b.sgi(0, 0b0010, 2);
        assertThat(b.signals(1)).isFalse();
        assertThat(b.ack(1)).isEqualTo(SPURIOUS);

        b.gic.cpuInit(b.board, 1);
        b.gic.cpuInterfaceUp(b.board, 1);
        assertThat(b.signals(1)).as("the non-secure owner is not back yet").isFalse();
        b.gicc(1, PMR, 0xF0);
        b.gicc(1, 0, 1);
        assertThat(b.ack(1)).as("an SGI latched while off").isEqualTo(2);
        b.end(1, 2);
        assertThat(b.ack(1)).isEqualTo(40);
    }

    @Test
    void firmwareLeavesAGicWithOneSecurityStateToItsOwnerExceptBeforePowerDown() {
        GicBoard b = GicBoard.virt().on();
        long before = b.board.fingerprint();
        b.firmware();
        b.gic.cpuInit(b.board, 0);
        assertThat(b.board.fingerprint()).isEqualTo(before);
        b.gic.cpuInterfaceDown(b.board, 0);
        assertThat(b.gicc(0, 0)).isEqualTo(0x1E0);
        assertThat(b.gic.interfaceOn(b.board, 0)).isFalse();
    }

    @Test
    void acknowledgingAndEndingAreReported() {
        GicBoard b = GicBoard.gic400().on();
        b.gic.sendSgi(b.board, Access.el2(3), 4, 0b0001);
        int acknowledged = b.gic.acknowledge(b.board, Access.el2(0));
        assertThat(acknowledged).isEqualTo(3 << 10 | 4);
        b.gic.endOfInterrupt(b.board, Access.el2(0), acknowledged);
        assertThat(b.gic.acknowledge(b.board, Access.el2(0))).isEqualTo(SPURIOUS);
        assertThat(b.events).containsExactly("irq-acked cpu0 4", "irq-ended cpu0 4");
    }

    @Test
    void readingTheRunningPriorityAndTheMaskOfAReportIsTheNonSecureView() {
        GicBoard b = GicBoard.gic400().on();
        assertThat(b.gic.pmr(b.board, 0)).isEqualTo(0xF0);
        assertThat(b.gic.runningPriority(b.board, 0)).isEqualTo(0xFF);
        b.spi(40, 1, 0xA0);
        b.line(0, 40, true);
        b.ack(0);
        assertThat(b.gic.runningPriority(b.board, 0)).isEqualTo(0xA0);
    }

    @Test
    void theActivePrioritiesOfEightBitsSpanFourRegisters() {
        GicBoard b = GicBoard.virt().on();
        b.spi(40, 1, 0xA2);
        b.line(0, 40, true);
        b.ack(0);
        int level = 0xA2 >> 1;
        assertThat(b.gicc(0, APR + level / 32 * 4)).isEqualTo(1L << level % 32);
        b.gicc(0, APR, 1 << 3);
        assertThat(b.gicc(0, RPR)).isEqualTo(6);
    }

    @Test
    void wideAliasesRepeatThePagesOver64KiB() {
        GicBoard b = GicBoard.gic400().onWithSplitEnd();
        b.spi(40, 1, 0xA0);
        b.line(0, 40, true);
        Access el2 = Access.el2(0);
        assertThat(b.bus.read32(b.board, el2, 0xF902_F00CL)).isEqualTo(40);
        b.bus.write32(b.board, el2, 0xF902_0010L, 40);
        b.bus.write32(b.board, el2, 0xF902_1000L, 40);
        assertThat(b.get(0, ISACTIVER, 40)).as("that was CTLR's alias").isTrue();
        b.gicc(0, 0, 0x201);
        b.bus.write32(b.board, el2, 0xF903_0000L, 40);
        assertThat(b.get(0, ISACTIVER, 40)).isFalse();
        assertThat(b.bus.nameAt(0xF906_00FCL)).isEqualTo("gicv");
        assertThat(b.bus.nameAt(0xF907_0000L)).isEqualTo("gicv-dir");
    }

    @Test
    void withoutWideAliasesTheSecondPageFollowsTheFirst() {
        GicBoard b = GicBoard.virt().onWithSplitEnd();
        b.spi(40, 1, 0xA0);
        b.line(0, 40, true);
        Access el2 = Access.el2(0);
        assertThat(b.bus.read32(b.board, el2, 0x0801_000CL)).isEqualTo(40);
        b.bus.write32(b.board, el2, 0x0801_1000L, 40);
        assertThat(b.get(0, ISACTIVER, 40)).isFalse();
        assertThat(b.bus.answers(0x0801_2000L, 4)).isFalse();
    }
}
