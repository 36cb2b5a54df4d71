package dev.vboard.model;

import java.util.ArrayList;
import java.util.List;

/** The actions a board under test was given. */
final class Given {
    private final List<Move> moves = new ArrayList<>();

    /** An action and whether the clock ran after it. */
    private record Move(Action action, boolean settles) {}

    void note(Command command, boolean settles) {
        if (command instanceof Action action) {
            moves.add(new Move(action, settles));
        }
    }

    int count() {
        return moves.size();
    }

    /** All since the last time, in the words of the contract. */
    List<String> told() {
        List<String> told = new ArrayList<>();
        moves.forEach(move -> told.add(Rest.of(move.action(), move.settles())));
        moves.clear();
        return told;
    }
}
