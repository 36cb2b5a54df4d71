package dev.vboard.api.body;

import java.util.List;

/**
 * A board profile in short.
 *
 * @param id its id
 * @param aliases other ids it answers to
 * @param shipped it comes with the service
 * @param cpuCount physical CPUs
 * @param gicVersion 2 or 3
 * @param systemSuspend its firmware has SYSTEM_SUSPEND
 */
public record ProfileSummary(
        String id,
        List<String> aliases,
        boolean shipped,
        int cpuCount,
        int gicVersion,
        boolean systemSuspend) {}
