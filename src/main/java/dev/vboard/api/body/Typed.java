package dev.vboard.api.body;

/**
 * What {@code POST .../console/{port}} takes.
 *
 * @param text what is typed, the line's end included
 */
public record Typed(@Bounds(min = 1, max = 256) String text) {}
