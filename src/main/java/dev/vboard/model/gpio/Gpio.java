package dev.vboard.model.gpio;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Layout;
import dev.vboard.model.core.Line;
import dev.vboard.model.core.Lines;
import dev.vboard.model.core.ProfileDevice;
import dev.vboard.model.profile.DeviceSpec;

import java.util.Optional;

/**
 * A GPIO of any kind: a pin that is an output shows what software drives, which leads nowhere; any
 * other shows its wire, and the outside moves one of the wires.
 */
abstract class Gpio extends ProfileDevice {
    final Line line;
    final Cell output;
    final Cell direction;

    private final Cell wires;
    private final long pins;
    private final long button;

    /**
     * Declares what all GPIOs have; the wires outside keep their level whatever its power.
     *
     * @param width bits of a register, which has a name for directions
     * @param pins those there are, a bit each
     * @param button the one that the outside moves
     */
    Gpio(
            Layout layout,
            DeviceSpec spec,
            Lines lines,
            int width,
            String directions,
            long pins,
            long button) {
        super(spec);
        this.pins = pins;
        this.button = button;
        line = lines.line(0, spec.intids().getFirst());
        wires = layout.surviving().cell("wires", width);
        output = layout.cell("data", width);
        direction = layout.cell(directions, width);
    }

    /** Sees edges, given the levels there were, and moves the line. */
    abstract void moved(Board board, long before);

    /** Declares a register whose bits choose what the pins are or what is seen of them. */
    final void stored(long offset, String name, Cell cell) {
        registers
                .word(offset, name)
                .kept()
                .reads((board, _, _) -> cell.get(board))
                .writes((board, _, _, value) -> move(board, cell, value & pins));
    }

    /** The levels of all pins. */
    final long pins(Board board) {
        long outputs = direction.get(board);
        return output.get(board) & outputs | wires.get(board) & ~outputs;
    }

    /** What software drives on some of the pins. */
    final void output(Board board, long which, long value) {
        move(board, output, (output.get(board) & ~which | value & which) & pins);
    }

    /** Takes {@code level}, 0 or 1, of the button's pin. */
    @Override
    public final Optional<String> input(Board board, String what, long value) {
        if (!isLevel(what, value)) {
            return Optional.of("a GPIO takes a level");
        }
        long others = wires.get(board) & ~button;
        move(board, wires, value != 0 ? others | button : others);
        return Optional.empty();
    }

    private void move(Board board, Cell cell, long value) {
        long before = pins(board);
        cell.set(board, value);
        moved(board, before);
    }
}
