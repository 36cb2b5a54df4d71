package dev.vboard.api.body;

import org.jspecify.annotations.Nullable;

/**
 * What {@code POST .../clock} takes; exactly one of advance, step and until.
 *
 * @param advance how far to go
 * @param step how many pending entries to fire, from 1
 * @param until what to stop at
 * @param limit with until: how far to go at most
 */
public record ClockRun(
        @Nullable DurationInput advance,
        @Bounds(min = 1, max = 1_000_000) @Nullable Integer step,
        @Nullable UntilInput until,
        @Nullable DurationInput limit) {}
