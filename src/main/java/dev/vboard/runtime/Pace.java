package dev.vboard.runtime;

/**
 * Who moves a board's clock: calls alone, or the wall.
 *
 * @param realtime whether the clock follows the wall
 * @param factor virtual nanoseconds in one of the wall, above 0
 * @param wallNanos the wall's reading, of {@link System#nanoTime}, where both met
 * @param virtualNanos the board's reading there
 */
public record Pace(boolean realtime, double factor, long wallNanos, long virtualNanos) {
    /** Only calls move the clock. */
    public static final Pace MANUAL = new Pace(false, 1, 0, 0);

    /** Follows the wall from here on. */
    public static Pace realtime(double factor, long wallNanos, long virtualNanos) {
        return new Pace(true, factor, wallNanos, virtualNanos);
    }

    /** Where the board's clock should stand when the wall stands there. */
    long dueAt(long wall) {
        double passed = (wall - wallNanos) * factor;
        return passed >= Long.MAX_VALUE - virtualNanos
                ? Long.MAX_VALUE
                : virtualNanos + (long) passed;
    }

    /** How long on the wall until the board's clock should stand there. */
    long wallUntil(long virtual, long wall) {
        double rest = (virtual - dueAt(wall)) / factor;
        return rest <= 0 ? 0 : (long) Math.ceil(rest);
    }
}
