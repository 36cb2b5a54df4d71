package dev.vboard.model.gic;

import dev.vboard.model.core.Bits;
import dev.vboard.model.core.Board;

/**
 * The fields of interrupts as registers show them, whichever block the registers are in: 32 bits, 4
 * bytes or 16 pairs of bits at once. Fields of interrupts that the non-secure view hides are
 * RAZ/WI.
 *
 * <p>A {@code half} is what {@link dev.vboard.model.core.Intids#word32} answers; {@code seen} are
 * the bits of it that an access may see.
 */
final class InterruptFields {
    /** How many words of 32 interrupts a register array has room for. */
    static final int WORDS = 32;

    private static final int LAST_WORD = 0x0FFF_FFFF;

    /** Multiplied by a byte it has it four times. */
    static final int EACH_BYTE = 0x0101_0101;

    /** Multiplied by four bits it has the n-th of them at bit 8n. */
    private static final int SPREAD = 0x0020_4081;

    private static final int EDGE_BITS = 0xAAAA_AAAA;

    private final Interrupts interrupts;
    private final Priorities priorities;

    InterruptFields(Interrupts interrupts, Priorities priorities) {
        this.interrupts = interrupts;
        this.priorities = priorities;
    }

    /** The n-th word's bits that an access may see; none of INTIDs 1020 to 1023. */
    int seen(Board board, boolean nonSecure, int n, int half) {
        int existing = n == WORDS - 1 ? LAST_WORD : -1;
        return nonSecure ? interrupts.group.word32(board, half) & existing : existing;
    }

    long enabled(Board board, int half, int seen) {
        return interrupts.enabledHalf(board, half) & seen;
    }

    long pending(Board board, int half, int seen) {
        return interrupts.pendingHalf(board, half) & seen;
    }

    long active(Board board, int half, int seen) {
        return interrupts.active.word32(board, half) & seen;
    }

    /** Write-one-to-set or write-one-to-clear. */
    static void change(Board board, Bits bits, int half, int chosen, boolean set) {
        int old = bits.word32(board, half);
        bits.setWord32(board, half, set ? old | chosen : old & ~chosen);
    }

    /** A plain write of the bits an access may see. */
    static void store(Board board, Bits bits, int half, int seen, int value) {
        int old = bits.word32(board, half);
        bits.setWord32(board, half, old & ~seen | value & seen);
    }

    long priority(Board board, boolean nonSecure, int index) {
        int stored = interrupts.priority.get(board, index);
        return nonSecure ? Priorities.toNonSecure(stored) : stored;
    }

    void setPriority(Board board, boolean nonSecure, int index, int written) {
        interrupts.priority.set(
                board,
                index,
                nonSecure ? priorities.fromNonSecure(written) : written & priorities.mask());
    }

    /** All ones in the bytes of four neighbours that an access may see. */
    static int seenBytes(int seen, int intid) {
        return ((seen >>> (intid & 31) & 0xF) * SPREAD & EACH_BYTE) * 0xFF;
    }

    /** The priorities of four neighbours. */
    long priorities(Board board, boolean nonSecure, int index, int seenBytes) {
        int stored = interrupts.priority.word32(board, index);
        return (nonSecure ? Priorities.fourToNonSecure(stored) : stored) & seenBytes;
    }

    void setPriorities(Board board, boolean nonSecure, int index, int seenBytes, int value) {
        int written = nonSecure
                ? priorities.fourFromNonSecure(value)
                : value & priorities.mask() * EACH_BYTE;
        int old = interrupts.priority.word32(board, index);
        interrupts.priority.setWord32(board, index, old & ~seenBytes | written & seenBytes);
    }

    /** Bit 2k+1 of the answer: the k-th of 16 interrupts is edge-triggered. */
    int configuration(Board board, int half, int shift, int seen) {
        int edges = interrupts.edge.word32(board, half) & seen;
        return Integer.expand(edges >>> shift, EDGE_BITS);
    }

    /** Changing to edge while a line is high makes no edge: nothing is latched here. */
    void setConfiguration(Board board, int half, int shift, int seen, int value) {
        int edges = Integer.compress(value, EDGE_BITS) << shift;
        store(board, interrupts.edge, half, seen & 0xFFFF << shift, edges);
    }
}
