package dev.vboard.model.rtc;

import dev.vboard.model.core.Board;

/** What the outside may say about an alarm. */
final class Alarms {
    /** Why an alarm is refused. */
    static final String REFUSAL =
            "an RTC takes an alarm: a moment to come, at most 4294967295 seconds ahead";

    private Alarms() {}

    /** The match value an input asks for, or -1 when it is not acceptable. */
    static long seconds(Board board, Seconds seconds, String what, long value) {
        return switch (what) {
            case "alarm" -> Seconds.isSeconds(value) ? value : -1;
            case "alarmNs" -> seconds.at(board, value);
            default -> -1;
        };
    }
}
