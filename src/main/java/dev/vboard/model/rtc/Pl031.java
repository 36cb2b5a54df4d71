package dev.vboard.model.rtc;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Clock;
import dev.vboard.model.core.Flag;
import dev.vboard.model.core.Layout;
import dev.vboard.model.core.Line;
import dev.vboard.model.core.Lines;
import dev.vboard.model.core.PrimeCell;
import dev.vboard.model.core.ProfileDevice;
import dev.vboard.model.profile.DeviceSpec;

import java.util.Optional;

/**
 * Arm's PL031 real-time clock (devices.md 3). It runs from the board's creation and keeps all it
 * holds whatever the power. The match latches RIS also while it is masked.
 */
public final class Pl031 extends ProfileDevice {

    private final Line line;
    private final Seconds seconds;
    private final Cell loaded;
    private final Flag mask;
    private final Flag raw;

    /** Declares the clock; only the name of the layout matters, a battery feeds its cells. */
    public Pl031(Layout layout, DeviceSpec spec, Lines lines, Clock clock) {
        super(spec);
        line = lines.line(0, spec.intids().getFirst());
        Layout cells = layout.in(Layout.ETERNAL);
        seconds = new Seconds(cells, clock, board -> latch(board, true));
        loaded = cells.cell("loaded", 32);
        mask = cells.flag("imsc");
        raw = cells.flag("ris");
        declareRegisters();
    }

    private void declareRegisters() {
        registers.word(0x00, "RTCDR").reads((board, _, _) -> seconds.now(board));
        registers
                .word(0x04, "RTCMR")
                .reads((board, _, _) -> seconds.match(board))
                .writes((board, _, _, value) -> seconds.match(board, value));
        registers
                .word(0x08, "RTCLR")
                .reads((board, _, _) -> loaded.get(board))
                .writes((board, _, _, value) -> {
                    loaded.set(board, value);
                    seconds.set(board, value);
                });
        registers.word(0x0C, "RTCCR").constant(1);
        registers
                .word(0x10, "RTCIMSC")
                .reads((board, _, _) -> mask.get(board) ? 1 : 0)
                .writes((board, _, _, value) -> unmask(board, (value & 1) != 0));
        registers.word(0x14, "RTCRIS").reads((board, _, _) -> raw.get(board) ? 1 : 0);
        registers
                .word(0x18, "RTCMIS")
                .reads((board, _, _) -> raw.get(board) && mask.get(board) ? 1 : 0);
        registers
                .word(0x1C, "RTCICR")
                .writes((board, _, _, value) -> latch(board, raw.get(board) && (value & 1) == 0));
        PrimeCell.identify(registers, "RTC", 0x31, 0x10, 0x14, 0x00);
    }

    /**
     * Takes {@code alarm}, a value of the counter, or {@code alarmNs}, a moment of virtual time
     * that is rounded up to a second: forgets a latched alarm, sets the match value and unmasks.
     */
    @Override
    public Optional<String> input(Board board, String what, long value) {
        long alarm = Alarms.seconds(board, seconds, what, value);
        if (alarm < 0) {
            return Optional.of(Alarms.REFUSAL);
        }
        raw.set(board, false);
        mask.set(board, true);
        seconds.match(board, alarm);
        drive(board);
        return Optional.empty();
    }

    private void unmask(Board board, boolean enabled) {
        mask.set(board, enabled);
        drive(board);
    }

    private void latch(Board board, boolean interrupt) {
        raw.set(board, interrupt);
        drive(board);
    }

    @Override
    protected void drive(Board board) {
        line.drive(board, raw.get(board) && mask.get(board));
    }
}
