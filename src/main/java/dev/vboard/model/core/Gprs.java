package dev.vboard.model.core;

import java.util.List;

/**
 * The general registers of one CPU as neighbouring cells: x0 to x30, SP_EL0, SP_EL1, PC, PSTATE.
 */
public final class Gprs {
    /** How many registers there are. */
    public static final int COUNT = 35;

    private final Cell[] cells;
    private final int slot;
    private final int firstWord;

    /** Declares the registers. */
    public Gprs(Layout layout) {
        cells = layout.cells("r", COUNT, 64).toArray(Cell[]::new);
        slot = cells[0].slot();
        firstWord = cells[0].word();
    }

    /** x0 to x30. */
    public Cell x(int number) {
        return cells[number];
    }

    /** The stack pointer of EL0. */
    public Cell spEl0() {
        return cells[31];
    }

    /** The stack pointer of EL1. */
    public Cell spEl1() {
        return cells[32];
    }

    /** The program counter. */
    public Cell pc() {
        return cells[33];
    }

    /** PSTATE in the format of SPSR. */
    public Cell pstate() {
        return cells[34];
    }

    /** All of them, in a fixed order. */
    public List<Cell> all() {
        return List.of(cells);
    }

    /** Sets all registers to zero. */
    public void clear(Board board) {
        for (int i = 0; i < COUNT; i++) {
            board.write(slot, firstWord + i, 0);
        }
    }

    /** Copies all registers from another register file. */
    public void copyFrom(Board board, Gprs other) {
        board.copy(other.slot, other.firstWord, slot, firstWord, COUNT);
    }
}
