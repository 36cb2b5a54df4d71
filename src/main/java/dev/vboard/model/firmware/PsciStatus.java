package dev.vboard.model.firmware;

import java.util.Optional;

/** The return codes of PSCI (psci.md 2): 0 down to -9 in the order of the constants. */
public enum PsciStatus {
    SUCCESS,
    NOT_SUPPORTED,
    INVALID_PARAMETERS,
    DENIED,
    ALREADY_ON,
    ON_PENDING,
    INTERNAL_FAILURE,
    NOT_PRESENT,
    DISABLED,
    /** Since PSCI 1.0. */
    INVALID_ADDRESS;

    /** The number a caller gets. */
    public int code() {
        return -ordinal();
    }

    /** The constant of a code, if it is one. */
    public static Optional<PsciStatus> of(long code) {
        PsciStatus[] all = values();
        return code <= 0 && code > -all.length ? Optional.of(all[(int) -code]) : Optional.empty();
    }
}
