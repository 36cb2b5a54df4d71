package dev.vboard.metrics;

import dev.vboard.model.Outcome;
import dev.vboard.model.Query;
import dev.vboard.model.report.BoardState;
import dev.vboard.model.report.BoardSummary;
import dev.vboard.runtime.BoardGone;
import dev.vboard.runtime.BoardRuntime;
import dev.vboard.runtime.BoardRuntime.Turn;
import dev.vboard.runtime.Boards;
import dev.vboard.runtime.Quarantined;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.stereotype.Component;

import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** How many boards are in each state. They are asked when someone looks, not when they change. */
@Component
class BoardMeters {
    /** One look at the metrics reads several gauges; they count once. */
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final int QUARANTINED = BoardState.values().length;

    private final Boards boards;
    private int[] counts = new int[QUARANTINED + 1];
    private long countedAt = System.nanoTime() - FRESH_NANOS;

    BoardMeters(Boards boards, MeterRegistry registry) {
        this.boards = boards;
        for (BoardState state : BoardState.values()) {
            gauge(registry, state.name().toLowerCase(Locale.ROOT), state.ordinal());
        }
        gauge(registry, "quarantined", QUARANTINED);
    }

    private void gauge(MeterRegistry registry, String state, int index) {
        Gauge.builder("vboard.boards", this, meters -> meters.count(index))
                .description("Boards by state")
                .tag("state", state)
                .register(registry);
    }

    private synchronized int count(int index) {
        if (System.nanoTime() - countedAt >= FRESH_NANOS) {
            int[] fresh = new int[QUARANTINED + 1];
            for (BoardRuntime board : boards.after("")) {
                count(board, fresh);
            }
            counts = fresh;
            countedAt = System.nanoTime();
        }
        return counts[index];
    }

    private static void count(BoardRuntime board, int[] counts) {
        try {
            counts[board.exclusively(BoardMeters::state)]++;
        } catch (Quarantined e) {
            counts[QUARANTINED]++;
        } catch (BoardGone e) {
            // It is not there any more, so it is in no state.
        }
    }

    private static int state(Turn turn) {
        return turn.ask(new Query.Summary()) instanceof Outcome.Done done
                        && done.answer() instanceof BoardSummary summary
                ? summary.state().ordinal()
                : QUARANTINED;
    }
}
