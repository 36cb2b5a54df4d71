package dev.vboard.model.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.Action;
import dev.vboard.model.Command;
import dev.vboard.model.Outcome;
import dev.vboard.model.Query;

import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Random worlds (design, section 6). {@code -Dvboard.simulation.seeds=100000} plays more of them,
 * {@code -Dvboard.simulation.first=7} begins at another seed.
 */
class SimulationTest {
    private static final int SEEDS = 150;
    private static final int COMMANDS = 120;

    /** How often a kind of command was carried out and refused. */
    private static final class Tally implements Simulation.Listener {
        private final Map<String, Integer> done = new TreeMap<>();
        private final Map<String, Integer> refused = new TreeMap<>();

        @Override
        public void played(Command command, Outcome outcome) {
            Map<String, Integer> counts = outcome instanceof Outcome.Done ? done : refused;
            counts.merge(command.getClass().getSimpleName(), 1, Integer::sum);
        }
    }

    private static int property(String name, int usual) {
        return Integer.getInteger("vboard.simulation." + name, usual);
    }

    @Test
    void whateverIsAskedOfABoardWhatMustHoldHolds() {
        Tally tally = new Tally();
        int first = property("first", 0);
        int end = first + property("seeds", SEEDS);
        for (int seed = first; seed < end; seed++) {
            new Simulation(seed, property("commands", COMMANDS)).play(tally);
        }
        if (end - first >= SEEDS) {
            assertThat(tally.done.keySet()).as("kinds carried out").containsAll(kinds());
        }
    }

    private static TreeSet<String> kinds() {
        TreeSet<String> kinds = new TreeSet<>();
        for (Class<?> family : new Class<?>[] {
            Action.class, Action.Clocked.class, Action.Instruction.class, Query.class
        }) {
            for (Class<?> kind : family.getPermittedSubclasses()) {
                if (kind.isRecord()) {
                    kinds.add(kind.getSimpleName());
                }
            }
        }
        return kinds;
    }

    @Test
    void impossibleOptionsAreRefusedAndNeverThrow() {
        Simulation world = new Simulation(1, 0);
        Dice dice = new Dice(5);
        int refused = 0;
        for (int i = 0; i < 2000; i++) {
            refused += world.check(RandomWorld.options(dice)).isPresent() ? 1 : 0;
        }
        assertThat(refused).isBetween(100, 1900);
        assertThat(Optional.of(refused)).isPresent();
    }
}
