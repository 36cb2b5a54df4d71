package dev.vboard.model.core;

/** Writes cells by their names, as nothing in the model could. */
public final class Planting {
    private Planting() {}

    /** Gives the first cell of that name in a segment a value. */
    public static void plant(Board board, int slot, String cell, long value) {
        for (Shape.Entry entry : board.shape(slot).entries()) {
            if (entry.name().equals(cell)) {
                int word = entry.at() >> 6;
                int shift = entry.at() & 63;
                long mask = entry.bits() == 64 ? -1L : (1L << entry.bits()) - 1;
                long rest = board.word(slot, word) & ~(mask << shift);
                board.write(slot, word, rest | (value & mask) << shift);
                return;
            }
        }
        throw new AssertionError("no cell " + cell);
    }
}
