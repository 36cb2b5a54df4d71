package dev.vboard.runtime;

import dev.vboard.trace.EventLog;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.concurrent.Future;

/** What all boards share: the wall-time budget of a call, the timer, the heap, who is told. */
final class Surroundings {
    private static final Logger log = LoggerFactory.getLogger(BoardRuntime.class);

    private final long budgetNanos;
    private final Pacer pacer;
    private final HeapPressure heap;
    private final List<BoardListener> listeners;

    Surroundings(long budgetNanos, Pacer pacer, HeapPressure heap, List<BoardListener> listeners) {
        this.budgetNanos = budgetNanos;
        this.pacer = pacer;
        this.heap = heap;
        this.listeners = List.copyOf(listeners);
    }

    long budgetNanos() {
        return budgetNanos;
    }

    /** Whether boards are to remember less. */
    private boolean heapIsFull() {
        return heap.high();
    }

    /** Whether there is no room for another board. */
    boolean heapHasNoRoom() {
        return heap.highAfterCollection();
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
        if (heapIsFull()) {
            events.shed();
        }
    }
}
