package dev.vboard.api.body;

import java.util.List;
import java.util.Optional;

/**
 * Profiles, one page.
 *
 * @param items in a fixed order
 * @param next the cursor of the next page; empty on the last
 */
public record ProfilePage(List<ProfileSummary> items, Optional<String> next) {}
