package dev.vboard.model.xen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vboard.model.PlatformRig;
import dev.vboard.model.core.Access;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Layout;

import org.junit.jupiter.api.Test;

/** Xen's GICv3 driver on hardware that EL3 has just booted (gic.md 5, 7 and 8). */
class HostGicV3Test {
    private static final int SPURIOUS = 1023;
    private static final int A = 162;
    private static final int B = 163;

    private final PlatformRig rig = new PlatformRig("fixture-qemu-virt-gicv3");
    private final Layout layout = Layout.segment("xen", Board.XEN);
    private final HostGicV3 gic = new HostGicV3(rig.platform, layout);
    private final GicContext context = gic.context(layout);
    private final Board board = rig.boot(layout.build());

    private void init() {
        gic.distributorInit(board);
        assertTrue(gic.cpuInit(board, 0));
    }

    private int distributor(int offset) {
        return gic.readDistributor(board, offset);
    }

    private int own(int cpu, int offset) {
        return gic.redistributors.readPrivate(board, cpu, offset);
    }

    private int waker(int cpu) {
        return gic.redistributors.read(board, cpu, Redistributors.WAKER);
    }

    private long icc(int cpu, String name) {
        return rig.platform.registers().get(name).read(board, Access.el2(cpu));
    }

    @Test
    void allSpisAreOffLevelAndAimedAtTheBootCpu() {
        init();
        assertEquals(0x53, distributor(HostGicV3.CTLR));
        for (int word = 1; word < gic.intids() / 32; word++) {
            assertEquals(0, distributor(HostGicV3.ISENABLER + 4 * word));
            assertEquals(-1, distributor(HostGicV3.IGROUPR + 4 * word));
            assertEquals(0, distributor(HostGicV3.ICFGR + 8 * word));
            assertEquals(0, distributor(HostGicV3.ICFGR + 8 * word + 4));
            assertEquals(0xA0A0_A0A0, distributor(HostGicV3.IPRIORITYR + 32 * word));
        }
        for (int intid = 32; intid < gic.intids(); intid++) {
            assertEquals(gic.affinity(0), gic.readRoute(board, intid));
        }
    }

    @Test
    void eachCpuFindsAndInitialisesItsOwnRedistributor() {
        init();
        assertTrue(gic.cpuInit(board, 2));
        for (int cpu : new int[] {0, 2}) {
            assertEquals(0x0000_FFFF, own(cpu, HostGicV3.ISENABLER));
            assertEquals(-1, own(cpu, HostGicV3.IGROUPR));
            assertEquals(0x9090_9090, own(cpu, HostGicV3.IPRIORITYR));
            assertEquals(0xA0A0_A0A0, own(cpu, HostGicV3.IPRIORITYR + 16));
            assertEquals(1, icc(cpu, "ICC_IGRPEN1_EL1"));
            assertEquals(2, icc(cpu, "ICC_CTLR_EL1") & 2);
            assertTrue(icc(cpu, "ICC_PMR_EL1") >= 0xF0);
        }
        assertEquals(0, icc(1, "ICC_IGRPEN1_EL1"));
        gic.enable(board, 2, 27);
        assertTrue(gic.enabled(board, 2, 27));
        assertFalse(gic.enabled(board, 0, 27));
    }

    @Test
    void gicT18_aRedistributorIsWokenBeforeItsCpuTakesPart() {
        assertTrue(gic.redistributors.find(board, 1));
        assertEquals(6, waker(1));
        assertTrue(gic.cpuInit(board, 1));
        assertEquals(0, waker(1));
    }

    @Test
    void aCpuWithoutARedistributorHasNoInterface() {
        Layout own = Layout.segment("xen", Board.XEN);
        Redistributors elsewhere = new Redistributors(rig.platform, own, 0x0C00_0000L);
        assertFalse(elsewhere.find(rig.boot(own.build()), 1));
    }

    @Test
    void anSpiGoesToTheCpuItsRouteNames() {
        init();
        assertTrue(gic.cpuInit(board, 2));
        gic.route(board, A, 2);
        gic.enable(board, 0, A);
        rig.line(board, A, true);
        assertEquals(SPURIOUS, gic.acknowledge(board, 0));
        assertEquals(A, gic.acknowledge(board, 2));
        gic.drop(board, 2, A);
        assertEquals(SPURIOUS, gic.acknowledge(board, 2), "still active");
        gic.deactivate(board, 2, A);
        assertEquals(A, gic.acknowledge(board, 2), "still high");
    }

