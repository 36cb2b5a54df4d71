package dev.vboard.api.body;

import dev.vboard.model.report.InterruptReport;

import java.util.List;
import java.util.Optional;

/**
 * Physical interrupts, one page.
 *
 * @param items in a fixed order
 * @param next the cursor of the next page; empty on the last
 */
public record InterruptPage(List<InterruptReport> items, Optional<String> next) {}
