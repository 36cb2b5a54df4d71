package dev.vboard.api.body;

import org.jspecify.annotations.Nullable;

/**
 * What {@code POST .../fork} takes; may be left out as a whole.
 *
 * @param id of the new board, or with count the begin of the ids; generated when left out
 * @param count boards to make, 1 to 10000; one when left out
 */
public record ForkRequest(
        @Form(BoardCreate.ID) @Nullable String id,
        @Bounds(min = 1, max = 10_000) @Nullable Integer count) {}
