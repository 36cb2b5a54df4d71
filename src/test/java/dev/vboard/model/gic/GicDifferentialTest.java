package dev.vboard.model.gic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * The same random operations on a GICv2 and a GICv3 (gic.md 4): after each, all that software can
 * read of interrupts and interfaces must be equal, and so must each acknowledge.
 *
 * <p>What the architecture lets differ is kept out of the sequences: each SGI has one sender,
 * because GICv3 merges senders (GIC-T8); enable and pending bits of SGIs, which GICv2 fixes, are
 * left alone (GIC-T9); an SPI is aimed at nobody, one CPU or all, as IROUTER has no sets. Where
 * there is one security state both keep everything in Group 0; where there are two, the software is
 * the non-secure owner of Group 1. A longer run: {@code -Dgic.seeds=1000}.
 */
class GicDifferentialTest {
    private static final int STEPS = 800;
    private static final int SEEDS = Integer.getInteger("gic.seeds", 6);

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void bothVersionsAgreeOnWhatTheArchitectureSays(int securityStates) {
        GicComparison comparison = new GicComparison(
                () -> new GicV2Driver(securityStates), () -> new GicV3Driver(securityStates));
        for (long seed = 1; seed <= SEEDS; seed++) {
            assertThat(comparison.run(seed, STEPS)).isEmpty();
        }
        assertThat(comparison.acknowledged()).isGreaterThan(20 * SEEDS);
    }

    /** A GICv3 whose DIR reaches the interrupts of CPU 0 only. */
    private static final class NarrowDeactivation extends GicV3Driver {
        NarrowDeactivation() {
            super(1);
        }

        @Override
        public void deactivate(int cpu, int intid) {
            if (cpu == 0) {
                super.deactivate(cpu, intid);
            }
        }
    }

    /** A GICv3 that takes a pulse on a level-sensitive line for an edge. */
    private static final class StickyLevels extends GicV3Driver {
        StickyLevels() {
            super(2);
        }

        @Override
        public void line(int cpu, int intid, boolean high) {
            super.line(cpu, intid, high);
            if (high && intid == 40) {
                pend(cpu, intid, true);
            }
        }
    }

    private static String planted(int securityStates, Supplier<GicDriver> planted) {
        GicComparison comparison =
                new GicComparison(() -> new GicV2Driver(securityStates), planted);
        for (long seed = 1; seed <= 10; seed++) {
            Optional<String> found = comparison.run(seed, STEPS);
            if (found.isPresent()) {
                return found.get();
            }
        }
        return "";
    }

    @Test
    void aPlantedDifferenceIsFoundWithItsSeedAndAShortSequence() {
        assertThat(planted(1, NarrowDeactivation::new))
                .matches("seed \\d+, prefix of \\d+: .*ISACTIVER.*")
                .contains("kind=DEACTIVATE")
                .hasSizeLessThan(600);
        assertThat(planted(2, StickyLevels::new))
                .matches("seed \\d+, prefix of \\d+: ISPENDR of 32.*")
                .contains("intid=40")
                .hasSizeLessThan(400);
    }
}
