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
        return declare(new Register(this, offset, name, Register.WORD));
    }

    /** Declares one 64-bit register that is also accessible as two words. */
    public Register doubleWord(long offset, String name) {
        return declare(new Register(this, offset, name, Register.DOUBLE));
    }

    /** Declares an array of byte registers that is also accessible as 32-bit words. */
    public Register bytes(long offset, String name, int count) {
        return declare(new Register(this, offset, name, Register.BYTE)).count(count);
    }

    /** Declares 16-bit registers side by side, each with its own name; no other size works. */
    public Register halves(long offset, List<String> names) {
        Register array = declare(new Register(this, offset, names.getFirst(), Register.HALF));
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

    void place(Register register) {
        int first = (int) register.offset >> Register.WORD_SHIFT;
        int end = (int) (register.end + Register.WORD - 1) >> Register.WORD_SHIFT;
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
        return register == NONE
                ? 0
                : register.read(board, by, (int) (offset - register.offset), size, watch);
    }

    @Override
    public void write(Board board, Access by, long offset, int size, long value) {
        Register register = find(offset);
        if (register != NONE) {
            register.write(board, by, (int) (offset - register.offset), size, value, watch);
        }
    }

    @Override
    public void readAll(Board board, Access by, long offset, Words to) {
        Register register = find(offset);
        if (register.holdsWords(offset, to.count())) {
            register.readAll(board, by, (int) (offset - register.offset), to, watch);
        } else {
            Bus.Target.super.readAll(board, by, offset, to);
        }
    }

    @Override
    public void writeAll(Board board, Access by, long offset, int count, Bus.Values values) {
        Register register = find(offset);
        if (register.holdsWords(offset, count)) {
            register.writeAll(board, by, (int) (offset - register.offset), count, values, watch);
        } else {
            Bus.Target.super.writeAll(board, by, offset, count, values);
        }
    }

    /** Sets who is told of accesses to {@link Register#track tracked} registers. */
    public void watch(RegisterWatch watch) {
        this.watch = watch;
    }

    private Register find(long offset) {
        long word = offset >> Register.WORD_SHIFT;
        if (word < 0 || word >= byWord.length) {
            return NONE;
        }
        Register register = byWord[(int) word];
        return offset >= register.offset && offset < register.end ? register : NONE;
    }

    private static final Register NONE = new Register(new Registers(), 0, "none", Register.WORD);
}
