package dev.vboard.model.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.Action;
import dev.vboard.model.Outcome;
import dev.vboard.model.core.EventType;
import dev.vboard.model.core.Events;
import dev.vboard.model.core.Faults;
import dev.vboard.model.xen.Flavour;
import dev.vboard.model.xen.SuspendStep;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Random runs around suspend on boards without hazards: no invariant is violated, whatever guests,
 * the toolstack, the outside and faults do and whenever they do it (xen-suspend.md 7.2).
 *
 * <p>{@code -Dvboard.invariants.runs=10000} plays more of them, {@code -Dvboard.invariants.first=7}
 * begins with another seed.
 */
class InvariantSimulationTest {
    static final int MOVES = 30;
    private static final int RUNS = 400;

    /** What has no place in a run without hazards, or is the service's. */
    private static final Set<EventType> NEVER = EnumSet.of(
            EventType.REGISTER_LOST_READ,
            EventType.HAZARD,
            EventType.INVARIANT_VIOLATED,
            EventType.QUARANTINED,
            EventType.BOARD_DELETED);

    /** What all runs together have done and met. */
    private static final class Coverage implements Events {
        private final Set<String> actions = new TreeSet<>();
        private final Set<String> places = new TreeSet<>();
        private final Set<String> flavours = new TreeSet<>();
        private final Set<String> faults = new TreeSet<>();
        private final Set<String> steps = new TreeSet<>();
        private final Set<EventType> events = EnumSet.noneOf(EventType.class);

        @Override
        public void emit(long now, EventType type, long a, long b, long c, long d, String text) {
            events.add(type);
            if (type == EventType.FAULT) {
                faults.add(text);
            } else if (type == EventType.STEP_STARTED) {
                steps.add(text);
            }
        }

        private void noted(SleepyWorld world) {
            places.add(world.stage.place().profile());
            flavours.add(world.stage.flavour());
            for (int i = 0; i < world.given.size(); i++) {
                if (world.outcomes.get(i) instanceof Outcome.Done) {
                    actions.add(world.given.get(i).command().getClass().getSimpleName());
                }
            }
        }

        /** Everything there is has been carried out, struck or met at least once. */
        private void complete() {
            for (Class<?> family :
                    new Class<?>[] {Action.class, Action.Clocked.class, Action.Instruction.class}) {
                for (Class<?> kind : family.getPermittedSubclasses()) {
                    if (kind.isRecord() && kind != Action.SetHazards.class) {
                        assertThat(actions).contains(kind.getSimpleName());
                    }
                }
            }
            for (Faults.Kind kind : Faults.Kind.values()) {
                assertThat(faults).contains(kind.wire());
            }
            for (Flavour flavour : Flavour.values()) {
                assertThat(flavours).contains(flavour.wire());
            }
            assertThat(steps).containsAll(SuspendStep.names());
            assertThat(places).hasSize(Place.ALL.size());
            Set<EventType> unheard = EnumSet.complementOf(EnumSet.copyOf(events));
            assertThat(unheard).isEqualTo(NEVER);
        }
    }

    @Test
    void withoutHazardsNothingIsViolated() {
        int first = Integer.getInteger("vboard.invariants.first", 0);
        int runs = Integer.getInteger("vboard.invariants.runs", RUNS);
        Coverage coverage = new Coverage();
        for (int seed = first; seed < first + runs; seed++) {
            Dice dice = new Dice(seed);
            SleepyWorld world = new SleepyWorld(Stage.of(dice), List.of(), coverage);
            try {
                world.play(dice, MOVES);
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + " after " + world.given, e);
            }
            coverage.noted(world);
            if (!world.violated.isEmpty()) {
                throw new AssertionError("seed " + seed + " on " + world.stage + ": "
                        + world.details() + " after\n" + shortest(world));
            }
        }
        if (runs >= RUNS) {
            coverage.complete();
        }
    }

    /** The fewest of a run's commands that violate the same, by leaving out one after the other. */
    private static String shortest(SleepyWorld world) {
        List<SleepyWorld.Given> needed = world.given;
        for (int size = needed.size() / 2; size >= 1; size /= 2) {
            for (int at = needed.size() - size; at >= 0; at -= size) {
                List<SleepyWorld.Given> fewer = new ArrayList<>(needed);
                fewer.subList(at, at + size).clear();
                SleepyWorld other = new SleepyWorld(world.stage, List.of(), fewer, Events.NONE);
                if (other.violated.contains(world.violated.getFirst())) {
                    needed = fewer;
                }
            }
        }
        StringBuilder text = new StringBuilder();
        needed.forEach(given -> text.append(given).append('\n'));
        return text.toString();
    }
}
