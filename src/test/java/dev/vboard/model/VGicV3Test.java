package dev.vboard.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vboard.model.report.AccessAnswer;
import dev.vboard.model.report.AckAnswer;
import dev.vboard.model.report.DomainReport;
import dev.vboard.model.report.U64;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What a guest of a GICv3 board finds at its interrupt controller (gic.md 7 and 10). */
class VGicV3Test {
    private static final long GICD = 0x0300_1000L;
    private static final long GICR = 0x0302_0000L;
    private static final long FRAME = 0x2_0000L;
    private static final long SGIS = 0x1_0000L;
    private static final long IROUTER = GICD + 0x6000;
    private static final int A = 162;

    private final GicGuest guest = new GicGuest(GicGuest.V3);
    private final LiveBoard live = guest.live;

    private boolean undefined(int vcpu, String register, OptionalLong write) {
        AccessAnswer answer =
                live.done(new Action.Sysreg(LiveBoard.caller(1, vcpu), register, write, false));
        return answer instanceof AccessAnswer.AccessFault;
    }

    private boolean aborts(long address) {
        AccessAnswer answer = live.done(
                new Action.Mmio(LiveBoard.caller(1, 0), address, 4, OptionalLong.empty(), false));
        return answer instanceof AccessAnswer.AccessFault;
    }

    @Test
    void aDistributorWithAffinityRoutingAndGroup1Only() {
        guest.with(A);
        assertEquals(0x12, live.load(1, 0, GICD));
        assertEquals(9 << 19 | 1 << 5 | 5, live.load(1, 0, GICD + 0x004));
        assertEquals(0x34C, live.load(1, 0, GICD + 0x008));
        assertEquals(0x30, live.load(1, 0, GICD + 0xFFE8));
        assertTrue(live.store(1, 0, GICD, 0));
        assertEquals(0x10, live.load(1, 0, GICD));
        assertTrue(live.store(1, 0, GICD, 0xFFFF_FFFFL));
        assertEquals(0x12, live.load(1, 0, GICD));
    }

    @Test
    void whatBelongsToPrivateInterruptsIsNotInTheDistributor() {
        guest.with(A);
        guest.enable(0, 5, true);
        for (int offset : new int[] {0x080, 0x100, 0x180, 0x200, 0x300, 0x400, 0x800, 0xC00}) {
            assertEquals(0, live.load(1, 0, GICD + offset));
        }
        assertTrue(live.store(1, 0, GICD + 0x180, 0xFFFF_FFFFL));
        assertTrue(live.store(1, 0, GICD + 0xF00, 0x1_0005));
        assertEquals(List.of(), guest.vgic(0).pending());
        assertEquals(1 << 5, live.load(1, 0, GICR + SGIS + 0x100));
    }

    @Test
    void aRedistributorForEachVcpuAndNothingBehindTheLast() {
        guest.with(A);
        for (int vcpu = 0; vcpu < 2; vcpu++) {
            long frame = GICR + vcpu * FRAME;
            assertEquals(0x34C, live.load(1, 0, frame + 0x004));
            assertEquals(vcpu << 8 | vcpu << 4, live.load(1, 0, frame + 0x008));
            assertEquals(vcpu, live.load(1, 0, frame + 0x00C));
            assertEquals(0x30, live.load(1, 0, frame + 0xFFE8));
        }
        assertTrue(aborts(GICR + 2 * FRAME));
        assertTrue(aborts(0x0300_2000L + 0x10000));
    }

    @Test
    void gicT18_aGuestsRedistributorIsAlwaysAwake() {
        guest.with(A);
        assertEquals(0, live.load(1, 0, GICR + 0x14));
        assertTrue(live.store(1, 0, GICR + 0x14, 2));
        assertEquals(0, live.load(1, 0, GICR + 0x14));
        live.fire(A, true);
        assertEquals(A, live.ack(1, 0));
    }

    @Test
    void aVcpuReachesTheRedistributorOfAnother() {
        guest.with(A);
        guest.second();
        long other = GICR + FRAME + SGIS;
        assertTrue(live.store(1, 0, other + 0x100, 1 << 3));
        assertTrue(live.store(1, 0, other + 0x400, 0x4000_0000L));
        assertEquals(List.of(3), guest.vgic(1).enabled());
        assertEquals(0x4000_0000L, live.load(1, 1, other + 0x400));
        assertEquals(0, live.load(1, 0, GICR + SGIS + 0x100));
        guest.sgi(0, 3, 2);
        assertEquals(3, live.ack(1, 1));
        assertTrue(live.store(1, 0, other + 0x180, 1 << 3));
        assertEquals(List.of(), guest.vgic(1).enabled());
    }

