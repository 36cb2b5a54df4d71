package dev.vboard.model;

/** Whose instruction an action is. */
public sealed interface Caller {
    /**
     * The software on a physical CPU.
     *
     * @param cpu logical number
     */
    record PhysicalCpu(int cpu) implements Caller {}

    /**
     * A guest.
     *
     * @param domain id or name
     * @param vcpu number of the vCPU
     */
    record Vcpu(String domain, int vcpu) implements Caller {}
}
