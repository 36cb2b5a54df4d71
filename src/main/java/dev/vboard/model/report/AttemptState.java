package dev.vboard.model.report;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How Xen stood at one end of an attempt to suspend the machine.
 *
 * @param atNs when that was, in ns since creation
 * @param systemState Xen's system_state
 * @param schedulerOn whether vCPUs are put on CPUs
 * @param irqsOn whether the boot CPU takes interrupts
 * @param timersOn whether Xen's timers run
 * @param consoleOn whether lines reach the wire; else only Xen's ring
 * @param gicOn whether the boot CPU's interface signals interrupts
 * @param iommuOn whether each IOMMU that Xen drives translates; empty where there is none
 * @param spisAway SPIs that are aimed at the boot CPU as their own is down (W3)
 * @param cpus ascending
 * @param domains by ascending number
 */
public record AttemptState(
        long atNs,
        HostReport.SystemState systemState,
        boolean schedulerOn,
        boolean irqsOn,
        boolean timersOn,
        boolean consoleOn,
        boolean gicOn,
        Optional<Boolean> iommuOn,
        int spisAway,
        List<AttemptCpu> cpus,
        List<AttemptDomain> domains) {

    /**
     * How a CPU stood.
     *
     * @param cpu its number
     * @param xenState Xen's view
     * @param power EL3's view
     * @param running the vCPU that was on it; empty when idle
     */
    public record AttemptCpu(
            int cpu,
            CpuReport.XenState xenState,
            CpuReport.Power power,
            Optional<CpuReport.RunningVcpu> running) {}

    /**
     * How a domain stood.
     *
     * @param domain its number
     * @param pauseCount holders that kept it off the CPUs, Xen's freeze among them
     * @param controllerPauseCount the toolstack's share of it
     * @param shutdownState progress of its shutdown
     * @param shutdownCode why it shut down; empty while it has not
     * @param vcpus how many of its vCPUs were in which of Xen's runstates
     */
    public record AttemptDomain(
            int domain,
            int pauseCount,
            int controllerPauseCount,
            Observables.ShutdownState shutdownState,
            OptionalInt shutdownCode,
            RunstateCount vcpus) {}

    /**
     * How many vCPUs are in each of Xen's runstates (xen-suspend.md 1.6).
     *
     * @param running on a CPU
     * @param runnable waiting for one
     * @param blocked waiting for an interrupt, paused as well or not
     * @param offline off or paused
     */
    public record RunstateCount(int running, int runnable, int blocked, int offline) {}
}
