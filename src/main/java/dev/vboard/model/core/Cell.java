package dev.vboard.model.core;

/** A view of one number of 1 to 64 bits in a board; values read zero-extended. */
public final class Cell {
    private final int slot;
    private final int word;
    private final int shift;
    private final long mask;
    private final int bits;
    private final String name;

    Cell(int slot, int word, int shift, int bits, String name) {
        this.slot = slot;
        this.word = word;
        this.shift = shift;
        this.bits = bits;
        this.mask = bits == 64 ? -1L : (1L << bits) - 1;
        this.name = name;
    }

    /** The full name this cell was declared with. */
    public String name() {
        return name;
    }

    int slot() {
        return slot;
    }

    /** The word of its segment that holds it. */
    int word() {
        return word;
    }

    /** Width in bits. */
    public int bits() {
        return bits;
    }

    /** The value, zero-extended. */
    public long get(Board board) {
        return board.word(slot, word) >>> shift & mask;
    }

    /** The value as an int; for 32-bit cells the sign bit is the cell's top bit. */
    public int getInt(Board board) {
        return (int) get(board);
    }

    /** Stores the low bits of {@code value}. */
    public void set(Board board, long value) {
        long old = board.word(slot, word);
        board.write(slot, word, old & ~(mask << shift) | (value & mask) << shift);
    }

    /** Adds to the value, wrapping at the cell's width, and answers the new one. */
    public long add(Board board, long amount) {
        long sum = get(board) + amount & mask;
        set(board, sum);
        return sum;
    }
}
