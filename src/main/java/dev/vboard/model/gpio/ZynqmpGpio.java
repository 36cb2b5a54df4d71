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
 * The GPIO of ZynqMP (devices.md 7.2), its first bank: 26 pins. The outside moves pin 22, where a
 * ZCU102 has its button; what software drives on output pins leads nowhere.
 */
public final class ZynqmpGpio implements Device {
    private static final long PINS = 0x03FF_FFFF;
    private static final long BUTTON = 1 << 22;
    private static final long HALF = 0xFFFF;

    private final DeviceSpec spec;
    private final Line line;
    private final Cell wires;
    private final Cell output;
    private final Cell direction;
    private final Cell mask;
    private final Cell status;
    private final Cell type;
    private final Cell polarity;
    private final Cell any;
    private final Registers registers = new Registers();

    /** Declares the GPIO; the wires outside keep their level whatever its power. */
    public ZynqmpGpio(Layout layout, DeviceSpec spec, Lines lines) {
        this.spec = spec;
        line = lines.line(0, spec.intids().getFirst());
        wires = layout.surviving().cell("wires", 32);
        output = layout.cell("data", 32);
        direction = layout.cell("dirm", 32);
        mask = layout.cell("int-mask", 32, PINS);
        status = layout.cell("int-stat", 32);
        type = layout.cell("int-type", 32, PINS);
        polarity = layout.cell("int-polarity", 32);
        any = layout.cell("int-any", 32);
        declareData();
        declareInterrupts();
        registers.word(0x208, "OEN_0").stores(layout.cell("oen", 32), PINS);
    }

    private void declareData() {
        registers
                .word(0x000, "MASK_DATA_0_LSW")
                .writes((board, _, _, value) ->
                        output(board, ~(value >>> 16) & HALF, value & HALF));
        registers
                .word(0x004, "MASK_DATA_0_MSW")
                .writes((board, _, _, value) ->
                        output(board, (~(value >>> 16) & HALF) << 16, (value & HALF) << 16));
        registers
                .word(0x040, "DATA_0")
                .kept()
                .reads((board, _, _) -> output.get(board))
                .writes((board, _, _, value) -> output(board, PINS, value));
        registers.word(0x060, "DATA_0_RO").reads((board, _, _) -> pins(board));
        stored(0x204, "DIRM_0", direction);
    }

    private void declareInterrupts() {
        registers.word(0x20C, "INT_MASK_0").reads((board, _, _) -> mask.get(board));
        registers
                .word(0x210, "INT_EN_0")
                .writes((board, _, _, value) -> mask(board, mask.get(board) & ~value));
        registers
                .word(0x214, "INT_DIS_0")
                .writes((board, _, _, value) -> mask(board, mask.get(board) | value));
        registers
                .word(0x218, "INT_STAT_0")
                .reads((board, _, _) -> status.get(board))
                .writes((board, _, _, value) -> {
                    status.set(board, status.get(board) & ~value);
                    moved(board, pins(board));
                });
        stored(0x21C, "INT_TYPE_0", type);
        stored(0x220, "INT_POLARITY_0", polarity);
        stored(0x224, "INT_ANY_0", any);
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

    /** Takes {@code level}, 0 or 1, of pin 22. */
    @Override
    public Optional<String> input(Board board, String what, long value) {
        if (!what.equals("level") || value < 0 || value > 1) {
            return Optional.of("a GPIO takes a level");
        }
        long before = pins(board);
        wires.set(board, value != 0 ? wires.get(board) | BUTTON : wires.get(board) & ~BUTTON);
        moved(board, before);
        return Optional.empty();
    }

    private long pins(Board board) {
        long outputs = direction.get(board);
        return output.get(board) & outputs | wires.get(board) & ~outputs;
    }

    private void output(Board board, long which, long value) {
        long before = pins(board);
        output.set(board, (output.get(board) & ~which | value & which) & PINS);
        moved(board, before);
    }

    private void mask(Board board, long value) {
        mask.set(board, value & PINS);
        drive(board);
    }

    /** Records edges of pins whose type is edge, and levels of the others; both latch. */
    private void moved(Board board, long before) {
        long now = pins(board);
        long high = polarity.get(board);
        long edges = (now & ~before & (high | any.get(board)))
                | (before & ~now & (~high | any.get(board)));
        long levels = ~(now ^ high);
        long inputs = ~direction.get(board) & PINS;
        long found = (edges & type.get(board) | levels & ~type.get(board)) & inputs;
        status.set(board, status.get(board) | found);
        drive(board);
    }

    private void drive(Board board) {
        line.drive(board, (status.get(board) & ~mask.get(board)) != 0);
    }
}
