package dev.vboard.model;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Faults;
import dev.vboard.model.core.Faults.Fault;
import dev.vboard.model.core.Faults.Kind;
import dev.vboard.model.core.Intids;
import dev.vboard.model.core.Refusal;
import dev.vboard.model.firmware.PsciFunction;
import dev.vboard.model.report.FaultReport;
import dev.vboard.model.report.U64;
import dev.vboard.model.xen.SuspendStep;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Faults that a caller injects: what may be asked for, and what waits (api.md section 7). */
final class FaultActions {
    private static final List<Integer> PA_BITS = List.of(32, 36, 40, 42, 44, 48, 52);
    private static final int LEAST_LINE = 16;
    private static final int MOST_LINE = 2048;
    private static final int LEAST_ERRNO = -4095;

    private final Hardware hardware;

    FaultActions(Hardware hardware) {
        this.hardware = hardware;
    }

    Reply inject(Board board, Action.InjectFault request) {
        Optional<Refusal> wrong = foreign(request).or(() -> wrong(request));
        if (wrong.isPresent()) {
            return Reply.refuse(wrong.get());
        }
        OptionalInt id = hardware.faults.add(board, fault(request));
        if (id.isEmpty()) {
            return Reply.refuse(Refusal.conflict(
                    "limit-reached",
                    "the board has " + hardware.faults.capacity() + " faults already",
                    List.of("limits.faults"),
                    List.of("DELETE /faults/{f}")));
        }
        return Reply.now(report(fault(request), id.getAsInt()));
    }

    Reply remove(Board board, int id) {
        return hardware.faults.remove(board, id)
                ? Reply.NOTHING
                : Reply.refuse(Refusal.notFound("no-such-fault", "no fault " + id + " waits"));
    }

    List<FaultReport> all(Board board) {
        List<FaultReport> all = new ArrayList<>();
        hardware.faults.all(board).forEach(fault -> all.add(report(fault, fault.id())));
        return all;
    }

    /** What is given although its kind has no use for it. */
    private static Optional<Refusal> foreign(Action.InjectFault given) {
        Kind kind = given.kind();
        boolean identity = kind == Kind.CPU_IDENTITY;
        boolean fails = kind == Kind.STEP_FAILS;
        boolean late = delays(kind);
        boolean onCpu = identity || fails || kind == Kind.CPU_NEVER_STARTS || late;
        return foreign("cpu", given.cpu().isPresent(), onCpu, kind)
                .or(() -> foreign("paBits", given.paBits().isPresent(), identity, kind))
                .or(() -> foreign("midr", given.midr().isPresent(), identity, kind))
                .or(() -> foreign("dcacheLine", given.dcacheLine().isPresent(), identity, kind))
                .or(() -> foreign(
                        "function", given.function().isPresent(), kind == Kind.PSCI_RESULT, kind))
                .or(() -> foreign(
                        "result", given.result().isPresent(), kind == Kind.PSCI_RESULT, kind))
                .or(() -> foreign("step", given.step().isPresent(), fails, kind))
                .or(() -> foreign(
                        "error",
                        given.error().isPresent(),
                        fails || kind == Kind.CONSOLE_HOOK_FAILS,
                        kind))
                .or(() -> foreign("delay", given.delayNanos().isPresent(), late, kind))
                .or(() -> foreign(
                        "unit", given.unit().isPresent(), kind == Kind.SMMU_SYNC_TIMEOUT, kind))
                .or(() ->
                        foreign("intid", given.intid().isPresent(), kind == Kind.EDGE_LOST, kind));
    }

    private static boolean delays(Kind kind) {
        return kind == Kind.CPU_OFF_SLOW || kind == Kind.CPU_STALLS;
    }

    private static Optional<Refusal> foreign(
            String field, boolean given, boolean belongs, Kind kind) {
        return given && !belongs
                ? invalid(field, "a fault " + kind.wire() + " has no " + field)
                : Optional.empty();
    }

    private static Optional<Refusal> invalid(String field, String why) {
        return Optional.of(Refusal.invalid("/" + field, why));
    }

    private Optional<Refusal> wrong(Action.InjectFault given) {
        if (given.times() < 1 || given.times() > Faults.MOST_TIMES) {
            return invalid("times", "must be 1 to " + Faults.MOST_TIMES);
        }
        return switch (given.kind()) {
            case CPU_NEVER_STARTS -> cpu(given, true);
            case CPU_IDENTITY -> cpu(given, true).or(() -> identity(given));
            case PSCI_RESULT -> function(given);
            case STEP_FAILS -> step(given).or(() -> error(given));
            case CONSOLE_HOOK_FAILS -> error(given);
            case CPU_OFF_SLOW, CPU_STALLS ->
                cpu(given, true)
                        .or(() -> given.delayNanos().orElse(0) <= 0
                                ? invalid("delay", "must be more than 0")
                                : Optional.empty());
            case SMMU_SYNC_TIMEOUT -> unit(given);
            case EDGE_LOST -> intid(given);
        };
    }

    private Optional<Refusal> cpu(Action.InjectFault given, boolean needed) {
        int last = hardware.cpus.size() - 1;
        boolean absent = given.cpu().isEmpty();
        boolean known = given.cpu().orElse(0) >= 0 && given.cpu().orElse(0) <= last;
        return absent && needed || !known
                ? invalid("cpu", "must be a CPU of the board, 0 to " + last)
                : Optional.empty();
    }

