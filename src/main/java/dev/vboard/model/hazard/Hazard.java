package dev.vboard.model.hazard;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A known bug of Xen's suspend on Arm: a switch that is off by default, asked for at the one place
 * where the correct behaviour stands (xen-suspend.md 7.1).
 */
public sealed interface Hazard
        permits CpuHazard, GicHazard, GuestHazard, HostHazard, TimerHazard, DeviceHazard {
    /** How many numbers each chapter has room for. */
    int CHAPTER = 32;

    /** One more than the highest number a hazard may have. */
    int NUMBERS = 6 * CHAPTER;

    /**
     * What the catalogue tells.
     *
     * @param shortName its short name
     * @param generations the generations that have it: D for the design, then years and revisions
     * @param wrong what goes wrong when it is on, a sentence
     * @param symptom how it shows, a sentence
     * @param correct what stands there otherwise, a sentence
     * @param detectors the invariants that report it; none where only the symptom tells
     */
    record Story(
            String shortName,
            String generations,
            String wrong,
            String symptom,
            String correct,
            List<Invariant> detectors) {}

    /** The constant's name. */
    String name();

    /** What the catalogue tells about it. */
    Story story();

    /** Its number among all: the place of its switch. */
    int index();

    /** The id on the wire, for example {@code HZ-01} or {@code HZ-04b}. */
    default String id() {
        String digits = name().substring(3).toLowerCase(Locale.ROOT);
        return "HZ-" + digits;
    }

    /** Whether it is of the design of 2017 or the code of 2018. */
    default boolean early() {
        String generations = story().generations();
        return generations.startsWith("D") || generations.startsWith("18");
    }

    /** The whole catalogue, by id. */
    static List<Hazard> all() {
        return Catalogue.HAZARDS;
    }

    /** The hazard with that id. */
    static Optional<Hazard> find(String id) {
        for (Hazard hazard : all()) {
            if (hazard.id().equals(id)) {
                return Optional.of(hazard);
            }
        }
        return Optional.empty();
    }

    /** The ids of the whole catalogue. */
    static List<String> ids() {
        List<String> ids = new ArrayList<>();
        for (Hazard hazard : all()) {
            ids.add(hazard.id());
        }
        return ids;
    }
}
