package dev.vboard.model;

import dev.vboard.model.core.Faults;
import dev.vboard.model.report.AfterShutdown;
import dev.vboard.model.report.DomainReport.Guest;
import dev.vboard.model.report.DomainReport.Role;
import dev.vboard.model.report.Trigger;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;

/**
 * The commands that change a board. Numbers are as on the wire; {@code domain} is an id or a name.
 */
public sealed interface Action extends Command {

    /** The actions that run the clock; they do exactly what they say and do not settle. */
    sealed interface Clocked extends Action {}

    /** The actions that are an instruction of the software on a CPU or of a guest. */
    sealed interface Instruction extends Action {}

    /** Switches the supply on or off; nothing happens when it is so already. */
    record Power(boolean on) implements Action {}

    /** Resets the board warm. */
    record Reset() implements Action {}

    /** Sets PSTATE.I of a caller-driven CPU or vCPU. */
    record MaskIrq(Caller caller, boolean masked) implements Instruction {}

    /** Takes a pCPU out of Xen, or back in. */
    record CpuOnline(int cpu, boolean online) implements Action {}

    /**
     * A PSCI call.
     *
     * @param function its name, or empty to go by the id
     * @param functionId its id; not looked at when there is a name
     * @param smc32 whether a name means its SMC32 id
     * @param args x1 to x3, missing ones are zero
     * @param force on a CPU that Xen owns: do it behind Xen's back
     */
    record Psci(
            Caller caller,
            Optional<String> function,
            long functionId,
            boolean smc32,
            List<Long> args,
            boolean force)
            implements Instruction {}

    /**
     * Any SMCCC call.
     *
     * @param hvc whether by HVC rather than SMC
     * @param immediate the instruction's immediate, 0 to 65535
     */
    record Smccc(
            Caller caller,
            long functionId,
            List<Long> args,
            boolean hvc,
            int immediate,
            boolean force)
            implements Instruction {}

    /** The caller waits for an interrupt. */
    record Wfi(Caller caller) implements Instruction {}

    /** The caller reads its interrupt acknowledge register. */
    record Acknowledge(Caller caller) implements Instruction {}

    /**
     * The caller writes its end of interrupt register.
     *
     * @param source CPU field of an SGI
     */
    record EndOfInterrupt(Caller caller, int intid, int source) implements Instruction {}

    /**
     * A memory access.
     *
     * @param size bytes: 1, 2, 4 or 8
     * @param write the value to store; a load when empty
     * @param secure of a physical CPU: whether it is a secure access
     */
    record Mmio(Caller caller, long address, int size, OptionalLong write, boolean secure)
            implements Instruction {}

    /** An MRS or, with a value, MSR. */
    record Sysreg(Caller caller, String register, OptionalLong write, boolean secure)
            implements Instruction {}

    /** The software on a CPU sends a physical SGI. */
    record SendSgi(int cpu, int intid, List<Integer> targets) implements Action {}

    /**
     * Moves an interrupt line.
     *
     * @param intid the interrupt; empty to go by device
     * @param device a device, whose first interrupt is meant
     * @param cpu of a PPI
     * @param level false lowers the line; empty or true pulses or raises it
     * @param at when: an absolute or relative time, or at once
     */
    record Fire(
            OptionalInt intid,
            Optional<String> device,
            OptionalInt cpu,
            Optional<Boolean> level,
            Optional<At> at)
            implements Action {}

    /**
     * A moment of virtual time.
     *
     * @param nanos nanoseconds
     * @param relative whether counted from now
     */
    record At(long nanos, boolean relative) {}

    /** Forgets all scheduled fires. */
    record CancelScheduled() implements Action {}

    /** What the outside does to a device: {@code what} is byte, alarm or level. */
    record DeviceInput(String device, String what, long value) implements Action {}

    /** Gives a device to a domain. */
    record DeviceOwner(String device, int domain) implements Action {}

    /** One DMA access of a device. */
    record Dma(String device, long address, OptionalLong write) implements Action {}

    /** A line passed through to a domain. */
    record PassThrough(int intid, Optional<Trigger> trigger, int vcpu) {}

    /**
     * Creates a domain.
     *
     * @param pin allowed pCPUs by vCPU
     * @param bits 64 or 32
     * @param afterShutdown what xl does when it has shut down, by shutdown code; empty to keep it
     * @param options what only an xl configuration says
     */
    record CreateDomain(
            Optional<String> name,
            int vcpus,
            int memoryMiB,
            SortedMap<Integer, List<Integer>> pin,
            List<String> devices,
            List<PassThrough> interrupts,
            Guest guest,
            List<Role> roles,
            boolean paused,
            long entryPoint,
            int bits,
            List<AfterShutdown> afterShutdown,
            XlOptions options)
            implements Action {
        /** Creates a domain of which no xl configuration says more. */
        public CreateDomain(
                Optional<String> name,
                int vcpus,
                int memoryMiB,
                SortedMap<Integer, List<Integer>> pin,
                List<String> devices,
                List<PassThrough> interrupts,
                Guest guest,
                List<Role> roles,
                boolean paused,
                long entryPoint,
                int bits,
                List<AfterShutdown> afterShutdown) {
            this(
                    name,
                    vcpus,
                    memoryMiB,
                    pin,
                    devices,
                    interrupts,
                    guest,
                    roles,
                    paused,
                    entryPoint,
                    bits,
                    afterShutdown,
                    XlOptions.of(vcpus));
        }
    }

