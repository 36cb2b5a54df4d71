package dev.vboard.api.body;

import org.jspecify.annotations.Nullable;

/**
 * What {@code PUT .../clock/pace} takes.
 *
 * @param mode who moves the clock
 * @param factor virtual seconds per wall second, above 0, at most 1000; 1 when left out; only with
 *     realtime
 */
public record PaceRequest(Pace.Mode mode, @Nullable Double factor) {

    /** The greatest factor. */
    public static final double MAX_FACTOR = 1000;
}
