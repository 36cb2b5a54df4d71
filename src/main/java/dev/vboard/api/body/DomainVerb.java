package dev.vboard.api.body;

import org.jspecify.annotations.Nullable;

/**
 * What {@code POST .../domains/{d}/{verb}} takes; may be left out as a whole.
 *
 * @param by the control domain that runs xl; the first running one when left out
 */
public record DomainVerb(@Bounds(max = 32_767) @Nullable Integer by) {}
