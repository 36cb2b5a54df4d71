package dev.vboard.model;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Refusal;

import java.util.Optional;
import java.util.function.Function;

/** What an action answers: a refusal now, or an answer once the board has settled. */
sealed interface Reply {
    /** The caller erred; nothing has changed. */
    record No(Refusal why) implements Reply {}

    /** It is done; the answer is made after the board has settled. */
    record Yes(Function<Board, Object> answer) implements Reply {}

    Yes NOTHING = new Yes(_ -> new Outcome.Nothing());

    static Reply refuse(Refusal why) {
        return new No(why);
    }

    static Reply later(Function<Board, Object> answer) {
        return new Yes(answer);
    }

    static Reply now(Object answer) {
        return new Yes(_ -> answer);
    }

    /** Refused with what an operation objected to, else the answer. */
    static Reply unless(Optional<Refusal> objection, Function<Board, Object> answer) {
        return objection.isPresent() ? new No(objection.get()) : new Yes(answer);
    }
}
