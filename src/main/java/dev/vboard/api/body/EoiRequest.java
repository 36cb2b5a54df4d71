package dev.vboard.api.body;

import org.jspecify.annotations.Nullable;

/**
 * The end of an interrupt.
 *
 * @param intid what the acknowledge answered
 * @param source the CPU that sent a GICv2 SGI, as the acknowledge answered it
 */
public record EoiRequest(
        IntidInput intid, @Bounds(max = 7) @Nullable Integer source) {}