    /**
     * What only an xl configuration says of a domain (farm.md 11).
     *
     * @param vcpusAtBoot how many vCPUs a scripted guest starts
     * @param cpus pCPUs that all vCPUs may run on; empty for all
     * @param cpusSoft pCPUs that they prefer; empty for all
     * @param uuid its UUID as text; one is made up when left out
     * @param commandLine what its kernel is told
     */
    record XlOptions(
            int vcpusAtBoot,
            List<Integer> cpus,
            List<Integer> cpusSoft,
            Optional<String> uuid,
            String commandLine) {
        /** Says nothing. */
        public static XlOptions of(int vcpus) {
            return new XlOptions(vcpus, List.of(), List.of(), Optional.empty(), "");
        }
    }

    /** Destroys a domain. */
    record DestroyDomain(String domain) implements Action {}

    /**
     * A verb of xl.
     *
     * @param verb pause, unpause, shutdown, reboot, suspend, resume, crash or trigger
     * @param by the control domain that runs xl; empty for the first running one
     * @param trigger what {@code xl trigger} sends
     */
    record Verb(String domain, String verb, OptionalInt by, Optional<String> trigger, int vcpu)
            implements Action {}

    /** Sends a byte to a UART, as a terminal does. */
    record TypeByte(String device, int octet) implements Action {}

    /** Types a line on the console of a domain. */
    record TypeLine(String domain, String line) implements Action {}

    /** Raises the event upcall of a domain. */
    record EventChannel(String domain, int port) implements Action {}

    /** Pins a vCPU. */
    record Affinity(String domain, int vcpu, List<Integer> cpus) implements Action {}

    /** Switches a manual guest's distributor and CPU interface. */
    record VcpuGic(String domain, int vcpu, boolean on, OptionalInt pmr) implements Action {}

    /**
     * A hypercall.
     *
     * @param op SCHEDOP_shutdown or SCHEDOP_watchdog
     * @param reason of a shutdown
     * @param id of a watchdog; 0 creates one
     * @param timeoutNanos of a watchdog; 0 stops it
     */
    record Hypercall(
            String domain,
            int vcpu,
            String op,
            OptionalInt reason,
            OptionalInt id,
            OptionalLong timeoutNanos)
            implements Action {}

    /** The guest's writes to one interrupt's registers; only what is named is written. */
    record VcpuInterrupt(
            String domain,
            int vcpu,
            int intid,
            Optional<Boolean> enabled,
            OptionalInt priority,
            Optional<List<Integer>> targets,
            Optional<Trigger> trigger)
            implements Action {}

    /** The guest's virtual timer; only what is named is written. */
    record VcpuTimer(
            String domain,
            int vcpu,
            Optional<Boolean> enabled,
            Optional<Boolean> masked,
            OptionalLong deadlineNanos)
            implements Action {}

    /** Runs the clock for a span of virtual time. */
    record Advance(long nanos) implements Clocked {}

    /** Fires the next pending entries, one each. */
    record Step(int steps) implements Clocked {}

    /** Runs the clock until the board is settled, within a span of virtual time. */
    record UntilSettled(OptionalLong limitNanos) implements Clocked {}

    /**
     * Runs the clock until an event, within a span of virtual time.
     *
     * @param fields the event's fields as written on the wire; {@code event} is the type
     */
    record UntilEvent(SortedMap<String, String> fields, OptionalLong limitNanos)
            implements Clocked {}

    /**
     * Makes something go wrong; what the kind does not use is empty.
     *
     * @param function of a PSCI result: its name
     * @param result of a PSCI result: the code
     * @param step by its name on the wire
     * @param error negative errno
     * @param times how often it strikes
     */
    record InjectFault(
            Faults.Kind kind,
            OptionalInt cpu,
            OptionalInt paBits,
            OptionalLong midr,
            OptionalInt dcacheLine,
            Optional<String> function,
            OptionalInt result,
            Optional<String> step,
            OptionalInt error,
            OptionalLong delayNanos,
            OptionalInt unit,
            OptionalInt intid,
            int times)
            implements Action {}

    /** Takes a fault back that still waits. */
    record RemoveFault(int id) implements Action {}

    /** Sets which hazards are switched on. */
    record SetHazards(List<String> ids) implements Action {}
}
