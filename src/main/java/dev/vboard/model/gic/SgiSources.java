package dev.vboard.model.gic;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Bytes;
import dev.vboard.model.core.Layout;

/**
 * The pending state of SGIs, which GICv2 keeps for each sender: a byte per target CPU and SGI with
 * a bit per source. The SGI's latch is set while any source is.
 */
final class SgiSources {
    private static final int SGIS = 16;

    private final Interrupts interrupts;
    private final Bytes sources;

    SgiSources(Layout layout, Interrupts interrupts) {
        this.interrupts = interrupts;
        sources = layout.bytes("sgi-sources", interrupts.intids.cpus() * SGIS, 0);
    }

    /** The CPUs whose SGI is pending on {@code cpu}. */
    int get(Board board, int cpu, int sgi) {
        return sources.get(board, cpu * SGIS + sgi);
    }

    void set(Board board, int cpu, int sgi, int value) {
        sources.set(board, cpu * SGIS + sgi, value);
        interrupts.latched.set(board, interrupts.intids.index(cpu, sgi), value != 0);
    }

    /** Pends an SGI from one source. */
    void send(Board board, int target, int source, int sgi) {
        set(board, target, sgi, get(board, target, sgi) | 1 << source);
    }

    /** Takes the lowest source of a pending SGI away and answers it. */
    int acknowledge(Board board, int cpu, int sgi) {
        int pending = get(board, cpu, sgi);
        set(board, cpu, sgi, pending & pending - 1);
        return Integer.numberOfTrailingZeros(pending);
    }
}
