package dev.vboard.api.body;

import org.jspecify.annotations.Nullable;

/**
 * One DMA access.
 *
 * @param address as the device sees it
 * @param write a 64-bit value to write; a read when left out
 */
public record DmaRequest(HexOrInt address, @Nullable HexOrInt write) {}
