package dev.vboard.api.body;

import org.jspecify.annotations.Nullable;

/**
 * A memory access by a vCPU, through its own stage 2.
 *
 * @param address in the guest's address space, a multiple of the size
 * @param size 1, 2, 4 or 8 bytes
 * @param write what to write; a read when left out
 */
public record GuestMmioAccess(
        HexOrInt address,
        @Form("[1248]") int size,
        @Nullable HexOrInt write) {}
