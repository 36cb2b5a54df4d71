package dev.vboard.model;

import java.util.List;

/**
 * One line of the catalogue's table: on that board that script makes those invariants be violated
 * when the hazard is on, and none when it is off.
 *
 * @param hazard its id
 * @param flavour on a Xen of that generation
 * @param profile on a board of that profile
 * @param board makes that board
 * @param script what happens there; it must not mind a board that crashes on the way
 * @param invariants what is violated, at least
 */
record HazardCase(
        String hazard,
        String flavour,
        String profile,
        OnBoard board,
        Script script,
        List<String> invariants) {
    /** Makes a board with hazards switched on. */
    @FunctionalInterface
    interface OnBoard {
        FixtureB with(List<String> hazards);
    }

    /** What happens. */
    @FunctionalInterface
    interface Script {
        void play(FixtureB b);
    }

    static HazardCase on(String profile, String hazard, Script script, String... invariants) {
        return new HazardCase(
                hazard,
                "rfc2018",
                profile,
                hazards -> FixtureB.on(profile, hazards.toArray(String[]::new)),
                script,
                List.of(invariants));
    }

    static HazardCase of(
            String flavour, String profile, String hazard, Script script, String... invariants) {
        return new HazardCase(
                hazard,
                flavour,
                profile,
                hazards -> FixtureB.of(flavour, profile, hazards),
                script,
                List.of(invariants));
    }

    /** What the board has found after the script. */
    List<String> play(boolean switchedOn) {
        return after(switchedOn).live.reported();
    }

    /** The board after the script. */
    FixtureB after(boolean switchedOn) {
        FixtureB b = before(switchedOn);
        script.play(b);
        return b;
    }

    /** The board before the script. */
    FixtureB before(boolean switchedOn) {
        return board.with(switchedOn ? List.of(hazard) : List.of());
    }

    /** The script in the words of the contract. */
    List<String> tell() {
        FixtureB b = board.with(List.of(hazard));
        List<String> setup = b.live.given.told();
        script.play(b);
        return setup.isEmpty() ? setup : b.live.given.told();
    }

    @Override
    public String toString() {
        return hazard;
    }
}