    private static Optional<Refusal> identity(Action.InjectFault given) {
        if (given.paBits().isEmpty()
                && given.midr().isEmpty()
                && given.dcacheLine().isEmpty()) {
            return invalid("paBits", "must have one of paBits, midr and dcacheLine");
        }
        if (given.paBits().isPresent() && !PA_BITS.contains(given.paBits().getAsInt())) {
            return invalid("paBits", "must be 32, 36, 40, 42, 44, 48 or 52");
        }
        long midr = given.midr().orElse(1);
        if (midr <= 0 || midr > 0xFFFF_FFFFL) {
            return invalid("midr", "must be 0x1 to 0xffffffff");
        }
        int line = given.dcacheLine().orElse(LEAST_LINE);
        return line < LEAST_LINE || line > MOST_LINE || Integer.bitCount(line) != 1
                ? invalid("dcacheLine", "must be a power of two, 16 to 2048")
                : Optional.empty();
    }

    private static Optional<Refusal> function(Action.InjectFault given) {
        String name = given.function().orElse("");
        if (PsciFunction.named(name).isEmpty()) {
            return Optional.of(Refusal.invalid(
                    "/function",
                    name.isEmpty() ? "must be named" : "no PSCI function " + name,
                    Nearest.to(name, PsciFunction.names())));
        }
        return given.result().isEmpty()
                ? invalid("result", "must say what EL3 answers")
                : Optional.empty();
    }

    private Optional<Refusal> step(Action.InjectFault given) {
        String name = given.step().orElse("");
        Optional<SuspendStep> step = SuspendStep.find(name);
        if (step.isEmpty()) {
            return Optional.of(Refusal.invalid(
                    "/step",
                    name.isEmpty() ? "must be named" : "no step " + name,
                    Nearest.to(name, SuspendStep.names())));
        }
        if (given.cpu().isPresent() && !step.get().perCpu()) {
            return invalid("cpu", "step " + name + " is not about one CPU");
        }
        return cpu(given, false);
    }

    private static Optional<Refusal> error(Action.InjectFault given) {
        int error = given.error().orElse(0);
        return error >= 0 || error < LEAST_ERRNO
                ? invalid("error", "must be a negative errno, -4095 to -1")
                : Optional.empty();
    }

    private static Optional<Refusal> unit(Action.InjectFault given) {
        int unit = given.unit().orElse(0);
        return unit < 0 || unit > 255 ? invalid("unit", "must be 0 to 255") : Optional.empty();
    }

    private Optional<Refusal> intid(Action.InjectFault given) {
        int intid = given.intid().orElse(-1);
        boolean spi = intid >= Intids.PRIVATE && hardware.lines.intids().has(intid);
        return spi ? Optional.empty() : invalid("intid", "must be an SPI of the board");
    }

    private static Fault fault(Action.InjectFault given) {
        int subject = switch (given.kind()) {
            case PSCI_RESULT ->
                PsciFunction.named(given.function().orElseThrow()).orElseThrow().number();
            case STEP_FAILS ->
                SuspendStep.find(given.step().orElseThrow()).orElseThrow().ordinal();
            case SMMU_SYNC_TIMEOUT -> given.unit().orElse(Faults.ANY);
            case EDGE_LOST -> given.intid().orElseThrow();
            case CPU_NEVER_STARTS, CPU_IDENTITY, CONSOLE_HOOK_FAILS, CPU_OFF_SLOW, CPU_STALLS ->
                Faults.ANY;
        };
        long value = switch (given.kind()) {
            case PSCI_RESULT -> given.result().orElseThrow();
            case STEP_FAILS, CONSOLE_HOOK_FAILS -> given.error().orElseThrow();
            case CPU_OFF_SLOW, CPU_STALLS -> given.delayNanos().orElseThrow();
            case CPU_IDENTITY -> given.midr().orElse(0);
            case CPU_NEVER_STARTS, SMMU_SYNC_TIMEOUT, EDGE_LOST -> 0;
        };
        return new Fault(
                0,
                given.kind(),
                given.cpu().orElse(Faults.ANY),
                subject,
                value,
                given.paBits().orElse(0),
                given.dcacheLine().orElse(0),
                given.times());
    }

    private static FaultReport report(Fault fault, int id) {
        Kind kind = fault.kind();
        boolean code = kind == Kind.PSCI_RESULT;
        boolean step = kind == Kind.STEP_FAILS;
        boolean identity = kind == Kind.CPU_IDENTITY;
        return new FaultReport(
                id,
                FaultReport.Kind.valueOf(kind.name()),
                Reports.optional(fault.cpu()),
                some(identity && fault.paBits() != 0, fault.paBits()),
                identity && fault.value() != 0
                        ? Optional.of(U64.of(fault.value()))
                        : Optional.empty(),
                some(identity && fault.dcacheLine() != 0, fault.dcacheLine()),
                code ? Optional.of(PsciFunction.ofId(fault.subject()).name()) : Optional.empty(),
                some(code, (int) fault.value()),
                step ? Optional.of(SuspendStep.values()[fault.subject()].wire()) : Optional.empty(),
                some(step || kind == Kind.CONSOLE_HOOK_FAILS, (int) fault.value()),
                delays(kind) ? OptionalLong.of(fault.value()) : OptionalLong.empty(),
                some(
                        kind == Kind.SMMU_SYNC_TIMEOUT && fault.subject() != Faults.ANY,
                        fault.subject()),
                some(kind == Kind.EDGE_LOST, fault.subject()),
                fault.times());
    }

    private static OptionalInt some(boolean there, int value) {
        return there ? OptionalInt.of(value) : OptionalInt.empty();
    }
}
