package dev.vboard.model.watchdog;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Clock;
import dev.vboard.model.core.Flag;
import dev.vboard.model.core.Layout;
import dev.vboard.model.core.Line;
import dev.vboard.model.core.Lines;
import dev.vboard.model.core.ProfileDevice;
import dev.vboard.model.profile.DeviceSpec;

import java.util.function.Consumer;

/**
 * The system watchdog of ZynqMP (devices.md 4), Cadence's, clocked with 100 MHz; a write needs the
 * key of its register. At zero it pulses its interrupt and counts anew, at the second zero it
 * resets the board; with the reset alone enabled the first zero does.
 */
public final class ZynqmpWatchdog extends ProfileDevice {
    private static final long HZ = 100_000_000;
    private static final long WDEN = 1;
    private static final long RSTEN = 1 << 1;
    private static final long IRQEN = 1 << 2;
    private static final long MODE_MASK = 0x1FF;
    private static final long MODE_RESET = 0x1C2;
    private static final long MODE_KEY = 0xABC;
    private static final long CONTROL_MASK = 0x3FFF;
    private static final long CONTROL_RESET = 0x3FFC;
    private static final long CONTROL_KEY = 0x248;
    private static final long RESTART_KEY = 0x1999;
    private static final long[] PRESCALER = {8, 64, 512, 4096};

    private final Line line;
    private final Bite bite;
    private final Cell mode;
    private final Cell control;
    private final Flag zero;
    private final Countdown counter;

    /** Declares the watchdog; {@code reset} is the board's reset line. */
    public ZynqmpWatchdog(
            Layout layout, DeviceSpec spec, Lines lines, Clock clock, Consumer<Board> reset) {
        super(spec);
        line = lines.line(0, spec.intids().getFirst());
        bite = new Bite(spec, clock, reset);
        mode = layout.cell("mode", 16, MODE_RESET);
        control = layout.cell("control", 16, CONTROL_RESET);
        zero = layout.flag("zero");
        counter = new Countdown(layout, clock, 0, this::expired);
        registers
                .word(0x0, "WDT_MODE")
                .kept()
                .reads((board, _, _) -> mode.get(board))
                .writes((board, _, _, value) -> {
                    if (value >>> 12 == MODE_KEY) {
                        mode(board, value & MODE_MASK);
                    }
                });
        registers
                .word(0x4, "WDT_CONTROL")
                .kept()
                .reads((board, _, _) -> control.get(board))
                .writes((board, _, _, value) -> {
                    if (value >>> 14 == CONTROL_KEY) {
                        control.set(board, value & CONTROL_MASK);
                    }
                });
        registers.word(0x8, "WDT_RESTART").writes((board, _, _, value) -> {
            if ((value & 0xFFFF) == RESTART_KEY) {
                restart(board);
            }
        });
        registers.word(0xC, "WDT_STATUS").reads((board, _, _) -> zero.get(board) ? 1 : 0);
    }

    private long hz(Board board) {
        return HZ / PRESCALER[control.getInt(board) & 3];
    }

    private boolean on(Board board, long bit) {
        return (mode.get(board) & bit) != 0;
    }

    private void mode(Board board, long value) {
        boolean ran = on(board, WDEN);
        mode.set(board, value);
        if (!on(board, WDEN)) {
            counter.stop(board, hz(board));
        } else if (!ran) {
            restart(board);
        }
    }

    private void restart(Board board) {
        zero.set(board, false);
        if (on(board, WDEN)) {
            count(board);
        }
    }

    /** The counter has 24 bits, of which software sets the upper twelve. */
    private void count(Board board) {
        counter.start(board, control.get(board) >>> 2 << 12 | 0xFFF, hz(board));
    }

    private void expired(Board board) {
        boolean reminded = zero.get(board) || !on(board, IRQEN);
        zero.set(board, true);
        if (reminded && on(board, RSTEN)) {
            bite.reset(board);
            return;
        }
        bite.warn(board);
        count(board);
        if (on(board, IRQEN)) {
            line.pulse(board);
        }
    }
}
