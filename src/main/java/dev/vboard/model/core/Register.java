package dev.vboard.model.core;

import java.util.List;

/** One declaration: a register, or an array of equal ones. */
public final class Register {
    static final int BYTE = 1;
    static final int HALF = 2;
    static final int WORD = 4;
    static final int DOUBLE = 8;
    static final int WORD_SHIFT = 2;

    final long offset;
    final String name;
    private final Registers bank;
    private final int unit;
    private final int unitShift;
    private final int toldShift;
    List<String> names = List.of();
    long end;
    private int count = 1;
    private Registers.Read read = (_, _, _) -> 0;
    private Registers.Write write = (_, _, _, _) -> {};
    private Registers.Read readWord = this::readBytes;
    private Registers.Write writeWord = this::writeBytes;
    private boolean sideEffects;
    private boolean narrow;
    private boolean kept;
    private int tracked;
    private int trackedUnits;
    private int banked;
    private int shared;

    Register(Registers bank, long offset, String name, int unit) {
        this.bank = bank;
        this.offset = offset;
        this.name = name;
        this.unit = unit;
        unitShift = Integer.numberOfTrailingZeros(unit);
        toldShift = unit == BYTE ? WORD_SHIFT : unitShift;
        end = offset + unit;
    }

    /** Makes it an array of that many registers, side by side. */
    public Register count(int count) {
        this.count = count;
        end = offset + (long) unit * count;
        bank.place(this);
        return this;
    }

    /** Sets what a read answers; without it the register reads as zero. */
    public Register reads(Registers.Read read) {
        this.read = read;
        return this;
    }

    /** Sets what a write does; without it writes are ignored. */
    public Register writes(Registers.Write write) {
        this.write = write;
        return this;
    }

    /**
     * Reads and writes four bytes of an array at once, from an index that is a multiple of four;
     * the same as one by one, only faster.
     */
    public Register words(Registers.Read read, Registers.Write write) {
        readWord = read;
        writeWord = write;
        return this;
    }

    /** Makes it a read-only register of constant value. */
    public Register constant(long value) {
        this.read = (_, _, _) -> value;
        return this;
    }

    /** Makes it a plain register that stores what is written to the bits of {@code mask}. */
    public Register stores(Cell cell, long mask) {
        this.read = (board, _, _) -> cell.get(board);
        this.write = (board, _, _, value) -> cell.set(board, value & mask);
        return kept();
    }

    /** Marks that reading it changes something, so dumps leave it alone. */
    public Register sideEffects() {
        this.sideEffects = true;
        return this;
    }

    /** Lets bytes and half-words reach its low bits, as on a peripheral bus without lanes. */
    public Register narrow() {
        this.narrow = true;
        return this;
    }

    /** Marks it as state that software sets up and that a loss of power takes. */
    public Register kept() {
        this.kept = true;
        return this;
    }

    /** Whether it is state that software sets up. */
    public boolean isKept() {
        return kept;
    }

    /**
     * Has accesses told to the bank's {@link Registers#watch watch}: bytes four at a time, other
     * registers one by one. The copies of CPU 0 come first, those of CPU 1 next, then what all
     * share.
     *
     * @param place of the first one
     * @param units how many are told; what lies past them holds nothing
     * @param banked how many of the first units each CPU has a copy of
     * @param cpus how many CPUs there are
     */
    public void track(int place, int units, int banked, int cpus) {
        this.tracked = place;
        this.trackedUnits = units;
        this.banked = banked;
        shared = place + (cpus - 1) * banked;
    }

    /** The place of a unit of the array. */
    private int place(int unit, int cpu) {
        return unit < banked ? tracked + cpu * banked + unit : shared + unit;
    }

    /** Tells that the units an access touches are about to be read. */
    private void tellRead(Board board, Access by, int from, int size, RegisterWatch watch) {
        for (int unit = from >> toldShift; unit < endTold(from + size); unit++) {
            watch.read(board, by, place(unit, by.cpu()));
        }
    }

    /** Tells that the units an access touches have been written. */
    private void tellWritten(Board board, Access by, int from, int size, RegisterWatch watch) {
        int first = from >> toldShift;
        int end = endTold(from + size);
        int split = Math.min(banked, end);
        if (first < split) {
            watch.written(board, by, place(first, by.cpu()), split - first);
            first = split;
        }
        if (first < end) {
            watch.written(board, by, shared + first, end - first);
        }
    }

    /** The unit after the last one told of an access that ends at an offset. */
    private int endTold(int to) {
        return Math.min(to + (1 << toldShift) - 1 >> toldShift, trackedUnits);
    }

    /** Offset of the first register from the start of the block. */
    public long offset() {
        return offset;
    }

    /** The specification's name, without the index. */
    public String name() {
        return name;
    }

