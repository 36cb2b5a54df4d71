package dev.vboard.model;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Events;
import dev.vboard.model.core.Refusal;
import dev.vboard.model.profile.BoardProfile;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * A compiled profile: the immutable program that reads boards of one kind. Any number of boards and
 * threads share one; a board is only ever handled by one thread at a time.
 */
public final class Machine {
    private final BoardProfile profile;

    /** Whether a call lets the clock run until the board is settled (api.md section 6). */
    public enum Settle {
        /** A settled board stays settled, an unsettled one stays where it is. */
        AS_FOUND,
        /** Settle whatever the board was. */
        YES,
        /** The clock does not move. */
        NO
    }

    /** Compiles a profile. */
    public Machine(BoardProfile profile) {
        this.profile = profile;
    }

    /** The profile this machine was compiled from. */
    public BoardProfile profile() {
        return profile;
    }

    /** What is wrong with those options on this kind of board, if anything. */
    public Optional<Refusal> check(BootOptions options) {
        throw new UnsupportedOperationException(profile.id() + options);
    }

    /**
     * A new board, booted when the options say so.
     *
     * @param events where its events go, those of booting first
     */
    public Board create(BootOptions options, Events events) {
        throw new UnsupportedOperationException(profile.id() + options + events);
    }

    /**
     * Carries out a command.
     *
     * @param overBudget asked now and then: whether the call's wall time is used up
     */
    public Outcome handle(
            Board board, Command command, Settle settle, BooleanSupplier overBudget) {
        throw new UnsupportedOperationException(profile.id() + board + command + settle);
    }

    /** The board's clock in nanoseconds. */
    public long nowNanos(Board board) {
        throw new UnsupportedOperationException(profile.id() + board);
    }
}
