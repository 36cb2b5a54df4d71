package dev.vboard.api.body;

import dev.vboard.model.report.DomainReport;

import java.util.List;
import java.util.Optional;

/**
 * Domains, one page.
 *
 * @param items in a fixed order
 * @param next the cursor of the next page; empty on the last
 */
public record DomainPage(List<DomainReport> items, Optional<String> next) {}
