package dev.vboard.model;

import dev.vboard.model.core.Refusal;
import dev.vboard.model.firmware.PsciFunction;

import java.util.Optional;
import java.util.OptionalLong;

/** Turns the name of a PSCI function into its id. */
final class PsciIds {
    private PsciIds() {}

    /** The id a call means; empty when no function has that name. */
    static OptionalLong of(Action.Psci call) {
        if (call.function().isEmpty()) {
            return OptionalLong.of(call.functionId() & 0xFFFF_FFFFL);
        }
        Optional<PsciFunction> named = PsciFunction.named(call.function().get());
        if (named.isEmpty()) {
            return OptionalLong.empty();
        }
        PsciFunction function = named.get();
        return OptionalLong.of((call.smc32() ? function.smc32() : function.id()) & 0xFFFF_FFFFL);
    }

    /** What to say of a call whose name no function has. */
    static Refusal unknown(Action.Psci call) {
        String name = call.function().orElse("");
        return Refusal.invalid(
                "/function",
                "no PSCI function is named " + name,
                Nearest.to(name, PsciFunction.names()));
    }
}
