package dev.vboard.runtime;

/**
 * Follows one board's events from outside. Called with the board's lock held: it takes note and
 * returns, it never waits.
 */
public interface Follower {
    /** There are events up to that number. */
    void emitted(long lastSeq);

    /** The board is gone; there will be no more. */
    void ended();
}
