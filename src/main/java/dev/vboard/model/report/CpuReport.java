package dev.vboard.model.report;

import java.util.Optional;
import java.util.SortedMap;

/**
 * A physical CPU, as {@code GET .../cpus/{n}} shows it.
 *
 * @param id logical number; 0 is the boot CPU
 * @param mpidr its affinity fields
 * @param core kind of core as the profile names it, {@code cortex-a53}
 * @param cluster the cluster it belongs to
 * @param power EL3's view
 * @param xenState Xen's view (xen-suspend.md 1.2); empty without Xen
 * @param online in Xen's online map; without Xen: EL3 says ON
 * @param exceptionLevel level of the software on it, 1 to 3; of an off CPU the level it starts at
 * @param mmuEnabled stage 1 translation of that level is on
 * @param irqMasked PSTATE.I
 * @param irqPending an interrupt is signalled to it, masked or not
 * @param running the vCPU that is on it; empty when idle, off or without Xen
 * @param registers by architectural name in lower case
 */
public record CpuReport(
        int id,
        U64 mpidr,
        String core,
        int cluster,
        Power power,
        Optional<XenState> xenState,
        boolean online,
        int exceptionLevel,
        boolean mmuEnabled,
        boolean irqMasked,
        boolean irqPending,
        Optional<RunningVcpu> running,
        SortedMap<String, U64> registers) {

    /** EL3's view of a CPU; STANDBY and POWERDOWN are the two kinds of CPU_SUSPEND. */
    public enum Power {
        ON,
        OFF,
        ON_PENDING,
        STANDBY,
        POWERDOWN
    }

    /** Xen's view of a CPU (xen-suspend.md 1.2). */
    public enum XenState {
        OFF,
        ON_PENDING,
        STARTING,
        ONLINE,
        DYING,
        STOPPING,
        SPINNING,
        PARKED,
        NEVER_ONLINE,
        SUSPENDED,
        RESUMING
    }

    /**
     * A vCPU that is on a physical CPU.
     *
     * @param domain the domain's number
     * @param vcpu the vCPU's number in it
     */
    public record RunningVcpu(int domain, int vcpu) {}
}
