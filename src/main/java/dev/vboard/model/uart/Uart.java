package dev.vboard.model.uart;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Clock;
import dev.vboard.model.core.Console;
import dev.vboard.model.core.Layout;
import dev.vboard.model.core.Line;
import dev.vboard.model.core.Lines;
import dev.vboard.model.core.ProfileDevice;
import dev.vboard.model.profile.DeviceSpec;

import java.util.Optional;

/** A UART of any kind: its wires, and the characters that wait in it. Sending takes no time. */
abstract class Uart extends ProfileDevice implements Console {
    final Terminal terminal;
    final Line line;
    final ReceiveFifo received;

    /**
     * Declares what all UARTs have.
     *
     * @param layout where its cells go: named after it, in its power domain
     * @param port its number on the board, named in its console events
     * @param depth how many characters it has room for, at most 128
     */
    Uart(Layout layout, DeviceSpec spec, Lines lines, Clock clock, int port, int depth) {
        super(spec);
        terminal = new Terminal(clock, port);
        line = lines.line(0, spec.intids().getFirst());
        received = new ReceiveFifo(layout, depth);
    }

    /** Whether a character on the receive wire gets in. */
    abstract boolean receives(Board board);

    /** A character, 0 to 255, on the receive wire, while the receiver is on. */
    abstract void arrive(Board board, long character);

    /** What a driver writes. */
    void write(Board board, long offset, long value) {
        registers.write(board, Access.el2(0), offset, Integer.BYTES, value);
    }

    @Override
    public final void print(Board board, String text) {
        if (sends(board)) {
            terminal.show(board, text);
        }
    }

    /** Takes {@code byte}, 0 to 255: a character on the receive wire. */
    @Override
    public final Optional<String> input(Board board, String what, long value) {
        if (!what.equals("byte") || value < 0 || value > 0xFF) {
            return Optional.of("a UART takes a byte");
        }
        if (!receives(board)) {
            return Optional.of("the receiver of " + name() + " is off");
        }
        arrive(board, value);
        return Optional.empty();
    }
}
