package dev.vboard.api.body;

import org.jspecify.annotations.Nullable;

/**
 * What {@code POST .../vcpus/{v}/gic} takes.
 *
 * @param on the guest's distributor and this vCPU's interface
 * @param pmr priority mask, 0 to 255; unchanged when left out
 */
public record VcpuGicRequest(
        boolean on, @Bounds(max = 255) @Nullable Integer pmr) {}
