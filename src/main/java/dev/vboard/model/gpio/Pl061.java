package dev.vboard.model.gpio;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Device;
import dev.vboard.model.core.Layout;
import dev.vboard.model.core.Line;
import dev.vboard.model.core.Lines;
import dev.vboard.model.core.Registers;
import dev.vboard.model.profile.DeviceSpec;

import java.util.List;
import java.util.Optional;

/**
 * Arm's PL061 GPIO: eight pins (devices.md 7.1). The outside moves pin 3, where QEMU has the power
 * key; what software drives on output pins leads nowhere.
 */
public final class Pl061 implements Device {
    private static final int KEY = 1 << 3;
    private static final int PINS = 0xFF;
    private static final int DATA_REGISTERS = 256;
    private static final long[] PERIPH_ID = {0x61, 0x10, 0x04, 0x00};
    private static final long[] PCELL_ID = {0x0D, 0xF0, 0x05, 0xB1};

    private final DeviceSpec spec;
    private final Line line;
    private final Cell wires;
    private final Cell output;
    private final Cell direction;
    private final Cell sense;
    private final Cell both;
    private final Cell event;
    private final Cell mask;
    private final Cell edges;
    private final Registers registers = new Registers();

    /** Declares the GPIO; the wires outside keep their level whatever its power. */
    public Pl061(Layout layout, DeviceSpec spec, Lines lines) {
        this.spec = spec;
        line = lines.line(0, spec.intids().getFirst());
        wires = layout.surviving().cell("wires", 8);
        output = layout.cell("data", 8);
        direction = layout.cell("dir", 8);
        sense = layout.cell("is", 8);
        both = layout.cell("ibe", 8);
        event = layout.cell("iev", 8);
        mask = layout.cell("ie", 8);
        edges = layout.cell("edges", 8);
        declare(layout);
    }

    private void declare(Layout layout) {
        // the address of a data access is its mask
        registers
                .word(0x000, "GPIODATA")
                .count(DATA_REGISTERS)
                .reads((board, _, pins) -> pins(board) & pins)
                .writes((board, _, pins, value) ->
                        output(board, pins & direction.get(board), value));
        stored(0x400, "GPIODIR", direction);
        stored(0x404, "GPIOIS", sense);
        stored(0x408, "GPIOIBE", both);
        stored(0x40C, "GPIOIEV", event);
        stored(0x410, "GPIOIE", mask);
        registers.word(0x414, "GPIORIS").reads((board, _, _) -> raw(board));
        registers.word(0x418, "GPIOMIS").reads((board, _, _) -> raw(board) & mask.get(board));
        registers.word(0x41C, "GPIOIC").writes((board, _, _, value) -> {
            edges.set(board, edges.get(board) & ~value);
            drive(board);
        });
        registers.word(0x420, "GPIOAFSEL").stores(layout.cell("afsel", 8), PINS);
        registers.word(0xFE0, "GPIOPeriphID").count(4).reads((_, _, i) -> PERIPH_ID[i]);
        registers.word(0xFF0, "GPIOPCellID").count(4).reads((_, _, i) -> PCELL_ID[i]);
    }

    private void stored(long offset, String name, Cell cell) {
        registers
                .word(offset, name)
                .kept()
                .reads((board, _, _) -> cell.get(board))
                .writes((board, _, _, value) -> {
                    long before = pins(board);
                    cell.set(board, value & PINS);
                    moved(board, before);
                });
    }

    @Override
    public String name() {
        return spec.name();
    }

    @Override
    public String type() {
        return spec.type();
    }

    @Override
    public List<Registers> registers() {
        return List.of(registers);
    }

    @Override
    public void poweredOff(Board board) {
        drive(board);
    }

    @Override
    public void poweredOn(Board board) {
        drive(board);
    }

    /** Takes {@code level}, 0 or 1, of pin 3. */
    @Override
    public Optional<String> input(Board board, String what, long value) {
        if (!what.equals("level") || value < 0 || value > 1) {
            return Optional.of("a GPIO takes a level");
        }
        long before = pins(board);
        wires.set(board, value != 0 ? wires.get(board) | KEY : wires.get(board) & ~KEY);
        moved(board, before);
        return Optional.empty();
    }

    private long pins(Board board) {
        long outputs = direction.get(board);
        return output.get(board) & outputs | wires.get(board) & ~outputs;
    }

    private void output(Board board, long pins, long value) {
        long before = pins(board);
        output.set(board, output.get(board) & ~pins | value & pins);
        moved(board, before);
    }

    /** Pins that are not level-sensitive latch the edge they are told to. */
    private void moved(Board board, long before) {
        long now = pins(board);
        long risen = now & ~before & (event.get(board) | both.get(board));
        long fallen = before & ~now & (~event.get(board) | both.get(board));
        long latched = (risen | fallen) & ~sense.get(board) & PINS;
        edges.set(board, edges.get(board) | latched);
        drive(board);
    }

    private long raw(Board board) {
        long levels = sense.get(board) & ~(pins(board) ^ event.get(board)) & PINS;
        return levels | edges.get(board) & ~sense.get(board);
    }

    private void drive(Board board) {
        line.drive(board, (raw(board) & mask.get(board)) != 0);
    }
}
