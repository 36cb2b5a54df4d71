package dev.vboard.model.report;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a PSCI call answered; the shell adds {@code revision}, {@code nowNs} and {@code events}.
 *
 * @param function its name; empty for an id that PSCI does not define
 * @param functionId the low 32 bits of x0
 * @param args x1, x2, x3 as far as the caller gave them
 * @param returned control is back at the instruction after the call
 * @param value signed for a return code, unsigned for counters, MPIDRs, versions and masks; empty
 *     when not returned
 * @param valueHex x0 as the caller reads it; empty when not returned
 * @param status name of the return code or state; empty when the value has no name or not returned
 */
public record PsciAnswer(
        Optional<String> function,
        U64 functionId,
        List<U64> args,
        boolean returned,
        OptionalLong value,
        Optional<U64> valueHex,
        Optional<String> status) {}
