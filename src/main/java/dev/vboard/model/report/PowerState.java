package dev.vboard.model.report;

/** State of a power domain and of what lives in it, deepest first. */
public enum PowerState {
    /** Nothing: contents are at their reset values. */
    OFF,
    /** Enough to keep values, not to work. */
    RETENTION,
    /** All they need. */
    ON
}
