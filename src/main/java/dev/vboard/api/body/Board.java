package dev.vboard.api.body;

import dev.vboard.model.report.BoardState;
import dev.vboard.model.report.CpuCount;
import dev.vboard.model.report.WakeCause;

import java.util.Optional;
import java.util.SortedMap;

/**
 * A board in short.
 *
 * @param id its id
 * @param profile the profile's id
 * @param flavour of Xen, or {@code none}
 * @param state what the board as a whole is doing
 * @param nowNs virtual time since creation, in ns
 * @param revision accepted changes so far; the ETag
 * @param cpus how many are up
 * @param domains how many are in each state; all states are present
 * @param lastWake what ended the last suspend; empty before the first
 * @param labels free texts
 * @param createdAt wall time, RFC 3339 UTC
 */
public record Board(
        String id,
        String profile,
        String flavour,
        BoardState state,
        long nowNs,
        long revision,
        CpuCount cpus,
        SortedMap<String, Integer> domains,
        Optional<WakeCause> lastWake,
        SortedMap<String, String> labels,
        String createdAt) {}
