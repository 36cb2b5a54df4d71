package dev.vboard.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.vboard.model.report.VcpuReport.ListRegister;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

/** Who is in a list register of the pCPU when there are too few, and who waits (gic.md 10). */
@ParameterizedClass
@ValueSource(strings = {GicGuest.V2, GicGuest.V3})
class VGicListRegistersTest {
    private final GicGuest guest;
    private final LiveBoard live;

    VGicListRegistersTest(String profile) {
        guest = new GicGuest(profile);
        live = guest.live;
    }

    @Test
    void sgisAreDeliveredByPriorityThenByArrival() {
        guest.with(guest.a);
        guest.priority(3, 0x80);
        guest.priority(5, 0x40);
        guest.priority(7, 0x80);
        for (int intid : new int[] {7, 3, 5}) {
            guest.enable(0, intid, true);
            guest.sgi(0, intid, 1);
        }
        assertEquals(List.of(3, 5, 7), guest.vgic(0).pending());
        assertEquals(5, live.ack(1, 0));
        live.eoi(1, 0, 5);
        assertEquals(7, live.ack(1, 0));
        live.eoi(1, 0, 7);
        assertEquals(3, live.ack(1, 0));
        live.eoi(1, 0, 3);
    }

    @Test
    void whatFindsNoListRegisterWaitsForTheMaintenanceInterrupt() {
        guest.with(guest.a);
        for (int intid = 0; intid < 6; intid++) {
            guest.enable(0, intid, true);
            guest.sgi(0, intid, 1);
        }
        assertEquals(
                List.of(0, 1, 2, 3),
                guest.vgic(0).listRegisters().stream().map(ListRegister::virq).toList());
        assertEquals(List.of(0, 1, 2, 3, 4, 5), guest.vgic(0).pending());
        assertEquals(3, guest.hypervisorControl(1));
        // of equals the hardware takes the lowest list register, which 4 and 5 get
        for (int intid : new int[] {0, 1, 2, 4, 5, 3}) {
            assertEquals(intid, live.ack(1, 0));
            live.eoi(1, 0, intid);
        }
        assertEquals(1, guest.hypervisorControl(1));
        assertEquals(1023, live.ack(1, 0));
        assertEquals(List.of(), guest.vgic(0).listRegisters());
    }

    @Test
    void aMoreUrgentInterruptTakesTheRegisterOfTheLeastUrgent() {
        guest.with(guest.a);
        for (int intid = 0; intid < 4; intid++) {
            guest.priority(intid, 0x80 + 8 * intid);
            guest.enable(0, intid, true);
            guest.sgi(0, intid, 1);
        }
        guest.priority(9, 0x20);
        guest.enable(0, 9, true);
        guest.sgi(0, 9, 1);
        assertEquals(
                List.of(0, 1, 2, 9),
                guest.vgic(0).listRegisters().stream().map(ListRegister::virq).toList());
        assertEquals(List.of(0, 1, 2, 3, 9), guest.vgic(0).pending());
        for (int intid : new int[] {9, 0, 1, 2, 3}) {
            assertEquals(intid, live.ack(1, 0));
            live.eoi(1, 0, intid);
        }
    }

    @Test
    void anActiveOneIsNeverEvicted() {
        guest.with(guest.a);
        for (int intid = 0; intid < 4; intid++) {
            guest.priority(intid, 0xA0);
            guest.enable(0, intid, true);
            guest.sgi(0, intid, 1);
        }
        assertEquals(0, live.ack(1, 0));
        guest.priority(9, 0x20);
        guest.enable(0, 9, true);
        guest.sgi(0, 9, 1);
        assertEquals(
                List.of(0, 1, 2, 9),
                guest.vgic(0).listRegisters().stream()
                        .map(ListRegister::virq)
                        .sorted()
                        .toList());
        assertEquals(9, live.ack(1, 0));
        live.eoi(1, 0, 9);
        live.eoi(1, 0, 0);
    }

    @Test
    void aTargetMovedWhileTheInterruptWaitsMovesItAtOnce() {
        guest.with(guest.a);
        guest.second();
        guest.enable(0, guest.a, false);
        guest.enable(0, guest.a, true);
        for (int intid = 0; intid < 4; intid++) {
            guest.enable(0, intid, true);
            guest.sgi(0, intid, 1);
        }
        live.fire(guest.a, true);
        assertEquals(4, guest.vgic(0).listRegisters().size());
        assertEquals(List.of(0, 1, 2, 3, guest.a), guest.vgic(0).pending());
        guest.route(guest.a, 1);
        assertEquals(List.of(2), guest.physical(guest.a).targets());
        assertEquals(guest.a, live.ack(1, 1));
        live.fire(guest.a, false);
        live.eoi(1, 1, guest.a);
        assertFalse(guest.physical(guest.a).active());
    }

    @Test
    void thoseThatWaitKeepTheOrderOfTheirArrivalHoweverManyCame() {
        guest.with(guest.a);
        for (int intid = 0; intid < 7; intid++) {
            guest.enable(0, intid, true);
        }
        for (int i = 0; i < 100; i++) {
            for (int intid : new int[] {0, 1, 2, 3, 6, 4, 5}) {
                guest.sgi(0, intid, 1);
            }
            for (int intid : new int[] {0, 1, 2, 6, 4, 5, 3}) {
                assertEquals(intid, live.ack(1, 0));
                live.eoi(1, 0, intid);
            }
        }
    }
}
