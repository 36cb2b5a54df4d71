package dev.vboard.api;

import dev.vboard.api.body.Board;
import dev.vboard.model.Outcome;
import dev.vboard.model.Query;
import dev.vboard.model.report.BoardState;
import dev.vboard.model.report.BoardSummary;
import dev.vboard.model.report.CpuCount;
import dev.vboard.model.report.DomainReport;
import dev.vboard.runtime.BoardGone;
import dev.vboard.runtime.BoardRuntime;
import dev.vboard.runtime.BoardRuntime.Turn;
import dev.vboard.runtime.Quarantined;

import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Boards in short: what the model says of one, and what the service knows. */
final class Summaries {
    private Summaries() {}

    /** The board whose turn it is. */
    static Board of(Turn turn) {
        return switch (turn.ask(new Query.Summary())) {
            case Outcome.Done done -> of(turn, (BoardSummary) done.answer());
            case Outcome.Refused refused -> throw new IllegalStateException(refused.toString());
        };
    }

    /** A board among others: one that is gone is left out, one that cannot be asked has crashed. */
    static Optional<Board> among(BoardRuntime board) {
        try {
            return Optional.of(board.exclusively(Summaries::of));
        } catch (BoardGone e) {
            return Optional.empty();
        } catch (Quarantined e) {
            return Optional.of(board.exclusively(Summaries::quarantined));
        }
    }

    private static Board quarantined(Turn turn) {
        CpuCount cpus = new CpuCount(0, turn.runtime().origin().cpus());
        return of(
                turn,
                new BoardSummary(BoardState.CRASHED, 0, cpus, new TreeMap<>(), Optional.empty()));
    }

    private static Board of(Turn turn, BoardSummary summary) {
        BoardRuntime board = turn.runtime();
        SortedMap<String, Integer> domains = new TreeMap<>();
        for (DomainReport.State state : DomainReport.State.values()) {
            domains.put(state.name(), summary.domains().getOrDefault(state, 0));
        }
        return new Board(
                board.id(),
                board.origin().profileId(),
                board.origin().options().flavour(),
                summary.state(),
                summary.nowNs(),
                turn.revision(),
                summary.cpus(),
                domains,
                summary.lastWake(),
                turn.labels(),
                Instant.ofEpochMilli(board.createdAtMillis()).toString());
    }
}
