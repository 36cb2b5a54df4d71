package dev.vboard.model.core;

/** A view of one bit in a board. */
public final class Flag {
    private final int slot;
    private final int word;
    private final int shift;

    Flag(int slot, int word, int shift) {
        this.slot = slot;
        this.word = word;
        this.shift = shift;
    }

    /** The value. */
    public boolean get(Board board) {
        return (board.word(slot, word) >>> shift & 1) != 0;
    }

    /** Stores the value. */
    public void set(Board board, boolean value) {
        long old = board.word(slot, word);
        long bit = 1L << shift;
        board.write(slot, word, value ? old | bit : old & ~bit);
    }
}
