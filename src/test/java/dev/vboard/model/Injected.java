package dev.vboard.model;

import dev.vboard.model.core.Faults.Kind;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Faults for tests, each striking once. */
public final class Injected {
    private final Kind kind;
    private OptionalInt cpu = OptionalInt.empty();
    private OptionalInt paBits = OptionalInt.empty();
    private OptionalLong midr = OptionalLong.empty();
    private OptionalInt dcacheLine = OptionalInt.empty();
    private Optional<String> function = Optional.empty();
    private OptionalInt result = OptionalInt.empty();
    private Optional<String> step = Optional.empty();
    private OptionalInt error = OptionalInt.empty();
    private OptionalLong delayNanos = OptionalLong.empty();
    private OptionalInt intid = OptionalInt.empty();

    private Injected(Kind kind) {
        this.kind = kind;
    }

    private Action.InjectFault once() {
        return new Action.InjectFault(
                kind,
                cpu,
                paBits,
                midr,
                dcacheLine,
                function,
                result,
                step,
                error,
                delayNanos,
                OptionalInt.empty(),
                intid,
                1);
    }

    /** A step of the suspend fails, on one CPU or, with -1, on any. */
    public static Action.InjectFault step(String step, int cpu, int error) {
        Injected fault = new Injected(Kind.STEP_FAILS);
        fault.step = Optional.of(step);
        fault.cpu = cpu < 0 ? OptionalInt.empty() : OptionalInt.of(cpu);
        fault.error = OptionalInt.of(error);
        return fault.once();
    }

    /** Firmware answers a PSCI function with another code. */
    public static Action.InjectFault firmware(String function, int result) {
        Injected fault = new Injected(Kind.PSCI_RESULT);
        fault.function = Optional.of(function);
        fault.result = OptionalInt.of(result);
        return fault.once();
    }

    /** A CPU never starts. */
    public static Action.InjectFault dead(int cpu) {
        Injected fault = new Injected(Kind.CPU_NEVER_STARTS);
        fault.cpu = OptionalInt.of(cpu);
        return fault.once();
    }

    /** A CPU comes back as another one; what is 0 stays. */
    public static Action.InjectFault exchanged(int cpu, int paBits, long midr, int dcacheLine) {
        Injected fault = new Injected(Kind.CPU_IDENTITY);
        fault.cpu = OptionalInt.of(cpu);
        fault.paBits = paBits == 0 ? OptionalInt.empty() : OptionalInt.of(paBits);
        fault.midr = midr == 0 ? OptionalLong.empty() : OptionalLong.of(midr);
        fault.dcacheLine = dcacheLine == 0 ? OptionalInt.empty() : OptionalInt.of(dcacheLine);
        return fault.once();
    }

    /** The console's hook fails. */
    public static Action.InjectFault console(int error) {
        Injected fault = new Injected(Kind.CONSOLE_HOOK_FAILS);
        fault.error = OptionalInt.of(error);
        return fault.once();
    }

    /** A CPU goes off late. */
    public static Action.InjectFault slow(int cpu, long nanos) {
        return late(Kind.CPU_OFF_SLOW, cpu, nanos);
    }

    /** A CPU on its way out hangs before it is dead. */
    public static Action.InjectFault stalled(int cpu, long nanos) {
        return late(Kind.CPU_STALLS, cpu, nanos);
    }

    private static Action.InjectFault late(Kind kind, int cpu, long nanos) {
        Injected fault = new Injected(kind);
        fault.cpu = OptionalInt.of(cpu);
        fault.delayNanos = OptionalLong.of(nanos);
        return fault.once();
    }

    /** An SMMU does not answer. */
    public static Action.InjectFault smmu() {
        return new Injected(Kind.SMMU_SYNC_TIMEOUT).once();
    }

    /** A pulse of that interrupt gets lost. */
    public static Action.InjectFault pulse(int intid) {
        Injected fault = new Injected(Kind.EDGE_LOST);
        fault.intid = OptionalInt.of(intid);
        return fault.once();
    }
}
