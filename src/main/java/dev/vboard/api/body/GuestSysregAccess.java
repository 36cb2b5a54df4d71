package dev.vboard.api.body;

import org.jspecify.annotations.Nullable;

/**
 * A system-register access by a vCPU.
 *
 * @param register the architecture's name, case ignored, or an encoding {@code s3_0_c12_c12_0}
 * @param write what to write; a read when left out
 */
public record GuestSysregAccess(
        @Bounds(min = 1, max = 64) String register,
        @Nullable HexOrInt write) {}
