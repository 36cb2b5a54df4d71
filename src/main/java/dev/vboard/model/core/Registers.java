package dev.vboard.model.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The registers of one block, declared once and shared by all boards: name, offset, what a read
 * answers and what a write does. State stays in cells.
 *
 * <p>A declaration is an array of equal registers; {@code index} counts from its first one.
 * Registers are 32 bits wide unless declared as bytes, halves or double words. Offsets nobody
 * declared, accesses of a size a register does not have and writes to read-only registers are
 * RAZ/WI. The four bytes of an aligned word belong to one declaration at most.
 */
public final class Registers implements Bus.Target {
    private static final int BYTE = 1;
    private static final int HALF = 2;
    private static final int WORD = 4;
    private static final int DOUBLE = 8;
    private static final int WORD_SHIFT = 2;

    private final List<Register> declared = new ArrayList<>();
    private RegisterWatch watch = RegisterWatch.NONE;
    private Register[] byWord = {};

    /** What a read answers. */
    @FunctionalInterface
    public interface Read {
        /** The value of the index-th register of the array, as that access sees it. */
        long read(Board board, Access by, int index);
    }

    /** What a write does. */
    @FunctionalInterface
    public interface Write {
        /** Takes a value written to the index-th register of the array. */
        void write(Board board, Access by, int index, long value);
    }

    /** Declares one 32-bit register, or the first of an array of them. */
    public Register word(long offset, String name) {
        return declare(new Register(this, offset, name, WORD));
    }

    /** Declares one 64-bit register that is also accessible as two words. */
    public Register doubleWord(long offset, String name) {
        return declare(new Register(this, offset, name, DOUBLE));
    }

    /** Declares an array of byte registers that is also accessible as 32-bit words. */
    public Register bytes(long offset, String name, int count) {
        return declare(new Register(this, offset, name, BYTE)).count(count);
    }

    /** Declares 16-bit registers side by side, each with its own name; no other size works. */
    public Register halves(long offset, List<String> names) {
        Register array = declare(new Register(this, offset, names.getFirst(), HALF));
        array.names = List.copyOf(names);
        return array.count(names.size());
    }

    private Register declare(Register register) {
        int at = 0;
        while (at < declared.size() && declared.get(at).offset < register.offset) {
            at++;
        }
        declared.add(at, register);
        place(register);
        return register;
    }

    private void place(Register register) {
        int first = (int) register.offset >> WORD_SHIFT;
        int end = (int) (register.end + WORD - 1) >> WORD_SHIFT;
        if (end > byWord.length) {
            int old = byWord.length;
            byWord = Arrays.copyOf(byWord, end);
            Arrays.fill(byWord, old, end, NONE);
        }
        for (int word = first; word < end; word++) {
            if (byWord[word] != NONE && byWord[word] != register) {
                throw new IllegalArgumentException(
                        register.name + " overlaps " + byWord[word].name);
            }
            byWord[word] = register;
        }
    }

    /** All declarations, by ascending offset. */
    public List<Register> all() {
        return List.copyOf(declared);
    }

    @Override
    public long read(Board board, Access by, long offset, int size) {
        Register register = find(offset);
        if (register == NONE) {
            return 0;
        }
        int from = (int) (offset - register.offset);
        for (int unit = register.firstTold(from); unit < register.endTold(from + size); unit++) {
            watch.read(board, by, register.place(unit, by.cpu()));
        }
        return register.read(board, by, from, size);
    }

    @Override
    public void write(Board board, Access by, long offset, int size, long value) {
        Register register = find(offset);
        if (register == NONE) {
            return;
        }
        int from = (int) (offset - register.offset);
        register.write(board, by, from, size, value);
        for (int unit = register.firstTold(from); unit < register.endTold(from + size); unit++) {
            watch.written(board, by, register.place(unit, by.cpu()));
        }
    }

    /** Sets who is told of accesses to {@link Register#track tracked} registers. */
    public void watch(RegisterWatch watch) {
        this.watch = watch;
    }

    private Register find(long offset) {
        long word = offset >> WORD_SHIFT;
        if (word < 0 || word >= byWord.length) {
            return NONE;
        }
        Register register = byWord[(int) word];
        return offset >= register.offset && offset < register.end ? register : NONE;
    }

    private static final Register NONE = new Register(new Registers(), 0, "none", WORD);

    /** One declaration: a register, or an array of equal ones. */
    public static final class Register {
        private final Registers bank;
        private final long offset;
        private final String name;
        private final int unit;
        private final int unitShift;
        private final int toldShift;
        private List<String> names = List.of();
        private int count = 1;
        private long end;
        private Read read = (_, _, _) -> 0;
        private Write write = (_, _, _, _) -> {};
        private Read readWord = this::readBytes;
        private Write writeWord = this::writeBytes;
        private boolean sideEffects;
        private boolean narrow;
        private boolean kept;
        private int tracked;
        private int trackedUnits;
        private int banked;
        private int copies;

        private Register(Registers bank, long offset, String name, int unit) {
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
        public Register reads(Read read) {
            this.read = read;
            return this;
        }

        /** Sets what a write does; without it writes are ignored. */
        public Register writes(Write write) {
            this.write = write;
            return this;
        }

        /**
         * Reads and writes four bytes of an array at once, from an index that is a multiple of
         * four; the same as one by one, only faster.
         */
        public Register words(Read read, Write write) {
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
         * Has accesses told to the bank's {@link #watch}: bytes four at a time, other registers one
         * by one. The copies of CPU 0 come first, those of CPU 1 next, then what all share.
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
            this.copies = cpus;
        }

        /** The unit that holds an offset into the array. */
        private int firstTold(int from) {
            return from >> toldShift;
        }

        /** The unit after the last one told of an access that ends at an offset. */
        private int endTold(int to) {
            return Math.min(to + (1 << toldShift) - 1 >> toldShift, trackedUnits);
        }

        /** The place of a unit of the array. */
        private int place(int index, int cpu) {
            return index < banked
                    ? tracked + cpu * banked + index
                    : tracked + copies * banked + index - banked;
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

        private long read(Board board, Access by, long from, int size) {
            int index = (int) (from >> unitShift);
            if (fits(from, size)) {
                return read.read(board, by, index) & mask(size);
            }
            if (unit == BYTE && size == WORD && (from & WORD - 1) == 0) {
                return readWord.read(board, by, index) & mask(WORD);
            }
            if (unit == DOUBLE && size == WORD && (from & WORD - 1) == 0) {
                return read.read(board, by, index) >>> ((from & WORD) << 3) & mask(WORD);
            }
            if (pairs(from, size)) {
                return read.read(board, by, index) & mask(WORD)
                        | read.read(board, by, index + 1) << 32;
            }
            return 0;
        }

        private void write(Board board, Access by, long from, int size, long value) {
            int index = (int) (from >> unitShift);
            if (fits(from, size)) {
                write.write(board, by, index, value & mask(size));
            } else if (unit == BYTE && size == WORD && (from & WORD - 1) == 0) {
                writeWord.write(board, by, index, value & mask(WORD));
            } else if (unit == DOUBLE && size == WORD && (from & WORD - 1) == 0) {
                long shift = (from & WORD) << 3;
                long rest = read.read(board, by, index) & ~(mask(WORD) << shift);
                write.write(board, by, index, rest | (value & mask(WORD)) << shift);
            } else if (pairs(from, size)) {
                write.write(board, by, index, value & mask(WORD));
                write.write(board, by, index + 1, value >>> 32);
            }
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
}
