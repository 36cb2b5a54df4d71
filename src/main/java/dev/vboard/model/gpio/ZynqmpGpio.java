package dev.vboard.model.gpio;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Layout;
import dev.vboard.model.core.Lines;
import dev.vboard.model.profile.DeviceSpec;

/**
 * The GPIO of ZynqMP (devices.md 7.2), its first bank: 26 pins. The outside moves pin 22, where a
 * ZCU102 has its button; what software drives on output pins leads nowhere.
 */
public final class ZynqmpGpio extends Gpio {
    private static final long PINS = 0x03FF_FFFF;
    private static final long BUTTON = 1 << 22;
    private static final long HALF = 0xFFFF;

    private final Cell mask;
    private final Cell status;
    private final Cell type;
    private final Cell polarity;
    private final Cell any;

    /** Declares the GPIO; the wires outside keep their level whatever its power. */
    public ZynqmpGpio(Layout layout, DeviceSpec spec, Lines lines) {
        super(layout, spec, lines, 32, "dirm", PINS, BUTTON);
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
        masks(
                mask,
                PINS,
                registers.word(0x210, "INT_EN_0"),
                registers.word(0x214, "INT_DIS_0"),
                registers.word(0x20C, "INT_MASK_0"));
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

    /** Records edges of pins whose type is edge, and levels of the others; both latch. */
    @Override
    void moved(Board board, long before) {
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

    @Override
    protected void drive(Board board) {
        line.drive(board, (status.get(board) & ~mask.get(board)) != 0);
    }
}
