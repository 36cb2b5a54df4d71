package dev.vboard.model;

import dev.vboard.model.core.Intids;
import dev.vboard.model.core.Refusal;
import dev.vboard.model.hazard.Hazard;
import dev.vboard.model.xen.Flavour;
import dev.vboard.model.xen.Hazards;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks at what a board is to be created with. */
final class OptionChecks {
    private static final String NO_XEN = "none";
    private static final List<String> RELEASES =
            List.of("AFTER_DOM0_RAN", "AFTER_DOM0_RESUME_DONE", "NONE");

    private final Hardware hardware;

    OptionChecks(Hardware hardware) {
        this.hardware = hardware;
    }

    /** What is wrong, if anything; pointers are those of the creating body. */
    Optional<Refusal> check(BootOptions options) {
        return flavour(options)
                .or(() -> hazards(options))
                .or(() -> release(options))
                .or(() -> dom0(options))
                .or(() -> pins(options))
                .or(() -> lines(options));
    }

    private static Optional<Refusal> flavour(BootOptions options) {
        List<String> known = new ArrayList<>();
        for (Flavour flavour : Flavour.values()) {
            known.add(flavour.wire());
        }
        known.add(NO_XEN);
        return known.contains(options.flavour())
                ? Optional.empty()
                : Optional.of(Refusal.invalid(
                        "/xen/flavour",
                        "no flavour " + options.flavour(),
                        Nearest.to(options.flavour(), known)));
    }

    private static Optional<Refusal> hazards(BootOptions options) {
        for (int i = 0; i < options.hazards().size(); i++) {
            String id = options.hazards().get(i);
            Optional<Hazard> hazard = Hazard.find(id);
            if (hazard.isEmpty()) {
                return Optional.of(Refusal.invalid(
                        "/xen/hazards/" + i, "no hazard " + id, Nearest.to(id, Hazard.ids())));
            }
            Optional<String> whyNot = Flavour.find(options.flavour())
                    .flatMap(flavour -> Hazards.whyNot(hazard.get(), flavour));
            if (whyNot.isPresent()) {
                return Optional.of(Refusal.invalid("/xen/hazards/" + i, whyNot.get()));
            }
        }
        return Optional.empty();
    }

    private static Optional<Refusal> release(BootOptions options) {
        return RELEASES.contains(options.domuRelease())
                ? Optional.empty()
                : Optional.of(Refusal.invalid(
                        "/xen/domuRelease",
                        "no policy " + options.domuRelease(),
                        Nearest.to(options.domuRelease(), RELEASES)));
    }

    private Optional<Refusal> dom0(BootOptions options) {
        int most = Math.min(
                hardware.profile.limits().vcpus(), hardware.profile.gic().mostCpus());
        if (options.dom0Vcpus() < 1 || options.dom0Vcpus() > most) {
            return Optional.of(
                    Refusal.invalid("/dom0/vcpus", "Dom0 on this GIC has 1 to " + most + " vCPUs"));
        }
        if (options.dom0Online() < 1 || options.dom0Online() > options.dom0Vcpus()) {
            return Optional.of(Refusal.invalid("/dom0/online", "must be 1 to the number of vCPUs"));
        }
        return Optional.empty();
    }

    private Optional<Refusal> pins(BootOptions options) {
        for (Map.Entry<Integer, List<Integer>> pin : options.dom0Pin().entrySet()) {
            boolean known = pin.getKey() >= 0 && pin.getKey() < options.dom0Vcpus();
            for (int cpu : pin.getValue()) {
                known &= cpu >= 0 && cpu < hardware.cpus.size();
            }
            if (!known || pin.getValue().isEmpty()) {
                return Optional.of(
                        Refusal.invalid("/dom0/pin/" + pin.getKey(), "no such vCPU or CPU"));
            }
        }
        return Optional.empty();
    }

    private Optional<Refusal> lines(BootOptions options) {
        for (int i = 0; i < options.dom0Interrupts().size(); i++) {
            Action.PassThrough line = options.dom0Interrupts().get(i);
            String pointer = "/dom0/interrupts/" + i;
            if (line.intid() < Intids.PRIVATE || !hardware.lines.intids().has(line.intid())) {
                return Optional.of(Refusal.invalid(
                        pointer + "/intid", "only an SPI of the board can be passed through"));
            }
            if (line.vcpu() < 0 || line.vcpu() >= options.dom0Vcpus()) {
                return Optional.of(Refusal.invalid(pointer + "/vcpu", "there is no such vCPU"));
            }
        }
        return Optional.empty();
    }
}
