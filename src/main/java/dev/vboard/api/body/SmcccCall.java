package dev.vboard.api.body;

import dev.vboard.model.report.WireName;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * An SMCCC call by function id.
 *
 * @param functionId its low 32 bits count
 * @param args x1 to x7; missing ones are 0
 * @param conduit the instruction; {@code hvc} for a vCPU, {@code smc} for a CPU when left out
 * @param immediate of the instruction, 0 when left out; 0 to 65535
 */
public record SmcccCall(
        HexOrInt functionId,
        @Bounds(max = 7) @Nullable List<HexOrInt> args,
        @Nullable Conduit conduit,
        @Bounds(max = 65_535) @Nullable Integer immediate) {

    /** The instruction that makes a call. */
    public enum Conduit implements WireName {
        HVC,
        SMC
    }
}
