package dev.vboard.api.body;

import dev.vboard.model.report.FaultReport;

import org.jspecify.annotations.Nullable;

/**
 * A fault to inject; each kind takes the fields that are about it.
 *
 * @param kind what goes wrong
 * @param cpu on which CPU
 * @param paBits {@code cpu-identity}: physical address bits
 * @param midr {@code cpu-identity}: MIDR_EL1
 * @param dcacheLine {@code cpu-identity}: data cache line in bytes
 * @param function {@code psci-result}: name of the function
 * @param result {@code psci-result}: what EL3 answers
 * @param step {@code step-fails}: name of the step
 * @param error {@code step-fails}, {@code console-hook-fails}: negative errno
 * @param delay {@code cpu-off-slow}, {@code cpu-stalls}: how much longer it takes
 * @param unit {@code smmu-sync-timeout}: number of the SMMU; any when left out
 * @param intid {@code edge-lost}: the interrupt
 * @param times how often it strikes; once when left out
 */
public record FaultRequest(
        FaultReport.Kind kind,
        @Bounds(max = 127) @Nullable Integer cpu,
        @Form("32|36|40|42|44|48|52") @Nullable Integer paBits,
        @Nullable HexOrInt midr,
        @Bounds(min = 16, max = 2048) @Nullable Integer dcacheLine,
        @Nullable String function,
        @Nullable Integer result,
        @Nullable String step,
        @Bounds(min = -4095, max = -1) @Nullable Integer error,
        @Nullable DurationInput delay,
        @Bounds(max = 255) @Nullable Integer unit,
        @Nullable IntidInput intid,
        @Bounds(min = 1, max = 65535) @Nullable Integer times) {}