    /** Name of the index-th register: its own, or the array's followed by the index. */
    public String name(int index) {
        if (!names.isEmpty()) {
            return names.get(index);
        }
        return count == 1 ? name : name + index;
    }

    /** The names a manual lists it by: the array's, or those of registers side by side. */
    public List<String> names() {
        return names.isEmpty() ? List.of(name) : names;
    }

    /** How many registers the array has. */
    public int count() {
        return count;
    }

    /** Bytes in one register: 1, 2, 4 or 8. */
    public int unit() {
        return unit;
    }

    /** Whether reading it changes something. */
    public boolean hasSideEffects() {
        return sideEffects;
    }

    /** Reads the index-th register of the array. */
    public long read(Board board, Access by, int index) {
        return read.read(board, by, index);
    }

    /** Reads four byte registers from the index-th on, a multiple of four, as one word. */
    public long readWord(Board board, Access by, int index) {
        return readWord.read(board, by, index) & mask(WORD);
    }

    /** Writes the index-th register of the array. */
    public void write(Board board, Access by, int index, long value) {
        write.write(board, by, index, value);
    }

    long read(Board board, Access by, int from, int size, RegisterWatch watch) {
        tellRead(board, by, from, size, watch);
        int index = from >> unitShift;
        if (fits(from, size)) {
            return read.read(board, by, index) & mask(size);
        }
        if (unit == BYTE && isWord(from, size)) {
            return readWord.read(board, by, index) & mask(WORD);
        }
        if (unit == DOUBLE && isWord(from, size)) {
            long shift = (from & WORD) << 3;
            return read.read(board, by, index) >>> shift & mask(WORD);
        }
        if (pairs(from, size)) {
            return read.read(board, by, index) & mask(WORD) | read.read(board, by, index + 1) << 32;
        }
        return 0;
    }

    void write(Board board, Access by, int from, int size, long value, RegisterWatch watch) {
        int index = from >> unitShift;
        if (fits(from, size)) {
            write.write(board, by, index, value & mask(size));
        } else if (unit == BYTE && isWord(from, size)) {
            writeWord.write(board, by, index, value & mask(WORD));
        } else if (unit == DOUBLE && isWord(from, size)) {
            long shift = (from & WORD) << 3;
            long rest = read.read(board, by, index) & ~(mask(WORD) << shift);
            write.write(board, by, index, rest | (value & mask(WORD)) << shift);
        } else if (pairs(from, size)) {
            write.write(board, by, index, value & mask(WORD));
            write.write(board, by, index + 1, value >>> 32);
        }
        tellWritten(board, by, from, size, watch);
    }

    /** Whether so many words from an offset of the block on are all this declaration's. */
    boolean holdsWords(long from, int words) {
        return (unit == WORD || unit == BYTE)
                && (from & WORD - 1) == 0
                && from + (long) WORD * words <= end;
    }

    /** Reads words side by side from an offset into the array on. */
    void readAll(Board board, Access by, int from, Words to, RegisterWatch watch) {
        Registers.Read each = unit == WORD ? read : readWord;
        int step = WORD >> unitShift;
        int index = from >> unitShift;
        for (int i = 0; i < to.count(); i++) {
            tellRead(board, by, from + WORD * i, WORD, watch);
            to.set(board, i, (int) each.read(board, by, index + step * i));
        }
    }

    /** Writes words side by side from an offset into the array on. */
    void writeAll(
            Board board, Access by, int from, int count, Bus.Values values, RegisterWatch watch) {
        Registers.Write each = unit == WORD ? write : writeWord;
        int step = WORD >> unitShift;
        int index = from >> unitShift;
        for (int i = 0; i < count; i++) {
            each.write(board, by, index + step * i, values.at(board, i) & mask(WORD));
        }
        tellWritten(board, by, from, WORD * count, watch);
    }

    private long readBytes(Board board, Access by, int index) {
        long value = 0;
        for (int i = 0; i < WORD && index + i < count; i++) {
            value |= (read.read(board, by, index + i) & 0xFF) << 8 * i;
        }
        return value;
    }

    private void writeBytes(Board board, Access by, int index, long value) {
        for (int i = 0; i < WORD && index + i < count; i++) {
            write.write(board, by, index + i, value >>> 8 * i & 0xFF);
        }
    }

    private static boolean isWord(long from, int size) {
        return size == WORD && (from & WORD - 1) == 0;
    }

    /** Whether a double word takes this register and the next one. */
    private boolean pairs(long from, int size) {
        return unit == WORD
                && size == DOUBLE
                && (from & DOUBLE - 1) == 0
                && from + DOUBLE <= end - offset;
    }

    private boolean fits(long from, int size) {
        return (from & unit - 1) == 0 && (size == unit || narrow && size < unit);
    }

    private static long mask(int size) {
        return size == DOUBLE ? -1L : (1L << 8 * size) - 1;
    }
}
