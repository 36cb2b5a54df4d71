package dev.vboard.model.core;

import java.util.ArrayList;
import java.util.List;

/** The physical address map: which block answers at which address. */
public final class Bus {
    private final List<Window> windows = new ArrayList<>();
    private Window[] sorted = {};

    /** What stands behind a range of addresses. */
    public interface Target {
        /** Reads {@code size} bytes (1, 2, 4 or 8) at an offset into the range. */
        long read(Board board, Access by, long offset, int size);

        /** Writes {@code size} bytes (1, 2, 4 or 8) at an offset into the range. */
        void write(Board board, Access by, long offset, int size, long value);

        /** Reads 32-bit registers side by side, as many as there is room for, one by one. */
        default void readAll(Board board, Access by, long offset, Words to) {
            for (int i = 0; i < to.count(); i++) {
                to.set(board, i, (int) read(board, by, offset + 4L * i, 4));
            }
        }

        /** Writes {@code count} 32-bit registers side by side; the same as one by one. */
        default void writeAll(Board board, Access by, long offset, int count, Values values) {
            for (int i = 0; i < count; i++) {
                write(board, by, offset + 4L * i, 4, values.at(board, i) & 0xFFFF_FFFFL);
            }
        }
    }

    /** What is written to registers side by side. */
    @FunctionalInterface
    public interface Values {
        /** What the index-th of them gets. */
        int at(Board board, int index);
    }

    /**
     * A range of addresses with one target.
     *
     * @param name what it is
     * @param base first address
     * @param sizeBytes length in bytes
     * @param target what answers
     */
    public record Window(String name, long base, long sizeBytes, Target target) {
        /** Whether an access of that size lies wholly inside. */
        public boolean holds(long address, int size) {
            return Long.compareUnsigned(address - base, sizeBytes - size) <= 0;
        }

        /** Reads a 32-bit register at an offset into the range. */
        public int read32(Board board, Access by, long offset) {
            return (int) target.read(board, by, offset, 4);
        }

        /** Writes a 32-bit register at an offset into the range. */
        public void write32(Board board, Access by, long offset, int value) {
            target.write(board, by, offset, 4, value & 0xFFFF_FFFFL);
        }

        /** Reads 32-bit registers from an offset on, side by side, until there is no more room. */
        public void readAll(Board board, Access by, long offset, Words to) {
            target.readAll(board, by, offset, to);
        }

        /** Writes that many 32-bit registers from an offset on, side by side. */
        public void writeAll(Board board, Access by, long offset, int count, Values values) {
            target.writeAll(board, by, offset, count, values);
        }
    }

    /**
     * Puts a target at an address.
     *
     * @throws IllegalArgumentException when the range overlaps another one
     */
    public void map(String name, long base, long sizeBytes, Target target) {
        Window window = new Window(name, base, sizeBytes, target);
        int at = 0;
        while (at < windows.size() && Long.compareUnsigned(windows.get(at).base, base) < 0) {
            at++;
        }
        boolean overlaps = at < windows.size()
                && Long.compareUnsigned(windows.get(at).base - base, sizeBytes) < 0;
        overlaps |= at > 0 && windows.get(at - 1).holds(base, 1);
        if (overlaps) {
            throw new IllegalArgumentException(name + " overlaps another region");
        }
        windows.add(at, window);
        sorted = windows.toArray(new Window[0]);
    }

    /** Puts RAM of address space 0 at an address. */
    public void memory(long base, long sizeBytes) {
        map("memory", base, sizeBytes, new Memory(base));
    }

    /** All ranges, by ascending address. */
    public List<Window> windows() {
        return List.copyOf(windows);
    }

    /** The range that holds an address, for a driver that uses it all the time. */
    public Window window(long address) {
        return find(address, 1);
    }

    /** Whether something answers an access of that size, aligned to it, at that address. */
    public boolean answers(long address, int size) {
        return (address & size - 1) == 0 && find(address, size) != NOWHERE;
    }

    /** Name of the range that holds the address, or an empty string. */
    public String nameAt(long address) {
        return find(address, 1).name;
    }

    /** Reads physical memory or a device; zero where nothing {@link #answers}. */
    public long read(Board board, Access by, long address, int size) {
        Window window = find(address, size);
        return window.target.read(board, by, address - window.base, size);
    }

    /** Writes physical memory or a device; ignored where nothing {@link #answers}. */
    public void write(Board board, Access by, long address, int size, long value) {
        Window window = find(address, size);
        window.target.write(board, by, address - window.base, size, value);
    }

    /** Reads a 32-bit register. */
    public int read32(Board board, Access by, long address) {
        return (int) read(board, by, address, 4);
    }

    /** Writes a 32-bit register. */
    public void write32(Board board, Access by, long address, int value) {
        write(board, by, address, 4, value & 0xFFFF_FFFFL);
    }

    private Window find(long address, int size) {
        int low = 0;
        int high = sorted.length - 1;
        while (low <= high) {
            int middle = low + high >>> 1;
            Window window = sorted[middle];
            if (Long.compareUnsigned(address, window.base) < 0) {
                high = middle - 1;
            } else if (Long.compareUnsigned(address - window.base, window.sizeBytes) >= 0) {
                low = middle + 1;
            } else {
                return window.holds(address, size) ? window : NOWHERE;
            }
        }
        return NOWHERE;
    }

    private static final Window NOWHERE = new Window("", 0, 0, new Registers());

    /** RAM behind a range of the bus; addresses are physical. */
    private record Memory(long base) implements Target {
        @Override
        public long read(Board board, Access by, long offset, int size) {
            return board.ram().read(0, base + offset, size);
        }

        @Override
        public void write(Board board, Access by, long offset, int size, long value) {
            board.ram().write(0, base + offset, size, value);
        }
    }
}
