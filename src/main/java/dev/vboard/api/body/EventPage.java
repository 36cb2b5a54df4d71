package dev.vboard.api.body;

import java.util.List;
import java.util.Optional;

/**
 * Events, one page.
 *
 * @param items in a fixed order
 * @param next the {@code after} of the next page; empty on the last
 */
public record EventPage(List<Event> items, Optional<String> next) {}
