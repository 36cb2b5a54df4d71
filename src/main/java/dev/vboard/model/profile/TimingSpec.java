package dev.vboard.model.profile;

import java.util.SortedMap;

/**
 * Durations in virtual nanoseconds.
 *
 * @param cpuOnNs from CPU_ON accepted to the core's first instruction
 * @param cpuBootNs from a secondary's first instruction to Xen calling it online
 * @param cpuOffNs from CPU_OFF to the core being off
 * @param wakeNs from a wake-up event to the first instruction
 * @param stepNs duration of each step of Xen by name; {@code default} for those not named
 */
public record TimingSpec(
        long cpuOnNs, long cpuBootNs, long cpuOffNs, long wakeNs, SortedMap<String, Long> stepNs) {
    /** Duration of that step. */
    public long step(String name) {
        Long own = stepNs.get(name);
        return own == null ? stepNs.getOrDefault("default", 1000L) : own;
    }
}
