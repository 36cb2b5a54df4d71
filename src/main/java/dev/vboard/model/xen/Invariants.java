package dev.vboard.model.xen;

import dev.vboard.model.core.Bits;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Choice;
import dev.vboard.model.core.EventType;
import dev.vboard.model.core.Events;
import dev.vboard.model.core.Layout;
import dev.vboard.model.hazard.Invariant;

import java.util.ArrayList;
import java.util.List;

/**
 * Which invariants hold, and of each that does not when and how it was first violated. What is
 * violated stays so until the board boots again (xen-suspend.md 7.2).
 */
public final class Invariants {
    private final Hypervisor xen;
    private final Bits violated;
    private final List<Choice<Finding>> finding = new ArrayList<>();
    private final List<Cell> first;
    private final List<Cell> second;
    private final List<Cell> sequence;
    private final List<Cell> atNanos;

    /**
     * The first violation of an invariant.
     *
     * @param sequence number of its event
     * @param atNanos when it was
     * @param detail what was found, a sentence
     */
    public record Violation(long sequence, long atNanos, String detail) {}

    Invariants(Hypervisor xen, Layout layout) {
        this.xen = xen;
        Layout own = layout.named("invariants");
        violated = own.bits("violated", Invariant.COUNT + 1);
        for (int i = 1; i <= Invariant.COUNT; i++) {
            finding.add(own.choice("finding" + i, Finding.class));
        }
        first = own.cells("first", Invariant.COUNT, 16);
        second = own.cells("second", Invariant.COUNT, 16);
        sequence = own.cells("sequence", Invariant.COUNT, 32);
        atNanos = own.cells("at", Invariant.COUNT, 64);
    }

    /** Whether it has held since the board booted. */
    public boolean held(Board board, Invariant invariant) {
        return !violated.get(board, invariant.number());
    }

    /** Its first violation; not to be asked of one that has held. */
    public Violation violation(Board board, Invariant invariant) {
        int i = invariant.number() - 1;
        return new Violation(
                sequence.get(i).get(board),
                atNanos.get(i).get(board),
                finding.get(i).get(board).text((short) first.get(i).getInt(board), (short)
                        second.get(i).getInt(board)));
    }

    /** Reports a violation; only the first of each invariant is kept and told. */
    void violate(Board board, Invariant invariant, Finding what, int a, int b) {
        int i = invariant.number() - 1;
        if (violated.get(board, invariant.number())) {
            return;
        }
        violated.set(board, invariant.number(), true);
        finding.get(i).set(board, what);
        first.get(i).set(board, a);
        second.get(i).set(board, b);
        sequence.get(i).set(board, board.events().nextSequence());
        atNanos.get(i).set(board, xen.now(board));
        EventType.INVARIANT_VIOLATED.emit(
                board,
                xen.now(board),
                what.namesCpu() ? a : Events.ABSENT,
                what.namesDomain() ? a : Events.ABSENT,
                invariant.name());
    }
}
