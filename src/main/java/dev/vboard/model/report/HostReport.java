package dev.vboard.model.report;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What tests rely on about the machine and Xen (contract, section 7.1; xen-suspend.md 1.8).
 *
 * <p>Maps are keyed by CPU number or INTID in decimal. Without Xen only hardware counters move.
 *
 * @param systemState Xen's system_state; empty without Xen
 * @param lastHostStatus errno or PSCI value of the last attempt; 0 is ok
 * @param hostAttempts attempts begun
 * @param freezeCount times the domains were frozen
 * @param el3SystemSuspendCalls SYSTEM_SUSPEND calls that reached EL3
 * @param powerLossCount times CPU 0 really lost its context
 * @param resumeEntryCount times the resume entry ran
 * @param wakeCause of the last wake; empty before the first
 * @param dmaAbortedInSuspend DMA accesses aborted while the board slept
 * @param cpusDown times each CPU went down in an attempt
 * @param cpusUp times each CPU came back
 * @param timersQuiet times the step ran
 * @param timersRestart times the step ran
 * @param iommuSuspend times the step ran
 * @param iommuResume times the step ran
 * @param consoleSuspend times the step ran
 * @param consoleResume times the step ran
 * @param gicSuspend times the step ran
 * @param gicResume times the step ran
 * @param spiTargets Xen's routing of each SPI it handles; valid while the GIC is off too
 * @param savedSpiTargets routing to be restored after a suspend; empty when none is going on
 * @param resources what Xen holds per CPU
 */
public record HostReport(
        Optional<SystemState> systemState,
        int lastHostStatus,
        long hostAttempts,
        long freezeCount,
        long el3SystemSuspendCalls,
        long powerLossCount,
        long resumeEntryCount,
        Optional<WakeCause> wakeCause,
        long dmaAbortedInSuspend,
        SortedMap<String, Long> cpusDown,
        SortedMap<String, Long> cpusUp,
        long timersQuiet,
        long timersRestart,
        long iommuSuspend,
        long iommuResume,
        long consoleSuspend,
        long consoleResume,
        long gicSuspend,
        long gicResume,
        SortedMap<String, List<Integer>> spiTargets,
        SortedMap<String, List<Integer>> savedSpiTargets,
        List<CpuResources> resources) {

    /** Xen's system_state (xen-suspend.md 1.3). */
    public enum SystemState {
        EARLY_BOOT,
        BOOT,
        SMP_BOOT,
        ACTIVE,
        SUSPEND,
        RESUME
    }

    /**
     * What Xen holds for one CPU; each count is 0 or 1 on a healthy board, handlers excepted.
     *
     * @param cpu the CPU's number
     * @param percpuArea per-CPU data areas
     * @param siblingMap sibling maps
     * @param coreMap core maps
     * @param ppiHandlers registered PPI handlers, 3 on a healthy CPU
     * @param idleVcpu idle vCPUs
     * @param lpiTable LPI pending tables
     */
    public record CpuResources(
            int cpu,
            int percpuArea,
            int siblingMap,
            int coreMap,
            int ppiHandlers,
            int idleVcpu,
            int lpiTable) {}
}
