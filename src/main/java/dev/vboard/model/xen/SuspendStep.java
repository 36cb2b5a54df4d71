package dev.vboard.model.xen;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The steps of a host suspend and resume. What a step does is {@link HostSteps}; their order is the
 * {@link Flavour}'s. A step on the way back says which step on the way down made it necessary, so
 * that one rule serves a wake-up and every failure label (xen-suspend.md 4.3).
 */
public enum SuspendStep {
    FREEZE,
    SCHEDULER_OFF,
    CHECK_DOMAINS,
    CPU_DOWN(Kind.PER_CPU),
    TIMERS_QUIET,
    IOMMU_SUSPEND,
    CONSOLE_SYNC(Kind.SILENT),
    CONSOLE_SUSPEND,
    IRQS_OFF,
    GIC_SUSPEND,
    SAVE_CONTEXT,
    EL3_SYSTEM_SUSPEND,
    RESUME_ENTRY(EL3_SYSTEM_SUSPEND),
    CONSOLE_RESUME(CONSOLE_SUSPEND),
    GIC_RESUME(GIC_SUSPEND),
    IRQS_ON(IRQS_OFF),
    IOMMU_RESUME(IOMMU_SUSPEND),
    CONSOLE_SYNC_END(CONSOLE_SYNC, Kind.SILENT),
    TIMERS_RESTART(TIMERS_QUIET),
    RCU_BARRIER(CPU_DOWN),
    CPU_UP(CPU_DOWN, Kind.PER_CPU),
    SPI_TARGETS(CPU_DOWN),
    SCHEDULER_ON(SCHEDULER_OFF),
    THAW(FREEZE),
    INITIATOR_RESUME;

    private static final List<SuspendStep> ALL = List.of(values());

    private final String wire = name().toLowerCase(Locale.ROOT).replace('_', '-');
    private final Optional<SuspendStep> undoes;
    private final Kind kind;

    /** How a step is carried out. */
    private enum Kind {
        /** Once, and it takes its time. */
        ONCE,
        /** Once for each non-boot CPU, and it waits for that CPU. */
        PER_CPU,
        /** In no time, as a part of another step: no report names it. */
        SILENT
    }

    SuspendStep() {
        this(Optional.empty(), Kind.ONCE);
    }

    SuspendStep(Kind kind) {
        this(Optional.empty(), kind);
    }

    SuspendStep(SuspendStep undoes) {
        this(Optional.of(undoes), Kind.ONCE);
    }

    SuspendStep(SuspendStep undoes, Kind kind) {
        this(Optional.of(undoes), kind);
    }

    SuspendStep(Optional<SuspendStep> undoes, Kind kind) {
        this.undoes = undoes;
        this.kind = kind;
    }

    /** The names of all steps that reports name. */
    public static List<String> names() {
        List<String> names = new ArrayList<>();
        for (SuspendStep step : ALL) {
            if (!step.silent()) {
                names.add(step.wire);
            }
        }
        return names;
    }

    /** The step of that name, of those that reports name. */
    public static Optional<SuspendStep> find(String wire) {
        for (SuspendStep step : ALL) {
            if (!step.silent() && step.wire.equals(wire)) {
                return Optional.of(step);
            }
        }
        return Optional.empty();
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
        return kind == Kind.PER_CPU;
    }

    /** Whether it is a part of another step, takes no time and is named in no report. */
    public boolean silent() {
        return kind == Kind.SILENT;
    }

    long bit() {
        return 1L << ordinal();
    }
}
