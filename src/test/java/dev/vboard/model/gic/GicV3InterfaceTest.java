package dev.vboard.model.gic;

import static dev.vboard.model.gic.GicV3Board.CTLR;
import static dev.vboard.model.gic.GicV3Board.IGROUPR;
import static dev.vboard.model.gic.GicV3Board.IGRPMODR;
import static dev.vboard.model.gic.GicV3Board.ISACTIVER;
import static dev.vboard.model.gic.GicV3Board.ISENABLER;
import static dev.vboard.model.gic.GicV3Board.ISPENDR;
import static dev.vboard.model.gic.GicV3Board.SPURIOUS;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.core.Access;

import org.junit.jupiter.api.Test;

import java.util.List;

/** CPU interface, groups, security views and SGI routing of a GICv3 (gic.md 4 and 7). */
class GicV3InterfaceTest {
    private static final int GROUP_0_SPI = 50;
    private static final int SECURE_SPI = 51;
    private static final int NON_SECURE_SPI = 52;

    private static boolean defined(GicV3Board b, Access by, String name) {
        return b.registers.get(name).permits(b.board, by, false)
                || b.registers.get(name).permits(b.board, by, true);
    }

    /** An SPI in each group, all at the same priority and high, for CPU 0. */
    private static GicV3Board threeGroups() {
        GicV3Board b = GicV3Board.secured().on();
        b.secureGicd(IGROUPR + 4, ~(3L << 18) & 0xFFFF_FFFFL);
        b.secureGicd(IGRPMODR + 4, 1L << SECURE_SPI % 32);
        b.secureGicd(ISENABLER + 4, 7L << 18);
        b.write(Access.el3(0), "ICC_IGRPEN1_EL3", 3);
        for (int intid = GROUP_0_SPI; intid <= NON_SECURE_SPI; intid++) {
            b.bus.write(b.board, Access.el3(0), 0x0800_0400L + intid, 1, 0x80);
        }
        return b;
    }

    @Test
    void aHigherPriorityPreemptsAndAnEqualOneWaits() {
        GicV3Board b = GicV3Board.virt().on();
        b.spi(40, 0, 0xA0);
        b.spi(41, 0, 0x90);
        b.spi(42, 0, 0x90);
        b.line(0, 40, true);
        assertThat(b.ack(0)).isEqualTo(40);
        b.line(0, 42, true);
        b.line(0, 41, true);
        assertThat(b.icc(0, "HPPIR1")).isEqualTo(41);
        assertThat(b.ack(0)).as("of equals the lowest INTID").isEqualTo(41);
        assertThat(b.ack(0)).isEqualTo(SPURIOUS);
        b.line(0, 41, false);
        b.end(0, 41);
        assertThat(b.ack(0)).isEqualTo(42);
    }

    @Test
    void theBinaryPointSaysWhichBitsPreempt() {
        GicV3Board b = GicV3Board.virt().on();
        b.icc(0, "BPR1", 7);
        b.spi(40, 0, 0xA0);
        b.spi(41, 0, 0x90);
        b.spi(42, 0, 0x40);
        b.line(0, 40, true);
        assertThat(b.ack(0)).isEqualTo(40);
        b.line(0, 41, true);
        assertThat(b.ack(0)).as("bit 7 only, and it is equal").isEqualTo(SPURIOUS);
        b.line(0, 42, true);
        assertThat(b.ack(0)).isEqualTo(42);
    }

    @Test
    void withCbprBothGroupsShareTheBinaryPointOfGroup0() {
        GicV3Board b = GicV3Board.virt().on();
        b.icc(0, "BPR0", 4);
        b.icc(0, "BPR1", 6);
        b.icc(0, "CTLR", 1);
        assertThat(b.icc(0, "BPR1")).as("one more than Group 0's").isEqualTo(5);
        b.icc(0, "BPR1", 3);
        b.icc(0, "CTLR", 0);
        assertThat(b.icc(0, "BPR1")).as("the write was ignored").isEqualTo(6);
        b.icc(0, "BPR0", 7);
        b.icc(0, "CTLR", 1);
        assertThat(b.icc(0, "BPR1")).as("saturated").isEqualTo(7);
    }

