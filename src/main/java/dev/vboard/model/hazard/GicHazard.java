package dev.vboard.model.hazard;

import java.util.List;

/** Known bugs around the GIC and the routing of interrupts (xen-suspend.md 7.1). */
public enum GicHazard implements Hazard {
    HZ_01(
            "irq-left-on-offline-pcpu",
            "D,18 to H",
            "SPIs of vCPUs on non-boot pCPUs keep target CPU!=0 after those go off.",
            "Device fires, board stays asleep (lost wake-up).",
            "Re-target to CPU0.",
            SignalInvariant.I10,
            SignalInvariant.I5),
    HZ_02(
            "irq-affinity-not-restored",
            "18",
            "After resume all moved SPIs stay on CPU0.",
            "Target map differs from before; CPU0 hot spot.",
            "Send each SPI back with its CPU.",
            SignalInvariant.I11),
    HZ_38(
            "gic-context-lost",
            "18",
            "GIC powered down without save/restore.",
            "No interrupt after wake.",
            "Save/restore.",
            SignalInvariant.I17),
    HZ_38E(
            "edge-wake-lost",
            "all",
            "Pending bits not kept; edge source not re-asserted.",
            "Host resumes but owner never sees the IRQ.",
            "The wake controller re-asserts what it latched.",
            SignalInvariant.I5),
    HZ_39(
            "gic-save-error-ignored",
            "18",
            "Allocation failed / driver error dropped.",
            "Restore asserts or writes zeros.",
            "Propagate, abort (E/F').",
            SignalInvariant.I17),
    HZ_39Q(
            "gic-abort-leaves-quiesced",
            "v8",
            "GIC failure after interface was disabled.",
            "Host resumes without interrupts.",
            "Undo inside driver.",
            SignalInvariant.I17),
    HZ_40(
            "gic-restore-order",
            "18, v6-v9",
            "Enables written before config/priority/target, or CTLR forced on.",
            "Spurious or misrouted interrupt at R8; config write ignored.",
            "Configuration, priority, target, then enables; control registers as saved.",
            SignalInvariant.I17,
            GuestInvariant.I6),
    HZ_41(
            "gic-not-quiescent",
            "v8",
            "Active priority still set when interface is cut.",
            "Lower-priority wake never signalled after resume.",
            "-EBUSY abort.",
            SignalInvariant.I17),
    HZ_42(
            "gicv2-bypass-on-disable",
            "up to Apr-26",
            "Writing 0 to the interface control selects legacy bypass.",
            "Stray legacy IRQ at EL2 during CPU shutdown.",
            "Set bypass-disable bits.",
            GuestInvariant.I6),
    HZ_43(
            "gicv3-powerdown-rules",
            "up to May-26",
            "Four sub-bugs: group enable not cleared before sleep; affinity-routing bit "
                    + "cleared; wrong busy bit polled; retained LPI enable treated as reset.",
            "Unpredictable flag raised by model.",
            "Groups off before sleep, affinity routing kept, the right busy bit, LPI enable "
                    + "kept.",
            SignalInvariant.I17);

    private final Story story;

    GicHazard(
            String shortName,
            String generations,
            String wrong,
            String symptom,
            String correct,
            Invariant... detectors) {
        story = new Story(shortName, generations, wrong, symptom, correct, List.of(detectors));
    }

    @Override
    public Story story() {
        return story;
    }

    @Override
    public int index() {
        return 1 * CHAPTER + ordinal();
    }
}
