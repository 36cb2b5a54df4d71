package dev.vboard.api.body;

/**
 * What {@code POST .../domains/{d}/event-channel} takes.
 *
 * @param port the event channel, 1 to 1023
 */
public record EventChannelRaise(@Bounds(min = 1, max = 1023) int port) {}
