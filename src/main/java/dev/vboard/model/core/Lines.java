package dev.vboard.model.core;

import java.util.ArrayList;
import java.util.List;

/**
 * The interrupt wires of a board: their levels as the devices drive them. Levels do not depend on
 * the power of whoever listens; edges are seen by the listeners of that moment only.
 */
public final class Lines {
    private final Intids intids;
    private final Bits level;
    private final Bits edge;
    private final List<Listener> listeners = new ArrayList<>();

    /** Someone a wire leads to. */
    @FunctionalInterface
    public interface Listener {
        /** Told after the level of an interrupt's wire has changed. */
        void changed(Board board, int index, boolean high);
    }

    /** Declares the wires. */
    public Lines(Layout layout, Intids intids) {
        this.intids = intids;
        level = layout.named("lines").sparseBits("level", intids.count());
        edge = layout.named("lines").bits("edge", intids.count());
    }

    /** The numbering of the wires. */
    public Intids intids() {
        return intids;
    }

    /** Adds someone who is told of each change, in order of registration. */
    public void listen(Listener listener) {
        listeners.add(listener);
    }

    /** The wire of an interrupt; {@code cpu} matters for PPIs only. */
    public Line line(int cpu, int intid) {
        return new Line(this, intids.index(cpu, intid));
    }

    /** Whether the wire is high. */
    public boolean high(Board board, int index) {
        return level.get(board, index);
    }

    /** The levels of INTIDs 64w to 64w+63 by index. */
    public long word(Board board, int word) {
        return level.word(board, word);
    }

    /** Which of the words that {@link #word} answers are not zero, a bit each. */
    public long wordsInUse(Board board) {
        return level.wordsInUse(board);
    }

    /** Whether its source pulses the wire rather than holding it. */
    public boolean isEdge(Board board, int index) {
        return edge.get(board, index);
    }

    /** States whether its source pulses the wire rather than holding it. */
    public void edge(Board board, int index, boolean isEdge) {
        edge.set(board, index, isEdge);
    }

    /** Moves a wire; nothing happens when it has that level already. */
    public void drive(Board board, int index, boolean high) {
        if (level.get(board, index) != high) {
            level.set(board, index, high);
            for (Listener listener : listeners) {
                listener.changed(board, index, high);
            }
        }
    }

    /** Raises a wire and lowers it again. */
    public void pulse(Board board, int index) {
        drive(board, index, true);
        drive(board, index, false);
    }
}
