package dev.vboard.model.report;

/** State of a power domain and of what lives in it. */
public enum PowerState {
    ON,
    RETENTION,
    OFF
}
