package dev.vboard.api.body;

import org.jspecify.annotations.Nullable;

/**
 * A memory access by a physical CPU.
 *
 * @param address physical, a multiple of the size
 * @param size 1, 2, 4 or 8 bytes
 * @param write what to write; a read when left out
 * @param secure the access is secure; the CPU's own state when left out
 */
public record MmioAccess(
        HexOrInt address,
        @Form("[1248]") int size,
        @Nullable HexOrInt write,
        @Nullable Boolean secure) {}
