package dev.vboard.model.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The system registers of a board's CPUs, by name and by encoding. */
public final class SystemRegisters {
    private static final Guard ALWAYS = (_, _) -> true;

    private final SortedMap<String, SystemRegister> byName = new TreeMap<>();
    private final SortedMap<Integer, SystemRegister> byEncoding = new TreeMap<>();

    /** What a read answers. */
    @FunctionalInterface
    public interface Read {
        /** The value as that access sees it. */
        long read(Board board, Access by);
    }

    /** What a write does. */
    @FunctionalInterface
    public interface Write {
        /** Takes a written value. */
        void write(Board board, Access by, long value);
    }

    /** Whether an access is defined now: traps and enables that lie in other registers decide. */
    @FunctionalInterface
    public interface Guard {
        /** Whether the access goes through. */
        boolean permits(Board board, Access by);
    }

    /**
     * A system register. Accesses from below its level, reads of a write-only and writes to a
     * read-only one are undefined instructions, and so is what its guard does not permit.
     */
    public static final class SystemRegister {
        private final String name;
        private final int encoding;
        private final int minimumLevel;
        private final int minimumWriteLevel;
        private final boolean readable;
        private final boolean writable;
        private final Read read;
        private final Write write;
        private final Guard guard;
        private RegisterWatch watch = RegisterWatch.NONE;
        private int[] places = {};

        private SystemRegister(
                String name,
                int encoding,
                int minimumLevel,
                int minimumWriteLevel,
                boolean readable,
                boolean writable,
                Read read,
                Write write,
                Guard guard) {
            this.name = name;
            this.encoding = encoding;
            this.minimumLevel = minimumLevel;
            this.minimumWriteLevel = minimumWriteLevel;
            this.readable = readable;
            this.writable = writable;
            this.read = read;
            this.write = write;
            this.guard = guard;
        }

        private SystemRegister guardedBy(Guard other) {
            return new SystemRegister(
                    name,
                    encoding,
                    minimumLevel,
                    minimumWriteLevel,
                    readable,
                    writable,
                    read,
                    write,
                    other);
        }

        /** The architecture's name. */
        public String name() {
            return name;
        }

        /** op0, op1, CRn, CRm, op2 as {@link SystemRegisters#encoding} packs them. */
        public int encoding() {
            return encoding;
        }

        /** The lowest exception level that reads it. */
        public int minimumLevel() {
            return minimumLevel;
        }

        /** Whether MRS is defined. */
        public boolean readable() {
            return readable;
        }

        /** Whether MSR is defined. */
        public boolean writable() {
            return writable;
        }

        /** Whether that access is defined, and goes through as the board stands. */
        public boolean permits(Board board, Access by, boolean writing) {
            return permits(by, writing) && guard.permits(board, by);
        }

        /** Whether that access is defined, whatever other registers say. */
        public boolean permits(Access by, boolean writing) {
            return writing
                    ? writable && by.exceptionLevel() >= minimumWriteLevel
                    : readable && by.exceptionLevel() >= minimumLevel;
        }

        /** Reads it. */
        public long read(Board board, Access by) {
            if (by.cpu() < places.length) {
                watch.read(board, by, places[by.cpu()]);
            }
            return read.read(board, by);
        }

        /** Reads it unnoticed, for reports; a register whose reading changes something, too. */
        public long look(Board board, Access by) {
            return read.read(board, by);
        }

        /** Writes it. */
        public void write(Board board, Access by, long value) {
            write.write(board, by, value);
            if (by.cpu() < places.length) {
                watch.written(board, by, places[by.cpu()], 1);
            }
        }

        /**
         * Has accesses told; to be called for one CPU after the other.
         *
         * @param place under which the next CPU's are told
         */
        public void track(RegisterWatch watch, int place) {
            this.watch = watch;
            places = Arrays.copyOf(places, places.length + 1);
            places[places.length - 1] = place;
        }
    }

    /** Packs an encoding into one number. */
    public static int encoding(int op0, int op1, int crn, int crm, int op2) {
        return op0 << 14 | op1 << 11 | crn << 7 | crm << 3 | op2;
    }

