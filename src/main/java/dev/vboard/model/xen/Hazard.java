package dev.vboard.model.xen;

import java.util.List;
import java.util.Optional;

/**
 * The known bugs of Xen's suspend on Arm, each a switch that is off by default. A hazard is asked
 * for at the one place where the correct behaviour stands (xen-suspend.md 7.1).
 */
public enum Hazard {
    /** SPIs of vCPUs on non-boot pCPUs keep their target after those go off. */
    HZ_01("irq-left-on-offline-pcpu"),
    /** The scheduler saves live registers over the prepared reset context. */
    HZ_19("ctx-overwritten-on-switch-out"),
    /** A guest blocks although an enabled interrupt is already pending. */
    HZ_27("pending-lost-guest"),
    /** A wake-up lets a DomU run before Dom0. */
    HZ_31("domu-before-dom0"),
    /** After a wake-up caused by a DomU nobody unblocks Dom0. */
    HZ_32("dom0-not-resumed"),
    /** A frozen domain's watchdog runs on. */
    HZ_35("watchdog-fires-frozen"),
    /** The GIC is powered down without save and restore. */
    HZ_38("gic-context-lost"),
    /** The mappings of the SMMU are not restored. */
    HZ_45("iommu-context-lost");

    private static final List<Hazard> ALL = List.of(values());

    private final String shortName;

    Hazard(String shortName) {
        this.shortName = shortName;
    }

    /** The id on the wire, for example {@code HZ-01}. */
    public String id() {
        return name().replace('_', '-');
    }

    /** The catalogue's short name. */
    public String shortName() {
        return shortName;
    }

    /** The hazard with that id. */
    public static Optional<Hazard> find(String id) {
        for (Hazard hazard : ALL) {
            if (hazard.id().equals(id)) {
                return Optional.of(hazard);
            }
        }
        return Optional.empty();
    }
}
