package dev.vboard.model.xen;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Bus;
import dev.vboard.model.profile.DeviceSpec;

import java.util.Optional;

/** What Xen's UART drivers do on a receive interrupt: where the status is, where the data is. */
enum UartReceiver {
    /** Empty by FR.RXFE; interrupts are cleared by ICR. */
    PL011(0x18, 4, 1 << 4, 1 << 4, 0x00, 4, 0x44, -1),
    /** Empty by Channel_sts; interrupts are cleared in Chnl_int_sts. */
    CADENCE_UART(0x2C, 4, 1 << 1, 1 << 1, 0x30, 4, 0x14, -1),
    /** Empty by STAT.RDRF; an overrun is cleared there. */
    LPUART(0x14, 4, 1 << 21, 0, 0x1C, 4, 0x14, 1 << 19),
    /** Empty by RDF and DR of SCFSR, which are cleared by zeros. */
    SCIF(0x1C, 2, 0x1F, 0, 0x14, 1, 0x10, 0xF0);

    private static final int READS = 64;

    private final int status;
    private final int width;
    private final int mask;
    private final int empty;
    private final int data;
    private final int dataBytes;
    private final int clear;
    private final long cleared;

    UartReceiver(
            int status,
            int width,
            int mask,
            int empty,
            int data,
            int dataBytes,
            int clear,
            long cleared) {
        this.status = status;
        this.width = width;
        this.mask = mask;
        this.empty = empty;
        this.data = data;
        this.dataBytes = dataBytes;
        this.clear = clear;
        this.cleared = cleared;
    }

    /** The driver of a device. */
    static Optional<UartReceiver> of(DeviceSpec device) {
        return switch (device.deviceType()) {
            case PL011 -> Optional.of(PL011);
            case CADENCE_UART -> Optional.of(CADENCE_UART);
            case LPUART -> Optional.of(LPUART);
            case SCIF -> Optional.of(SCIF);
            default -> Optional.empty();
        };
    }

    /** Hands on all there is and clears the interrupt. */
    void drain(Board board, Access by, Bus bus, long base, ConsoleInput input) {
        for (int i = 0; i < READS && waits(board, by, bus, base); i++) {
            input.received(board, (int) bus.read(board, by, base + data, dataBytes) & 0xFF);
        }
        bus.write(board, by, base + clear, width, cleared & (1L << 8 * width) - 1);
    }

    private boolean waits(Board board, Access by, Bus bus, long base) {
        return (bus.read(board, by, base + status, width) & mask) != empty;
    }
}