    @Test
    void oneSecurityStateHasTwoGroupsWithRegistersOfTheirOwn() {
        GicV3Board b = GicV3Board.virt().on();
        b.gicd(CTLR, 3);
        b.gicd(IGROUPR + 4, 0);
        b.icc(0, "IGRPEN0", 1);
        b.spi(40, 0, 0xA0);
        b.line(0, 40, true);
        assertThat(b.icc(0, "HPPIR1")).isEqualTo(SPURIOUS);
        assertThat(b.icc(0, "IAR1")).isEqualTo(SPURIOUS);
        assertThat(b.icc(0, "HPPIR0")).isEqualTo(40);
        assertThat(b.icc(0, "IAR0")).isEqualTo(40);
        b.icc(0, "EOIR1", 40);
        assertThat(b.icc(0, "RPR")).as("another group's end").isEqualTo(0xA0);
        b.icc(0, "EOIR0", 40);
        assertThat(b.icc(0, "RPR")).isEqualTo(0xFF);
        assertThat(b.get(0, ISACTIVER, 40)).isFalse();
    }

    @Test
    void theShorthandsFindTheGroupOfAGicWithOneSecurityState() {
        GicV3Board b = GicV3Board.virt().on();
        b.gicd(CTLR, 3);
        b.sgi(0, IGROUPR, 0);
        b.icc(0, "IGRPEN0", 1);
        b.enable(0, 4, 0x90);
        b.gic.sendSgi(b.board, Access.el2(1), 4, 0b0001);
        assertThat(b.gic.acknowledge(b.board, Access.el2(0))).isEqualTo(4);
        b.gic.endOfInterrupt(b.board, Access.el2(0), 4);
        assertThat(b.gic.runningPriority(b.board, 0)).isEqualTo(0xFF);
        assertThat(b.gic.interfaceOn(b.board, 0)).isTrue();
    }

    @Test
    void eachWorldAcknowledgesItsOwnGroupAndEl3LearnsWhoseTheOthersAre() {
        GicV3Board b = threeGroups();
        Access secure = Access.of(0, 1, true);
        b.line(0, NON_SECURE_SPI, true);
        assertThat(b.read(Access.el3(0), "ICC_IAR0_EL1")).isEqualTo(1021);
        assertThat(b.read(secure, "ICC_IAR0_EL1")).isEqualTo(SPURIOUS);
        assertThat(b.read(secure, "ICC_IAR1_EL1")).isEqualTo(SPURIOUS);
        b.line(0, SECURE_SPI, true);
        assertThat(b.ack(0)).as("hidden").isEqualTo(SPURIOUS);
        assertThat(b.signals(0)).isFalse();
        assertThat(b.read(Access.el3(0), "ICC_HPPIR0_EL1")).isEqualTo(1020);
        b.line(0, GROUP_0_SPI, true);
        assertThat(b.read(secure, "ICC_IAR1_EL1")).isEqualTo(SPURIOUS);
        assertThat(b.read(secure, "ICC_IAR0_EL1")).isEqualTo(GROUP_0_SPI);
        b.write(secure, "ICC_EOIR1_EL1", GROUP_0_SPI);
        assertThat(b.read(secure, "ICC_RPR_EL1")).isEqualTo(0x80);
        b.line(0, GROUP_0_SPI, false);
        b.write(secure, "ICC_EOIR0_EL1", GROUP_0_SPI);
        assertThat(b.read(secure, "ICC_IAR1_EL1")).isEqualTo(SECURE_SPI);
        b.end(0, SECURE_SPI);
        assertThat(b.read(secure, "ICC_RPR_EL1")).as("not the other world's").isEqualTo(0x80);
        b.line(0, SECURE_SPI, false);
        b.write(secure, "ICC_EOIR1_EL1", SECURE_SPI);
        assertThat(b.ack(0)).isEqualTo(NON_SECURE_SPI);
        b.write(Access.el3(0), "ICC_EOIR1_EL1", NON_SECURE_SPI);
        assertThat(b.icc(0, "RPR")).as("EL3 may end it").isEqualTo(0xFF);
    }

