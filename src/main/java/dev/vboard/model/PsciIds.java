package dev.vboard.model;

import dev.vboard.model.core.Refusal;
import dev.vboard.model.firmware.PsciFunction;

import java.util.Optional;

/** Turns the name of a PSCI function into its id. */
final class PsciIds {
    private PsciIds() {}

    /** What is wrong with the call's words, if anything. */
    static Optional<Refusal> check(Action.Psci call) {
        if (call.function().isEmpty()) {
            return Optional.empty();
        }
        String name = call.function().get();
        return PsciFunction.named(name).isPresent()
                ? Optional.empty()
                : Optional.of(Refusal.invalid(
                        "/function",
                        "no PSCI function is named " + name,
                        Nearest.to(name, PsciFunction.names())));
    }

    /** The id of a call that has been checked. */
    static long of(Action.Psci call) {
        if (call.function().isEmpty()) {
            return call.functionId() & 0xFFFF_FFFFL;
        }
        PsciFunction function = PsciFunction.named(call.function().get()).orElseThrow();
        return (call.smc32() ? function.smc32() : function.id()) & 0xFFFF_FFFFL;
    }
}
