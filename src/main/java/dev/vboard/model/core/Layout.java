package dev.vboard.model.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where cells are declared. A layout describes one segment of a board; {@link #build()} freezes it
 * into a {@link Shape} that any number of boards share.
 *
 * <p>A layout object is a cursor over the segment: {@link #named}, {@link #in} and
 * {@link #surviving} answer further cursors over the same segment that prefix names and place what
 * they declare in a power domain.
 */
public final class Layout {
    /** The power domain of cells that keep their value while the board has power. */
    public static final int ALWAYS_ON = -1;

    /** The power domain of cells that keep their value even without power, such as the clock. */
    public static final int ETERNAL = -2;

    private static final int FIRST_REGION = 2;

    private final Store store;
    private final String prefix;
    private final int powerDomain;
    private final boolean surviving;

    private Layout(Store store, String prefix, int powerDomain, boolean surviving) {
        this.store = store;
        this.prefix = prefix;
        this.powerDomain = powerDomain;
        this.surviving = surviving;
    }

    /**
     * Starts the layout of a segment.
     *
     * @param name what the segment is, for dumps and snapshots
     * @param slot the place of the segment in a board, 0 or more
     */
    public static Layout segment(String name, int slot) {
        return new Layout(new Store(name, slot), "", ALWAYS_ON, false);
    }

    /** A cursor whose declarations are named {@code name.…}. */
    public Layout named(String name) {
        return new Layout(store, prefix + name + ".", powerDomain, surviving);
    }

    /** A cursor whose declarations live in that power domain ({@link #ALWAYS_ON} for none). */
    public Layout in(int powerDomain) {
        return new Layout(store, prefix, powerDomain, surviving);
    }

    /** A cursor whose declarations keep their value while their power domain is off. */
    public Layout surviving() {
        return new Layout(store, prefix, powerDomain, true);
    }

    /** Declares a one-bit cell that resets to false. */
    public Flag flag(String name) {
        return flag(name, false);
    }

    /** Declares a one-bit cell. */
    public Flag flag(String name, boolean reset) {
        int at = store.place(region(), 1);
        store.declare(prefix + name, at, 1, 1, 0);
        store.reset(at, 1, reset ? 1 : 0);
        return new Flag(store.slot, at >> 6, at & 63);
    }

    /** Declares a cell of 1, 8, 16, 32 or 64 bits that resets to zero. */
    public Cell cell(String name, int bits) {
        return cell(name, bits, 0);
    }

    /** Declares a cell of 1, 8, 16, 32 or 64 bits. */
    public Cell cell(String name, int bits, long reset) {
        int at = place(name, bits, reset, 0);
        return new Cell(store.slot, at >> 6, at & 63, bits, prefix + name);
    }

    private int place(String name, int bits, long reset, int values) {
        int at = store.place(region(), bits);
        store.declare(prefix + name, at, bits, 1, values);
        store.reset(at, bits, reset);
        return at;
    }

    /** Declares neighbouring cells {@code name0, name1 …} that reset to zero. */
    public List<Cell> cells(String name, int count, int bits) {
        List<Cell> cells = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            cells.add(cell(name + i, bits));
        }
        return List.copyOf(cells);
    }

    /** Declares a cell that holds one of the constants of an enum; the first is the reset value. */
    public <E extends Enum<E>> Choice<E> choice(String name, Class<E> type) {
        return choice(name, type.getEnumConstants()[0]);
    }

    /** Declares a cell that holds one of the constants of an enum. */
    public <E extends Enum<E>> Choice<E> choice(String name, E reset) {
        E[] constants = reset.getDeclaringClass().getEnumConstants();
        int at = place(name, Byte.SIZE, reset.ordinal(), constants.length);
        return new Choice<>(store.slot, at, constants);
    }

    /** Declares {@code count} one-bit cells that reset to false. */
    public Bits bits(String name, int count) {
        int at = store.placeArray(region(), 1, count);
        store.declare(prefix + name, at, 1, count, 0);
        return new Bits(store.slot, at, count);
    }

    /**
     * Declares {@code count} one-bit cells, up to 4096, that reset to false and of which few are
     * ever true, so that {@link Bits#wordsInUse} is worth keeping up.
     */
    public Bits sparseBits(String name, int count) {
        int words = count + 63 >> 6;
        if (words > Long.SIZE) {
            throw new IllegalArgumentException(name + " has " + count + " bits");
        }
        int at = store.placeArray(region(), Long.SIZE, words + 1);
        store.declare(prefix + name, at, 1, count, 0);
        store.declare(prefix + name + ".words-in-use", at + Long.SIZE * words, Long.SIZE, 1, 0);
        return Bits.sparse(store.slot, at, count);
    }

    /** Declares {@code count} one-byte cells. */
    public Bytes bytes(String name, int count, int reset) {
        int at = store.placeArray(region(), 8, count);
        store.declare(prefix + name, at, 8, count, 0);
        for (int i = 0; i < count && reset != 0; i++) {
            store.reset(at + 8 * i, 8, reset);
        }
        return new Bytes(store.slot, at, count);
    }

    /** Declares {@code count} 32-bit cells that reset to zero. */
    public Words words(String name, int count) {
        int at = store.placeArray(region(), Integer.SIZE, count);
        store.declare(prefix + name, at, Integer.SIZE, count, 0);
        return new Words(store.slot, at, count);
    }

    /** Declares room for a copy of what a power domain holds in a segment that is built. */
    public ContentsCopy contentsCopy(String name, Shape of, int powerDomain) {
        int count = of.wordsIn(powerDomain).length;
        int at = store.placeArray(region(), Long.SIZE, count);
        store.declare(prefix + name, at, Long.SIZE, count, 0);
        return new ContentsCopy(store.slot, at, of, powerDomain);
    }

    /** Declares a moment at which {@code firing} runs; unarmed at reset. */
    public Deadline deadline(String name, Deadline.Kind kind, Deadline.Firing firing) {
        Cell cell = cell(name, 64, Deadline.NEVER);
        Deadline deadline = new Deadline(cell, kind, prefix + name, firing);
        store.deadlines.add(deadline);
        return deadline;
    }

    /** Freezes the segment; nothing may be declared afterwards. */
    public Shape build() {
        return store.build();
    }

    private int region() {
        return (surviving ? ALWAYS_ON : powerDomain) + FIRST_REGION;
    }

    /** What all cursors of one segment share; a region is a power domain counted from 0. */
    private static final class Store {
        private static final int WIDTHS = 7;

        final String name;
        final int slot;
        final List<Shape.Entry> entries = new ArrayList<>();
        final List<Deadline> deadlines = new ArrayList<>();
        private long[] resets = new long[64];
        private int[] regions = new int[64];
        private int words;
        private final List<int[]> open = new ArrayList<>();
        private boolean built;

        Store(String name, int slot) {
            this.name = name;
            this.slot = slot;
        }

        /** Bit position of a free place of that width, taken from the region's open word. */
        int place(int region, int bits) {
            if (Integer.bitCount(bits) != 1 || bits > 64) {
                throw new IllegalArgumentException("no cell has " + bits + " bits");
            }
            int[] free = openOf(region);
            int width = Integer.numberOfTrailingZeros(bits);
            if (free[width] == 0 || (free[width] & 63) == 0) {
                free[width] = newWords(region, 1) << 6 | (bits == 64 ? 0 : bits);
                return free[width] - (bits == 64 ? 0 : bits);
            }
            int at = free[width];
            free[width] += bits;
            return at;
        }

        /** Bit position of a run of whole words. */
        int placeArray(int region, int bits, int count) {
            return newWords(region, (bits * count + 63) >> 6) << 6;
        }

        private int[] openOf(int region) {
            while (open.size() <= region) {
                open.add(new int[WIDTHS]);
            }
            return open.get(region);
        }

        private int newWords(int region, int count) {
            if (built) {
                throw new IllegalStateException("the layout of " + name + " is frozen");
            }
            int first = words;
            words += count;
            if (words > resets.length) {
                resets = Arrays.copyOf(resets, Math.max(words, resets.length * 2));
                regions = Arrays.copyOf(regions, resets.length);
            }
            Arrays.fill(regions, first, words, region);
            return first;
        }

        void declare(String fullName, int at, int bits, int count, int values) {
            entries.add(new Shape.Entry(fullName, at, bits, count, values));
        }

        void reset(int at, int bits, long value) {
            long mask = bits == 64 ? -1L : (1L << bits) - 1;
            resets[at >> 6] |= (value & mask) << (at & 63);
        }

        Shape build() {
            built = true;
            return new Shape(
                    name,
                    slot,
                    Arrays.copyOf(resets, words),
                    Arrays.copyOf(regions, words),
                    List.copyOf(entries),
                    List.copyOf(deadlines));
        }
    }
}
