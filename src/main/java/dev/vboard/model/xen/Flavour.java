package dev.vboard.model.xen;

import static dev.vboard.model.xen.SuspendStep.*;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A generation of suspend in Xen: its steps in order and its policies (xen-suspend.md 2.8, 4.2).
 */
public enum Flavour {
    /** The design of 2017 and the code of 2018. */
    RFC2018(
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
                    INITIATOR_RESUME),
            List.of(
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
                    INITIATOR_RESUME));

    private static final List<Flavour> ALL = List.of(values());

    private final List<SuspendStep> down;
    private final List<SuspendStep> up;
    private final List<SuspendStep> rfcUp;

    Flavour(List<SuspendStep> down, List<SuspendStep> up, List<SuspendStep> rfcUp) {
        this.down = down;
        this.up = up;
        this.rfcUp = rfcUp;
    }

    /** The steps into suspend, in order. */
    public List<SuspendStep> down() {
        return down;
    }

    /** The steps back, in order; as the code has them or as the RFC's text does (D18). */
    public List<SuspendStep> up(boolean rfcText) {
        return rfcText ? rfcUp : up;
    }

    /** The name on the wire. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
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
