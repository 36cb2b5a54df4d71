package dev.vboard.model.report;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A domain, as {@code GET .../domains/{d}} shows it.
 *
 * @param id Xen's number; 0 is Dom0
 * @param name unique on the board
 * @param uuid of 8-4-4-4-12 hexadecimal digits
 * @param state what it is doing
 * @param xlState the six columns of {@code xl list}, {@code -b----}
 * @param shutdownReason why it shut down; empty while it has not
 * @param roles what it may do
 * @param guest who drives it
 * @param bits 64 or 32
 * @param vcpus ascending
 * @param memoryMiB RAM
 * @param devices names of the devices passed through
 * @param interrupts physical INTIDs passed through, ascending
 * @param wakeInterrupts INTIDs enabled in its vGIC: those that would wake it, ascending
 * @param gic where its interrupt controller sits
 * @param observables what tests rely on (xen-suspend.md 1.8)
 */
public record DomainReport(
        int id,
        String name,
        String uuid,
        State state,
        String xlState,
        Optional<ShutdownReason> shutdownReason,
        List<Role> roles,
        Guest guest,
        int bits,
        List<VcpuSummary> vcpus,
        int memoryMiB,
        List<String> devices,
        List<Integer> interrupts,
        List<Integer> wakeInterrupts,
        DomainGic gic,
        Observables observables) {

    /** What a domain is doing. */
    public enum State {
        RUNNING,
        PAUSED,
        SUSPENDED,
        SHUTDOWN,
        DYING
    }

    /** What a domain may do; Dom0 has both. */
    public enum Role implements WireName {
        HARDWARE,
        CONTROL
    }

    /** Who drives a domain. */
    public enum Guest implements WireName {
        MANUAL,
        LINUX,
        NO_PM
    }

    /** Why a domain shut down: the codes 0 to 5 of xen-suspend.md 1.5, in that order. */
    public enum ShutdownReason implements WireName {
        POWEROFF,
        REBOOT,
        SUSPEND,
        CRASH,
        WATCHDOG,
        SOFT_RESET;

        @Override
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A vCPU in short.
     *
     * @param id its number
     * @param mpidr what MPIDR_EL1 reads
     * @param state what it is doing
     * @param pcpu the physical CPU it is on or assigned to; empty when it has none
     * @param affinity CPUs it may run on, ascending
     */
    public record VcpuSummary(
            int id, U64 mpidr, VcpuReport.State state, OptionalInt pcpu, List<Integer> affinity) {}

    /**
     * Where a guest's interrupt controller sits in its address space.
     *
     * @param version 2 or 3: the board's
     * @param gicd distributor
     * @param gicc CPU interface; empty for version 3
     * @param gicr first redistributor; empty for version 2
     */
    public record DomainGic(int version, U64 gicd, Optional<U64> gicc, Optional<U64> gicr) {}
}
