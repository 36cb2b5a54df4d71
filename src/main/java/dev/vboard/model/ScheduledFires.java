package dev.vboard.model;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Deadline;
import dev.vboard.model.core.Layout;
import dev.vboard.model.report.ScheduledFire;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Interrupt lines that are to be moved later. Fires of one instant apply in ascending INTID. */
final class ScheduledFires {
    private static final int NO_CPU = 0xFF;

    private final List<Cell> at;
    private final List<Cell> what;
    private final Cell nextOrder;
    private final Cell count;

    ScheduledFires(Layout layout, int capacity) {
        Layout own = layout.named("scheduled");
        at = own.cells("at", capacity, 64);
        what = own.cells("what", capacity, 64);
        nextOrder = own.cell("next-order", 32);
        count = own.cell("count", 16);
    }

    int capacity() {
        return at.size();
    }

    /** Adds one; false when all places are taken. */
    boolean add(Board board, long nanos, int intid, int cpu, boolean level) {
        for (int i = 0; i < at.size(); i++) {
            if (what.get(i).get(board) == 0) {
                at.get(i).set(board, nanos);
                count.add(board, 1);
                long order = nextOrder.add(board, 1);
                long place = cpu < 0 ? NO_CPU : cpu;
                what.get(i)
                        .set(
                                board,
                                1L << 63
                                        | (long) intid << 48
                                        | order << 16
                                        | place << 1
                                        | (level ? 1 : 0));
                return true;
            }
        }
        return false;
    }

    /** When the next one is due, or {@link Deadline#NEVER}. */
    long next(Board board) {
        return count.get(board) == 0 ? Deadline.NEVER : at.get(first(board)).get(board);
    }

    private int first(Board board) {
        int best = -1;
        for (int i = 0; i < at.size(); i++) {
            if (what.get(i).get(board) != 0 && (best < 0 || before(board, i, best))) {
                best = i;
            }
        }
        return best;
    }

    /** The INTID and then the order of scheduling are the high bits of {@code what}. */
    private boolean before(Board board, int a, int b) {
        long atA = at.get(a).get(board);
        long atB = at.get(b).get(board);
        return atA != atB ? atA < atB : what.get(a).get(board) < what.get(b).get(board);
    }

    /** Takes the next one out. */
    ScheduledFire take(Board board) {
        int first = first(board);
        ScheduledFire fire = describe(board, first);
        remove(board, first);
        return fire;
    }

    private void remove(Board board, int i) {
        count.add(board, what.get(i).get(board) != 0 ? -1 : 0);
        at.get(i).set(board, 0);
        what.get(i).set(board, 0);
    }

    private ScheduledFire describe(Board board, int i) {
        long bits = what.get(i).get(board);
        int cpu = (int) (bits >>> 1) & 0xFF;
        return new ScheduledFire(
                at.get(i).get(board),
                (int) (bits >>> 48) & 0x7FFF,
                cpu == NO_CPU ? OptionalInt.empty() : OptionalInt.of(cpu),
                (bits & 1) != 0);
    }

    /** All of them, in the order in which they will apply. */
    List<ScheduledFire> all(Board board) {
        List<Integer> used = new ArrayList<>();
        for (int i = 0; i < at.size(); i++) {
            if (what.get(i).get(board) != 0) {
                used.add(i);
            }
        }
        used.sort((a, b) -> before(board, a, b) ? -1 : 1);
        List<ScheduledFire> fires = new ArrayList<>();
        used.forEach(i -> fires.add(describe(board, i)));
        return fires;
    }

    /** Forgets all; answers how many there were. */
    int clear(Board board) {
        int before = count.getInt(board);
        for (int i = 0; i < at.size(); i++) {
            remove(board, i);
        }
        return before;
    }
}
