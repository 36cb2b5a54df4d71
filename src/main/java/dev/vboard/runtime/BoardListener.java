package dev.vboard.runtime;

import dev.vboard.trace.EventLog;

/**
 * Is told what boards did, after the fact. Called with the board's lock held: it must be quick, and
 * whatever it throws changes nothing for the caller.
 */
@FunctionalInterface
public interface BoardListener {
    /**
     * A board emitted events.
     *
     * @param boardId whose
     * @param log where they are
     * @param afterSeq number of the last event before them
     * @param wallNanos how long the call has taken
     */
    void emitted(String boardId, EventLog log, long afterSeq, long wallNanos);
}
