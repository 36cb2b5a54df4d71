package dev.vboard.metrics;

import dev.vboard.model.core.EventType;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** How long boards take to fall asleep and to come back, in their own time and on the wall. */
final class SuspendMeters {
    private static final String FIRST_STEP = "freeze";
    private static final Duration[] BUCKETS = {
        Duration.ofNanos(100_000),
        Duration.ofMillis(1),
        Duration.ofMillis(10),
        Duration.ofMillis(100),
        Duration.ofSeconds(1),
        Duration.ofSeconds(10)
    };

    private final Durations suspend;
    private final Durations resume;
    /** Boards that are on their way at this moment, and since when. */
    private final Map<String, Begun> underWay = new ConcurrentHashMap<>();

    private record Begun(boolean down, long virtualNanos, long wallNanos) {}

    private record Durations(Timer virtual, Timer wall) {
        void record(Begun begun, long nanos) {
            virtual.record(nanos - begun.virtualNanos, TimeUnit.NANOSECONDS);
            wall.record(System.nanoTime() - begun.wallNanos, TimeUnit.NANOSECONDS);
        }
    }

    SuspendMeters(MeterRegistry registry) {
        suspend = durations(registry, "vboard.suspend", "From the first step to sleep");
        resume = durations(registry, "vboard.resume", "From the wake-up to the end of resume");
    }

    private static Durations durations(MeterRegistry registry, String name, String text) {
        return new Durations(
                timer(registry, name, text, "virtual"), timer(registry, name, text, "wall"));
    }

    private static Timer timer(MeterRegistry registry, String name, String text, String clock) {
        return Timer.builder(name)
                .description(text)
                .tag("clock", clock)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    /**
     * Something happened to a board.
     *
     * @param callNanos how long the call in which it did has taken
     */
    void event(String board, EventType type, long nanos, long callNanos, String text) {
        switch (type) {
            case STEP_STARTED -> {
                if (text.equals(FIRST_STEP)) {
                    begin(board, true, nanos, callNanos);
                }
            }
            case BOARD_SUSPENDED -> end(board, true, nanos);
            case BOARD_RESUMED -> {
                if (text.isEmpty()) {
                    end(board, false, nanos);
                } else {
                    begin(board, false, nanos, callNanos);
                }
            }
            default -> underWay.remove(board);
        }
    }

    private void begin(String board, boolean down, long nanos, long callNanos) {
        underWay.put(board, new Begun(down, nanos, System.nanoTime() - callNanos));
    }

    /** An attempt that failed comes back without having slept: it is no duration of either kind. */
    private void end(String board, boolean down, long nanos) {
        Begun begun = underWay.remove(board);
        if (begun != null && begun.down == down) {
            (down ? suspend : resume).record(begun, nanos);
        }
    }
}
