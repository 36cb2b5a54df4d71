package dev.vboard.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vboard.model.report.InterruptReport;
import dev.vboard.model.report.VcpuReport;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.OptionalInt;

/** What a guest finds at its distributor and its CPU interface: Xen's limits (gic.md 10). */
class VGicDistributorTest {
    private static final long GICD = 0x0300_1000L;
    private static final long GICC = 0x0300_2000L;
    private static final long ENTRY = 0x4000_0000L;
    private static final int A = 132;
    private static final int B = 133;
    private static final int C = 134;

    private final LiveBoard live = new LiveBoard("fixture-zcu102", LiveBoard.options("rfc2018", 1));

    /** A domain on p1 and p2, its GIC on, with these lines aimed at vCPU 0 and enabled. */
    private void guest(int... lines) {
        live.done(LiveBoard.domain(2, LiveBoard.pinned(1, 2), 64, lines));
        for (int line : lines) {
            live.listen(1, 0, line);
        }
    }

    private void second() {
        live.psci(1, 0, "CPU_ON", 1, ENTRY, 0);
        live.done(new Action.VcpuGic("1", 1, true, OptionalInt.of(248)));
    }

    private VcpuReport.VgicReport vgic(int vcpu) {
        return live.vcpu(1, vcpu).vgic();
    }

    private InterruptReport physical(int intid) {
        return live.done(new Query.Interrupt(intid, OptionalInt.empty()));
    }

    @Test
    void aTargetRegisterTakesTheLowestVcpuOfTheMask() {
        guest(A);
        second();
        assertTrue(live.store(1, 0, GICD + 0x800 + A, 0x03));
        assertEquals(0x01, live.load(1, 0, GICD + 0x800 + A) & 0xFF);
        assertTrue(live.store(1, 0, GICD + 0x800 + A, 0xFE));
        assertEquals(0x02, live.load(1, 0, GICD + 0x800 + A) & 0xFF);
        assertEquals(List.of(2), physical(A).targets());
        assertTrue(live.store(1, 0, GICD + 0x800 + A, 0xF0));
        assertEquals(0x02, live.load(1, 0, GICD + 0x800 + A) & 0xFF);
        assertTrue(live.store(1, 0, GICD + 0x800 + A, 0));
        assertEquals(0x02, live.load(1, 0, GICD + 0x800 + A) & 0xFF);
        live.fire(A, true);
        assertEquals(A, live.ack(1, 1));
    }

    @Test
    void registersOfWhichXenKeepsNothingReadZero() {
        guest(A, B, C);
        live.fire(A, true);
        for (int base : new int[] {0x200, 0x280, 0x300, 0x380, 0x080}) {
            assertEquals(0, live.load(1, 0, GICD + base + 4 * (A / 32)));
            assertTrue(live.store(1, 0, GICD + base + 4 * (A / 32), 0));
        }
        assertTrue(live.store(1, 0, GICD + 0x280 + 4 * (A / 32), 1 << A % 32));
        assertTrue(live.store(1, 0, GICD + 0x380 + 4 * (A / 32), 1 << A % 32));
        assertEquals(List.of(A), vgic(0).pending());
        assertEquals(0xDEAD_BEEFL, live.load(1, 0, GICD + 0xF00));
        assertEquals(0x43B, live.load(1, 0, GICD + 0x008));
    }

    @Test
    void settingAnActiveBitAbortsUnlessTheValueIsZero() {
        guest(A);
        assertTrue(live.store(1, 0, GICD + 0x300, 0));
        assertFalse(live.store(1, 0, GICD + 0x300, 1));
        assertFalse(live.store(1, 0, GICD + 0x310, 1));
        assertFalse(live.store(1, 0, GICD + 0xF10, 1));
        assertFalse(live.store(1, 0, GICD + 0xF20, 0));
    }

    @Test
    void theGuestsConfigurationOfSgisAndPpisIsIgnored() {
        guest(A);
        assertEquals(0xAAAA_AAAAL, live.load(1, 0, GICD + 0xC00));
        assertTrue(live.store(1, 0, GICD + 0xC00, 0));
        assertTrue(live.store(1, 0, GICD + 0xC04, 0xFFFF_FFFFL));
        assertEquals(0xAAAA_AAAAL, live.load(1, 0, GICD + 0xC00));
        assertEquals(0, live.load(1, 0, GICD + 0xC04));
    }

    @Test
    void theGuestSeesItsOwnSizeAndItsOwnInterface() {
        guest(A);
        assertEquals(1 << 5 | 4, live.load(1, 0, GICD + 0x004));
        live.fire(A, true);
        assertEquals(A, live.load(1, 0, GICC + 0x18));
        assertEquals(248, live.load(1, 0, GICC + 0x04));
        assertEquals(A, live.load(1, 0, GICC + 0x0C));
        assertTrue(live.store(1, 0, GICC + 0x10, A));
    }

    @Test
    void memoryOutsideItsStage2AbortsTheGuest() {
        guest(A);
        assertFalse(live.store(1, 0, 0xF901_0000L, 0));
        assertFalse(live.store(1, 0, 0xFF01_0000L, 0));
        assertFalse(live.store(1, 0, 0x4000_0000L + (256L << 20), 0));
        assertFalse(live.store(1, 0, 0x4000_0002L, 0));
        assertTrue(live.store(1, 0, 0x4000_0000L + (256L << 20) - 4, 7));
        assertEquals(7, live.load(1, 0, 0x4000_0000L + (256L << 20) - 4));
        assertEquals(0, live.load(0, 0, 0x4000_0000L + (256L << 20) - 4));
    }
}
