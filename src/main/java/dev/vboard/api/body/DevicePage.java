package dev.vboard.api.body;

import dev.vboard.model.report.DeviceReport;

import java.util.List;
import java.util.Optional;

/**
 * Devices, one page.
 *
 * @param items in a fixed order
 * @param next the cursor of the next page; empty on the last
 */
public record DevicePage(List<DeviceReport> items, Optional<String> next) {}
