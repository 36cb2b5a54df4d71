package dev.vboard.api.body;

import dev.vboard.model.report.Trigger;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What {@code PUT .../vcpus/{v}/interrupts/{intid}} takes; what is left out is not written.
 *
 * @param enabled in the guest's distributor
 * @param priority 0 to 255
 * @param targets vCPUs of an SPI
 * @param trigger how it is sampled
 */
public record VirtualInterruptChange(
        @Nullable Boolean enabled,
        @Bounds(max = 255) @Nullable Integer priority,
        @Bounds(max = 128) @Nullable List<Integer> targets,
        @Nullable Trigger trigger) {}