    @Test
    void nonSecureSoftwareSeesNothingOfTheOtherGroups() {
        GicV3Board b = threeGroups();
        b.line(0, SECURE_SPI, true);
        assertThat(b.gicd(ISPENDR + 4)).isZero();
        assertThat(b.gicd(ISENABLER + 4)).isEqualTo(1L << NON_SECURE_SPI % 32);
        b.route(SECURE_SPI, 3);
        assertThat(b.route(SECURE_SPI)).isZero();
        b.priority(0, GROUP_0_SPI, 0xA0);
        assertThat(b.priority(0, GROUP_0_SPI)).isZero();
        assertThat(b.gicd(IGROUPR + 4)).isZero();
        assertThat(defined(b, Access.el2(0), "ICC_IAR0_EL1")).isFalse();
        assertThat(defined(b, Access.el2(0), "ICC_IGRPEN1_EL3")).isFalse();
        assertThat(b.gic.group(b.board, b.intids.index(0, SECURE_SPI))).isEqualTo(1);
    }

    @Test
    void theSecureWorldsPriorityReadsAsTheHighest() {
        GicV3Board b = threeGroups();
        b.line(0, SECURE_SPI, true);
        b.bus.write(b.board, Access.el3(0), 0x0800_0400L + SECURE_SPI, 1, 0x20);
        assertThat(b.read(Access.el3(0), "ICC_IAR1_EL1")).isEqualTo(SECURE_SPI);
        assertThat(b.icc(0, "RPR")).isZero();
        b.secureGicd(IGRPMODR + 4, 0);
    }

    @Test
    void settingDsMakesItAGicWithOneSecurityStateForGood() {
        GicV3Board b = threeGroups();
        b.secureGicd(CTLR, 1 << 6 | 3);
        assertThat(b.gicd(CTLR)).isEqualTo(0x53);
        assertThat(b.gicd(4) & 1 << 10).isZero();
        b.secureGicd(CTLR, 0);
        assertThat(b.gicd(CTLR)).isEqualTo(0x50);
        assertThat(b.gicd(IGROUPR + 4)).isEqualTo(~(3L << 18) & 0xFFFF_FFFFL);
        assertThat(b.gicd(IGRPMODR + 4)).isZero();
        assertThat(b.gic.group(b.board, b.intids.index(0, SECURE_SPI))).isZero();
        assertThat(defined(b, Access.el2(0), "ICC_IAR0_EL1")).isTrue();
    }

    @Test
    void anSgiGoesToTheListBelowOneAffinity() {
        GicV3Board b = GicV3Board.secured().on();
        for (int cpu = 0; cpu < 4; cpu++) {
            b.enable(cpu, 2, 0x90);
        }
        b.icc(0, "SGI1R", 2L << 24 | 1L << 16 | 0b11);
        assertThat(List.of(b.signals(0), b.signals(1), b.signals(2), b.signals(3)))
                .containsExactly(false, false, true, true);
        b.icc(2, "SGI1R", 2L << 24 | 0b1110);
        assertThat(b.ack(1)).as("CPUs 0.2 and 0.3 do not exist").isEqualTo(2);
        b.icc(2, "SGI1R", 1L << 44 | 2L << 24 | 1);
        b.icc(2, "SGI1R", 1L << 32 | 2L << 24 | 1);
        b.icc(2, "SGI1R", 1L << 48 | 2L << 24 | 1);
        assertThat(b.ack(0)).as("no range, no other affinity").isEqualTo(SPURIOUS);
        b.write(Access.el3(3), "ICC_ASGI1R_EL1", 2L << 24 | 1);
        assertThat(b.ack(0)).as("the other world's Group 1").isEqualTo(2);
    }

    @Test
    void aCpuWithAff0Above15IsOutOfReach() {
        GicV3Board b = new GicV3Board(5, 1, List.of(0L, 16L)).on();
        b.enable(1, 2, 0x90);
        b.icc(0, "SGI1R", 2L << 24 | 1);
        b.icc(0, "SGI1R", 1L << 44 | 2L << 24 | 1);
        b.gic.sendSgi(b.board, Access.el2(0), 2, 0b10);
        assertThat(b.get(1, ISPENDR, 2)).isFalse();
        b.icc(0, "SGI1R", 1L << 40 | 2L << 24);
        assertThat(b.ack(1)).as("but not of all others").isEqualTo(2);
    }

