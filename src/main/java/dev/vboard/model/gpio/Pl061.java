package dev.vboard.model.gpio;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Layout;
import dev.vboard.model.core.Lines;
import dev.vboard.model.core.PrimeCell;
import dev.vboard.model.profile.DeviceSpec;

/**
 * Arm's PL061 GPIO: eight pins (devices.md 7.1). The outside moves pin 3, where QEMU has the power
 * key; what software drives on output pins leads nowhere.
 */
public final class Pl061 extends Gpio {
    private static final int KEY = 1 << 3;
    private static final int PINS = 0xFF;
    private static final int DATA_REGISTERS = 256;

    private final Cell sense;
    private final Cell both;
    private final Cell event;
    private final Cell mask;
    private final Cell edges;

    /** Declares the GPIO; the wires outside keep their level whatever its power. */
    public Pl061(Layout layout, DeviceSpec spec, Lines lines) {
        super(layout, spec, lines, 8, "dir", PINS, KEY);
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
        PrimeCell.identify(registers, "GPIO", 0x61, 0x10, 0x04, 0x00);
    }

    /** Pins that are not level-sensitive latch the edge they are told to. */
    @Override
    void moved(Board board, long before) {
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

    @Override
    protected void drive(Board board) {
        line.drive(board, (raw(board) & mask.get(board)) != 0);
    }
}
