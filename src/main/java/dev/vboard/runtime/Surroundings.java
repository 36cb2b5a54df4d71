package dev.vboard.runtime;

import dev.vboard.trace.EventLog;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.concurrent.Future;

/** What all boards share: the wall-time budget of a call, the timer, who is told. */
final class Surroundings {
    private static final Logger log = LoggerFactory.getLogger(BoardRuntime.class);

    private final long budgetNanos;
    private final Pacer pacer;
    private final List<BoardListener> listeners;

    Surroundings(long budgetNanos, Pacer pacer, List<BoardListener> listeners) {
        this.budgetNanos = budgetNanos;
        this.pacer = pacer;
        this.listeners = List.copyOf(listeners);
    }

    long budgetNanos() {
        return budgetNanos;
    }

    Future<?> after(long wallNanos, Runnable work) {
        return pacer.after(wallNanos, work);
    }

    void tell(String boardId, EventLog events, long afterSeq, long wallNanos) {
        for (BoardListener listener : listeners) {
            try {
                listener.emitted(boardId, events, afterSeq, wallNanos);
            } catch (RuntimeException e) {
                log.warn("A listener failed; board {} is not affected", boardId, e);
            }
        }
    }
}
