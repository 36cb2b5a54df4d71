package dev.vboard.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vboard.model.report.BoardState;
import dev.vboard.model.report.U64;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.OptionalInt;

/**
 * Whole cycles of the flavours that switch the GIC off before they save it, and on a GICv3 put the
 * redistributor to sleep (xen-suspend.md 4.4).
 */
class XenQuiescedGicTest {
    private static final long ENTRY = 0x4008_0000L;
    private static final int LINE = 162;
    private static final int RTC = 34;

    @ParameterizedTest
    @CsvSource({
        "host-v8, fixture-qemu-virt",
        "host-v8, fixture-qemu-virt-gicv3",
        "host-v11, fixture-qemu-virt",
        "host-v11, fixture-qemu-virt-gicv3",
    })
    void theMachineSleepsAndComesBackWithAllItsInterrupts(String flavour, String profile) {
        LiveBoard live = new LiveBoard(profile, LiveBoard.options(flavour, 1));
        live.create(1, LiveBoard.pinned(1), LINE);
        live.listen(0, 0, RTC);
        live.listen(1, 0, LINE);
        live.psci(1, 0, "SYSTEM_SUSPEND", ENTRY, 0x55);
        for (int cycle = 1; cycle <= 3; cycle++) {
            live.psci(0, 0, "SYSTEM_SUSPEND", ENTRY, 0x77);
            assertEquals(BoardState.SUSPENDED, live.summary().state());
            live.fire(RTC, true);
            assertEquals(BoardState.RUNNING, live.summary().state());
            assertEquals(0, live.host().lastHostStatus());
            assertEquals(4, live.summary().cpus().online());
            assertEquals(
                    OptionalInt.of(RTC), live.host().wakeCause().orElseThrow().intid());
            assertEquals(U64.of(ENTRY), live.register(0, 0, "pc"));
            assertEquals(RTC, live.ack(0, 0));
            live.fire(RTC, false);
            live.eoi(0, 0, RTC);
            assertEquals(1023, live.ack(0, 0));
            assertTrue(live.suspend().notRestored().isEmpty(), "registers: " + live.suspend());
        }
        live.fire(LINE, true);
        assertEquals(List.of(LINE), live.vcpu(1, 0).vgic().pending());
        live.done(LiveBoard.verb(1, "resume"));
        assertEquals(U64.of(ENTRY), live.register(1, 0, "pc"));
        assertEquals(LINE, live.ack(1, 0));
    }
}
