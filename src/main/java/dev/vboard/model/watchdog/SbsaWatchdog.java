package dev.vboard.model.watchdog;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Bus;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Clock;
import dev.vboard.model.core.Deadline;
import dev.vboard.model.core.Flag;
import dev.vboard.model.core.Frames;
import dev.vboard.model.core.Layout;
import dev.vboard.model.core.Line;
import dev.vboard.model.core.Lines;
import dev.vboard.model.core.ProfileDevice;
import dev.vboard.model.core.Registers;
import dev.vboard.model.profile.DeviceSpec;

import java.util.List;
import java.util.function.Consumer;

/**
 * The generic watchdog of Arm's server base system architecture (devices.md 4): a compare value
 * against the system counter, so it stands still when that does. The control frame is at the
 * device's address, the refresh frame 64 KiB above it.
 */
public final class SbsaWatchdog extends ProfileDevice {
    private static final int REFRESH_FRAME = 16;
    private static final long IIDR = 0x1043B;
    private static final long WORU_MASK = 0xFFFF;

    private final Line line;
    private final Clock clock;
    private final Bite bite;
    private final Flag enabled;
    private final Flag first;
    private final Flag second;
    private final Cell offset;
    private final Cell compare;
    private final Deadline expiry;
    private final Registers refresh = new Registers();
    private final Frames frames;

    /** Declares the watchdog; {@code reset} is the board's reset line. */
    public SbsaWatchdog(
            Layout layout, DeviceSpec spec, Lines lines, Clock clock, Consumer<Board> reset) {
        super(spec);
        this.clock = clock;
        line = lines.line(0, spec.intids().getFirst());
        bite = new Bite(spec, clock, reset);
        enabled = layout.flag("enabled");
        first = layout.flag("ws0");
        second = layout.flag("ws1");
        offset = layout.cell("wor", 64);
        compare = layout.cell("wcv", 64);
        expiry = layout.deadline("expiry", Deadline.Kind.WAITING, this::expired);
        declare();
        frames = new Frames(
                REFRESH_FRAME + 1,
                List.of(new Frames.Bank(0, registers), new Frames.Bank(REFRESH_FRAME, refresh)));
    }

    private void declare() {
        refresh.word(0x000, "WRR").writes((board, _, _, _) -> refresh(board));
        refresh.word(0xFCC, "W_IIDR_REFRESH").constant(IIDR);
        registers
                .word(0x000, "WCS")
                .kept()
                .reads((board, _, _) -> status(board))
                .writes((board, _, _, value) -> {
                    enabled.set(board, (value & 1) != 0);
                    refresh(board);
                });
        registers
                .word(0x008, "WOR")
                .kept()
                .reads((board, _, _) -> offset.get(board) & 0xFFFF_FFFFL)
                .writes((board, _, _, value) ->
                        offset(board, offset.get(board) & ~0xFFFF_FFFFL | value));
        registers
                .word(0x00C, "WORU")
                .kept()
                .reads((board, _, _) -> offset.get(board) >>> 32)
                .writes((board, _, _, value) -> offset(
                        board, offset.get(board) & 0xFFFF_FFFFL | (value & WORU_MASK) << 32));
        registers
                .doubleWord(0x010, "WCV")
                .reads((board, _, _) -> compare.get(board))
                .writes((board, _, _, value) -> {
                    compare.set(board, value);
                    arm(board);
                });
        registers.word(0xFCC, "W_IIDR").constant(IIDR);
    }

    @Override
    public List<Registers> registers() {
        return List.of(registers, refresh);
    }

    @Override
    public Bus.Target target() {
        return frames;
    }

    @Override
    protected void drive(Board board) {
        line.drive(board, first.get(board));
    }

    private long status(Board board) {
        return (enabled.get(board) ? 1 : 0)
                | (first.get(board) ? 1 << 1 : 0)
                | (second.get(board) ? 1 << 2 : 0);
    }

    private void offset(Board board, long value) {
        offset.set(board, value);
        refresh(board);
    }

    private void refresh(Board board) {
        compare.set(board, clock.counter(board) + offset.get(board));
        first.set(board, false);
        second.set(board, false);
        drive(board);
        arm(board);
    }

    private void arm(Board board) {
        boolean waits = enabled.get(board) && !second.get(board);
        long passed = compare.get(board) + 1;
        expiry.arm(board, waits ? clock.nanosAtCounter(board, passed) : Deadline.NEVER);
    }

    private void expired(Board board) {
        if (Long.compareUnsigned(clock.counter(board), compare.get(board)) <= 0) {
            // the counter stood still meanwhile
            arm(board);
        } else if (first.get(board)) {
            second.set(board, true);
            bite.reset(board);
        } else {
            first.set(board, true);
            bite.warn(board);
            drive(board);
            compare.set(board, compare.get(board) + offset.get(board));
            arm(board);
        }
    }
}
