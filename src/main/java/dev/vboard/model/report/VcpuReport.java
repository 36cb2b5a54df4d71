package dev.vboard.model.report;

import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;

/**
 * A vCPU, as {@code GET .../domains/{d}/vcpus/{v}} shows it.
 *
 * @param id its number
 * @param mpidr what MPIDR_EL1 reads
 * @param state what it is doing
 * @param runstate Xen's runstate, in which "blocked" dominates
 * @param pauseCount holders that keep this vCPU alone off the CPU
 * @param pcpu the physical CPU it is on or assigned to; empty when it has none
 * @param affinity CPUs it may run on, ascending
 * @param irqMasked PSTATE.I
 * @param irqPending a virtual interrupt is signalled to it, masked or not
 * @param registers by architectural name in lower case
 * @param vgic its virtual interrupt controller
 * @param vtimer its virtual timer
 */
public record VcpuReport(
        int id,
        U64 mpidr,
        State state,
        Runstate runstate,
        int pauseCount,
        OptionalInt pcpu,
        List<Integer> affinity,
        boolean irqMasked,
        boolean irqPending,
        SortedMap<String, U64> registers,
        VgicReport vgic,
        VtimerReport vtimer) {

    /** What a vCPU is doing. */
    public enum State {
        RUNNING,
        RUNNABLE,
        BLOCKED,
        PAUSED,
        OFF
    }

    /** Xen's runstates 0 to 3, in that order. */
    public enum Runstate implements WireName {
        RUNNING,
        RUNNABLE,
        BLOCKED,
        OFFLINE
    }

    /**
     * The virtual interrupt controller as one vCPU sees it.
     *
     * @param distributorOn the guest switched its distributor on
     * @param interfaceOn the guest switched this CPU interface on
     * @param pmr priority mask, 0 to 255; 0 masks everything
     * @param enabled INTIDs enabled for this vCPU, ascending
     * @param pending INTIDs pending for it, in a list register or not, ascending
     * @param active INTIDs active on it, ascending
     * @param listRegisters the used ones, by index
     */
    public record VgicReport(
            boolean distributorOn,
            boolean interfaceOn,
            int pmr,
            List<Integer> enabled,
            List<Integer> pending,
            List<Integer> active,
            List<ListRegister> listRegisters) {}

    /**
     * A list register in use.
     *
     * @param index its number
     * @param virq the virtual INTID
     * @param state pending, active or both
     * @param intid the physical interrupt it is tied to; empty when it is none
     * @param priority 0 to 255
     */
    public record ListRegister(
            int index, int virq, LrState state, OptionalInt intid, int priority) {}

    /** State field of a used list register. */
    public enum LrState {
        PENDING,
        ACTIVE,
        PENDING_ACTIVE
    }

    /**
     * The virtual timer (CNTV).
     *
     * @param enabled CNTV_CTL.ENABLE
     * @param masked CNTV_CTL.IMASK
     * @param condition CNTV_CTL.ISTATUS
     * @param cval CNTV_CVAL
     * @param deadlineNs when CVAL is or was reached, in ns since creation; empty when disabled or
     *     beyond 2^63-1
     */
    public record VtimerReport(
            boolean enabled,
            boolean masked,
            boolean condition,
            U64 cval,
            OptionalLong deadlineNs) {}
}
