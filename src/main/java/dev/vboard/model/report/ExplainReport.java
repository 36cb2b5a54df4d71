package dev.vboard.model.report;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Why a board, and each of its domains, can or cannot suspend now, and what would wake it.
 *
 * @param state of the board
 * @param flavour of Xen; empty without Xen
 * @param board whether the machine can suspend
 * @param domains whether each domain can, by ascending number
 * @param interrupts of each shared interrupt that somebody owns, a device has or that is enabled,
 *     ascending: whether it wakes
 */
public record ExplainReport(
        BoardState state,
        Optional<String> flavour,
        BoardOutlook board,
        List<DomainOutlook> domains,
        List<WakeOutlook> interrupts) {

    /**
     * Whether the machine can suspend.
     *
     * @param canSuspend whether a call of the caller would put it to sleep
     * @param caller the domain whose call it takes, of several the first that would succeed; empty
     *     when no domain's call asks for it
     * @param blockers what speaks against it, the first to be met first
     */
    public record BoardOutlook(boolean canSuspend, OptionalInt caller, List<Blocker> blockers) {}

    /**
     * Whether a domain can suspend: what a SYSTEM_SUSPEND of its vCPU 0 would lead to; of a guest
     * {@code linux} what {@code POST .../suspend} would.
     *
     * @param domain its number
     * @param name its name
     * @param canSuspend whether it would be suspended
     * @param asksForBoard whether its call asks for the suspend of the machine too
     * @param blockers what speaks against it, the first to be met first
     * @param virtualSources what wakes it besides its devices' interrupts
     */
    public record DomainOutlook(
            int domain,
            String name,
            boolean canSuspend,
            boolean asksForBoard,
            List<Blocker> blockers,
            List<VirtualSource> virtualSources) {}

    /**
     * Whether an interrupt that Xen raises by itself resumes a suspended domain (W13).
     *
     * @param virq its INTID
     * @param kind what raises it
     * @param wakes whether the domain resumes
     * @param reason the first reason why not
     */
    public record VirtualSource(
            int virq, SourceKind kind, boolean wakes, Optional<WakeReason> reason) {}

    /** What raises a private interrupt of a domain. */
    public enum SourceKind implements WireName {
        /** The guest's virtual timer. */
        VTIMER,
        /** The physical timer that Xen emulates for it. */
        PTIMER,
        /** An event, by the upcall's interrupt. */
        EVENT_CHANNEL,
        /** The interrupt by which the toolstack asks a guest to suspend (D14). */
        COORD_SPI
    }

    /**
     * Something that speaks against a suspend.
     *
     * @param reason in a word
     * @param detail in a sentence
     * @param domain the domain it is about
     * @param vcpu the vCPU it is about
     * @param value what the call would answer; empty when the caller cannot call, or the call is
     *     accepted and what follows fails
     * @param status name of that value
     * @param hostStatus what {@code lastHostStatus} would be, when the call is accepted first
     */
    public record Blocker(
            Reason reason,
            String detail,
            OptionalInt domain,
            OptionalInt vcpu,
            OptionalLong value,
            Optional<String> status,
            OptionalInt hostStatus) {}

    /** What speaks against a suspend. */
    public enum Reason implements WireName {
        /** The board has no power. */
        BOARD_OFF,
        /** It sleeps already, or is on its way. */
        BOARD_ASLEEP,
        /** Xen has crashed. */
        BOARD_CRASHED,
        /** The caller's vCPU is off. */
        VCPU_OFF,
        /** It waits for an interrupt. */
        VCPU_BLOCKED,
        /** The domain has suspended already. */
        DOMAIN_SUSPENDED,
        /** The domain has shut down. */
        DOMAIN_SHUT_DOWN,
        /** Somebody pauses the domain. */
        DOMAIN_PAUSED,
        /** No CPU that the vCPU may run on is online. */
        NO_CPU,
        /** The guest does not know how to suspend. */
        GUEST_NO_PM,
        /** This Xen does not let the hardware domain suspend (G2). */
        HARDWARE_DOMAIN,
        /** Another vCPU of the domain is online (G3). */
        VCPU_ONLINE,
        /** Another shutdown code has been latched (D10). */
        CODE_LATCHED,
        /** No domain is left that could resume this one. */
        LAST_CONTROL_DOMAIN,
        /** Firmware lacks SYSTEM_SUSPEND. */
        FIRMWARE,
        /** A driver of Xen's cannot suspend. */
        DRIVER,
        /** Another domain is awake. */
        DOMAIN_AWAKE,
        /** The caller has an interrupt to take, so it does not sleep (2.6, W5b). */
        INTERRUPT_PENDING,
        /** Another CPU is on. */
        CPU_ON,
        /** No domain's call asks for the machine's suspend. */
        NOBODY_ASKS,
        /** An attempt to suspend the machine has not ended (4.1). */
        ATTEMPT_RUNS,
        /** The guest is at work on what it was asked before. */
        GUEST_BUSY
    }

    /**
     * Whether an interrupt wakes, were it to come now; of what is awake, if it had suspended as it
     * is.
     *
     * @param intid the interrupt
     * @param device whose it is; empty of a bare line
     * @param owner Xen, or a domain; empty when nobody has it
     * @param wakesBoard whether the sleeping board wakes
     * @param boardReason the first reason why not
     * @param wakesDomain whether the suspended owner resumes; empty without a domain
     * @param domainReason the first reason why not
     */
    public record WakeOutlook(
            int intid,
            Optional<String> device,
            Optional<Owner> owner,
            boolean wakesBoard,
            Optional<WakeReason> boardReason,
            Optional<Boolean> wakesDomain,
            Optional<WakeReason> domainReason) {}

    /** What keeps an interrupt from waking. */
    public enum WakeReason implements WireName {
        /** It is disabled. */
        NOT_ENABLED,
        /** The timer is not set to interrupt. */
        NOT_ARMED,
        /** It was handed over and not ended yet, so it cannot signal again. */
        ACTIVE,
        /** It is not aimed at the CPU that sleeps. */
        WRONG_TARGET,
        /** No power-management node listens to its line. */
        NO_WAKE_NODE,
        /** The node that listens is not armed, as none of its interrupts is enabled. */
        NODE_NOT_ARMED,
        /** This Xen cannot suspend the machine at all. */
        NO_BOARD_SUSPEND,
        /** It does not wake the board, which sleeps while its owner does. */
        BOARD_SLEEPS,
        /** Only the toolstack resumes a domain of this Xen; the interrupt waits. */
        TOOLSTACK_ONLY,
        /** The vCPU it is aimed at is off then, so it is dropped (W12). */
        TARGET_VCPU_OFF,
        /** Its owner is paused by the toolstack and runs only when unpaused as well. */
        OWNER_PAUSED
    }
}
