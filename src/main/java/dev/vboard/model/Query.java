package dev.vboard.model;

import java.util.Optional;
import java.util.OptionalInt;

/** The commands that only read a board. {@code domain} is an id or a name. */
public sealed interface Query extends Command {
    /** State of the board as a whole: {@link dev.vboard.model.report.BoardSummary}. */
    record Summary() implements Query {}

    /** List of {@link dev.vboard.model.report.FaultReport}. */
    record Faults() implements Query {}

    /** {@link dev.vboard.model.report.PowerReport}. */
    record Power() implements Query {}

    /** List of {@link dev.vboard.model.report.CpuReport}. */
    record Cpus() implements Query {}

    /** {@link dev.vboard.model.report.CpuReport}. */
    record Cpu(int cpu) implements Query {}

    /** {@link dev.vboard.model.report.GicReport}. */
    record Gic() implements Query {}

    /**
     * List of {@link dev.vboard.model.report.InterruptReport}.
     *
     * @param state enabled, pending or active; empty for those not in reset state
     * @param cpu only what that CPU sees
     * @param all also those in reset state
     */
    record Interrupts(Optional<String> state, OptionalInt cpu, boolean all) implements Query {}

    /** {@link dev.vboard.model.report.InterruptReport}. */
    record Interrupt(int intid, OptionalInt cpu) implements Query {}

    /** List of {@link dev.vboard.model.report.ScheduledFire}. */
    record Scheduled() implements Query {}

    /** List of {@link dev.vboard.model.report.DeviceReport}. */
    record Devices() implements Query {}

    /** {@link dev.vboard.model.report.DeviceReport}. */
    record DeviceNamed(String name) implements Query {}

    /** List of {@link dev.vboard.model.report.PowerDomainReport}. */
    record PowerDomains() implements Query {}

    /** List of {@link dev.vboard.model.report.DomainReport}. */
    record Domains() implements Query {}

    /** {@link dev.vboard.model.report.DomainReport}. */
    record Domain(String domain) implements Query {}

    /** The guest's device tree, a {@link String}. */
    record DeviceTree(String domain) implements Query {}

    /** List of {@link dev.vboard.model.report.VcpuReport}. */
    record Vcpus(String domain) implements Query {}

    /** {@link dev.vboard.model.report.VcpuReport}. */
    record Vcpu(String domain, int vcpu) implements Query {}

    /** What a command of xl prints, a {@link String}. */
    record Xl(String command) implements Query {}

    /** Which console is meant, a {@link ConsoleName}: a UART's number or name, xen, or dN. */
    record Console(String name) implements Query {}

    /** {@link dev.vboard.model.report.ClockReport}. */
    record Clock() implements Query {}

    /** {@link dev.vboard.model.report.SuspendReport}. */
    record Suspend() implements Query {}

    /** {@link dev.vboard.model.report.ExplainReport}. */
    record Explain() implements Query {}

    /** {@link dev.vboard.model.report.HostReport}. */
    record Host() implements Query {}

    /** {@link BoardInventory}. */
    record Inventory() implements Query {}

    /** List of hazard ids that are switched on. */
    record Hazards() implements Query {}

    /** {@link dev.vboard.model.report.InvariantsReport}. */
    record Invariants() implements Query {}
}
