package dev.vboard.model.gic;

import dev.vboard.model.core.Bits;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Layout;

/**
 * The active priorities registers of one group (GICC_APRn or GICC_NSAPRn): a bit for each
 * preemption level at which that CPU is busy. Priority drop clears the lowest bit, whichever
 * interrupt set it.
 */
final class ActivePriorities {
    private final int shift;
    private final int words;
    private final int levelMask;
    private final Bits bits;

    ActivePriorities(Layout layout, String name, int cpus, Priorities priorities) {
        shift = priorities.levelShift();
        words = Math.max(1, priorities.levels() / 32);
        levelMask = priorities.levels() >= 32 ? -1 : (1 << priorities.levels()) - 1;
        bits = layout.bits(name, cpus * words * 32);
    }

    /** How many registers a CPU has. */
    int words() {
        return words;
    }

    int word(Board board, int cpu, int n) {
        return n < words ? bits.word32(board, cpu * words + n) : 0;
    }

    void setWord(Board board, int cpu, int n, int value) {
        if (n < words) {
            bits.setWord32(board, cpu * words + n, value & levelMask);
        }
    }

    /** The upper half of the levels as non-secure software sees it, shifted down. */
    int upperHalf(Board board, int cpu, int n) {
        if (words > 1) {
            return n < words / 2 ? word(board, cpu, n + words / 2) : 0;
        }
        return n == 0 ? word(board, cpu, 0) >>> halfLevels() : 0;
    }

    void setUpperHalf(Board board, int cpu, int n, int value) {
        if (words > 1) {
            if (n < words / 2) {
                setWord(board, cpu, n + words / 2, value);
            }
        } else if (n == 0) {
            int kept = word(board, cpu, 0) & (1 << halfLevels()) - 1;
            setWord(board, cpu, 0, kept | value << halfLevels());
        }
    }

    private int halfLevels() {
        return Priorities.IDLE >> shift + 1;
    }

    /** The highest active priority, or {@link Priorities#IDLE}. */
    int running(Board board, int cpu) {
        for (int n = 0; n < words; n++) {
            int word = bits.word32(board, cpu * words + n);
            if (word != 0) {
                return 32 * n + Integer.numberOfTrailingZeros(word) << shift;
            }
        }
        return Priorities.IDLE;
    }

    /** Marks the level of a group priority busy. */
    void activate(Board board, int cpu, int groupPriority) {
        bits.set(board, cpu * words * 32 + (groupPriority >> shift), true);
    }

    /** Frees the highest busy level. */
    void drop(Board board, int cpu) {
        for (int n = 0; n < words; n++) {
            int word = bits.word32(board, cpu * words + n);
            if (word != 0) {
                bits.setWord32(board, cpu * words + n, word & word - 1);
                return;
            }
        }
    }
}
