package dev.vboard.model.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.hazard.Hazard;
import dev.vboard.model.hazard.Invariant;
import dev.vboard.model.xen.Flavour;
import dev.vboard.model.xen.Hazards;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * For each hazard a random run that violates one of its invariants, found by the simulation itself;
 * without the hazard the same run violates nothing. The seeds are kept in a file;
 * {@code -Dvboard.hazards.search=1000000} looks for them anew, that many steps for each at most,
 * and lists those that were not found: they have their script in the catalogue's table. With
 * {@code -Dvboard.hazards.only=HZ-41,HZ-73} it looks for those and keeps the other lines.
 */
class HazardSearchTest {
    private static final Path FOUND =
            Path.of("src", "test", "resources", "simulation", "hazards.txt");
    private static final String NOT_FOUND = "not found";
    private static final long ENOUGH = 1_000_000;

    private static boolean shows(Hazard hazard, SleepyWorld world) {
        for (Invariant detector : hazard.story().detectors()) {
            if (world.violated.contains(detector.name())) {
                return true;
            }
        }
        return false;
    }

    private static SleepyWorld play(long seed, List<String> hazards) {
        Dice dice = new Dice(seed);
        SleepyWorld world = new SleepyWorld(Stage.of(dice), hazards);
        world.play(dice, InvariantSimulationTest.MOVES);
        return world;
    }

    private static String search(Hazard hazard, long mostSteps) {
        long steps = 0;
        for (long seed = 0; steps < mostSteps; seed++) {
            String flavour = Stage.of(new Dice(seed)).flavour();
            if (Hazards.whyNot(hazard, Flavour.find(flavour).orElseThrow()).isPresent()) {
                continue;
            }
            SleepyWorld world = play(seed, List.of(hazard.id()));
            steps += world.given.size();
            if (shows(hazard, world)) {
                return hazard.id() + " seed " + seed + " after " + steps + " steps";
            }
        }
        return hazard.id() + " " + NOT_FOUND + " within " + steps + " steps";
    }

    /** Looks for the hazards asked for anew; the lines of the others stay. */
    private static void searchAnew(long mostSteps) throws IOException {
        List<String> only =
                List.of(System.getProperty("vboard.hazards.only", "").split(","));
        TreeMap<String, String> known = new TreeMap<>();
        for (String line : Files.readAllLines(FOUND)) {
            known.put(id(line), line);
        }
        List<String> lines = new ArrayList<>();
        for (Hazard hazard : Hazard.all()) {
            if (hazard.story().detectors().isEmpty()) {
                continue;
            }
            String line = known.get(hazard.id());
            if (line == null || only.contains("") || only.contains(hazard.id())) {
                line = search(hazard, mostSteps);
                System.out.println(line);
            }
            lines.add(line);
        }
        Files.write(FOUND, lines);
    }

    private static String id(String line) {
        return line.substring(0, line.indexOf(' '));
    }

    @Test
    void eachHazardIsFound() throws IOException {
        long steps = Long.getLong("vboard.hazards.search", 0);
        if (steps > 0) {
            searchAnew(steps);
        }
        List<String> early = new ArrayList<>();
        for (String line : Files.readAllLines(FOUND)) {
            Hazard hazard = Hazard.find(id(line)).orElseThrow();
            if (line.contains(NOT_FOUND)) {
                assertThat(Long.parseLong(line.split(" ")[4])).as(line).isGreaterThan(ENOUGH);
                if (hazard.early()) {
                    early.add(hazard.id());
                }
                continue;
            }
            long seed = Long.parseLong(line.split(" ")[2]);
            assertThat(shows(hazard, play(seed, List.of(hazard.id())))).as(line).isTrue();
            assertThat(play(seed, List.of()).violated).as("without " + line).isEmpty();
        }
        assertThat(early).as("not found by itself").hasSizeLessThanOrEqualTo(5);
    }
}
