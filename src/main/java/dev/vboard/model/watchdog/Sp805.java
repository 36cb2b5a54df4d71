package dev.vboard.model.watchdog;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Clock;
import dev.vboard.model.core.Flag;
import dev.vboard.model.core.Layout;
import dev.vboard.model.core.Line;
import dev.vboard.model.core.Lines;
import dev.vboard.model.core.PrimeCell;
import dev.vboard.model.core.ProfileDevice;
import dev.vboard.model.core.Registers;
import dev.vboard.model.profile.DeviceSpec;

import java.util.function.Consumer;

/**
 * Arm's SP805 watchdog (devices.md 4), clocked with 32.768 kHz. It interrupts when it has counted
 * down and resets the board when it has counted down once more with the interrupt still there. The
 * integration test registers hold what is written and drive nothing.
 */
public final class Sp805 extends ProfileDevice {
    private static final long HZ = 32_768;
    private static final long ALL_ONES = 0xFFFF_FFFFL;
    private static final long INTEN = 1;
    private static final long RESEN = 1 << 1;
    private static final long UNLOCK = 0x1ACC_E551L;

    private final Line line;
    private final Bite bite;
    private final Cell load;
    private final Cell control;
    private final Flag raw;
    private final Flag locked;
    private final Countdown counter;

    /** Declares the watchdog; {@code reset} is the board's reset line. */
    public Sp805(Layout layout, DeviceSpec spec, Lines lines, Clock clock, Consumer<Board> reset) {
        super(spec);
        line = lines.line(0, spec.intids().getFirst());
        bite = new Bite(spec, clock, reset);
        load = layout.cell("load", 32, ALL_ONES);
        control = layout.cell("control", 8);
        raw = layout.flag("raw");
        locked = layout.flag("locked");
        counter = new Countdown(layout, clock, ALL_ONES, this::expired);
        declare(layout);
    }

    private void declare(Layout layout) {
        Cell test = layout.cell("itcr", 8);
        registers
                .word(0x000, "WDOGLOAD")
                .kept()
                .reads((board, _, _) -> load.get(board))
                .writes(unlessLocked((board, value) -> {
                    load.set(board, value);
                    reload(board);
                }));
        registers.word(0x004, "WDOGVALUE").reads((board, _, _) -> counter.value(board, HZ));
        registers
                .word(0x008, "WDOGCONTROL")
                .kept()
                .reads((board, _, _) -> control.get(board))
                .writes(unlessLocked(this::control));
        registers.word(0x00C, "WDOGINTCLR").writes(unlessLocked((board, _) -> {
            raw.set(board, false);
            reload(board);
            drive(board);
        }));
        registers.word(0x010, "WDOGRIS").reads((board, _, _) -> raw.get(board) ? 1 : 0);
        registers.word(0x014, "WDOGMIS").reads((board, _, _) -> masked(board) ? 1 : 0);
        registers
                .word(0xC00, "WDOGLOCK")
                .reads((board, _, _) -> locked.get(board) ? 1 : 0)
                .writes((board, _, _, value) -> locked.set(board, value != UNLOCK));
        registers
                .word(0xF00, "WDOGITCR")
                .reads((board, _, _) -> test.get(board))
                .writes(unlessLocked((board, value) -> test.set(board, value & 1)));
        registers.word(0xF04, "WDOGITOP");
        PrimeCell.identify(registers, "WDOG", 0x05, 0x18, 0x14, 0x00);
    }

    /** What a write does while the lock is open. */
    @FunctionalInterface
    private interface Store {
        void store(Board board, long value);
    }

    private Registers.Write unlessLocked(Store store) {
        return (board, _, _, value) -> {
            if (!locked.get(board)) {
                store.store(board, value);
            }
        };
    }

    private void control(Board board, long value) {
        boolean ran = (control.get(board) & INTEN) != 0;
        control.set(board, value & (INTEN | RESEN));
        if ((value & INTEN) == 0) {
            counter.stop(board, HZ);
        } else if (!ran) {
            reload(board);
        }
        drive(board);
    }

    private void reload(Board board) {
        if ((control.get(board) & INTEN) != 0) {
            counter.start(board, load.get(board), HZ);
        }
    }

    private void expired(Board board) {
        if (raw.get(board) && (control.get(board) & RESEN) != 0) {
            bite.reset(board);
            return;
        }
        raw.set(board, true);
        bite.warn(board);
        reload(board);
        drive(board);
    }

    private boolean masked(Board board) {
        return raw.get(board) && (control.get(board) & INTEN) != 0;
    }

    @Override
    protected void drive(Board board) {
        line.drive(board, masked(board));
    }
}
