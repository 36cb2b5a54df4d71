package dev.vboard.model.peripheral;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Layout;
import dev.vboard.model.core.Line;
import dev.vboard.model.core.Lines;
import dev.vboard.model.core.ProfileDevice;
import dev.vboard.model.profile.DeviceSpec;

import java.util.Optional;

/**
 * Cadence's Ethernet interface as ZynqMP has it (devices.md 7.2): control, interrupts and
 * wake-on-LAN. Its first line is that of data, its second one that of a wake-up. A frame that
 * arrives has no content, and descriptors are not walked: DMA is what the caller asks for.
 */
public final class CadenceGem extends ProfileDevice {
    private static final long RECEIVES = 1 << 2;
    private static final long FRAME_RECEIVED = 1 << 1;
    private static final long WAKE_EVENT = 1 << 28;
    private static final long INTERRUPTS = 0x3FFF_FEFFL;
    private static final long WAKES = 0xF << 16;
    private static final long REVISION = 0x4007_0106L;

    private final Line data;
    private final Optional<Line> wake;
    private final Cell control;
    private final Cell received;
    private final Cell status;
    private final Cell mask;
    private final Cell wakeOnLan;

    /** Declares the interface. */
    public CadenceGem(Layout layout, DeviceSpec spec, Lines lines) {
        super(spec);
        data = lines.line(0, spec.intids().getFirst());
        wake = spec.intids().size() > 1
                ? Optional.of(lines.line(0, spec.intids().get(1)))
                : Optional.empty();
        control = layout.cell("network-control", 32);
        received = layout.cell("receive-status", 8);
        status = layout.cell("int-status", 32);
        mask = layout.cell("int-mask", 32, INTERRUPTS);
        wakeOnLan = layout.cell("wol", 32);
        declareSetup(layout);
        declareInterrupts();
    }

    private void declareSetup(Layout layout) {
        registers.word(0x000, "network_control").stores(control, 0x7FFF_FFFFL);
        registers
                .word(0x004, "network_config")
                .stores(layout.cell("network-config", 32, 0x0008_0000L), 0xFFFF_FFFFL);
        registers.word(0x008, "network_status").constant(1 << 2);
        registers
                .word(0x010, "dma_config")
                .stores(layout.cell("dma-config", 32, 0x0002_0784L), 0xFFFF_FFFFL);
        registers.word(0x018, "receive_q_ptr").stores(layout.cell("rxq", 32), 0xFFFF_FFFCL);
        registers.word(0x01C, "transmit_q_ptr").stores(layout.cell("txq", 32), 0xFFFF_FFFCL);
        latches(registers.word(0x020, "receive_status"), received);
        registers.word(0x0B8, "wol_register").stores(wakeOnLan, 0x000F_FFFFL);
        registers.word(0x0FC, "revision_reg").constant(REVISION);
    }

    private void declareInterrupts() {
        latches(registers.word(0x024, "int_status"), status);
        masks(
                mask,
                INTERRUPTS,
                registers.word(0x028, "int_enable"),
                registers.word(0x02C, "int_disable"),
                registers.word(0x030, "int_mask"));
    }

    /** Takes {@code level}: 1 is a frame that arrives, one of those that wake; 0 is nothing. */
    @Override
    public Optional<String> input(Board board, String what, long value) {
        if (!isLevel(what, value)) {
            return Optional.of("a network interface takes a level: a frame that arrives");
        }
        if (value == 1) {
            long events = (control.get(board) & RECEIVES) != 0 ? FRAME_RECEIVED : 0;
            received.set(board, received.get(board) | events);
            events |= (wakeOnLan.get(board) & WAKES) != 0 ? WAKE_EVENT : 0;
            status.set(board, status.get(board) | events);
            drive(board);
        }
        return Optional.empty();
    }

    @Override
    protected void drive(Board board) {
        long enabled = status.get(board) & ~mask.get(board);
        data.drive(board, (enabled & ~WAKE_EVENT) != 0);
        wake.ifPresent(line -> line.drive(board, (status.get(board) & WAKE_EVENT) != 0));
    }
}
