package dev.vboard.model.core;

/** One interrupt wire, as the device that drives it sees it. */
public final class Line {
    private final Lines lines;
    private final int index;

    Line(Lines lines, int index) {
        this.lines = lines;
        this.index = index;
    }

    /** Moves the wire; nothing happens when it has that level already. */
    public void drive(Board board, boolean high) {
        lines.drive(board, index, high);
    }

    /** Raises the wire and lowers it again. */
    public void pulse(Board board) {
        lines.pulse(board, index);
    }

    /** Whether the wire is high. */
    public boolean high(Board board) {
        return lines.high(board, index);
    }
}
