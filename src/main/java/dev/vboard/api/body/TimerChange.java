package dev.vboard.api.body;

import org.jspecify.annotations.Nullable;

/**
 * What {@code PUT .../vcpus/{v}/timer} takes; what is left out is not written.
 *
 * @param enabled CNTV_CTL.ENABLE
 * @param masked CNTV_CTL.IMASK
 * @param deadlineNs when the timer fires; may be in the past
 */
public record TimerChange(
        @Nullable Boolean enabled,
        @Nullable Boolean masked,
        @Nullable AtInput deadlineNs) {}
