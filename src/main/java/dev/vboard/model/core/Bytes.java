package dev.vboard.model.core;

/** A view of a run of unsigned bytes. */
public final class Bytes {
    private final int slot;
    private final int firstWord;
    private final int count;

    Bytes(int slot, int at, int count) {
        this.slot = slot;
        this.firstWord = at >> 6;
        this.count = count;
    }

    /** How many bytes there are. */
    public int count() {
        return count;
    }

    /** How many 64-bit words they take. */
    public int words() {
        return count + 7 >> 3;
    }

    /** Eight bytes from index 8·word, the first one lowest. */
    public long word(Board board, int word) {
        return board.word(slot, firstWord + word);
    }

    /** One byte, 0 to 255. */
    public int get(Board board, int index) {
        return (int) (board.word(slot, firstWord + (index >> 3)) >>> ((index & 7) << 3)) & 0xFF;
    }

    /** The lowest index from {@code from} on whose byte is not zero, or -1. */
    public int next(Board board, int from) {
        for (int index = from; index < count; index = (index | 7) + 1) {
            long rest = board.word(slot, firstWord + (index >> 3)) >>> ((index & 7) << 3);
            if (rest != 0) {
                return index + (Long.numberOfTrailingZeros(rest) >> 3);
            }
        }
        return -1;
    }

    /** Four bytes from {@code index}, a multiple of four, the first one lowest. */
    public int word32(Board board, int index) {
        return (int) (board.word(slot, firstWord + (index >> 3)) >>> ((index & 4) << 3));
    }

    /** Stores four bytes from {@code index}, a multiple of four, the first one lowest. */
    public void setWord32(Board board, int index, int value) {
        int word = firstWord + (index >> 3);
        int shift = (index & 4) << 3;
        long old = board.word(slot, word);
        board.write(slot, word, old & ~(0xFFFF_FFFFL << shift) | (value & 0xFFFF_FFFFL) << shift);
    }

    /** Stores the same byte from index {@code from} to {@code to}, both multiples of eight. */
    public void fill(Board board, int from, int to, int value) {
        long each = (value & 0xFFL) * 0x0101_0101_0101_0101L;
        for (int word = from >> 3; word < to >> 3; word++) {
            board.write(slot, firstWord + word, each);
        }
    }

    /** Stores the low eight bits of {@code value}. */
    public void set(Board board, int index, int value) {
        int word = firstWord + (index >> 3);
        int shift = (index & 7) << 3;
        long old = board.word(slot, word);
        board.write(slot, word, old & ~(0xFFL << shift) | (value & 0xFFL) << shift);
    }
}
