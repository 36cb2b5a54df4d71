package dev.vboard.api.body;

import dev.vboard.model.report.PowerReport;

/**
 * What {@code PUT .../power} takes.
 *
 * @param state to be reached
 */
public record PowerRequest(PowerReport.Switch state) {}
