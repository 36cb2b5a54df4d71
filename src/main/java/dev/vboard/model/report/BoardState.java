package dev.vboard.model.report;

/** What a board as a whole is doing. */
public enum BoardState {
    /** No power; RAM is gone. */
    OFF,
    /** Up; also when every guest sleeps. */
    RUNNING,
    /** On the way into suspend. */
    SUSPENDING,
    /** Asleep. */
    SUSPENDED,
    /** On the way out of suspend. */
    RESUMING,
    /** Xen hit a bug or panicked. */
    CRASHED
}
