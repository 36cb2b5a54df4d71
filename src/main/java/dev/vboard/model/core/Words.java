package dev.vboard.model.core;

/** A view of a run of 32-bit numbers. */
public final class Words implements Bus.Values {
    private static final long MASK = 0xFFFF_FFFFL;

    private final int slot;
    private final int firstWord;
    private final int count;

    Words(int slot, int at, int count) {
        this.slot = slot;
        this.firstWord = at >> 6;
        this.count = count;
    }

    /** How many numbers there are. */
    public int count() {
        return count;
    }

    /** One number, 0 to count-1. */
    @Override
    public int at(Board board, int index) {
        return (int) (board.word(slot, firstWord + (index >> 1)) >>> ((index & 1) << 5));
    }

    /** Stores one number. */
    public void set(Board board, int index, int value) {
        int word = firstWord + (index >> 1);
        int shift = (index & 1) << 5;
        long old = board.word(slot, word);
        board.write(slot, word, old & ~(MASK << shift) | (value & MASK) << shift);
    }
}
