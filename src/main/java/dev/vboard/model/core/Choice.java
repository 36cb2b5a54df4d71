package dev.vboard.model.core;

import java.util.List;

/** A view of a cell that holds one constant of an enum. */
public final class Choice<E extends Enum<E>> {
    private final Cell cell;
    private final List<E> constants;

    Choice(Cell cell, List<E> constants) {
        this.cell = cell;
        this.constants = constants;
    }

    /** The constant. */
    public E get(Board board) {
        return constants.get(cell.getInt(board));
    }

    /** Stores a constant. */
    public void set(Board board, E value) {
        cell.set(board, value.ordinal());
    }

    /** Whether that constant is stored. */
    public boolean is(Board board, E value) {
        return cell.getInt(board) == value.ordinal();
    }
}
