package dev.vboard.model.core;

/** A view of a cell of eight bits that holds one constant of an enum. */
public final class Choice<E extends Enum<E>> {
    private static final long MASK = 0xFF;

    private final int slot;
    private final int word;
    private final int shift;
    private final E[] constants;

    Choice(int slot, int at, E[] constants) {
        this.slot = slot;
        word = at >> 6;
        shift = at & 63;
        this.constants = constants;
    }

    /** The constant. */
    public E get(Board board) {
        return constants[ordinal(board)];
    }

    /** Stores a constant. */
    public void set(Board board, E value) {
        long old = board.word(slot, word);
        board.write(slot, word, old & ~(MASK << shift) | (long) value.ordinal() << shift);
    }

    /** Whether that constant is stored. */
    public boolean is(Board board, E value) {
        return ordinal(board) == value.ordinal();
    }

    private int ordinal(Board board) {
        return (int) (board.word(slot, word) >>> shift & MASK);
    }
}
