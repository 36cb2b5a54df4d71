package dev.vboard.model.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A frozen {@link Layout}: the names, reset values and power domains of one segment's cells. */
public final class Shape {
    private final String name;
    private final int slot;
    private final long[] resets;
    private final long[] resetSums;
    private final long resetSum;
    private final long signature;
    private final List<int[]> wordsOfRegion;
    private final List<Entry> entries;
    private final List<Deadline> deadlines;

    /**
     * One declaration.
     *
     * @param name full name
     * @param at position of the first bit in the segment
     * @param bits width of one cell
     * @param count number of cells
     * @param values how many values a cell may have, from 0; 0 when it may have any
     */
    record Entry(String name, int at, int bits, int count, int values) {}

    Shape(
            String name,
            int slot,
            long[] resets,
            int[] regions,
            List<Entry> entries,
            List<Deadline> deadlines) {
        this.name = name;
        this.slot = slot;
        this.resets = resets;
        this.entries = entries;
        this.deadlines = deadlines;
        this.wordsOfRegion = group(regions);
        resetSums = new long[resets.length];
        long sum = 0;
        for (int i = 0; i < resets.length; i++) {
            resetSums[i] = Fingerprint.of(slot, i, resets[i]);
            sum += resetSums[i];
        }
        this.resetSum = sum;
        this.signature = sign(name, resets.length, entries);
    }

    private static long sign(String name, int words, List<Entry> entries) {
        long signature = Fingerprint.of(words, Fingerprint.of(name));
        for (Entry entry : entries) {
            signature = Fingerprint.of(entry.at, signature ^ Fingerprint.of(entry.name));
            signature = Fingerprint.of(entry.bits, signature + entry.count);
        }
        return signature;
    }

    private static List<int[]> group(int[] regions) {
        List<int[]> groups = new ArrayList<>();
        int last = 0;
        for (int region : regions) {
            last = Math.max(last, region);
        }
        for (int region = 0; region <= last; region++) {
            int count = 0;
            int[] words = new int[regions.length];
            for (int i = 0; i < regions.length; i++) {
                if (regions[i] == region) {
                    words[count++] = i;
                }
            }
            groups.add(Arrays.copyOf(words, count));
        }
        return List.copyOf(groups);
    }

    /** What the segment is. */
    public String name() {
        return name;
    }

    /**
     * A digest of the names and places of all cells: segments with equal signatures can take each
     * other's words.
     */
    public long signature() {
        return signature;
    }

    /** The place of the segment in a board. */
    public int slot() {
        return slot;
    }

    /** Size of the segment's cells in a board. */
    public int sizeBytes() {
        return resets.length * Long.BYTES;
    }

    /** The deadlines of this segment, in cell order. */
    public List<Deadline> deadlines() {
        return deadlines;
    }

    long[] resets() {
        return resets;
    }

    /** What each word contributes to a fingerprint at its reset value. */
    long[] resetSums() {
        return resetSums;
    }

    long resetSum() {
        return resetSum;
    }

    List<Entry> entries() {
        return entries;
    }

    /** The words that lose their value with that power domain. */
    int[] wordsIn(int powerDomain) {
        int region = powerDomain - Layout.ETERNAL;
        return region < wordsOfRegion.size() ? wordsOfRegion.get(region) : NO_WORDS;
    }

    private static final int[] NO_WORDS = {};
}
