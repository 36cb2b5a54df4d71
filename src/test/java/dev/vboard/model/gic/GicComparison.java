package dev.vboard.model.gic;

import dev.vboard.model.core.Intids;
import dev.vboard.model.gic.GicDriver.Array;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/** Plays the same operations on two GICs and looks for the first thing they answer differently. */
final class GicComparison {
    private static final List<Integer> SPI_WORDS = List.of(32, 256);
    private static final List<String> INTERFACE =
            List.of("signalled", "HPPIR", "RPR", "PMR", "BPR");

    private final Supplier<GicDriver> left;
    private final Supplier<GicDriver> right;
    private int acknowledged;

    /**
     * Compares GICs that begin anew each time.
     *
     * @param left makes one in reset, taken over by software
     * @param right makes the other
     */
    GicComparison(Supplier<GicDriver> left, Supplier<GicDriver> right) {
        this.left = left;
        this.right = right;
    }

    /** How many interrupts were acknowledged: a run in which nothing happens compares nothing. */
    int acknowledged() {
        return acknowledged;
    }

    /**
     * Plays random operations.
     *
     * @return what differed first, with the seed, the length of the shortest prefix that shows it
     *     and those of its operations that matter
     */
    Optional<String> run(long seed, int steps) {
        Random random = new Random(seed);
        GicDriver a = left.get();
        GicDriver b = right.get();
        start(a);
        start(b);
        int[] taken = {Intids.SPURIOUS, Intids.SPURIOUS, Intids.SPURIOUS, Intids.SPURIOUS};
        List<GicOperation> done = new ArrayList<>();
        for (int step = 0; step < steps; step++) {
            GicOperation operation = GicOperation.random(random, taken);
            done.add(operation);
            int answer = operation.on(a);
            Optional<String> difference = differs(a, b, answer, operation.on(b));
            if (difference.isPresent()) {
                return Optional.of("seed " + seed + ", prefix of " + done.size() + ": "
                        + difference.get() + ", after " + shortest(done));
            }
            if (operation.kind() == GicOperation.Kind.ACKNOWLEDGE && answer < 1020) {
                taken[operation.cpu()] = answer;
                acknowledged++;
            }
        }
        return Optional.empty();
    }

    /** In reset GICv2 aims SPIs at nobody and GICv3 at affinity 0; software says CPU 0. */
    private static void start(GicDriver gic) {
        gic.distributorOn(true);
        for (int first : SPI_WORDS) {
            for (int intid = first; intid < first + 32; intid++) {
                gic.target(intid, 1);
            }
        }
        for (int cpu = 0; cpu < GicDriver.CPUS; cpu++) {
            gic.mask(cpu, 0xFF);
            gic.interfaceOn(cpu, true);
        }
    }

    /** Drops from a prefix whatever it fails without. */
    private List<GicOperation> shortest(List<GicOperation> prefix) {
        List<GicOperation> kept = new ArrayList<>(prefix);
        for (int at = kept.size() - 1; at >= 0; at--) {
            GicOperation dropped = kept.remove(at);
            if (!fails(kept)) {
                kept.add(at, dropped);
            }
        }
        return kept;
    }

    private boolean fails(List<GicOperation> operations) {
        GicDriver a = left.get();
        GicDriver b = right.get();
        start(a);
        start(b);
        for (GicOperation operation : operations) {
            if (differs(a, b, operation.on(a), operation.on(b)).isPresent()) {
                return true;
            }
        }
        return false;
    }

    private static Optional<String> differs(GicDriver a, GicDriver b, int one, int other) {
        if (one != other) {
            return difference("acknowledge", one, other);
        }
        for (int cpu = 0; cpu < GicDriver.CPUS; cpu++) {
            long[] mine = a.interfaceOf(cpu);
            long[] theirs = b.interfaceOf(cpu);
            for (int i = 0; i < mine.length; i++) {
                if (mine[i] != theirs[i]) {
                    return difference("cpu" + cpu + " " + INTERFACE.get(i), mine[i], theirs[i]);
                }
            }
            Optional<String> found = fields(a, b, cpu, 0);
            if (found.isPresent()) {
                return found;
            }
        }
        for (int first : SPI_WORDS) {
            Optional<String> found = fields(a, b, 0, first);
            for (int intid = first; found.isEmpty() && intid < first + 32; intid++) {
                if (a.targets(intid) != b.targets(intid)) {
                    found = difference("targets of " + intid, a.targets(intid), b.targets(intid));
                }
            }
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** The fields of 32 interrupts. */
    private static Optional<String> fields(GicDriver a, GicDriver b, int cpu, int first) {
        for (Array array : Array.values()) {
            for (int intid = first; intid < first + 32; intid += array.perWord()) {
                long one = a.word(cpu, array, intid);
                long other = b.word(cpu, array, intid);
                if (one != other) {
                    return difference(array + " of " + intid + ", cpu" + cpu, one, other);
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> difference(String what, long one, long other) {
        return Optional.of(what + " is 0x" + Long.toHexString(one) + " on the one and 0x"
                + Long.toHexString(other) + " on the other");
    }
}
