package dev.vboard.model.simulation;

import dev.vboard.catalog.Catalog;
import dev.vboard.model.BootOptions;
import dev.vboard.model.Command;
import dev.vboard.model.Machine;
import dev.vboard.model.Machine.Settle;
import dev.vboard.model.Outcome;
import dev.vboard.model.core.Refusal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A world for a seed: a profile, creation options, commands. When something fails that must hold,
 * the shortest list of commands that shows it is sought, by leaving out one after the other.
 */
final class Simulation {
    private static final Map<String, Machine> MACHINES = new TreeMap<>();

    private final long seed;
    private final String profile;
    private final Machine machine;
    private final BootOptions options;
    private final Dice dice;
    private final int commands;

    Simulation(long seed, int commands) {
        this.seed = seed;
        this.commands = commands;
        dice = new Dice(seed);
        profile = RandomWorld.profile(dice);
        machine = MACHINES.computeIfAbsent(profile, Simulation::compile);
        options =
                RandomWorld.possible(dice, any -> machine.check(any).isEmpty()).orElseThrow();
    }

    private static Machine compile(String profile) {
        return new Machine(new Catalog().find(profile).orElseThrow().profile());
    }

    /** Who hears what was given and answered. */
    interface Listener {
        void played(Command command, Outcome outcome);
    }

    /**
     * Plays the world.
     *
     * @throws AssertionError with the seed and the shortest list of commands that fails
     */
    void play(Listener listener) {
        Run run = new Run(machine, options);
        List<Run.Move> moves = new ArrayList<>();
        for (int i = 0; i < commands; i++) {
            try {
                Command command = RandomCommand.of(dice, run.scene());
                Settle settle = dice.oneIn(4) ? dice.of(Settle.values()) : Settle.AS_FOUND;
                int patience = dice.oneIn(8) ? 0 : dice.between(1, 20);
                moves.add(new Run.Move(command, settle, patience));
                Run.Look look = new Run.Look(dice.oneIn(6), dice.oneIn(20), dice.oneIn(6));
                listener.played(command, run.play(moves.getLast(), look));
            } catch (RuntimeException | AssertionError failure) {
                throw report(moves, failure);
            }
        }
    }

    private Optional<Throwable> failure(List<Run.Move> some) {
        Run run = new Run(machine, options);
        for (Run.Move move : some) {
            try {
                run.play(move, Run.Look.ALL);
            } catch (RuntimeException | AssertionError failure) {
                return Optional.of(failure);
            }
        }
        return Optional.empty();
    }

    private AssertionError report(List<Run.Move> prefix, Throwable found) {
        List<Run.Move> needed = new ArrayList<>(prefix);
        Throwable failure = found;
        for (int size = Math.max(needed.size() / 2, 1); size >= 1; size /= 2) {
            for (int at = needed.size() - size; at >= 0; at -= size) {
                List<Run.Move> fewer = new ArrayList<>(needed);
                fewer.subList(at, at + size).clear();
                Optional<Throwable> still = failure(fewer);
                if (still.isPresent()) {
                    needed = fewer;
                    failure = still.get();
                }
            }
        }
        StringBuilder text = new StringBuilder("seed " + seed + ", " + profile + ", " + options);
        needed.forEach(move -> text.append("\n  ").append(move));
        return new AssertionError(text + "\n" + failure, failure);
    }

    /** What is wrong with random options, which must be an answer and never an exception. */
    Optional<Refusal> check(BootOptions any) {
        return machine.check(any);
    }
}
