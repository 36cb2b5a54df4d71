package dev.vboard.api.body;

import dev.vboard.model.report.FaultReport;

import java.util.List;
import java.util.Optional;

/**
 * Faults that wait, one page.
 *
 * @param items oldest first
 * @param next the cursor of the next page; empty on the last
 */
public record FaultPage(List<FaultReport> items, Optional<String> next) {}