    @Test
    void registersOfWhichXenKeepsNothingReadZero() {
        guest.with(A);
        live.fire(A, true);
        guest.enable(0, 2, true);
        guest.sgi(0, 2, 1);
        for (int base : new int[] {0x200, 0x280, 0x300, 0x380, 0x080}) {
            assertEquals(0, live.load(1, 0, GICD + base + 4 * (A / 32)));
            assertTrue(live.store(1, 0, GICD + base + 4 * (A / 32), 0));
            assertEquals(0, live.load(1, 0, GICR + SGIS + base));
            assertTrue(live.store(1, 0, GICR + SGIS + base, 0));
        }
        assertTrue(live.store(1, 0, GICR + SGIS + 0x280, 4));
        assertTrue(live.store(1, 0, GICR + SGIS + 0x380, 4));
        assertEquals(List.of(2, A), guest.vgic(0).pending());
        assertFalse(live.store(1, 0, GICR + SGIS + 0x300, 4));
        assertFalse(live.store(1, 0, GICD + 0x314, 4));
        assertTrue(live.store(1, 0, GICR + 0x300, 4), "no such register in the first page");
    }

    @Test
    void theTriggersOfPrivateInterruptsAreFixed() {
        guest.with(A);
        assertTrue(live.store(1, 0, GICR + SGIS + 0xC00, 0));
        assertTrue(live.store(1, 0, GICR + SGIS + 0xC04, 0xFFFF_FFFFL));
        assertEquals(0xAAAA_AAAAL, live.load(1, 0, GICR + SGIS + 0xC00));
        assertEquals(0, live.load(1, 0, GICR + SGIS + 0xC04));
        guest.enable(0, A, false);
        long config = GICD + 0xC00 + A / 16 * 4;
        assertTrue(live.store(1, 0, config, 2 << A % 16 * 2));
        assertEquals(2 << A % 16 * 2, live.load(1, 0, config));
    }

    @Test
    void anyCpuIsVcpu0AndARouteToNobodyIsIgnored() {
        guest.with(A);
        guest.second();
        guest.route(A, 1);
        assertEquals(1, guest.routed(A));
        assertEquals(List.of(2), guest.physical(A).targets());
        assertTrue(live.store(1, 0, IROUTER + 8 * A, 7));
        assertTrue(live.store(1, 0, IROUTER + 8 * A, 0x101));
        assertEquals(1, guest.routed(A));
        assertTrue(live.store(1, 0, IROUTER + 8 * A, 0x8000_0001L));
        assertEquals(0, guest.routed(A));
        assertEquals(List.of(1), guest.physical(A).targets());
    }

    @Test
    void gicT21_anSgiForAllOthersNeverReachesItsSender() {
        guest.with(A);
        guest.second();
        guest.enable(0, 4, true);
        guest.enable(1, 4, true);
        live.msr(1, 0, "ICC_SGI1R_EL1", 1L << 40 | 4L << 24 | 1);
        assertEquals(List.of(), guest.vgic(0).pending());
        assertEquals(List.of(4), guest.vgic(1).pending());
    }

    @Test
    void anSgiForAnAffinityThatNobodyHasIsIgnored() {
        guest.with(A);
        guest.second();
        guest.enable(0, 4, true);
        for (long elsewhere : new long[] {1L << 16, 1L << 32, 1L << 44, 1L << 48}) {
            live.msr(1, 1, "ICC_SGI1R_EL1", 4L << 24 | 1 | elsewhere);
        }
        live.msr(1, 1, "ICC_SGI1R_EL1", 4L << 24 | 0xFFF0);
        assertEquals(List.of(), guest.vgic(0).pending());
    }

    @Test
    void gicT8_anSgiOfTwoSendersIsOne() {
        guest.with(A);
        guest.second();
        guest.enable(0, 4, true);
        guest.sgi(0, 4, 1);
        guest.sgi(1, 4, 1);
        AckAnswer answer = live.done(new Action.Acknowledge(LiveBoard.caller(1, 0)));
        assertEquals(new AckAnswer(4, OptionalInt.empty()), answer);
        live.eoi(1, 0, 4);
        assertEquals(1023, live.ack(1, 0));
    }

    @Test
    void aGuestHasNoGroup0ToSendAndNoOtherSecurityState() {
        guest.with(A);
        assertTrue(undefined(0, "ICC_SGI0R_EL1", OptionalLong.of(1L << 24)));
        assertTrue(undefined(0, "ICC_ASGI1R_EL1", OptionalLong.of(1L << 24)));
        assertTrue(undefined(0, "ICC_SGI1R_EL1", OptionalLong.empty()));
        assertTrue(undefined(0, "ICH_HCR_EL2", OptionalLong.empty()));
        assertTrue(undefined(0, "ICC_SRE_EL2", OptionalLong.empty()));
    }

