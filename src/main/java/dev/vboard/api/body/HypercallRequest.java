package dev.vboard.api.body;

import org.jspecify.annotations.Nullable;

/**
 * A hypercall.
 *
 * @param op {@code SCHEDOP_shutdown} or {@code SCHEDOP_watchdog}
 * @param reason of SCHEDOP_shutdown, 0 to 5
 * @param id of SCHEDOP_watchdog: 0 creates a timer, 1 and 2 name one
 * @param timeout of SCHEDOP_watchdog, whole seconds; 0 stops the timer
 */
public record HypercallRequest(
        String op,
        @Bounds(max = 5) @Nullable Integer reason,
        @Bounds(max = 2) @Nullable Integer id,
        @Nullable DurationInput timeout) {}
