package dev.vboard.model.rtc;

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

import java.util.Optional;

/**
 * ZynqMP's real-time clock (devices.md 7.2), in the battery domain: it keeps all it holds whatever
 * the power. A written time is taken at once. The status of the seconds interrupt is set whenever a
 * second has begun since it was cleared; a deadline for that exists only while it is enabled.
 */
public final class ZynqmpRtc extends ProfileDevice {
    private static final long SECONDS = 1;
    private static final long ALARM = 1 << 1;
    private static final long TICKS_PER_SECOND = 32768;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final Line alarmLine;
    private final Line secondsLine;
    private final Seconds seconds;
    private final Cell written;
    private final Cell mask;
    private final Flag alarmed;
    private final Cell secondsCleared;
    private final Deadline tick;

    /**
     * Declares the clock; the first interrupt is the alarm's, the second the seconds'. Only the
     * name of the layout matters, a battery feeds its cells.
     */
    public ZynqmpRtc(Layout layout, DeviceSpec spec, Lines lines, Clock clock) {
        super(spec);
        alarmLine = lines.line(0, spec.intids().get(0));
        secondsLine = lines.line(0, spec.intids().get(1));
        Layout cells = layout.in(Layout.ETERNAL);
        seconds = new Seconds(cells, clock, this::matched);
        written = cells.cell("time-written", 32);
        mask = cells.cell("int-mask", 8, SECONDS | ALARM);
        alarmed = cells.flag("alarmed");
        secondsCleared = cells.cell("seconds-cleared", 64);
        tick = cells.deadline("second", Deadline.Kind.WAITING, this::drive);
        declareTime(cells);
        declareInterrupts();
        registers
                .word(0x40, "CONTROL")
                .stores(cells.cell("control", 32, 0x0100_0000), 0x8F00_0001L);
    }

    private void declareTime(Layout cells) {
        Cell calibration = cells.cell("calibration", 32);
        registers.word(0x00, "SET_TIME_WRITE").writes((board, _, _, value) -> {
            written.set(board, value);
            seconds.set(board, value);
        });
        registers.word(0x04, "SET_TIME_READ").reads((board, _, _) -> written.get(board));
        registers
                .word(0x08, "CALIB_WRITE")
                .writes((board, _, _, value) -> calibration.set(board, value & 0x1F_FFFF));
        registers.word(0x0C, "CALIB_READ").reads((board, _, _) -> calibration.get(board));
        registers.word(0x10, "CURRENT_TIME").reads((board, _, _) -> seconds.now(board));
        registers
                .word(0x14, "CURRENT_TICK")
                .reads((board, _, _) ->
                        seconds.fraction(board) * TICKS_PER_SECOND / NANOS_PER_SECOND);
        registers
                .word(0x18, "ALARM")
                .reads((board, _, _) -> seconds.match(board))
                .writes((board, _, _, value) -> seconds.match(board, value));
    }

    private void declareInterrupts() {
        registers
                .word(0x20, "RTC_INT_STATUS")
                .reads((board, _, _) -> status(board))
                .writes((board, _, _, value) -> clear(board, value));
        masks(
                mask,
                SECONDS | ALARM,
                registers.word(0x28, "RTC_INT_EN"),
                registers.word(0x2C, "RTC_INT_DIS"),
                registers.word(0x24, "RTC_INT_MASK"));
    }

    /**
     * Takes {@code alarm}, a value of the counter, or {@code alarmNs}, a moment of virtual time
     * that is rounded up to a second: forgets a latched alarm, sets ALARM and enables its
     * interrupt.
     */
    @Override
    public Optional<String> input(Board board, String what, long value) {
        long alarm = Alarms.seconds(board, seconds, what, value);
        if (alarm < 0) {
            return Optional.of(Alarms.REFUSAL);
        }
        clear(board, ALARM);
        seconds.match(board, alarm);
        mask.set(board, mask.get(board) & ~ALARM);
        drive(board);
        return Optional.empty();
    }

    private void matched(Board board) {
        alarmed.set(board, true);
        drive(board);
    }

    private long status(Board board) {
        boolean secondBegan = seconds.elapsed(board) > secondsCleared.get(board);
        return (secondBegan ? SECONDS : 0) | (alarmed.get(board) ? ALARM : 0);
    }

    private void clear(Board board, long bits) {
        if ((bits & SECONDS) != 0) {
            secondsCleared.set(board, seconds.elapsed(board));
        }
        if ((bits & ALARM) != 0) {
            alarmed.set(board, false);
        }
        drive(board);
    }

    @Override
    protected void drive(Board board) {
        long enabled = ~mask.get(board);
        long raised = status(board) & enabled;
        alarmLine.drive(board, (raised & ALARM) != 0);
        secondsLine.drive(board, (raised & SECONDS) != 0);
        boolean awaited = (enabled & SECONDS) != 0 && (raised & SECONDS) == 0;
        long next = Seconds.start(secondsCleared.get(board) + 1);
        tick.arm(board, awaited ? next : Deadline.NEVER);
    }
}
