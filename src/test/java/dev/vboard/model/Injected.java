package dev.vboard.model;

import dev.vboard.model.core.Faults.Kind;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Faults for tests, each striking once. */
public final class Injected {
    private static final OptionalInt NONE = OptionalInt.empty();
    private static final OptionalLong NO_LONG = OptionalLong.empty();
    private static final Optional<String> NO_NAME = Optional.empty();

    private Injected() {}

    /** A fault of that kind. */
    public static Action.InjectFault step(String step, int cpu, int error) {
        return new Action.InjectFault(
                Kind.STEP_FAILS,
                cpu < 0 ? NONE : OptionalInt.of(cpu),
                NONE,
                NO_LONG,
                NONE,
                NO_NAME,
                NONE,
                Optional.of(step),
                OptionalInt.of(error),
                NO_LONG,
                NONE,
                NONE,
                1);
    }

    /** A fault of that kind. */
    public static Action.InjectFault firmware(String function, int result) {
        return new Action.InjectFault(
                Kind.PSCI_RESULT,
                NONE,
                NONE,
                NO_LONG,
                NONE,
                Optional.of(function),
                OptionalInt.of(result),
                NO_NAME,
                NONE,
                NO_LONG,
                NONE,
                NONE,
                1);
    }

    /** A fault of that kind. */
    public static Action.InjectFault dead(int cpu) {
        return new Action.InjectFault(
                Kind.CPU_NEVER_STARTS,
                OptionalInt.of(cpu),
                NONE,
                NO_LONG,
                NONE,
                NO_NAME,
                NONE,
                NO_NAME,
                NONE,
                NO_LONG,
                NONE,
                NONE,
                1);
    }

    /** A fault of that kind. */
    public static Action.InjectFault exchanged(int cpu, int paBits, long midr, int dcacheLine) {
        return new Action.InjectFault(
                Kind.CPU_IDENTITY,
                OptionalInt.of(cpu),
                paBits == 0 ? NONE : OptionalInt.of(paBits),
                midr == 0 ? NO_LONG : OptionalLong.of(midr),
                dcacheLine == 0 ? NONE : OptionalInt.of(dcacheLine),
                NO_NAME,
                NONE,
                NO_NAME,
                NONE,
                NO_LONG,
                NONE,
                NONE,
                1);
    }

    /** A fault of that kind. */
    public static Action.InjectFault console(int error) {
        return new Action.InjectFault(
                Kind.CONSOLE_HOOK_FAILS,
                NONE,
                NONE,
                NO_LONG,
                NONE,
                NO_NAME,
                NONE,
                NO_NAME,
                OptionalInt.of(error),
                NO_LONG,
                NONE,
                NONE,
                1);
    }

    /** A fault of that kind. */
    public static Action.InjectFault slow(int cpu, long nanos) {
        return late(Kind.CPU_OFF_SLOW, cpu, nanos);
    }

    /** A fault of that kind. */
    public static Action.InjectFault stalled(int cpu, long nanos) {
        return late(Kind.CPU_STALLS, cpu, nanos);
    }

    private static Action.InjectFault late(Kind kind, int cpu, long nanos) {
        return new Action.InjectFault(
                kind,
                OptionalInt.of(cpu),
                NONE,
                NO_LONG,
                NONE,
                NO_NAME,
                NONE,
                NO_NAME,
                NONE,
                OptionalLong.of(nanos),
                NONE,
                NONE,
                1);
    }

    /** A fault of that kind. */
    public static Action.InjectFault smmu() {
        return new Action.InjectFault(
                Kind.SMMU_SYNC_TIMEOUT,
                NONE,
                NONE,
                NO_LONG,
                NONE,
                NO_NAME,
                NONE,
                NO_NAME,
                NONE,
                NO_LONG,
                NONE,
                NONE,
                1);
    }

    /** A fault of that kind. */
    public static Action.InjectFault pulse(int intid) {
        return new Action.InjectFault(
                Kind.EDGE_LOST,
                NONE,
                NONE,
                NO_LONG,
                NONE,
                NO_NAME,
                NONE,
                NO_NAME,
                NONE,
                NO_LONG,
                NONE,
                OptionalInt.of(intid),
                1);
    }
}