    @Test
    void gicT20_anSpiForACpuThatIsOffWaitsForIt() {
        init();
        gic.route(board, A, 3);
        gic.enable(board, 0, A);
        rig.line(board, A, true);
        assertEquals(SPURIOUS, gic.acknowledge(board, 0));
        assertTrue(gic.cpuInit(board, 3));
        assertEquals(A, gic.acknowledge(board, 3));
    }

    @Test
    void aCpuThatGoesDownIsSignalledNothing() {
        init();
        gic.enable(board, 0, A);
        gic.virtualOn(board, 0, true);
        gic.cpuDisable(board, 0);
        rig.line(board, A, true);
        assertEquals(SPURIOUS, gic.acknowledge(board, 0));
        assertEquals(0, icc(0, "ICH_HCR_EL2"));
    }

    @Test
    void whatWasSavedIsBackAfterTheGicAndTheCoreLostAll() {
        init();
        gic.configure(board, B, true);
        gic.enable(board, 0, A);
        gic.enable(board, 0, B);
        gic.enable(board, 0, 27);
        gic.route(board, B, 2);
        gic.writeRoute(board, 100, 1L << 31);
        rig.line(board, A, true);
        assertEquals(A, gic.acknowledge(board, 0));
        gic.drop(board, 0, A);
        context.save(board);
        rig.loseGic(board);
        rig.loseCpu(board, 0);
        assertEquals(6, waker(0));
        gic.enable(board, 0, 200);
        context.restore(board, false, _ -> {});
        assertEquals(0, waker(0));
        assertEquals(0x53, distributor(HostGicV3.CTLR));
        assertTrue(gic.enabled(board, 0, A));
        assertTrue(gic.enabled(board, 0, B));
        assertTrue(gic.enabled(board, 0, 27));
        assertFalse(gic.enabled(board, 0, 200), "enables are set anew, not added to");
        assertEquals(2 << B % 16 * 2, distributor(HostGicV3.ICFGR + B / 16 * 4));
        assertEquals(gic.affinity(2), gic.readRoute(board, B));
        assertEquals(1L << 31, gic.readRoute(board, 100));
        assertEquals(1 << A % 32, distributor(HostGicV3.ISACTIVER + A / 32 * 4));
        assertEquals(1, icc(0, "ICC_IGRPEN1_EL1"));
        assertEquals(SPURIOUS, gic.acknowledge(board, 0), "active already");
        gic.deactivate(board, 0, A);
        assertEquals(A, gic.acknowledge(board, 0), "the level is still there");
    }

    @Test
    void aQuiescedGicSignalsNothingAndSleepsUntilItIsGivenBack() {
        init();
        gic.enable(board, 0, A);
        assertEquals(0, context.suspend(board, true));
        assertEquals(6, waker(0));
        rig.line(board, A, true);
        assertEquals(SPURIOUS, gic.acknowledge(board, 0));
        assertEquals(0x50, distributor(HostGicV3.CTLR));
        context.abort(board);
        assertEquals(0, waker(0));
        assertEquals(0x53, distributor(HostGicV3.CTLR));
        assertEquals(A, gic.acknowledge(board, 0));
    }

    @Test
    void anActivePriorityKeepsItFromSuspendingAndNothingIsChanged() {
        init();
        gic.enable(board, 0, A);
        rig.line(board, A, true);
        assertEquals(A, gic.acknowledge(board, 0));
        long before = board.fingerprint();
        assertEquals(-16, context.suspend(board, true));
        assertEquals(before, board.fingerprint());
        String line = "GICv3: suspend aborted: ICC_AP1R\\d_EL1=0x[0-9a-f]{8}";
        assertTrue(context.busyText(board).matches(line), context.busyText(board));
        assertEquals(0, context.suspend(board, false));
    }

    @Test
    void theQuiescedGicIsRestoredToWhatItWas() {
        init();
        gic.enable(board, 0, A);
        assertEquals(0, context.suspend(board, true));
        rig.loseGic(board);
        rig.loseCpu(board, 0);
        context.restore(board, false, _ -> {});
        rig.line(board, A, true);
        assertEquals(A, gic.acknowledge(board, 0));
    }
}
