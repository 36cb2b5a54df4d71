package dev.vboard.api.body;

/**
 * What {@code DELETE /api/v1/boards?label=...} did.
 *
 * @param deleted how many boards are gone
 */
public record Deleted(int deleted) {}
