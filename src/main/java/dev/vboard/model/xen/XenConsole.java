package dev.vboard.model.xen;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Bus;
import dev.vboard.model.core.EventType;
import dev.vboard.model.core.Events;
import dev.vboard.model.core.Flag;
import dev.vboard.model.core.Layout;
import dev.vboard.model.profile.DeviceSpec;

import java.util.Optional;

/** Xen's console: lines on the wire, unless the output is stolen around a suspend. */
final class XenConsole {
    private static final int READS = 64;
    private static final int PL011_FR = 0x18;
    private static final int PL011_RXFE = 1 << 4;
    private static final int PL011_ICR = 0x44;
    private static final int CADENCE_ISR = 0x14;
    private static final int CADENCE_SR = 0x2C;
    private static final int CADENCE_REMPTY = 1 << 1;
    private static final int CADENCE_FIFO = 0x30;

    private final Platform platform;
    private final Optional<DeviceSpec> uart;
    private final Flag stolen;
    private final ConsoleInput input;

    XenConsole(Platform platform, Layout layout, ConsoleInput input) {
        this.platform = platform;
        this.input = input;
        uart = platform.profile().console().flatMap(platform.profile()::device);
        stolen = layout.named("console").flag("stolen");
    }

    /** Prints a line; while the output is stolen it does not reach the wire. */
    void print(Board board, String text) {
        line(board, "(XEN) " + text, true);
    }

    /**
     * A domain prints on its own console, and Xen shows it on its own: the hardware domain's lines
     * as they are, others with the domain's name before them (xen-suspend.md 8.1).
     */
    void guest(Board board, Domain domain, String text) {
        long now = platform.clock().now(board);
        int id = domain.id(board);
        EventType.CONSOLE.emit(board, now, Events.ABSENT, id, text);
        boolean owner = domain.hardware(board);
        line(board, owner ? text : "(d" + id + ") " + text, !owner);
    }

    /** What does not reach the wire is still kept in the ring, where it belongs there. */
    private void line(Board board, String text, boolean forRing) {
        long before = board.events().nextSequence();
        if (!stolen.get(board)) {
            platform.console().print(board, text);
        }
        if (forRing && board.events().nextSequence() == before) {
            EventType.CONSOLE_KEPT.emit(board, platform.clock().now(board), text);
        }
    }

    /** Prints a line that only a debug build has (xen-suspend.md 8.2). */
    void debug(Board board, Flavour flavour, DebugLine place, String text) {
        print(board, place.prefix(flavour.file()) + text);
    }

    /** From here on the output is stolen. */
    void suspend(Board board) {
        stolen.set(board, true);
    }

    /** Gives the output back; a driver with a hook sets its UART up anew. */
    void resume(Board board) {
        stolen.set(board, false);
        if (platform.profile().hooks().uart()) {
            platform.console().open(board);
        }
    }

    /** Reads what the UART has received, so that its interrupt line falls. */
    void drain(Board board, int cpu) {
        Access by = Access.el2(cpu);
        Bus bus = platform.bus();
        uart.ifPresent(device -> {
            boolean pl011 = device.type().equals("pl011");
            long status = device.address() + (pl011 ? PL011_FR : CADENCE_SR);
            long empty = pl011 ? PL011_RXFE : CADENCE_REMPTY;
            long fifo = device.address() + (pl011 ? 0 : CADENCE_FIFO);
            for (int i = 0; i < READS && (bus.read32(board, by, status) & empty) == 0; i++) {
                input.received(board, bus.read32(board, by, fifo) & 0xFF);
            }
            bus.write32(board, by, device.address() + (pl011 ? PL011_ICR : CADENCE_ISR), -1);
        });
    }
}
