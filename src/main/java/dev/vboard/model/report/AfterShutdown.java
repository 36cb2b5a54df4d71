package dev.vboard.model.report;

/**
 * What xl does with a domain that has shut down: the values of {@code on_poweroff} and its like
 * (farm.md 11).
 */
public enum AfterShutdown implements WireName {
    /** It stays as it is, to be looked at. */
    PRESERVE,
    /** It is destroyed. */
    DESTROY,
    /** It is destroyed and created again as it was. */
    RESTART,
    /** It gets another name, gives back what it was given, and is created again as it was. */
    RENAME_RESTART,
    /** As {@link #DESTROY}; no core is written. */
    COREDUMP_DESTROY,
    /** As {@link #RESTART}; no core is written. */
    COREDUMP_RESTART,
    /** Xen on Arm cannot, so the domain is destroyed. */
    SOFT_RESET
}
