package dev.vboard.model.report;

import java.util.List;
import java.util.OptionalInt;

/**
 * The interrupt controller, as {@code GET .../gic} shows it: the hardware, never Xen's view.
 *
 * @param powered its power domain is on; reset values are shown when not
 * @param type {@code GICv2} or {@code GICv3}
 * @param enabledGroups groups the distributor forwards, ascending
 * @param intids number of INTIDs implemented, SGIs and PPIs included
 * @param cpus one entry per CPU, ascending
 */
public record GicReport(
        boolean powered, String type, List<Integer> enabledGroups, int intids, List<GicCpu> cpus) {

    /**
     * The CPU interface of one CPU.
     *
     * @param cpu the CPU's number
     * @param enabled the interface signals interrupts of at least one group
     * @param pmr priority mask, 0 to 255; 0 masks everything
     * @param runningPriority 0 to 255; 255 when idle
     * @param highestPending INTID of the best pending interrupt; empty when there is none
     */
    public record GicCpu(
            int cpu, boolean enabled, int pmr, int runningPriority, OptionalInt highestPending) {}
}
