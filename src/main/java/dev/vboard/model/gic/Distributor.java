package dev.vboard.model.gic;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Bytes;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Intids;
import dev.vboard.model.core.Layout;
import dev.vboard.model.core.Lines;
import dev.vboard.model.core.Registers;

import java.util.function.Predicate;

/**
 * The distributor of a GICv2 (IHI 0048B 4.3): which interrupts are forwarded, at which priority and
 * to whom. SPIs are 1-of-N: one pending and one active bit each, whatever their targets.
 */
final class Distributor {
    final Interrupts interrupts;
    final SgiSources sgis;
    final Cell control;

    private final Variant variant;
    private final Bytes targets;
    private final int cpus;
    private final int firstSpi;
    private final Registers registers;

    Distributor(Layout layout, Lines lines, Variant variant, Predicate<Board> powered) {
        this.variant = variant;
        Layout gicd = layout.named("gicd");
        interrupts = new Interrupts(gicd, lines, true, powered);
        sgis = new SgiSources(gicd, interrupts);
        Intids intids = interrupts.intids;
        cpus = intids.cpus();
        firstSpi = cpus * Intids.PRIVATE;
        control = gicd.cell("ctlr", 8);
        targets = gicd.bytes("targets", intids.intids() - Intids.PRIVATE, 0);
        registers = new DistributorRegisters(this, variant).declare();
    }

    /** The register bank, at GICD's address. */
    Registers registers() {
        return registers;
    }

    /** The groups that are forwarded: bit 0 for Group 0, bit 1 for Group 1. */
    int enabledGroups(Board board) {
        return control.getInt(board);
    }

    /**
     * The interrupts an access may see among 32 neighbours: non-secure ones see Group 1 only.
     *
     * @param half as {@link Intids#word32} answers it
     */
    int permitted(Board board, Access by, int half) {
        return variant.nonSecure(by) ? interrupts.group.word32(board, half) : -1;
    }

    /** Whether an access may see that interrupt. */
    boolean permits(Board board, Access by, int index) {
        return !variant.nonSecure(by) || interrupts.group.get(board, index);
    }

    /** The CPUs that interrupt may go to, a bit each. */
    int targets(Board board, int index) {
        if (index < firstSpi) {
            return 1 << interrupts.intids.cpu(index);
        }
        return cpus == 1 ? 1 : targets.get(board, index - firstSpi);
    }

    void setTargets(Board board, int index, int mask) {
        targets.set(board, index - firstSpi, mask & (1 << cpus) - 1);
    }

    /** The target masks of four neighbouring SPIs, the first a multiple of four. */
    int targetsOfFour(Board board, int intid) {
        return targets.word32(board, intid - Intids.PRIVATE);
    }

    void setTargetsOfFour(Board board, int intid, int masks) {
        int existing = ((1 << cpus) - 1) * 0x0101_0101;
        targets.setWord32(board, intid - Intids.PRIVATE, masks & existing);
    }

    int priority(Board board, int index) {
        return interrupts.priority.get(board, index);
    }

    boolean group1(Board board, int index) {
        return interrupts.group.get(board, index);
    }

    /**
     * The best interrupt forwarded to a CPU's interface: group forwarded, pending, enabled, not
     * active, meant for that CPU; the lowest priority value wins, then the lowest INTID.
     *
     * @return a {@link Candidate}
     */
    int best(Board board, int cpu) {
        int groups = control.getInt(board);
        int best = Candidate.NONE;
        if (groups == 0) {
            return best;
        }
        for (long rest = interrupts.pendingWords(board); rest != 0; rest &= rest - 1) {
            int word = Long.numberOfTrailingZeros(rest);
            long asking = interrupts.askingWord(board, word) & interrupts.visible(cpu, word);
            if (asking != 0) {
                long candidates = asking & grouped(board, word, groups);
                best = Math.min(best, bestOf(board, cpu, word, candidates));
            }
        }
        return best;
    }

    /** Those of indices 64w to 64w+63 that are in one of the groups. */
    private long grouped(Board board, int word, int groups) {
        long group1 = interrupts.group.word(board, word);
        return ((groups & 1) != 0 ? ~group1 : 0) | ((groups & 2) != 0 ? group1 : 0);
    }

    private int bestOf(Board board, int cpu, int word, long candidates) {
        int best = Candidate.NONE;
        for (long rest = candidates; rest != 0; rest &= rest - 1) {
            int index = (word << 6) + Long.numberOfTrailingZeros(rest);
            if (index < firstSpi || (targets(board, index) >>> cpu & 1) != 0) {
                best = Math.min(best, Candidate.of(priority(board, index), index));
            }
        }
        return best;
    }

    /**
     * Makes an interrupt active for the CPU that acknowledges it and clears its latch.
     *
     * @return the source of an SGI, 0 for all others
     */
    int acknowledge(Board board, int cpu, int index) {
        interrupts.active.set(board, index, true);
        if (interrupts.isSgi(index)) {
            return sgis.acknowledge(board, cpu, interrupts.intids.intid(index));
        }
        interrupts.latched.set(board, index, false);
        return 0;
    }
}
