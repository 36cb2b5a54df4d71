package dev.vboard.model;

import dev.vboard.model.hazard.Hazard;
import dev.vboard.model.report.CpuReport;

import java.util.function.Predicate;

/**
 * What is seen of one known bug on the board of its line in {@link HazardTable}, after the script
 * that is named here.
 *
 * @param hazard its id
 * @param script what happens
 * @param shows whether it is seen; it may go on with the board
 */
record HazardSymptom(String hazard, HazardCase.Script script, Predicate<FixtureB> shows) {
    /** After the script of the hazard's line. */
    static HazardSymptom of(String hazard, Predicate<FixtureB> shows) {
        return new HazardSymptom(hazard, line(hazard).script(), shows);
    }

    private static HazardCase line(String hazard) {
        return HazardTable.all().stream()
                .filter(line -> line.hazard().equals(hazard))
                .findFirst()
                .orElseThrow();
    }

    boolean seen(boolean switchedOn) {
        FixtureB b = line(hazard).before(switchedOn);
        script.play(b);
        return shows.test(b);
    }

    /** The catalogue's words. */
    String story() {
        return hazard + ": " + Hazard.find(hazard).orElseThrow().story().symptom();
    }

    @Override
    public String toString() {
        return hazard;
    }

    /** Whether Xen has printed such a line on the wire. */
    static boolean printed(FixtureB b, String text) {
        return b.live.console().stream().anyMatch(line -> line.contains(text));
    }

    /** The value of a cell of the board. */
    static String cell(FixtureB b, String name) {
        return b.live.board
                .dump()
                .lines()
                .filter(line -> line.startsWith(name + " = "))
                .map(line -> line.substring(name.length() + 3))
                .findFirst()
                .orElse("0");
    }

    static CpuReport cpu(FixtureB b, int id) {
        return b.live.done(new Query.Cpu(id));
    }
}
