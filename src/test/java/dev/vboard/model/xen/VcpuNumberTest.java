package dev.vboard.model.xen;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Layout;

import org.junit.jupiter.api.Test;

/** How Xen numbers vCPUs (psci.md 4); a GICv2 guest never has enough of them to show it. */
class VcpuNumberTest {
    private static long mpidr(int id) {
        Layout layout = Layout.segment("domain", Board.FIRST_DOMAIN);
        return new Vcpu(layout, Board.FIRST_DOMAIN, id, 4, ListFormat.V2).mpidr();
    }

    @Test
    void psciT8_sixteenVcpusShareAnAff1() {
        assertEquals(0x8000_0000L, mpidr(0));
        assertEquals(0x8000_000FL, mpidr(15));
        assertEquals(0x8000_0100L, mpidr(16));
        assertEquals(0x8000_0101L, mpidr(17));
    }

    @Test
    void psciT8_aff1CountsSixteensAndAff0IsNotLimited() {
        assertEquals(16, VPsci.vcpuOf(0x100));
        assertEquals(16, VPsci.vcpuOf(0x10));
        assertEquals(0, VPsci.vcpuOf(0x1_0000));
        assertEquals(2, VPsci.vcpuOf(0xFF_8000_0002L));
    }
}
