package dev.vboard.api.body;

/**
 * What {@code PUT .../cpus/{n}} and {@code PUT .../vcpus/{v}} take.
 *
 * @param irqMasked PSTATE.I of the caller-driven CPU or vCPU
 */
public record ProcessorChange(boolean irqMasked) {}
