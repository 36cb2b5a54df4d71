package dev.vboard.model.xen;

import static dev.vboard.model.xen.SuspendStep.*;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A generation of suspend in Xen: its steps in order and its policies (xen-suspend.md 2.3, 2.8,
 * 4.2, 5.1).
 */
public enum Flavour {
    /** The design of 2017 and the code of 2018. */
    RFC2018(
            new Policy(GuestMechanism.BLOCKED, Initiator.HARDWARE, Gate.FIRMWARE, "suspend.c"),
            List.of(
                    FREEZE,
                    CPU_DOWN,
                    TIMERS_QUIET,
                    IOMMU_SUSPEND,
                    IRQS_OFF,
                    GIC_SUSPEND,
                    CONSOLE_SUSPEND,
                    SAVE_CONTEXT,
                    EL3_SYSTEM_SUSPEND),
            List.of(
                    RESUME_ENTRY,
                    CONSOLE_RESUME,
                    GIC_RESUME,
                    IRQS_ON,
                    IOMMU_RESUME,
                    TIMERS_RESTART,
                    RCU_BARRIER,
                    CPU_UP,
                    SPI_TARGETS,
                    THAW,
                    INITIATOR_RESUME)),

    /** What is merged: guests suspend, the machine does not. */
    UPSTREAM(
            new Policy(GuestMechanism.SHUTDOWN, Initiator.NOBODY, Gate.NONE, "arch/arm/suspend.c"),
            List.of(),
            List.of()),

    /** The host series in its revision 8. */
    HOST_V8(
            new Policy(GuestMechanism.SHUTDOWN, Initiator.CONTROL, Gate.LATE, "arch/arm/suspend.c"),
            List.of(
                    FREEZE,
                    SCHEDULER_OFF,
                    CHECK_DOMAINS,
                    CPU_DOWN,
                    TIMERS_QUIET,
                    IOMMU_SUSPEND,
                    CONSOLE_SYNC,
                    CONSOLE_SUSPEND,
                    IRQS_OFF,
                    GIC_SUSPEND,
                    SAVE_CONTEXT,
                    EL3_SYSTEM_SUSPEND),
            List.of(
                    RESUME_ENTRY,
                    GIC_RESUME,
                    IRQS_ON,
                    CONSOLE_RESUME,
                    CONSOLE_SYNC_END,
                    IOMMU_RESUME,
                    TIMERS_RESTART,
                    RCU_BARRIER,
                    CPU_UP,
                    SPI_TARGETS,
                    SCHEDULER_ON,
                    THAW,
                    INITIATOR_RESUME)),

    /** The host series in its revision 11. */
    HOST_V11(
            new Policy(
                    GuestMechanism.SHUTDOWN, Initiator.CONTROL, Gate.EARLY, "arch/arm/suspend.c"),
            List.of(
                    FREEZE,
                    SCHEDULER_OFF,
                    CPU_DOWN,
                    CONSOLE_SYNC,
                    IOMMU_SUSPEND,
                    CONSOLE_SUSPEND,
                    IRQS_OFF,
                    TIMERS_QUIET,
                    GIC_SUSPEND,
                    SAVE_CONTEXT,
                    EL3_SYSTEM_SUSPEND),
            List.of(
                    RESUME_ENTRY,
                    GIC_RESUME,
                    TIMERS_RESTART,
                    IRQS_ON,
                    CONSOLE_RESUME,
                    IOMMU_RESUME,
                    CONSOLE_SYNC_END,
                    RCU_BARRIER,
                    CPU_UP,
                    SPI_TARGETS,
                    SCHEDULER_ON,
                    THAW,
                    INITIATOR_RESUME));

    /** The way back of {@link #RFC2018} as the RFC's text has it: GIC, timer, IRQs (D18). */
    private static final List<SuspendStep> RFC_TEXT_UP = List.of(
            RESUME_ENTRY,
            CONSOLE_RESUME,
            GIC_RESUME,
            TIMERS_RESTART,
            IRQS_ON,
            IOMMU_RESUME,
            RCU_BARRIER,
            CPU_UP,
            SPI_TARGETS,
            THAW,
            INITIATOR_RESUME);

