package dev.vboard.model.peripheral;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Flag;
import dev.vboard.model.core.Layout;
import dev.vboard.model.core.Line;
import dev.vboard.model.core.Lines;
import dev.vboard.model.core.ProfileDevice;
import dev.vboard.model.profile.DeviceSpec;

import java.util.Optional;

/**
 * A standard SD host controller as ZynqMP has it (devices.md 7.2), its registers as words only:
 * card detection, interrupts and wake-up. A command completes at once while a card is in and times
 * out without one; no data moves but by the DMA the caller asks for. Its first line is that of
 * interrupts, its second one that of a wake-up.
 */
public final class Sdhci extends ProfileDevice {
    private static final long COMMAND_COMPLETE = 1;
    private static final long INSERTED = 1 << 6;
    private static final long REMOVED = 1 << 7;
    private static final long COMMAND_TIMEOUT = 1 << 16;
    private static final long EVENTS = 0x03FF_01FFL;
    private static final long WAKE_ON_INSERTION = 1 << 25;
    private static final long WAKE_ON_REMOVAL = 1 << 26;
    private static final long CARD_PRESENT = 0x000F_0000L;
    private static final long WRITABLE = 1 << 19;
    private static final long CLOCKS = 0x000F_FFFFL;
    private static final long STABLE = 1 << 1;
    private static final long CAPABILITIES = 0x35EC_C881L;
    private static final long VERSION = 0x1002_0000L;

    private final Line line;
    private final Optional<Line> wake;
    private final Flag card;
    private final Cell host;
    private final Cell status;
    private final Cell enabled;
    private final Cell signalled;

    /** Declares the controller; a card stays in it whatever its power. */
    public Sdhci(Layout layout, DeviceSpec spec, Lines lines) {
        super(spec);
        line = lines.line(0, spec.intids().getFirst());
        wake = spec.intids().size() > 1
                ? Optional.of(lines.line(0, spec.intids().get(1)))
                : Optional.empty();
        card = layout.surviving().flag("card");
        host = layout.cell("host-control", 32);
        status = layout.cell("int-status", 32);
        enabled = layout.cell("int-enable", 32);
        signalled = layout.cell("int-signal", 32);
        declareTransfer(layout);
        declareInterrupts(layout);
    }

    private void declareTransfer(Layout layout) {
        registers.word(0x00, "SDMA_ADDR").stores(layout.cell("sdma", 32), 0xFFFF_FFFFL);
        registers.word(0x04, "BLOCK").stores(layout.cell("block", 32), 0xFFFF_7FFFL);
        registers.word(0x08, "ARGUMENT").stores(layout.cell("argument", 32), 0xFFFF_FFFFL);
        registers
                .word(0x0C, "COMMAND")
                .writes((board, _, _, _) ->
                        happened(board, card.get(board) ? COMMAND_COMPLETE : COMMAND_TIMEOUT));
        registers.word(0x10, "RESPONSE").count(4);
        registers
                .word(0x24, "PRESENT_STATE")
                .reads((board, _, _) -> card.get(board) ? CARD_PRESENT : WRITABLE);
        registers.word(0x40, "CAPABILITIES").constant(CAPABILITIES);
        registers.doubleWord(0x58, "ADMA_ADDR").stores(layout.cell("adma", 64), -1L);
        registers.word(0xFC, "HOST_VERSION").constant(VERSION);
    }

    private void declareInterrupts(Layout layout) {
        Cell clock = layout.cell("clock", 32);
        registers.word(0x28, "HOST_CONTROL").stores(host, 0x070F_0FFFL);
        registers
                .word(0x2C, "CLOCK_CONTROL")
                .reads((board, _, _) -> clock.get(board) | (clock.get(board) & 1) * STABLE)
                .writes((board, _, _, value) -> clock.set(board, value & CLOCKS & ~STABLE));
        latches(registers.word(0x30, "INT_STATUS"), status);
        steers(registers.word(0x34, "INT_ENABLE"), enabled, EVENTS).kept();
        steers(registers.word(0x38, "INT_SIGNAL"), signalled, EVENTS).kept();
    }

    /** Takes {@code level}: 1 puts a card in, 0 takes it out. */
    @Override
    public Optional<String> input(Board board, String what, long value) {
        if (!isLevel(what, value)) {
            return Optional.of("a card reader takes a level: whether a card is in");
        }
        boolean in = value == 1;
        if (card.get(board) != in) {
            card.set(board, in);
            happened(board, in ? INSERTED : REMOVED);
        }
        return Optional.empty();
    }

    /** An event is recorded while it is enabled, and one that wakes in any case. */
    private void happened(Board board, long events) {
        long recorded = events & (enabled.get(board) | waking(board));
        status.set(board, status.get(board) | recorded);
        drive(board);
    }

    private long waking(Board board) {
        return ((host.get(board) & WAKE_ON_INSERTION) != 0 ? INSERTED : 0)
                | ((host.get(board) & WAKE_ON_REMOVAL) != 0 ? REMOVED : 0);
    }

    @Override
    protected void drive(Board board) {
        line.drive(board, (status.get(board) & signalled.get(board)) != 0);
        wake.ifPresent(own -> own.drive(board, (status.get(board) & waking(board)) != 0));
    }
}
