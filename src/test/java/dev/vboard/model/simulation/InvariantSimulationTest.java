package dev.vboard.model.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;

/**
 * Random runs around suspend on boards without hazards: no invariant is violated, whatever guests,
 * the toolstack, the outside and faults do and whenever they do it (xen-suspend.md 7.2).
 *
 * <p>{@code -Dvboard.invariants.runs=10000} plays more of them, {@code -Dvboard.invariants.first=7}
 * begins with another seed.
 */
class InvariantSimulationTest {
    private static final int RUNS = 400;
    private static final int COMMANDS = 60;

    @Test
    void withoutHazardsNothingIsViolated() {
        int first = Integer.getInteger("vboard.invariants.first", 0);
        int end = first + Integer.getInteger("vboard.invariants.runs", RUNS);
        for (int seed = first; seed < end; seed++) {
            Dice dice = new Dice(seed);
            SleepyWorld world = new SleepyWorld(SleepyWorld.Place.of(dice), List.of());
            world.play(dice, COMMANDS);
            assertThat(world.violated)
                    .as("seed %d on %s after %s", seed, world.place, tail(world.played))
                    .isEmpty();
        }
    }

    private static String tail(List<String> played) {
        return String.join("\n", played);
    }
}
