package dev.vboard.api.body;

import dev.vboard.model.report.CpuReport;

import java.util.List;
import java.util.Optional;

/**
 * Physical CPUs, one page.
 *
 * @param items in a fixed order
 * @param next the cursor of the next page; empty on the last
 */
public record CpuPage(List<CpuReport> items, Optional<String> next) {}
