package dev.vboard.model.core;

/** Writes cells by their names, as nothing in the model could. */
public final class Planting {
    private Planting() {}

    /** Gives a cell of a segment a value, or the first one where many have the name. */
    public static void plant(Board board, int slot, String cell, long value) {
        plant(board, slot, cell, 0, value);
    }

    /** Gives the index-th cell of that name in a segment a value. */
    public static void plant(Board board, int slot, String cell, int index, long value) {
        for (Shape.Entry entry : board.shape(slot).entries()) {
            if (entry.name().equals(cell)) {
                int at = entry.at() + index * entry.bits();
                int word = at >> 6;
                int shift = at & 63;
                long mask = entry.bits() == 64 ? -1L : (1L << entry.bits()) - 1;
                long rest = board.word(slot, word) & ~(mask << shift);
                board.write(slot, word, rest | (value & mask) << shift);
                return;
            }
        }
        throw new AssertionError("no cell " + cell);
    }
}
