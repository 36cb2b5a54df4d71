package dev.vboard.model.xen;

import static dev.vboard.model.xen.SuspendStep.*;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A generation of suspend in Xen: its steps in order and its policies (xen-suspend.md 2.8, 4.2). */
public enum Flavour {
    /** The design of 2017 and the code of 2018. */
    RFC2018(
            List.of(
                    FREEZE, CPU_DOWN, TIMERS_QUIET, IOMMU_SUSPEND, IRQS_OFF, GIC_SUSPEND,
                    CONSOLE_SUSPEND, SAVE_CONTEXT, EL3_SYSTEM_SUSPEND),
            List.of(
                    RESUME_ENTRY, CONSOLE_RESUME, GIC_RESUME, IRQS_ON, IOMMU_RESUME,
                    TIMERS_RESTART, RCU_BARRIER, CPU_UP, SPI_TARGETS, THAW, INITIATOR_RESUME));

    private static final List<Flavour> ALL = List.of(values());

    private final List<SuspendStep> down;
    private final List<SuspendStep> up;

    Flavour(List<SuspendStep> down, List<SuspendStep> up) {
        this.down = down;
        this.up = up;
    }

    /** The steps into suspend, in order. */
    public List<SuspendStep> down() {
        return down;
    }

    /** The steps back, in order. */
    public List<SuspendStep> up() {
        return up;
    }

    /** The name on the wire. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The flavour with that name. */
    public static Optional<Flavour> find(String wire) {
        return ALL.stream().filter(flavour -> flavour.wire().equals(wire)).findFirst();
    }
}
