package dev.vboard.api.body;

import java.util.List;

/**
 * What {@code PUT .../vcpus/{v}/affinity} takes.
 *
 * @param affinity CPUs it may run on
 */
public record AffinityRequest(@Bounds(min = 1, max = 128) List<Integer> affinity) {}
