package dev.vboard.model.xen;

import java.util.Locale;
import java.util.Optional;

/**
 * The steps of a host suspend and resume. What a step does is {@link HostSteps}; their order is the
 * {@link Flavour}'s. A step on the way back says which step on the way down made it necessary, so
 * that one rule serves a wake-up and every failure label (xen-suspend.md 4.3).
 */
public enum SuspendStep {
    FREEZE,
    CPU_DOWN(true),
    TIMERS_QUIET,
    IOMMU_SUSPEND,
    IRQS_OFF,
    GIC_SUSPEND,
    CONSOLE_SUSPEND,
    SAVE_CONTEXT,
    EL3_SYSTEM_SUSPEND,
    RESUME_ENTRY(EL3_SYSTEM_SUSPEND),
    CONSOLE_RESUME(CONSOLE_SUSPEND),
    GIC_RESUME(GIC_SUSPEND),
    IRQS_ON(IRQS_OFF),
    IOMMU_RESUME(IOMMU_SUSPEND),
    TIMERS_RESTART(TIMERS_QUIET),
    RCU_BARRIER(CPU_DOWN),
    CPU_UP(CPU_DOWN, true),
    SPI_TARGETS(CPU_DOWN),
    THAW(FREEZE),
    INITIATOR_RESUME(FREEZE);

    private final String wire = name().toLowerCase(Locale.ROOT).replace('_', '-');
    private final Optional<SuspendStep> undoes;
    private final boolean perCpu;

    SuspendStep() {
        this(Optional.empty(), false);
    }

    SuspendStep(boolean perCpu) {
        this(Optional.empty(), perCpu);
    }

    SuspendStep(SuspendStep undoes) {
        this(Optional.of(undoes), false);
    }

    SuspendStep(SuspendStep undoes, boolean perCpu) {
        this(Optional.of(undoes), perCpu);
    }

    SuspendStep(Optional<SuspendStep> undoes, boolean perCpu) {
        this.undoes = undoes;
        this.perCpu = perCpu;
    }

    /** The name on the wire, for example {@code gic-suspend}. */
    public String wire() {
        return wire;
    }

    /** The step on the way down that this one takes back. */
    public Optional<SuspendStep> undoes() {
        return undoes;
    }

    /** Whether it runs once for each non-boot CPU and waits for that CPU. */
    public boolean perCpu() {
        return perCpu;
    }

    long bit() {
        return 1L << ordinal();
    }
}
