package dev.vboard.api.body;

import dev.vboard.model.report.ScheduledFire;

import java.util.List;
import java.util.Optional;

/**
 * Fires that wait for their time, one page.
 *
 * @param items in a fixed order
 * @param next the cursor of the next page; empty on the last
 */
public record ScheduledFirePage(List<ScheduledFire> items, Optional<String> next) {}
