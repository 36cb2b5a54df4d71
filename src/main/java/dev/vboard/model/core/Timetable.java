package dev.vboard.model.core;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * The deadlines of all segments that a board has, in cell order and side by side, since they are
 * looked through between any two steps. It follows from the segments' shapes; boards with the same
 * segments may share one.
 */
final class Timetable {
    private final Deadline[] deadlines;
    private final int[] slots;
    private final int[] words;
    private final int[] progressSlots;
    private final int[] progressWords;

    /** Of a board whose segments have those shapes, by slot. */
    Timetable(Shape[] shapes) {
        List<Deadline> all = new ArrayList<>();
        for (Shape shape : shapes) {
            all.addAll(shape.deadlines());
        }
        deadlines = all.toArray(Deadline[]::new);
        slots = each(all, Deadline::slot);
        words = each(all, Deadline::word);
        all.removeIf(deadline -> deadline.kind() != Deadline.Kind.PROGRESS);
        progressSlots = each(all, Deadline::slot);
        progressWords = each(all, Deadline::word);
    }

    private static int[] each(List<Deadline> deadlines, ToIntFunction<Deadline> part) {
        int[] parts = new int[deadlines.size()];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = part.applyAsInt(deadlines.get(i));
        }
        return parts;
    }

    /** The earliest armed one, or {@link Deadline#NEVER}. */
    long next(long[][] cells) {
        long next = Deadline.NEVER;
        for (int i = 0; i < words.length; i++) {
            next = Math.min(next, cells[slots[i]][words[i]]);
        }
        return next;
    }

    /** Fires the first one that is armed for that moment; answers whether there was one. */
    boolean fire(Board board, long[][] cells, long atNanos) {
        for (int i = 0; i < words.length; i++) {
            if (cells[slots[i]][words[i]] == atNanos) {
                deadlines[i].fire(board);
                return true;
            }
        }
        return false;
    }

    /** Whether one of kind {@link Deadline.Kind#PROGRESS} is armed. */
    boolean progressing(long[][] cells) {
        for (int i = 0; i < progressWords.length; i++) {
            if (cells[progressSlots[i]][progressWords[i]] != Deadline.NEVER) {
                return true;
            }
        }
        return false;
    }
}
