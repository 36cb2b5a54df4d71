package dev.vboard.model.power;

/** What a power domain gives its contents, deepest state first. */
public enum PowerState {
    /** Nothing: contents are at their reset values. */
    OFF,
    /** Enough to keep values, not to work. */
    RETENTION,
    /** All they need. */
    ON
}