    @Test
    void theInterfaceRegistersAreTheVirtualOnes() {
        guest.with(A);
        assertEquals(248, live.mrs(1, 0, "ICC_PMR_EL1"));
        assertEquals(1, live.mrs(1, 0, "ICC_IGRPEN1_EL1"));
        assertEquals(0xFF, live.mrs(1, 0, "ICC_RPR_EL1"));
        live.fire(A, true);
        assertEquals(A, live.mrs(1, 0, "ICC_HPPIR1_EL1"));
        live.msr(1, 0, "ICC_PMR_EL1", 0xA0);
        assertEquals(1023, live.mrs(1, 0, "ICC_IAR1_EL1"));
        live.msr(1, 0, "ICC_PMR_EL1", 0xA8);
        assertEquals(A, live.mrs(1, 0, "ICC_IAR1_EL1"));
        assertEquals(0xA0, live.mrs(1, 0, "ICC_RPR_EL1"));
        live.fire(A, false);
        live.msr(1, 0, "ICC_EOIR1_EL1", A);
        assertEquals(0xFF, live.mrs(1, 0, "ICC_RPR_EL1"));
        assertFalse(guest.physical(A).active());
    }

    @Test
    void withSplitEndAGuestDeactivatesByItself() {
        guest.with(A);
        live.msr(1, 0, "ICC_CTLR_EL1", 2);
        live.fire(A, true);
        assertEquals(A, live.ack(1, 0));
        live.fire(A, false);
        live.eoi(1, 0, A);
        assertEquals(0xFF, live.mrs(1, 0, "ICC_RPR_EL1"));
        assertTrue(guest.physical(A).active());
        live.msr(1, 0, "ICC_DIR_EL1", A);
        assertFalse(guest.physical(A).active());
    }

    @Test
    void twoVcpusOfOneCpuKeepTheirOwnInterfaces() {
        live.done(LiveBoard.domain(2, LiveBoard.pinned(1, 1), 64, A));
        live.listen(1, 0, A);
        live.psci(1, 0, "CPU_ON", 1, 0x4000_0000L, 0);
        live.fire(A, true);
        assertEquals(A, live.ack(1, 0));
        assertEquals(0, live.mrs(1, 1, "ICC_PMR_EL1"));
        assertEquals(0xFF, live.mrs(1, 1, "ICC_RPR_EL1"));
        live.msr(1, 1, "ICC_PMR_EL1", 0x80);
        assertEquals(248, live.mrs(1, 0, "ICC_PMR_EL1"));
        assertEquals(0xA0, live.mrs(1, 0, "ICC_RPR_EL1"));
        live.fire(A, false);
        live.eoi(1, 0, A);
        assertFalse(guest.physical(A).active());
        assertEquals(0x80, live.mrs(1, 1, "ICC_PMR_EL1"));
        assertEquals(128, guest.vgic(1).pmr());
    }

    @Test
    void moreVcpusThanAGicV2HasTargetsFor() {
        live.done(LiveBoard.domain(20, LiveBoard.pinned(1), 64, A));
        live.done(new Action.VcpuGic("1", 0, true, OptionalInt.of(248)));
        live.psci(1, 0, "CPU_ON", 0x101, 0x4000_0000L, 0);
        assertEquals(0x101, live.load(1, 0, GICR + 17 * FRAME + 0xC));
        live.msr(1, 0, "ICC_SGI1R_EL1", 1L << 16 | 3L << 24 | 2);
        assertEquals(List.of(3), guest.vgic(17).pending());
        assertEquals(List.of(), guest.vgic(1).pending());
        assertTrue(live.store(1, 0, IROUTER + 8 * A, 0x101));
        assertEquals(0x101, live.load(1, 0, IROUTER + 8 * A));
    }

    @Test
    void theReportAndTheDeviceTreeSayWhereItIs() {
        guest.with(A);
        assertEquals(
                new DomainReport.DomainGic(
                        3, U64.of(GICD), Optional.empty(), Optional.of(U64.of(GICR))),
                live.domain(1).gic());
        String guestTree = assertInstanceOf(String.class, live.done(new Query.DeviceTree("1")));
        assertTrue(guestTree.contains("compatible = \"arm,gic-v3\";"));
        assertTrue(guestTree.contains(
                "reg = <0x0 0x3001000 0x0 0x10000>, <0x0 0x3020000 0x0 0x1000000>;"));
        String dom0Tree = assertInstanceOf(String.class, live.done(new Query.DeviceTree("0")));
        assertTrue(dom0Tree.contains(
                "reg = <0x0 0x8000000 0x0 0x10000>, <0x0 0x80a0000 0x0 0x20000>;"));
    }
}
