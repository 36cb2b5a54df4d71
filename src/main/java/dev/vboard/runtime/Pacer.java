package dev.vboard.runtime;

import org.springframework.stereotype.Component;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Wakes boards that follow the wall when something falls due on them. One thread keeps the time for
 * all; the work is done elsewhere, so that a busy board delays no other.
 */
@Component
final class Pacer implements AutoCloseable {
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("pacer").daemon().factory());

    Pacer() {
        timer.setRemoveOnCancelPolicy(true);
    }

    /** Runs that once, after so long on the wall. */
    Future<?> after(long wallNanos, Runnable work) {
        return timer.schedule(
                () -> {
                    Thread.startVirtualThread(work);
                },
                wallNanos,
                TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
