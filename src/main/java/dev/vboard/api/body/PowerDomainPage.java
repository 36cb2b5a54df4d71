package dev.vboard.api.body;

import dev.vboard.model.report.PowerDomainReport;

import java.util.List;
import java.util.Optional;

/**
 * Power domains, one page.
 *
 * @param items in a fixed order
 * @param next the cursor of the next page; empty on the last
 */
public record PowerDomainPage(List<PowerDomainReport> items, Optional<String> next) {}
