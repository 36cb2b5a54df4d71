package dev.vboard.model.xen;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.EventType;
import dev.vboard.model.core.Events;
import dev.vboard.model.core.Flag;
import dev.vboard.model.core.Layout;
import dev.vboard.model.hazard.DeviceHazard;
import dev.vboard.model.profile.DeviceSpec;

import java.util.Optional;

/** Xen's console: lines on the wire, unless the output is stolen around a suspend. */
final class XenConsole {
    private static final long UNSENT_MOST = 0xFF;

    private final Hypervisor xen;
    private final Platform platform;
    private final Optional<DeviceSpec> uart;
    private final boolean comesBack;
    private final Flag stolen;
    private final Cell unsent;
    private final ConsoleInput input;

    XenConsole(Hypervisor xen, Layout layout, ConsoleInput input) {
        this.xen = xen;
        this.input = input;
        platform = xen.platform;
        uart = platform.profile().console().flatMap(platform.profile()::device);
        comesBack = platform.profile().hooks().uart()
                || !platform.profile().power().uartLostInSuspend();
        Layout own = layout.named("console");
        stolen = own.flag("stolen");
        unsent = own.cell("unsent", 8);
    }

    /** Prints a line; while the output is stolen it does not reach the wire. */
    void print(Board board, String text) {
        line(board, "(XEN) " + text, true, counts(board));
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
        line(board, owner ? text : "(d" + id + ") " + text, !owner, counts(board));
    }

    /** A board that takes the console's power and has no hook for it is silent by design (D13). */
    private boolean counts(Board board) {
        return comesBack && !stolen.get(board);
    }

    /**
     * What does not reach the wire is still kept in the ring, where it belongs there.
     *
     * @param forWire whether the printing code counts on the wire; if in vain, the line is unsent
     */
    private void line(Board board, String text, boolean forRing, boolean forWire) {
        long before = board.events().nextSequence();
        boolean open = !stolen.get(board);
        boolean sent = open && platform.console().sends(board);
        if (open) {
            platform.console().print(board, text);
        }
        boolean shown = board.events().nextSequence() != before;
        if (forWire && !sent) {
            unsent.set(board, Math.min(unsent.get(board) + 1, UNSENT_MOST));
        }
        xen.checks.sleep.printed(board, unsent.getInt(board), open);
        if (forRing && !shown) {
            EventType.CONSOLE_KEPT.emit(board, platform.clock().now(board), text);
        }
    }

    /** Prints a line that only a debug build has (xen-suspend.md 8.2). */
    void debug(Board board, Flavour flavour, DebugLine place, String text) {
        print(board, place.prefix(flavour.file()) + text);
    }

    /** A line of code that counts on the wire, even where it is stolen (HZ-48b). */
    void expectOnWire(Board board, String text) {
        line(board, "(XEN) " + text, true, true);
    }

    /** Whether lines are given to the wire, not only to the ring. */
    boolean reachesWire(Board board) {
        return !stolen.get(board);
    }

    /** From here on the output is stolen. */
    void suspend(Board board) {
        stolen.set(board, true);
    }

    /** Gives the output back; a driver with a hook sets its UART up anew. */
    void resume(Board board) {
        stolen.set(board, false);
        boolean hook = platform.profile().hooks().uart();
        if (hook && !xen.suffers(board, DeviceHazard.HZ_48)) {
            platform.console().open(board);
        }
    }

    /** Reads what the UART has received, so that its interrupt line falls. */
    void drain(Board board, int cpu) {
        Access by = Access.el2(cpu);
        uart.ifPresent(device -> UartReceiver.of(device)
                .ifPresent(receiver ->
                        receiver.drain(board, by, platform.bus(), device.address(), input)));
    }
}
