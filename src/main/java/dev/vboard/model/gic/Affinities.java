package dev.vboard.model.gic;

import dev.vboard.model.profile.CpuSpec;

import java.util.ArrayList;
import java.util.List;

/**
 * Where each CPU stands in the affinity hierarchy, as GICR_TYPER shows it: Aff3 to Aff0 in one
 * word.
 */
final class Affinities {
    /** How many values of Aff0 a target list of an SGI has room for without range selectors. */
    static final int LIST = 16;

    private final List<Integer> words;

    /** Takes the affinity of CPU n from the n-th of the list. */
    Affinities(List<CpuSpec> cpus) {
        List<Integer> all = new ArrayList<>();
        for (CpuSpec cpu : cpus) {
            all.add(word(cpu.mpidr()));
        }
        words = List.copyOf(all);
    }

    /** Aff3 to Aff0 of a value laid out as MPIDR_EL1 and GICD_IROUTERn are. */
    static int word(long value) {
        return (int) (value >>> 8 & 0xFF00_0000L | value & 0xFF_FFFFL);
    }

    /** A word laid out as GICD_IROUTERn is. */
    static long spread(int word) {
        return (word & 0xFF00_0000L) << 8 | word & 0xFF_FFFFL;
    }

    int count() {
        return words.size();
    }

    /** Aff3 to Aff0 of a CPU. */
    int of(int cpu) {
        return words.get(cpu);
    }

    /** Whether any CPU has an affinity level 3 other than zero. */
    boolean levelThree() {
        for (int word : words) {
            if (word >>> 24 != 0) {
                return true;
            }
        }
        return false;
    }

    /** The CPUs whose Aff3 to Aff1 are {@code upper} and whose Aff0 is in a list, a bit each. */
    int listed(int upper, int list) {
        int mask = 0;
        for (int cpu = 0; cpu < words.size(); cpu++) {
            int aff0 = of(cpu) & 0xFF;
            if (of(cpu) >>> 8 == upper && aff0 < LIST && (list >>> aff0 & 1) != 0) {
                mask |= 1 << cpu;
            }
        }
        return mask;
    }
}
