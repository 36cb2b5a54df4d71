package dev.vboard.model.smmu;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Layout;

/**
 * A ring in memory with a producer's and a consumer's index (devices.md 5, SMMUv3). An index has a
 * wrap bit above it, so that full and empty differ.
 */
final class Queue {
    private static final long ADDRESS = 0x000F_FFFF_FFFF_FFE0L;
    private static final int MOST_BITS = 19;
    private static final long INDEX = (1L << MOST_BITS + 1) - 1;

    final Cell base;
    final Cell producer;
    final Cell consumer;
    private final int entryBytes;

    /** Declares its registers. */
    Queue(Layout layout, int entryBytes) {
        this.entryBytes = entryBytes;
        base = layout.cell("base", 64);
        producer = layout.cell("prod", 32);
        consumer = layout.cell("cons", 32);
    }

    private int bits(Board board) {
        return (int) Math.min(base.get(board) & 0x1F, MOST_BITS);
    }

    private long position(Board board, Cell index) {
        return index.get(board) & INDEX & (2L << bits(board)) - 1;
    }

    boolean empty(Board board) {
        return position(board, producer) == position(board, consumer);
    }

    boolean full(Board board) {
        return (position(board, producer) ^ position(board, consumer)) == 1L << bits(board);
    }

    /** Where the entry of an index is in memory. */
    long entry(Board board, Cell index) {
        long number = position(board, index) & (1L << bits(board)) - 1;
        return (base.get(board) & ADDRESS) + number * entryBytes;
    }

    /** Moves an index on by one; the bits above it stay. */
    void advance(Board board, Cell index) {
        long next = position(board, index) + 1 & (2L << bits(board)) - 1;
        index.set(board, index.get(board) & ~INDEX | next);
    }
}
