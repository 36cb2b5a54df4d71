package dev.vboard.api.body;

import dev.vboard.model.report.VcpuReport;

import java.util.List;
import java.util.Optional;

/**
 * vCPUs of a domain, one page.
 *
 * @param items in a fixed order
 * @param next the cursor of the next page; empty on the last
 */
public record VcpuPage(List<VcpuReport> items, Optional<String> next) {}
