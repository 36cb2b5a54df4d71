package dev.vboard.api.body;

import dev.vboard.model.report.WireName;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A PSCI call; exactly one of function and functionId.
 *
 * @param function a name; stands for its SMC64 id where there is one
 * @param functionId the id itself; its low 32 bits count
 * @param args x1, x2, x3; missing ones are 0
 * @param convention picks the SMC32 or SMC64 id of a name
 */
public record PsciCall(
        @Nullable String function,
        @Nullable HexOrInt functionId,
        @Bounds(max = 3) @Nullable List<HexOrInt> args,
        @Nullable Convention convention) {

    /** The two forms of an id. */
    public enum Convention implements WireName {
        SMC32,
        SMC64
    }
}