    /** Declares a readable and writable register. */
    public void declare(String name, int encoding, int minimumLevel, Read read, Write write) {
        declare(name, encoding, minimumLevel, minimumLevel, read, write);
    }

    /** Declares a register that takes a higher exception level to write than to read. */
    public void declare(
            String name, int encoding, int readLevel, int writeLevel, Read read, Write write) {
        add(new SystemRegister(
                name, encoding, readLevel, writeLevel, true, true, read, write, ALWAYS));
    }

    /** Declares a register that can only be read. */
    public void readOnly(String name, int encoding, int minimumLevel, Read read) {
        Write ignore = (_, _, _) -> {};
        add(new SystemRegister(
                name, encoding, minimumLevel, minimumLevel, true, false, read, ignore, ALWAYS));
    }

    /** Declares a register that can only be written. */
    public void writeOnly(String name, int encoding, int minimumLevel, Write write) {
        Read zero = (_, _) -> 0;
        add(new SystemRegister(
                name, encoding, minimumLevel, minimumLevel, false, true, zero, write, ALWAYS));
    }

    /** Declares a register that the CPUs of this board do not have: no access is defined. */
    public void absent(String name, int encoding) {
        Read zero = (_, _) -> 0;
        Write ignore = (_, _, _) -> {};
        add(new SystemRegister(name, encoding, 0, 0, false, false, zero, ignore, ALWAYS));
    }

    /** Lets accesses to a declared register through only where the guard permits it. */
    public void guard(String name, Guard guard) {
        SystemRegister r = get(name);
        SystemRegister guarded = r.guardedBy(guard);
        byName.put(r.name.toUpperCase(Locale.ROOT), guarded);
        byEncoding.put(r.encoding, guarded);
    }

    /** Declares a register that stores what is written, one cell a CPU. */
    public void stores(String name, int encoding, int minimumLevel, List<Cell> cellOfCpu) {
        stores(name, encoding, minimumLevel, minimumLevel, cellOfCpu);
    }

    /** Declares such a register that takes another exception level to write than to read. */
    public void stores(
            String name, int encoding, int readLevel, int writeLevel, List<Cell> cellOfCpu) {
        Cell[] cells = cellOfCpu.toArray(Cell[]::new);
        declare(
                name,
                encoding,
                readLevel,
                writeLevel,
                (board, by) -> cells[by.cpu()].get(board),
                (board, by, value) -> cells[by.cpu()].set(board, value));
    }

    private void add(SystemRegister register) {
        if (byName.put(register.name.toUpperCase(Locale.ROOT), register) != null
                || byEncoding.put(register.encoding, register) != null) {
            throw new IllegalArgumentException(register.name + " is declared twice");
        }
    }

    /**
     * The register with that name, case ignored, or that encoding written {@code s3_0_c12_c12_0}.
     */
    public Optional<SystemRegister> find(String nameOrEncoding) {
        String upper = nameOrEncoding.toUpperCase(Locale.ROOT);
        SystemRegister named = byName.get(upper);
        if (named != null) {
            return Optional.of(named);
        }
        String[] parts = upper.split("_", -1);
        if (parts.length != 5 || !upper.matches("S[0-3]_[0-7]_C\\d{1,2}_C\\d{1,2}_[0-7]")) {
            return Optional.empty();
        }
        int encoding = encoding(
                Integer.parseInt(parts[0].substring(1)),
                Integer.parseInt(parts[1]),
                Integer.parseInt(parts[2].substring(1)),
                Integer.parseInt(parts[3].substring(1)),
                Integer.parseInt(parts[4]));
        return Optional.ofNullable(byEncoding.get(encoding));
    }

    /**
     * The register with that name.
     *
     * @throws IllegalArgumentException when there is none; use {@link #find} for a caller's words
     */
    public SystemRegister get(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException("no register " + name));
    }

    /** All registers, by name. */
    public List<SystemRegister> all() {
        return new ArrayList<>(byName.values());
    }
}
