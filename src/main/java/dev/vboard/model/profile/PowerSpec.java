package dev.vboard.model.profile;

import java.util.List;
import java.util.Optional;

/**
 * Power domains and wake-up.
 *
 * <p>CPU n always has a domain {@code cpu<n>} of its own below the domain of its cluster; those are
 * not listed. Everything not in a listed domain is always on.
 *
 * @param tree the domains above the CPUs
 * @param wakeTargeting which captured interrupts wake
 * @param gicLostInSuspend whether the GIC loses its state when its domain goes off
 * @param smmuLostInSuspend whether the SMMU loses its state when its domain goes off
 * @param uartLostInSuspend whether the console loses its state when its domain goes off
 */
public record PowerSpec(
        List<PowerDomainSpec> tree,
        WakeTargeting wakeTargeting,
        boolean gicLostInSuspend,
        boolean smmuLostInSuspend,
        boolean uartLostInSuspend) {

    /** Which interrupts a wake-up controller lets through (xen-suspend.md W13a). */
    public enum WakeTargeting {
        /** Enabled ones whose captured targets hold the boot CPU. */
        STRICT_GIC,
        /** Enabled ones that map to a power-management node. */
        ENABLED_SET
    }

    /**
     * A power domain.
     *
     * @param name its name, unique
     * @param parent the domain it hangs below, empty for a root
     * @param level PSCI power level it stands for: 1 cluster, 2 system; 0 when PSCI does not switch
     *     it
     * @param clusters the clusters whose CPUs hang directly below it
     * @param alwaysOn whether it never goes off while the board has power
     */
    public record PowerDomainSpec(
            String name,
            Optional<String> parent,
            int level,
            List<Integer> clusters,
            boolean alwaysOn) {}
}
