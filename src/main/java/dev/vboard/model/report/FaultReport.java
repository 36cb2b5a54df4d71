package dev.vboard.model.report;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A fault that waits to strike; what its kind does not use is empty.
 *
 * @param id its number on this board
 * @param kind what goes wrong
 * @param cpu on which CPU
 * @param paBits physical address bits of the other core
 * @param midr MIDR_EL1 of the other core
 * @param dcacheLine data cache line of the other core in bytes
 * @param function name of the PSCI function
 * @param result what EL3 answers
 * @param step the step of the host suspend that fails
 * @param error negative errno
 * @param delayNs how much longer it takes, in ns
 * @param unit number of the SMMU
 * @param intid the interrupt whose pulse gets lost
 * @param times how often it still strikes
 */
public record FaultReport(
        int id,
        Kind kind,
        OptionalInt cpu,
        OptionalInt paBits,
        Optional<U64> midr,
        OptionalInt dcacheLine,
        Optional<String> function,
        OptionalInt result,
        Optional<String> step,
        OptionalInt error,
        OptionalLong delayNs,
        OptionalInt unit,
        OptionalInt intid,
        int times) {

    /** What can be made to go wrong. */
    public enum Kind implements WireName {
        CPU_NEVER_STARTS,
        CPU_IDENTITY,
        PSCI_RESULT,
        STEP_FAILS,
        CONSOLE_HOOK_FAILS,
        CPU_OFF_SLOW,
        SMMU_SYNC_TIMEOUT,
        EDGE_LOST,
        CPU_STALLS
    }
}
