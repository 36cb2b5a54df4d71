package dev.vboard.model.gic;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Bits;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Intids;
import dev.vboard.model.core.Layout;
import dev.vboard.model.core.Lines;

import java.util.function.Predicate;

/**
 * The distributor and redistributors of a GICv3 (IHI 0069 4): which interrupts are forwarded, at
 * which priority and to whom. Affinity routing is always on, for both security states; there is no
 * legacy operation.
 */
final class DistributorV3 {
    /** GICD_CTLR.DS: one security state. */
    static final int DISABLE_SECURITY = 1 << 6;

    /** GICD_CTLR.E1NWF: SPIs for any CPU may wake sleeping ones. */
    static final int WAKE_FOR_ANY = 1 << 7;

    private static final int ENABLES = 7;

    final Interrupts interrupts;
    final Bits modifier;
    final Routes routes;
    final Redistributors redistributors;
    final Cell control;

    private final boolean twoStates;
    private final int firstSpi;

    DistributorV3(
            Layout layout,
            Lines lines,
            Affinities affinities,
            boolean twoStates,
            Predicate<Board> powered) {
        this.twoStates = twoStates;
        Layout gicd = layout.named("gicd");
        interrupts = new Interrupts(gicd, lines, false, powered);
        Intids intids = interrupts.intids;
        firstSpi = intids.cpus() * Intids.PRIVATE;
        modifier = gicd.bits("modifier", twoStates ? intids.count() : 0);
        routes = new Routes(gicd, affinities, intids.intids() - Intids.PRIVATE);
        control = gicd.cell("ctlr", 8, twoStates ? 0 : DISABLE_SECURITY);
        redistributors = new Redistributors(layout, intids.cpus());
    }

    /** Whether the GIC was built with two security states. */
    boolean twoStates() {
        return twoStates;
    }

    /** Whether there is one security state: by design, or since GICD_CTLR.DS was set. */
    boolean single(Board board) {
        return !twoStates || (control.getInt(board) & DISABLE_SECURITY) != 0;
    }

    /** Whether an access has the non-secure view: all but Group 1 Non-secure is hidden from it. */
    boolean nonSecure(Board board, Access by) {
        return !by.secure() && !single(board);
    }

    /** The group an interrupt is in. */
    int group(Board board, int index) {
        if (interrupts.group.get(board, index)) {
            return Groups.NON_SECURE_1;
        }
        return !single(board) && modifier.get(board, index) ? Groups.SECURE_1 : Groups.GROUP_0;
    }

    /** Whether an access may see that interrupt. */
    boolean permits(Board board, Access by, int index) {
        return !nonSecure(board, by) || interrupts.group.get(board, index);
    }

    /** The CPUs an interrupt may go to, a bit each. */
    int targets(Board board, int index) {
        return index < firstSpi
                ? 1 << interrupts.intids.cpu(index)
                : routes.targets(board, index - firstSpi);
    }

    /**
     * The best interrupt forwarded to a CPU's interface, as a {@link Candidate}: group forwarded,
     * pending, enabled, not active, meant for that CPU. A sleeping CPU is forwarded none.
     */
    int best(Board board, int cpu) {
        return redistributors.awake(board, cpu) ? best(board, cpu, true) : Candidate.NONE;
    }

    /**
     * Whether the redistributor of a sleeping CPU asks the power controller to wake it. SPIs for
     * any CPU choose one that is awake, unless GICD_CTLR.E1NWF is set.
     */
    boolean asksToWake(Board board, int cpu) {
        boolean forAny = (control.getInt(board) & WAKE_FOR_ANY) != 0;
        return !redistributors.awake(board, cpu) && best(board, cpu, forAny) != Candidate.NONE;
    }

    private int best(Board board, int cpu, boolean forAny) {
        int enables = control.getInt(board) & ENABLES;
        int best = Candidate.NONE;
        if (enables == 0) {
            return best;
        }
        for (long rest = interrupts.pendingWords(board); rest != 0; rest &= rest - 1) {
            int word = Long.numberOfTrailingZeros(rest);
            long asking = interrupts.askingWord(board, word) & interrupts.visible(cpu, word);
            if (asking != 0) {
                long candidates = asking & grouped(board, word, enables);
                best = Math.min(best, bestOf(board, cpu, word, candidates, forAny));
            }
        }
        return best;
    }

    /** Those of indices 64w to 64w+63 that are in one of the groups that are on. */
    private long grouped(Board board, int word, int enables) {
        long nonSecure1 = interrupts.group.word(board, word);
        long secure1 = single(board) ? 0 : modifier.word(board, word) & ~nonSecure1;
        long grouped = (enables & Groups.bit(Groups.NON_SECURE_1)) != 0 ? nonSecure1 : 0;
        grouped |= (enables & Groups.bit(Groups.SECURE_1)) != 0 ? secure1 : 0;
        grouped |= (enables & Groups.bit(Groups.GROUP_0)) != 0 ? ~nonSecure1 & ~secure1 : 0;
        return grouped;
    }

    private int bestOf(Board board, int cpu, int word, long candidates, boolean forAny) {
        int best = Candidate.NONE;
        for (long rest = candidates; rest != 0; rest &= rest - 1) {
            int index = (word << 6) + Long.numberOfTrailingZeros(rest);
            if (index < firstSpi || comes(board, cpu, index - firstSpi, forAny)) {
                int priority = interrupts.priority.get(board, index);
                best = Math.min(best, Candidate.of(priority, index));
            }
        }
        return best;
    }

    private boolean comes(Board board, int cpu, int spi, boolean forAny) {
        return routes.isAny(board, spi) ? forAny : routes.names(board, spi, cpu);
    }

    /** Makes an interrupt active and clears its latch. */
    void acknowledge(Board board, int index) {
        interrupts.active.set(board, index, true);
        interrupts.latched.set(board, index, false);
    }

    /**
     * Pends an SGI on a CPU, if it is in the group asked for there: one for Group 1 Secure may be
     * in Group 0, and non-secure software reaches neither.
     */
    void sendSgi(Board board, Access by, int cpu, int sgi, int asked) {
        int index = interrupts.intids.index(cpu, sgi);
        int group = group(board, index);
        boolean meant = group == asked || group == Groups.GROUP_0 && asked == Groups.SECURE_1;
        boolean hidden = nonSecure(board, by) && group != Groups.NON_SECURE_1;
        if (meant && !hidden) {
            interrupts.latched.set(board, index, true);
        }
    }
}
