package dev.vboard.model.core;

/** A view of a run of bits; bit 0 is the lowest of the first word. */
public final class Bits {
    private static final int NONE = -1;

    private final int slot;
    private final int firstWord;
    private final int count;

    /** Of sparse bits: the word that tells which of theirs are not zero. */
    private final int used;

    Bits(int slot, int at, int count) {
        this(slot, at, count, NONE);
    }

    private Bits(int slot, int at, int count, int used) {
        this.slot = slot;
        this.firstWord = at >> 6;
        this.count = count;
        this.used = used;
    }

    /** Bits with one more word behind them that tells which of up to 64 words are not zero. */
    static Bits sparse(int slot, int at, int count) {
        return new Bits(slot, at, count, (at >> 6) + (count + 63 >> 6));
    }

    /** How many bits there are. */
    public int count() {
        return count;
    }

    /** How many 64-bit words they take. */
    public int words() {
        return count + 63 >> 6;
    }

    /** One bit, 0 to count-1. */
    public boolean get(Board board, int bit) {
        return (board.word(slot, firstWord + (bit >> 6)) >>> (bit & 63) & 1) != 0;
    }

    /** Stores one bit. */
    public void set(Board board, int bit, boolean value) {
        int word = firstWord + (bit >> 6);
        long old = board.word(slot, word);
        long mask = 1L << (bit & 63);
        write(board, word, value ? old | mask : old & ~mask);
    }

    private void write(Board board, int word, long value) {
        board.write(slot, word, value);
        if (used != NONE) {
            long mask = 1L << word - firstWord;
            long old = board.word(slot, used);
            board.write(slot, used, value != 0 ? old | mask : old & ~mask);
        }
    }

    /** Of sparse bits: a bit for each word that is not zero. */
    public long wordsInUse(Board board) {
        return board.word(slot, used);
    }

    /** 64 bits from bit 64·word. */
    public long word(Board board, int word) {
        return board.word(slot, firstWord + word);
    }

    /** Stores 64 bits from bit 64·word; bits past the count must be zero. */
    public void setWord(Board board, int word, long value) {
        write(board, firstWord + word, value);
    }

    /** 32 bits from bit 32·half, as an int. */
    public int word32(Board board, int half) {
        return (int) (board.word(slot, firstWord + (half >> 1)) >>> ((half & 1) << 5));
    }

    /** Stores 32 bits from bit 32·half; bits past the count are dropped. */
    public void setWord32(Board board, int half, int value) {
        int word = firstWord + (half >> 1);
        int shift = (half & 1) << 5;
        int last = count - (half << 5);
        long kept = last >= 32 ? value & 0xFFFF_FFFFL : value & (1L << Math.max(last, 0)) - 1;
        long old = board.word(slot, word);
        write(board, word, old & ~(0xFFFF_FFFFL << shift) | kept << shift);
    }

    /** Whether any bit is set. */
    public boolean any(Board board) {
        for (int i = 0; i < words(); i++) {
            if (word(board, i) != 0) {
                return true;
            }
        }
        return false;
    }

    /** The lowest set bit at or after {@code from}, or -1. */
    public int next(Board board, int from) {
        for (int bit = from; bit < count; bit = (bit | 63) + 1) {
            long rest = word(board, bit >> 6) >>> (bit & 63);
            if (rest != 0) {
                return bit + Long.numberOfTrailingZeros(rest);
            }
        }
        return -1;
    }

    /** Clears all bits. */
    public void clear(Board board) {
        for (int i = 0; i < words(); i++) {
            setWord(board, i, 0);
        }
    }

    /** Stores the same value in the bits from one on and before another. */
    public void set(Board board, int from, int end, boolean value) {
        for (int bit = from; bit < end; bit = (bit | 63) + 1) {
            int inWord = Math.min(end - bit, 64 - (bit & 63));
            long mask = -1L >>> 64 - inWord << (bit & 63);
            long old = word(board, bit >> 6);
            setWord(board, bit >> 6, value ? old | mask : old & ~mask);
        }
    }
}
