package dev.vboard.model.core;

import java.util.Arrays;
import java.util.List;

/**
 * RAM as a sparse copy-on-write map of 4 KiB pages; a byte never written reads zero. Pages are
 * keyed by an address space and an address, so that each guest has its own.
 */
public final class Ram {
    /** Bytes in a page. */
    public static final int PAGE_BYTES = 4096;

    /** Pages that callers may fill on one board, 16 MiB. */
    public static final int MOST_PAGES = 4096;

    private static final int SPACE_SHIFT = 52;

    private long[] keys = {};
    private byte[][] pages = {};
    private long[] sums = {};
    private boolean[] owned = {};
    private boolean[] dirty = {};
    private long sum;
    private boolean anyDirty;

    Ram() {}

    private Ram(Ram other) {
        keys = other.keys;
        pages = other.pages.clone();
        sums = other.sums.clone();
        owned = new boolean[keys.length];
        dirty = other.dirty.clone();
        sum = other.sum;
        anyDirty = other.anyDirty;
    }

    Ram fork() {
        Arrays.fill(owned, false);
        return new Ram(this);
    }

    /** How many pages have been written. */
    public int pages() {
        return keys.length;
    }

    /** Whether a caller may write there: to a page that is written already, or to one more. */
    public boolean hasRoomFor(int space, long address) {
        return keys.length < MOST_PAGES || Arrays.binarySearch(keys, keyOf(space, address)) >= 0;
    }

    /** Why a caller may not write to yet another page. */
    public static Refusal full() {
        return Refusal.conflict(
                "limit-reached",
                "the board's software has written to " + MOST_PAGES + " pages of RAM already",
                List.of("ramPages"),
                List.of("PUT /power"));
    }

    /** The space and page number of the index-th page, ascending: space in the top 12 bits. */
    public long key(int index) {
        return keys[index];
    }

    /** The bytes of the index-th page, a copy. */
    public byte[] copyOfPage(int index) {
        return pages[index].clone();
    }

    /** Stores a whole page under a key of {@link #key}. */
    public void restorePage(long key, byte[] bytes) {
        byte[] page = writable(key);
        System.arraycopy(bytes, 0, page, 0, PAGE_BYTES);
    }

    /** Little-endian value of {@code size} bytes (1, 2, 4 or 8). */
    public long read(int space, long address, int size) {
        int offset = (int) address & PAGE_BYTES - 1;
        if (offset + size > PAGE_BYTES) {
            int here = PAGE_BYTES - offset;
            long rest = read(space, address + here, size - here);
            return read(space, address, here) | rest << 8 * here;
        }
        int index = Arrays.binarySearch(keys, keyOf(space, address));
        long value = 0;
        for (int i = size - 1; i >= 0 && index >= 0; i--) {
            value = value << 8 | pages[index][offset + i] & 0xFF;
        }
        return value;
    }

    /** Stores the low {@code size} bytes of {@code value}, little-endian. */
    public void write(int space, long address, int size, long value) {
        int offset = (int) address & PAGE_BYTES - 1;
        int here = Math.min(size, PAGE_BYTES - offset);
        byte[] page = writable(keyOf(space, address));
        for (int i = 0; i < here; i++) {
            page[offset + i] = (byte) (value >>> 8 * i);
        }
        if (here < size) {
            write(space, address + here, size - here, value >>> 8 * here);
        }
    }

    /** Forgets all pages of one space. */
    public void clear(int space) {
        int kept = 0;
        long[] newKeys = new long[keys.length];
        byte[][] newPages = new byte[keys.length][];
        for (int i = 0; i < keys.length; i++) {
            if (keys[i] >>> SPACE_SHIFT != space) {
                newKeys[kept] = keys[i];
                newPages[kept++] = pages[i];
            }
        }
        keys = Arrays.copyOf(newKeys, kept);
        pages = Arrays.copyOf(newPages, kept);
        sums = new long[kept];
        owned = new boolean[kept];
        dirty = new boolean[kept];
        Arrays.fill(dirty, true);
        sum = 0;
        anyDirty = kept > 0;
    }

    private static long keyOf(int space, long address) {
        return (long) space << SPACE_SHIFT | address >>> 12;
    }

    private byte[] writable(long key) {
        int index = Arrays.binarySearch(keys, key);
        if (index < 0) {
            index = insert(-index - 1, key);
        } else if (!owned[index]) {
            pages[index] = pages[index].clone();
            owned[index] = true;
        }
        dirty[index] = true;
        anyDirty = true;
        return pages[index];
    }

    private int insert(int at, long key) {
        int n = keys.length;
        long[] newKeys = Arrays.copyOf(keys, n + 1);
        System.arraycopy(keys, at, newKeys, at + 1, n - at);
        newKeys[at] = key;
        keys = newKeys;
        pages = Arrays.copyOf(pages, n + 1);
        System.arraycopy(pages, at, pages, at + 1, n - at);
        pages[at] = new byte[PAGE_BYTES];
        sums = Arrays.copyOf(sums, n + 1);
        System.arraycopy(sums, at, sums, at + 1, n - at);
        sums[at] = 0;
        owned = Arrays.copyOf(owned, n + 1);
        System.arraycopy(owned, at, owned, at + 1, n - at);
        owned[at] = true;
        dirty = Arrays.copyOf(dirty, n + 1);
        System.arraycopy(dirty, at, dirty, at + 1, n - at);
        dirty[at] = true;
        return at;
    }

    long fingerprint() {
        for (int i = 0; anyDirty && i < keys.length; i++) {
            if (dirty[i]) {
                long now = sumOf(i);
                sum += now - sums[i];
                sums[i] = now;
                dirty[i] = false;
            }
        }
        anyDirty = false;
        return sum;
    }

    long computeFingerprint() {
        long total = 0;
        for (int i = 0; i < keys.length; i++) {
            total += sumOf(i);
        }
        return total;
    }

    private long sumOf(int index) {
        long key = Fingerprint.of(0, keys[index]);
        byte[] page = pages[index];
        long total = 0;
        for (int at = 0; at < PAGE_BYTES; at += Long.BYTES) {
            total += Fingerprint.of(at, key ^ longAt(page, at));
        }
        return total;
    }

    private static long longAt(byte[] page, int at) {
        return (page[at] & 0xFFL)
                | (page[at + 1] & 0xFFL) << 8
                | (page[at + 2] & 0xFFL) << 16
                | (page[at + 3] & 0xFFL) << 24
                | (page[at + 4] & 0xFFL) << 32
                | (page[at + 5] & 0xFFL) << 40
                | (page[at + 6] & 0xFFL) << 48
                | (page[at + 7] & 0xFFL) << 56;
    }
}
