package dev.vboard.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vboard.model.report.InterruptReport;
import dev.vboard.model.report.VcpuReport;
import dev.vboard.model.report.VcpuReport.ListRegister;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Who is in a list register of the pCPU when there are too few, and who waits (gic.md 10). */
class VGicListRegistersTest {
    private static final long GICD = 0x0300_1000L;
    private static final long ENTRY = 0x4000_0000L;
    private static final long GICH_HCR = 0xF904_0000L;
    private static final int A = 132;

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

    private void enable(int vcpu, int intid, boolean on) {
        live.done(new Action.VcpuInterrupt(
                "1",
                vcpu,
                intid,
                Optional.of(on),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty()));
    }

    private void priority(int intid, int priority) {
        live.done(new Action.VcpuInterrupt(
                "1",
                0,
                intid,
                Optional.empty(),
                OptionalInt.of(priority),
                Optional.empty(),
                Optional.empty()));
    }

    private void sgi(int vcpu, int intid, int targets) {
        assertTrue(live.store(1, vcpu, GICD + 0xF00, (long) targets << 16 | intid));
    }

    private VcpuReport.VgicReport vgic(int vcpu) {
        return live.vcpu(1, vcpu).vgic();
    }

    private InterruptReport physical(int intid) {
        return live.done(new Query.Interrupt(intid, OptionalInt.empty()));
    }

    @Test
    void sgisAreDeliveredByPriorityThenByArrival() {
        guest(A);
        priority(3, 0x80);
        priority(5, 0x40);
        priority(7, 0x80);
        for (int intid : new int[] {7, 3, 5}) {
            enable(0, intid, true);
            sgi(0, intid, 1);
        }
        assertEquals(List.of(3, 5, 7), vgic(0).pending());
        assertEquals(5, live.ack(1, 0));
        live.eoi(1, 0, 5);
        assertEquals(7, live.ack(1, 0));
        live.eoi(1, 0, 7);
        assertEquals(3, live.ack(1, 0));
        live.eoi(1, 0, 3);
    }

    @Test
    void whatFindsNoListRegisterWaitsForTheMaintenanceInterrupt() {
        guest(A);
        for (int intid = 0; intid < 6; intid++) {
            enable(0, intid, true);
            sgi(0, intid, 1);
        }
        assertEquals(
                List.of(0, 1, 2, 3),
                vgic(0).listRegisters().stream().map(ListRegister::virq).toList());
        assertEquals(List.of(0, 1, 2, 3, 4, 5), vgic(0).pending());
        assertEquals(3, live.cpuLoad(1, GICH_HCR));
        // of equals the hardware takes the lowest list register, which 4 and 5 get
        for (int intid : new int[] {0, 1, 2, 4, 5, 3}) {
            assertEquals(intid, live.ack(1, 0));
            live.eoi(1, 0, intid);
        }
        assertEquals(1, live.cpuLoad(1, GICH_HCR));
        assertEquals(1023, live.ack(1, 0));
        assertEquals(List.of(), vgic(0).listRegisters());
    }

    @Test
    void aMoreUrgentInterruptTakesTheRegisterOfTheLeastUrgent() {
        guest(A);
        for (int intid = 0; intid < 4; intid++) {
            priority(intid, 0x80 + 8 * intid);
            enable(0, intid, true);
            sgi(0, intid, 1);
        }
        priority(9, 0x20);
        enable(0, 9, true);
        sgi(0, 9, 1);
        assertEquals(
                List.of(0, 1, 2, 9),
                vgic(0).listRegisters().stream().map(ListRegister::virq).toList());
        assertEquals(List.of(0, 1, 2, 3, 9), vgic(0).pending());
        for (int intid : new int[] {9, 0, 1, 2, 3}) {
            assertEquals(intid, live.ack(1, 0));
            live.eoi(1, 0, intid);
        }
    }

    @Test
    void anActiveOneIsNeverEvicted() {
        guest(A);
        for (int intid = 0; intid < 4; intid++) {
            priority(intid, 0xA0);
            enable(0, intid, true);
            sgi(0, intid, 1);
        }
        assertEquals(0, live.ack(1, 0));
        priority(9, 0x20);
        enable(0, 9, true);
        sgi(0, 9, 1);
        assertEquals(
                List.of(0, 1, 2, 9),
                vgic(0).listRegisters().stream()
                        .map(ListRegister::virq)
                        .sorted()
                        .toList());
        assertEquals(9, live.ack(1, 0));
        live.eoi(1, 0, 9);
        live.eoi(1, 0, 0);
    }

    @Test
    void aTargetMovedWhileTheInterruptWaitsMovesItAtOnce() {
        guest(A);
        second();
        enable(0, A, false);
        enable(0, A, true);
        for (int intid = 0; intid < 4; intid++) {
            enable(0, intid, true);
            sgi(0, intid, 1);
        }
        live.fire(A, true);
        assertEquals(4, vgic(0).listRegisters().size());
        assertEquals(List.of(0, 1, 2, 3, A), vgic(0).pending());
        assertTrue(live.store(1, 0, GICD + 0x800 + A, 0x02));
        assertEquals(List.of(2), physical(A).targets());
        assertEquals(A, live.ack(1, 1));
        live.fire(A, false);
        live.eoi(1, 1, A);
        assertFalse(physical(A).active());
    }

    @Test
    void thoseThatWaitKeepTheOrderOfTheirArrivalHoweverManyCame() {
        guest(A);
        for (int intid = 0; intid < 7; intid++) {
            enable(0, intid, true);
        }
        for (int i = 0; i < 100; i++) {
            for (int intid : new int[] {0, 1, 2, 3, 6, 4, 5}) {
                sgi(0, intid, 1);
            }
            for (int intid : new int[] {0, 1, 2, 6, 4, 5, 3}) {
                assertEquals(intid, live.ack(1, 0));
                live.eoi(1, 0, intid);
            }
        }
    }
}
