package dev.vboard.model.simulation;

import dev.vboard.model.Action.PassThrough;
import dev.vboard.model.BootOptions;
import dev.vboard.model.hazard.Hazard;
import dev.vboard.model.report.DomainReport.Guest;
import dev.vboard.model.report.DomainReport.Role;
import dev.vboard.model.report.Trigger;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Random profiles and creation options, now and then impossible ones. */
final class RandomWorld {
    static final List<String> PROFILES = List.of(
            "qemu-virt",
            "qemu-virt-gicv3",
            "zcu102",
            "rcar-h3",
            "imx8qm",
            "imx8mq",
            "fvp-base",
            "fixture-qemu-virt",
            "fixture-qemu-virt-gicv3",
            "fixture-zcu102",
            "fixture-uniprocessor");

    private RandomWorld() {}

    static BootOptions options(Dice dice) {
        int vcpus = dice.oneIn(30) ? dice.of(0, -1, 9, 1000) : dice.between(1, 4);
        return new BootOptions(
                dice.oneIn(30)
                        ? "rfc2019"
                        : dice.of("rfc2018", "rfc2018", "upstream", "host-v8", "host-v11", "none"),
                dice.coin() ? hazards(dice) : List.of(),
                dice.coin(),
                dice.oneIn(30)
                        ? "SOON"
                        : dice.of("AFTER_DOM0_RAN", "AFTER_DOM0_RESUME_DONE", "NONE"),
                dice.coin(),
                dice.coin(),
                vcpus,
                dice.oneIn(3) ? dice.between(0, 4) : 1,
                pins(dice, vcpus),
                dice.oneIn(10) ? dice.of(Guest.values()) : Guest.MANUAL,
                dice.oneIn(12)
                        ? dice.several(1, () -> dice.of(Role.values()))
                        : List.of(Role.HARDWARE, Role.CONTROL),
                lines(dice),
                !dice.oneIn(10));
    }

    static List<String> hazards(Dice dice) {
        List<String> ids = new ArrayList<>();
        for (Hazard hazard : Hazard.all()) {
            if (dice.oneIn(60)) {
                ids.add(hazard.id());
            }
        }
        if (dice.oneIn(40)) {
            ids.add("HZ-99");
        }
        return ids;
    }

    static SortedMap<Integer, List<Integer>> pins(Dice dice, int vcpus) {
        SortedMap<Integer, List<Integer>> pins = new TreeMap<>();
        for (int vcpu = 0; vcpu < Math.min(vcpus, 4); vcpu++) {
            if (dice.oneIn(3)) {
                pins.put(vcpu, List.of(dice.index(4)));
            }
        }
        return pins;
    }

    private static List<PassThrough> lines(Dice dice) {
        return dice.oneIn(4) ? dice.several(2, () -> line(dice)) : List.of();
    }

    static PassThrough line(Dice dice) {
        return new PassThrough(
                RandomCommand.intid(dice),
                dice.maybe(() -> dice.of(Trigger.values())),
                dice.oneIn(10) ? dice.index(3) : 0);
    }

    /** A profile's name. */
    static String profile(Dice dice) {
        return dice.of(PROFILES);
    }

    /** Options that the machine takes. */
    static Optional<BootOptions> possible(Dice dice, Predicate<BootOptions> may) {
        for (int i = 0; i < 100; i++) {
            BootOptions options = options(dice);
            if (may.test(options)) {
                return Optional.of(options);
            }
        }
        return Optional.empty();
    }
}
