package dev.vboard.model.watchdog;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Clock;
import dev.vboard.model.core.Layout;
import dev.vboard.model.core.ProfileDevice;
import dev.vboard.model.profile.DeviceSpec;

import java.util.function.Consumer;

/**
 * RWDT of R-Car H3 (devices.md 7.6): a 16-bit counter of 32.768 kHz that counts up and resets the
 * board when it overflows; it has no interrupt. A write needs the key of its register.
 */
public final class RcarWatchdog extends ProfileDevice {
    private static final long HZ = 32_768;
    private static final long LAST = 0xFFFF;
    private static final long COUNTER_KEY = 0x5A5A;
    private static final long CONTROL_KEY = 0xA5A5A5;
    private static final long TME = 1 << 7;
    private static final long WOVF = 1 << 4;
    private static final long CKS = 7;
    private static final long[] DIVIDER = {1, 4, 16, 32, 64, 128, 1024, 4096};

    private final Bite bite;
    private final Cell control;
    private final Countdown left;

    /** Declares the watchdog; {@code reset} is the board's reset line. */
    public RcarWatchdog(Layout layout, DeviceSpec spec, Clock clock, Consumer<Board> reset) {
        super(spec);
        bite = new Bite(spec, clock, reset);
        control = layout.cell("rwtcsra", 8);
        Cell clockSelect = layout.cell("rwtcsrb", 8);
        left = new Countdown(layout, clock, LAST, this::overflowed);
        registers
                .word(0x0, "RWTCNT")
                .reads((board, _, _) -> LAST - left.value(board, hz(board)))
                .writes((board, _, _, value) -> {
                    if (value >>> 16 == COUNTER_KEY) {
                        count(board, LAST - (value & LAST));
                    }
                });
        registers
                .word(0x4, "RWTCSRA")
                .kept()
                .reads((board, _, _) -> control.get(board))
                .writes((board, _, _, value) -> {
                    if (value >>> 8 == CONTROL_KEY) {
                        control(board, value & 0xFF);
                    }
                });
        registers
                .word(0x8, "RWTCSRB")
                .kept()
                .reads((board, _, _) -> clockSelect.get(board))
                .writes((board, _, _, value) -> {
                    if (value >>> 8 == CONTROL_KEY) {
                        clockSelect.set(board, value & 0x3F);
                    }
                });
    }

    private long hz(Board board) {
        return HZ / DIVIDER[(int) (control.get(board) & CKS)];
    }

    private void count(Board board, long ticks) {
        left.start(board, ticks, hz(board));
        if ((control.get(board) & TME) == 0) {
            left.stop(board, hz(board));
        }
    }

    /** The clock may change with the counter stopped only; overflow is cleared by a zero. */
    private void control(Board board, long value) {
        long held = left.value(board, hz(board));
        control.set(board, value & (TME | CKS) | control.get(board) & value & WOVF);
        count(board, held);
    }

    private void overflowed(Board board) {
        control.set(board, control.get(board) | WOVF);
        bite.reset(board);
    }
}
