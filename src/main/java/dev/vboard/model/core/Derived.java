package dev.vboard.model.core;

import java.util.function.Function;

/**
 * An immutable thing that follows from some bytes of a board alone. It is made when first asked for
 * and then shared by all boards whose bytes are the same: part of the program like {@link Memo},
 * never state of a board.
 */
public final class Derived<T> {
    private static final int PLACES = 256;
    private static final long ODD = 0x9E37_79B9_7F4A_7C15L;
    private static final int SHIFT = 56;

    private final Bytes first;
    private final Bytes second;
    private final Function<Board, T> make;
    private final Known<T>[] known;

    private record Known<T>(long[] words, T thing) {}

    /**
     * Nothing made yet.
     *
     * @param first bytes it follows from
     * @param second as many more
     * @param make makes it from a board, looking at nothing else there
     */
    @SuppressWarnings("unchecked")
    public Derived(Bytes first, Bytes second, Function<Board, T> make) {
        this.first = first;
        this.second = second;
        this.make = make;
        known = new Known[PLACES];
    }

    /** The thing of that board. */
    public T of(Board board) {
        long mixed = 0;
        for (int word = 0; word < first.words(); word++) {
            mixed = (mixed + first.word(board, word)) * ODD + second.word(board, word);
        }
        int place = (int) (mixed * ODD >>> SHIFT);
        Known<T> there = known[place];
        if (there == null || !follows(board, there)) {
            there = new Known<>(words(board), make.apply(board));
            known[place] = there;
        }
        return there.thing;
    }

    private boolean follows(Board board, Known<T> there) {
        for (int word = 0; word < first.words(); word++) {
            if (there.words[2 * word] != first.word(board, word)
                    || there.words[2 * word + 1] != second.word(board, word)) {
                return false;
            }
        }
        return true;
    }

    private long[] words(Board board) {
        long[] words = new long[2 * first.words()];
        for (int word = 0; word < first.words(); word++) {
            words[2 * word] = first.word(board, word);
            words[2 * word + 1] = second.word(board, word);
        }
        return words;
    }
}
