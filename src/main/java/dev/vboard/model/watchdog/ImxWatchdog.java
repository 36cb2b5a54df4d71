package dev.vboard.model.watchdog;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Clock;
import dev.vboard.model.core.Deadline;
import dev.vboard.model.core.Flag;
import dev.vboard.model.core.Layout;
import dev.vboard.model.core.Line;
import dev.vboard.model.core.Lines;
import dev.vboard.model.core.ProfileDevice;
import dev.vboard.model.profile.DeviceSpec;

import java.util.List;
import java.util.function.Consumer;

/**
 * WDOG1 to WDOG3 of i.MX8M (devices.md 7.4): 16-bit registers, units of half a second. Once enabled
 * it cannot be stopped. Its interrupt comes WICT units before its reset. The bits that stop it in
 * low-power and debug modes are stored and stop nothing; the reset status is that of a power-on.
 */
public final class ImxWatchdog extends ProfileDevice {
    private static final int WCR = 0;
    private static final int WSR = 1;
    private static final int WRSR = 2;
    private static final int WICR = 3;
    private static final int WMCR = 4;
    private static final long HALF_SECOND = 500_000_000L;
    private static final long WCR_RESET = 0x30;
    private static final long WCR_ONCE = 0x87;
    private static final long WDE = 1 << 2;
    private static final long SRS = 1 << 4;
    private static final long POWER_ON = 1 << 4;
    private static final long WIE = 1 << 15;
    private static final long WTIS = 1 << 14;
    private static final long WICT = 0xFF;
    private static final long FIRST_WORD = 0x5555;
    private static final long SECOND_WORD = 0xAAAA;

    private final Line line;
    private final Clock clock;
    private final Bite bite;
    private final Cell control;
    private final Cell interrupt;
    private final Flag interruptSet;
    private final Cell misc;
    private final Flag halfServed;
    private final Deadline warning;
    private final Deadline expiry;

    /** Declares the watchdog; {@code reset} is the board's reset line. */
    public ImxWatchdog(
            Layout layout, DeviceSpec spec, Lines lines, Clock clock, Consumer<Board> reset) {
        super(spec);
        this.clock = clock;
        line = lines.line(0, spec.intids().getFirst());
        bite = new Bite(spec, clock, reset);
        control = layout.cell("wcr", 16, WCR_RESET);
        interrupt = layout.cell("wicr", 16, 0x0004);
        interruptSet = layout.flag("wicr-set");
        misc = layout.cell("wmcr", 8, 1);
        halfServed = layout.flag("half-served");
        warning = layout.deadline("warning", Deadline.Kind.WAITING, this::warn);
        expiry = layout.deadline("expiry", Deadline.Kind.WAITING, bite::reset);
        registers
                .halves(0, List.of("WDOG_WCR", "WDOG_WSR", "WDOG_WRSR", "WDOG_WICR", "WDOG_WMCR"))
                .kept()
                .reads((board, _, i) -> read(board, i))
                .writes((board, _, i, value) -> write(board, i, value));
    }

    private long read(Board board, int register) {
        return switch (register) {
            case WCR -> control.get(board);
            case WRSR -> POWER_ON;
            case WICR -> interrupt.get(board);
            case WMCR -> misc.get(board);
            default -> 0;
        };
    }

    private void write(Board board, int register, long value) {
        switch (register) {
            case WCR -> control(board, value);
            case WSR -> serve(board, value);
            case WICR -> interrupt(board, value);
            case WMCR -> misc.set(board, misc.get(board) & value & 1);
            default -> {
                // the status is read-only
            }
        }
    }

    /** Low-power, debug, window and enable bits can be set, never cleared. */
    private void control(Board board, long value) {
        boolean ran = (control.get(board) & WDE) != 0;
        control.set(board, value | control.get(board) & WCR_ONCE);
        if ((value & SRS) == 0) {
            bite.reset(board);
        } else if (!ran && (value & WDE) != 0) {
            restart(board);
        }
    }

    private void serve(Board board, long value) {
        if (halfServed.get(board) && value == SECOND_WORD) {
            restart(board);
        }
        halfServed.set(board, value == FIRST_WORD);
    }

    private void restart(Board board) {
        if ((control.get(board) & WDE) != 0) {
            long units = (control.get(board) >>> 8) + 1;
            long end = clock.now(board) + units * HALF_SECOND;
            expiry.arm(board, end);
            armWarning(board, end);
        }
    }

    private void armWarning(Board board, long end) {
        boolean wanted = (interrupt.get(board) & WIE) != 0;
        long at = end - (interrupt.get(board) & WICT) * HALF_SECOND;
        warning.arm(board, wanted && at > clock.now(board) ? at : Deadline.NEVER);
    }

    /** The time and the enable bit can be written once, the status is cleared by a one. */
    private void interrupt(Board board, long value) {
        long status = interrupt.get(board) & WTIS & ~value;
        boolean locked = interruptSet.get(board);
        long kept = locked ? interrupt.get(board) : value;
        interruptSet.set(board, true);
        interrupt.set(board, kept & (WIE | WICT) | status);
        if (!locked && expiry.armed(board)) {
            armWarning(board, expiry.get(board));
        }
        drive(board);
    }

    private void warn(Board board) {
        interrupt.set(board, interrupt.get(board) | WTIS);
        bite.warn(board);
        drive(board);
    }

    @Override
    protected void drive(Board board) {
        line.drive(board, (interrupt.get(board) & (WIE | WTIS)) == (WIE | WTIS));
    }
}
