package dev.vboard.model;

import dev.vboard.model.firmware.PsciFunction;
import dev.vboard.model.firmware.PsciStatus;
import dev.vboard.model.report.AccessAnswer;
import dev.vboard.model.report.AccessAnswer.AccessFault;
import dev.vboard.model.report.AccessAnswer.AccessValue;
import dev.vboard.model.report.AccessAnswer.Fault;
import dev.vboard.model.report.PsciAnswer;
import dev.vboard.model.report.U64;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The answers that both faces of the machine give alike. */
final class Answers {
    private Answers() {}

    /** A PSCI call that returned with a value in x0. */
    static PsciAnswer returned(long functionId, List<Long> args, long x0) {
        int id = (int) functionId;
        if (!PsciFunction.isId(id)) {
            boolean error = (int) x0 < 0;
            return answer(
                    Optional.empty(),
                    functionId,
                    args,
                    OptionalLong.of((int) x0),
                    x0,
                    error ? PsciStatus.of((int) x0).map(Enum::name) : Optional.empty());
        }
        PsciFunction function = PsciFunction.ofId(id);
        return answer(
                Optional.of(function.name()),
                functionId,
                args,
                OptionalLong.of(function.value(x0)),
                x0,
                function.status(x0));
    }

    private static PsciAnswer answer(
            Optional<String> name,
            long functionId,
            List<Long> args,
            OptionalLong value,
            long x0,
            Optional<String> status) {
        return new PsciAnswer(
                name,
                U64.of(functionId),
                words(args),
                true,
                value,
                Optional.of(U64.of(x0)),
                status);
    }

    /** A PSCI call whose control had not come back. */
    static PsciAnswer notReturned(long functionId, List<Long> args) {
        int id = (int) functionId;
        Optional<String> name = PsciFunction.isId(id)
                ? Optional.of(PsciFunction.ofId(id).name())
                : Optional.empty();
        return new PsciAnswer(
                name,
                U64.of(functionId),
                words(args),
                false,
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static List<U64> words(List<Long> args) {
        return List.of(word(args, 0), word(args, 1), word(args, 2));
    }

    private static U64 word(List<Long> args, int index) {
        return index < args.size() ? U64.of(args.get(index)) : U64.ZERO;
    }

    /** A load or store; empty is a data abort. */
    static AccessAnswer memory(OptionalLong value) {
        return access(value, Fault.DATA_ABORT);
    }

    /** An MRS or MSR; empty is an undefined instruction. */
    static AccessAnswer register(OptionalLong value) {
        return access(value, Fault.UNDEFINED_INSTRUCTION);
    }

    private static AccessAnswer access(OptionalLong value, Fault fault) {
        return value.isPresent()
                ? new AccessValue(U64.of(value.getAsLong()))
                : new AccessFault(fault);
    }
}