    private static final List<Flavour> ALL = List.of(values());

    private final String wire = name().toLowerCase(Locale.ROOT).replace('_', '-');
    private final Policy policy;
    private final List<SuspendStep> down;
    private final List<SuspendStep> up;

    /** How a guest's suspend is carried out (xen-suspend.md 2.8). */
    public enum GuestMechanism {
        /** The vCPU is blocked with its reset context prepared; an interrupt ends it. */
        BLOCKED,
        /** The domain is shut down for suspend, all vCPUs paused; the toolstack ends it. */
        SHUTDOWN
    }

    /** Whose suspend call asks for the machine's. */
    public enum Initiator {
        NOBODY,
        /** The hardware domain's: the ultimate decision. */
        HARDWARE,
        /** A control domain's. */
        CONTROL
    }

    /** When it is found out that the machine cannot suspend. */
    public enum Gate {
        /** The question does not come up. */
        NONE,
        /** At the call, as far as firmware lacks the function. */
        FIRMWARE,
        /** Firmware at the call; other domains that are awake only after the freeze. */
        LATE,
        /** At the call: firmware, drivers and domains (xen-suspend.md 2.4). */
        EARLY
    }

    /**
     * What tells a generation from the others besides the order of its steps.
     *
     * @param guests how a guest's suspend is carried out
     * @param initiator whose call asks for the machine's suspend
     * @param gate when it is found out that the machine cannot
     * @param file the source file that debug lines are prefixed with
     */
    record Policy(GuestMechanism guests, Initiator initiator, Gate gate, String file) {}

    Flavour(Policy policy, List<SuspendStep> down, List<SuspendStep> up) {
        this.policy = policy;
        this.down = down;
        this.up = up;
    }

    /** The steps into suspend, in order. */
    public List<SuspendStep> down() {
        return down;
    }

    /** The steps back, in order; as the code has them or as the RFC's text does (D18). */
    public List<SuspendStep> up(boolean rfcText) {
        return rfcText && this == RFC2018 ? RFC_TEXT_UP : up;
    }

    /** Whose suspend call asks for the machine's. */
    public Initiator initiator() {
        return policy.initiator();
    }

    /** When it is found out that the machine cannot suspend. */
    public Gate gate() {
        return policy.gate();
    }

    /** Whether a guest's suspend is a shutdown of its domain, which only a resume ends. */
    public boolean shutsDown() {
        return policy.guests() == GuestMechanism.SHUTDOWN;
    }

    /** Whether the hardware domain's suspend takes nothing down with it (G2, G6). */
    boolean hardwareMaySuspend() {
        return policy.initiator() != Initiator.NOBODY;
    }

    /** Whether the caller must be vCPU 0 (D3). */
    boolean onlyFirstVcpuSuspends() {
        return this == RFC2018;
    }

    /** Whether a context loaded anew clears all of EL1, not only what turns the MMU off (2.5). */
    boolean clearsAllOfEl1() {
        return this == RFC2018;
    }

    /** Whether the GIC is switched off before it is saved (xen-suspend.md 4.4). */
    boolean quiescesGic() {
        return !down.isEmpty() && this != RFC2018;
    }

    /** Whether the machine comes back through the runtime page tables and an identity map. */
    boolean mapsIdentity() {
        return !down.isEmpty() && this != RFC2018;
    }

    /** Whether a console hook that fails leaves the giving back to the unwinding (label F). */
    boolean unwindsFailedConsole() {
        return this == RFC2018;
    }

    /** The source file that debug lines are prefixed with. */
    String file() {
        return policy.file();
    }

    /** The name on the wire. */
    public String wire() {
        return wire;
    }

    /** The flavour with that name. */
    public static Optional<Flavour> find(String wire) {
        for (Flavour flavour : ALL) {
            if (flavour.wire().equals(wire)) {
                return Optional.of(flavour);
            }
        }
        return Optional.empty();
    }
}
