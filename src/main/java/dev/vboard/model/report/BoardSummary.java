package dev.vboard.model.report;

import java.util.Optional;
import java.util.SortedMap;

/**
 * A board as a whole, as far as the model knows it.
 *
 * @param state what it is doing
 * @param nowNs virtual time since creation, in ns
 * @param cpus how many CPUs are up
 * @param domains number of domains by state
 * @param lastWake cause of the last wake-up; empty before the first
 */
public record BoardSummary(
        BoardState state,
        long nowNs,
        CpuCount cpus,
        SortedMap<DomainReport.State, Integer> domains,
        Optional<WakeCause> lastWake) {}
