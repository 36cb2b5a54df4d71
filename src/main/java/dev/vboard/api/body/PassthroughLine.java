package dev.vboard.api.body;

import dev.vboard.model.report.Trigger;

import org.jspecify.annotations.Nullable;

/**
 * A bare interrupt line passed through to a domain.
 *
 * @param intid an SPI of the board
 * @param trigger how it is sampled; level when left out
 * @param vcpu the vCPU that it targets at first; 0 when left out
 */
public record PassthroughLine(
        IntidInput intid,
        @Nullable Trigger trigger,
        @Bounds(max = 127) @Nullable Integer vcpu) {}
