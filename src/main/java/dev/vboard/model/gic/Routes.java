package dev.vboard.model.gic;

import dev.vboard.model.core.Bits;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Bytes;
import dev.vboard.model.core.Layout;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a GICv3 sends its SPIs, GICD_IROUTERn (IHI 0069 12.9.22): to the CPU of an affinity or to
 * any one. A byte is kept for each affinity level there is, so that a value that names no CPU reads
 * back; Aff3 is RES0 on a board where every CPU has it zero.
 */
final class Routes {
    private static final int LEVELS = 4;
    private static final long ANY = 1L << 31;

    private final Affinities affinities;
    private final List<Bytes> levels;
    private final Bits any;

    Routes(Layout layout, Affinities affinities, int spis) {
        this.affinities = affinities;
        int count = affinities.levelThree() ? LEVELS : LEVELS - 1;
        List<Bytes> all = new ArrayList<>();
        for (int level = 0; level < count; level++) {
            all.add(layout.bytes("aff" + level, spis, 0));
        }
        levels = List.copyOf(all);
        any = layout.bits("irm", spis);
    }

    /** GICD_IROUTERn of an SPI, counted from 0. */
    long get(Board board, int spi) {
        return Affinities.spread(affinity(board, spi)) | (isAny(board, spi) ? ANY : 0);
    }

    void set(Board board, int spi, long value) {
        int word = Affinities.word(value);
        for (int level = 0; level < levels.size(); level++) {
            levels.get(level).set(board, spi, word >>> 8 * level);
        }
        any.set(board, spi, (value & ANY) != 0);
    }

    /** Whether any participating CPU may take it. */
    boolean isAny(Board board, int spi) {
        return any.get(board, spi);
    }

    private int affinity(Board board, int spi) {
        int word = 0;
        for (int level = 0; level < levels.size(); level++) {
            word |= levels.get(level).get(board, spi) << 8 * level;
        }
        return word;
    }

    /** Whether it names that CPU. */
    boolean names(Board board, int spi, int cpu) {
        return affinity(board, spi) == affinities.of(cpu);
    }

    /** The CPUs it may go to, a bit each; none for a value that names no CPU. */
    int targets(Board board, int spi) {
        int count = affinities.count();
        if (isAny(board, spi)) {
            return (int) ((1L << count) - 1);
        }
        for (int cpu = 0; cpu < count; cpu++) {
            if (names(board, spi, cpu)) {
                return 1 << cpu;
            }
        }
        return 0;
    }
}
