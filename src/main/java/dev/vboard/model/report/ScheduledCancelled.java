package dev.vboard.model.report;

/**
 * What {@code DELETE .../interrupts/scheduled} did.
 *
 * @param deleted how many fires were dropped
 */
public record ScheduledCancelled(int deleted) {}
