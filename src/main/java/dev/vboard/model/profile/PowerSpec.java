package dev.vboard.model.profile;

import java.util.ArrayList;
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
 * @param wakeController the block that watches interrupt lines in SYSTEM_SUSPEND
 */
public record PowerSpec(
        List<PowerDomainSpec> tree,
        WakeTargeting wakeTargeting,
        boolean gicLostInSuspend,
        boolean smmuLostInSuspend,
        boolean uartLostInSuspend,
        WakeBlock wakeController) {

    /** Which interrupts a wake-up controller lets through (xen-suspend.md W13a). */
    public enum WakeTargeting {
        /** Enabled ones whose captured targets hold the boot CPU. */
        STRICT_GIC,
        /** Those that the board's own wake-up controller lets through, wherever they are aimed. */
        ENABLED_SET
    }

    /** What watches the interrupt lines while the board sleeps (gic.md 9). */
    public enum WakeBlock {
        /** The GIC itself, or a power controller that remembers what the GIC had enabled. */
        GIC("gic"),
        /** ZynqMP: the GIC proxy of the low-power domain, armed by power-management nodes. */
        GIC_PROXY("gic-proxy"),
        /** i.MX8M: the interrupt masks of the general power controller. */
        GPC("gpc"),
        /** i.MX8QM: the interrupt steering block, or the system controller alone. */
        IRQ_STEER("irq-steer");

        private final String wire;

        WakeBlock(String wire) {
            this.wire = wire;
        }

        /** The name in a profile. */
        public String wire() {
            return wire;
        }

        /** The names of all. */
        public static List<String> names() {
            List<String> names = new ArrayList<>();
            for (WakeBlock block : values()) {
                names.add(block.wire);
            }
            return List.copyOf(names);
        }

        /** The one with that name, which must be one of {@link #names}. */
        public static WakeBlock named(String wire) {
            return values()[names().indexOf(wire)];
        }
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
     * @param retention whether it goes no deeper than retention: its contents are kept
     */
    public record PowerDomainSpec(
            String name,
            Optional<String> parent,
            int level,
            List<Integer> clusters,
            boolean alwaysOn,
            boolean retention) {}
}
