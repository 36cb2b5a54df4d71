package dev.vboard.api.body;

import org.jspecify.annotations.Nullable;

/**
 * A move of an interrupt line; exactly one of intid and device.
 *
 * @param intid the interrupt
 * @param cpu the CPU of a PPI
 * @param device its first interrupt is meant
 * @param level true raises and is the default, false lowers; an edge line is pulsed
 * @param at when; now when left out
 */
public record FireRequest(
        @Nullable IntidInput intid,
        @Bounds @Nullable Integer cpu,
        @Nullable String device,
        @Nullable Boolean level,
        @Nullable AtInput at) {}
