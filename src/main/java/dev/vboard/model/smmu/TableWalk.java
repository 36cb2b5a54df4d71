package dev.vboard.model.smmu;

import dev.vboard.model.core.Board;

import java.util.OptionalLong;

/**
 * A walk through stage-2 tables in memory, with granules of 4 KiB (devices.md 6): what a unit does
 * for software that has written tables. Xen's are found otherwise.
 */
public final class TableWalk {
    private static final int GRANULE_BITS = 12;
    private static final int LEVEL_BITS = 9;
    private static final int LAST_LEVEL = 3;
    private static final long OUTPUT = 0x0000_FFFF_FFFF_F000L;
    private static final long VALID = 1;
    private static final long TABLE = 1 << 1;
    private static final long READABLE = 1 << 6;
    private static final long WRITABLE = 1 << 7;
    private static final long ACCESSED = 1 << 10;

    private TableWalk() {}

    /**
     * Where an address leads.
     *
     * @param root physical address of the first table
     * @param geometry T0SZ in bits 5 to 0, SL0 in bits 7 and 6, as VTCR has them
     * @return the physical address, or empty for a fault
     */
    public static OptionalLong walk(
            Board board, long root, long geometry, long address, boolean write) {
        int inputBits = Long.SIZE - (int) (geometry & 0x3F);
        int start = 2 - (int) (geometry >>> 6 & 3);
        if (start < 0 || inputBits <= shift(start) || address >>> inputBits != 0) {
            return OptionalLong.empty();
        }
        long table = root & OUTPUT;
        long index = address >>> shift(start);
        for (int level = start; level <= LAST_LEVEL; level++) {
            long entry = board.ram().read(0, table + index * Long.BYTES, Long.BYTES);
            boolean leaf = (entry & TABLE) == 0 || level == LAST_LEVEL;
            if ((entry & VALID) == 0 || leaf && !isLeaf(entry, level)) {
                return OptionalLong.empty();
            }
            if (leaf) {
                return leaf(entry, level, address, write);
            }
            table = entry & OUTPUT;
            index = address >>> shift(level + 1) & (1 << LEVEL_BITS) - 1;
        }
        return OptionalLong.empty();
    }

    private static int shift(int level) {
        return GRANULE_BITS + LEVEL_BITS * (LAST_LEVEL - level);
    }

    /** A page at the last level, a block at the two above it. */
    private static boolean isLeaf(long entry, int level) {
        return level == LAST_LEVEL ? (entry & TABLE) != 0 : level > 0;
    }

    private static OptionalLong leaf(long entry, int level, long address, boolean write) {
        long needed = ACCESSED | (write ? WRITABLE : READABLE);
        if ((entry & needed) != needed) {
            return OptionalLong.empty();
        }
        long offset = (1L << shift(level)) - 1;
        return OptionalLong.of(entry & OUTPUT & ~offset | address & offset);
    }
}