    @Test
    void groupZeroAndOneSgisNeedTheirOwnRegister() {
        GicV3Board b = GicV3Board.virt().on();
        b.enable(1, 2, 0x90);
        b.icc(0, "SGI0R", 2L << 24 | 2);
        assertThat(b.get(1, ISPENDR, 2)).isFalse();
        b.sgi(1, IGROUPR, 0);
        b.icc(0, "SGI1R", 2L << 24 | 2);
        assertThat(b.get(1, ISPENDR, 2)).isFalse();
        b.icc(0, "SGI0R", 2L << 24 | 2);
        assertThat(b.get(1, ISPENDR, 2)).isTrue();
    }

    @Test
    void aMessagePendsAnEdgeAndHoldsALevel() {
        GicV3Board b = GicV3Board.virt().on();
        b.edge(40);
        b.spi(40, 0, 0xA0);
        b.spi(41, 0, 0xA0);
        b.gicd(0x40, 40);
        assertThat(b.ack(0)).isEqualTo(40);
        b.end(0, 40);
        assertThat(b.ack(0)).isEqualTo(SPURIOUS);
        b.gicd(0x40, 41);
        assertThat(b.ack(0)).isEqualTo(41);
        b.gicd(0x48, 41);
        b.end(0, 41);
        assertThat(b.ack(0)).isEqualTo(SPURIOUS);
        for (int intid : new int[] {0, 31, 288, 1020, 1023}) {
            b.gicd(0x40, intid);
        }
        assertThat(b.gic.anyPending(b.board)).isFalse();
    }

    @Test
    void aMessageOfOneWorldDoesNotReachTheOthersInterrupts() {
        GicV3Board b = threeGroups();
        b.gicd(0x40, SECURE_SPI);
        b.gicd(0x50, NON_SECURE_SPI);
        assertThat(b.gic.anyPending(b.board)).isFalse();
        b.secureGicd(0x50, SECURE_SPI);
        assertThat(b.gic.pending(b.board, b.intids.index(0, SECURE_SPI))).isTrue();
        b.secureGicd(0x58, SECURE_SPI);
        assertThat(b.gic.anyPending(b.board)).isFalse();
    }

    @Test
    void affinityLevelThreeIsThereOnlyWhereACpuHasIt() {
        GicV3Board flat = GicV3Board.virt();
        flat.route(40, 0x12_80FF_0203L);
        assertThat(flat.route(40)).isEqualTo(0x80FF_0203L);
        GicV3Board deep = new GicV3Board(5, 1, List.of(0L, 0x12_0003_0201L)).on();
        assertThat(deep.gicd(4) >>> 24 & 1).isEqualTo(1);
        assertThat(deep.icc(0, "CTLR") >>> 15 & 1).isEqualTo(1);
        assertThat(deep.gicrTyper(1)).isEqualTo(0x1203_0201_0000_0110L);
        deep.spi(40, 0x12_0003_0201L, 0xA0);
        assertThat(deep.route(40)).isEqualTo(0x12_0003_0201L);
        deep.line(0, 40, true);
        assertThat(deep.ack(1)).isEqualTo(40);
        deep.enable(1, 3, 0x90);
        deep.icc(0, "SGI1R", 0x12L << 48 | 3L << 32 | 3L << 24 | 2L << 16 | 2);
        deep.end(1, 40);
        deep.line(0, 40, false);
        assertThat(deep.ack(1)).isEqualTo(3);
    }

    @Test
    void el2MayKeepTheEnableOfSystemRegistersFromEl1() {
        GicV3Board b = GicV3Board.virt();
        assertThat(b.read(Access.el1(0), "ICC_SRE_EL1")).isEqualTo(7);
        b.write(Access.el2(0), "ICC_SRE_EL2", 7);
        assertThat(defined(b, Access.el1(0), "ICC_SRE_EL1")).isFalse();
        assertThat(defined(b, Access.el2(0), "ICC_SRE_EL1")).isTrue();
    }
}
