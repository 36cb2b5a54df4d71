package dev.vboard.model.gic;

import dev.vboard.model.core.Bits;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Bytes;
import dev.vboard.model.core.Intids;
import dev.vboard.model.core.Layout;
import dev.vboard.model.core.Lines;

import java.util.function.Predicate;

/**
 * The state machine of every interrupt of a distributor (IHI 0048B 3.2.4): enabled, group, pending
 * latch, active, trigger, priority, by index. SGIs are always edge-triggered, and in GICv2 always
 * enabled; such bits are never stored.
 */
final class Interrupts {
    private static final long LOW_SGIS = 0xFFFFL;
    private static final long HIGH_SGIS = 0xFFFFL << 32;

    final Intids intids;
    final Lines lines;
    final Bits enabled;
    final Bits group;
    final Bits latched;
    final Bits active;
    final Bits edge;
    final Bytes priority;

    private final int cpus;
    private final boolean sgisStayEnabled;
    private final Predicate<Board> powered;

    /**
     * Declares the state and listens to the wires.
     *
     * @param sgisStayEnabled whether no register disables SGIs, as in GICv2
     * @param powered whether the GIC has power; edges that arrive without it leave no trace
     */
    Interrupts(Layout layout, Lines lines, boolean sgisStayEnabled, Predicate<Board> powered) {
        this.sgisStayEnabled = sgisStayEnabled;
        this.lines = lines;
        this.powered = powered;
        intids = lines.intids();
        cpus = intids.cpus();
        enabled = layout.bits("enabled", intids.count());
        group = layout.bits("group", intids.count());
        latched = layout.sparseBits("latched", intids.count());
        active = layout.bits("active", intids.count());
        edge = layout.bits("edge", intids.count());
        priority = layout.bytes("priority", intids.count(), 0);
        lines.listen(this::lineChanged);
    }

    private void lineChanged(Board board, int index, boolean high) {
        if (high && edge(board, index) && powered.test(board)) {
            latched.set(board, index, true);
        }
    }

    boolean isSgi(int index) {
        return intids.intid(index) < 16;
    }

    boolean edge(Board board, int index) {
        return isSgi(index) || edge.get(board, index);
    }

    boolean enabled(Board board, int index) {
        return sgisStayEnabled && isSgi(index) || enabled.get(board, index);
    }

    /** Latch, or the live level of a level-sensitive interrupt, enabled or not. */
    boolean pending(Board board, int index) {
        return latched.get(board, index) || lines.high(board, index) && !edge(board, index);
    }

    /** The SGIs among indices 64w to 64w+63. */
    long sgis(int word) {
        return (2 * word < cpus ? LOW_SGIS : 0) | (2 * word + 1 < cpus ? HIGH_SGIS : 0);
    }

    /** Those of indices 64w to 64w+63 that a CPU can be sent: its own private ones and SPIs. */
    long visible(int cpu, int word) {
        int low = 2 * word;
        int high = low + 1;
        return (low >= cpus || low == cpu ? 0xFFFF_FFFFL : 0)
                | (high >= cpus || high == cpu ? 0xFFFF_FFFFL << 32 : 0);
    }

    long enabledWord(Board board, int word) {
        return enabled.word(board, word) | (sgisStayEnabled ? sgis(word) : 0);
    }

    /** Enable bits of 32 interrupts. */
    int enabledHalf(Board board, int half) {
        return (int) (enabledWord(board, half >> 1) >>> ((half & 1) << 5));
    }

    /** Latches and live levels, enabled or not; quick where no line is high. */
    long pendingWord(Board board, int word) {
        long levels = lines.word(board, word);
        if (levels != 0) {
            levels &= ~(edge.word(board, word) | sgis(word));
        }
        return latched.word(board, word) | levels;
    }

    boolean anyPending(Board board) {
        for (long rest = pendingWords(board); rest != 0; rest &= rest - 1) {
            if (pendingWord(board, Long.numberOfTrailingZeros(rest)) != 0) {
                return true;
            }
        }
        return false;
    }

    /** Those of indices 64w to 64w+63 that ask for a CPU: pending, enabled and not active. */
    long askingWord(Board board, int word) {
        return pendingWord(board, word) & enabledWord(board, word) & ~active.word(board, word);
    }

    boolean anyAsking(Board board) {
        for (long rest = pendingWords(board); rest != 0; rest &= rest - 1) {
            if (askingWord(board, Long.numberOfTrailingZeros(rest)) != 0) {
                return true;
            }
        }
        return false;
    }

    /** The words of which {@link #pendingWord} may have a bit set, a bit each. */
    long pendingWords(Board board) {
        return latched.wordsInUse(board) | lines.wordsInUse(board);
    }

    /** Pending bits of 32 interrupts. */
    int pendingHalf(Board board, int half) {
        return (int) (pendingWord(board, half >> 1) >>> ((half & 1) << 5));
    }

    /** Levels of 32 interrupts' lines. */
    int levelHalf(Board board, int half) {
        return (int) (lines.word(board, half >> 1) >>> ((half & 1) << 5));
    }

    /** Gives the private interrupts of a CPU a priority, and those of a set the highest. */
    void privatePriorities(Board board, int cpu, int value, int highest) {
        int first = intids.index(cpu, 0);
        for (int intid = 0; intid < Intids.PRIVATE; intid += 4) {
            int four =
                    value * InterruptFields.EACH_BYTE & ~InterruptFields.seenBytes(highest, intid);
            priority.setWord32(board, first + intid, four);
        }
    }

    /** Ends an interrupt's active state; other CPUs' private ones are out of reach. */
    void deactivate(Board board, int cpu, int intid) {
        active.set(board, intids.index(cpu, intid), false);
    }
}
