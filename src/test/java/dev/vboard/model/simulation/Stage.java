package dev.vboard.model.simulation;

import dev.vboard.model.Action;
import dev.vboard.model.BootOptions;
import dev.vboard.model.Caller;
import dev.vboard.model.report.AfterShutdown;
import dev.vboard.model.report.DomainReport.Guest;
import dev.vboard.model.report.DomainReport.Role;
import dev.vboard.model.report.Trigger;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where a run takes place and who is there: Dom0 and three more domains, D1 with one vCPU, D2 with
 * two, D3 with three. A domain is known by its name, for its id changes when it is created anew.
 *
 * @param place the kind of board
 * @param options what the board is created with, without hazards
 * @param domains D1 to D3
 */
record Stage(Place place, BootOptions options, List<Action.CreateDomain> domains) {
    /** Id and name of Dom0 here. */
    static final String DOM0 = "0";

    private static final int SHUTDOWN_CODES = 6;
    private static final List<Role> BOTH = List.of(Role.HARDWARE, Role.CONTROL);

    static Stage of(Dice dice) {
        Place place = Place.of(dice);
        BootOptions options = options(dice, place);
        boolean usual = dice.coin();
        List<Action.CreateDomain> domains = new ArrayList<>();
        for (int number = 1; number <= 3; number++) {
            domains.add(domain(dice, place, number, usual));
        }
        return new Stage(place, options, List.copyOf(domains));
    }

    private static BootOptions options(Dice dice, Place place) {
        String flavour = dice.of("rfc2018", "rfc2018", "upstream", "host-v8", "host-v11");
        int vcpus = dice.oneIn(4) ? dice.between(1, 4) : 2;
        boolean usual = dice.coin();
        TreeMap<Integer, List<Integer>> pins = new TreeMap<>();
        if (!usual && place.cpus() > 1 && dice.oneIn(4)) {
            pins.put(0, List.of(dice.between(1, place.cpus() - 1)));
        }
        return new BootOptions(
                flavour,
                List.of(),
                !usual && dice.oneIn(6),
                usual
                        ? "AFTER_DOM0_RAN"
                        : dice.of("AFTER_DOM0_RAN", "AFTER_DOM0_RESUME_DONE", "NONE"),
                !usual && dice.oneIn(4),
                !usual && dice.oneIn(4),
                vcpus,
                usual ? vcpus : dice.between(1, vcpus),
                pins,
                usual ? Guest.MANUAL : dice.of(Guest.MANUAL, Guest.MANUAL, Guest.LINUX),
                usual
                        ? BOTH
                        : dice.of(
                                BOTH,
                                BOTH,
                                BOTH,
                                List.of(Role.HARDWARE),
                                List.of(Role.CONTROL),
                                List.of()),
                List.of(),
                true);
    }

    private static Action.CreateDomain domain(Dice dice, Place place, int number, boolean usual) {
        TreeMap<Integer, List<Integer>> pins = new TreeMap<>();
        for (int vcpu = 0; vcpu < number && place.cpus() > 1; vcpu++) {
            pins.put(vcpu, List.of(1 + (vcpu + number) % (place.cpus() - 1)));
        }
        Guest guest = usual
                ? Guest.MANUAL
                : dice.of(Guest.MANUAL, Guest.MANUAL, Guest.LINUX, Guest.LINUX, Guest.NO_PM);
        boolean mastered = !usual && number < 3 && place.master().isPresent() && dice.oneIn(3);
        int aimedAt = guest == Guest.LINUX ? number - 1 : 0;
        Trigger trigger = number == 3 ? Trigger.EDGE : Trigger.LEVEL;
        return new Action.CreateDomain(
                Optional.of("guest" + number),
                number,
                256,
                usual || dice.coin() ? pins : new TreeMap<>(),
                mastered ? List.of(place.master().get()) : List.of(),
                List.of(new Action.PassThrough(
                        place.line() + number - 1, Optional.of(trigger), aimedAt)),
                guest,
                roles(dice, number, usual),
                !usual && dice.oneIn(8),
                0x4000_0000L,
                !usual && dice.oneIn(6) ? 32 : 64,
                !usual && dice.oneIn(4) ? ends(dice) : List.of(),
                usual ? Action.XlOptions.of(number) : configured(dice, place, number));
    }

    /** What an xl configuration may say besides. */
    private static Action.XlOptions configured(Dice dice, Place place, int vcpus) {
        return new Action.XlOptions(
                dice.between(1, vcpus),
                List.of(),
                dice.oneIn(4) ? List.of(dice.below(place.cpus())) : List.of(),
                Optional.empty(),
                "");
    }

    private static List<AfterShutdown> ends(Dice dice) {
        List<AfterShutdown> ends = new ArrayList<>();
        for (int code = 0; code < SHUTDOWN_CODES; code++) {
            ends.add(dice.of(AfterShutdown.values()));
        }
        return ends;
    }

    private static List<Role> roles(Dice dice, int number, boolean usual) {
        if (number < 3) {
            return !usual && dice.oneIn(20) ? List.of(Role.CONTROL) : List.of();
        }
        return usual || dice.coin() ? List.of(Role.CONTROL) : List.of();
    }

    /** The generation of suspend. */
    String flavour() {
        return options.flavour();
    }

    /** What the board is created with when those hazards are on. */
    BootOptions with(List<String> hazards) {
        return new BootOptions(
                options.flavour(),
                hazards,
                options.hmpUnsafe(),
                options.domuRelease(),
                options.rfcText(),
                options.coordSpi(),
                options.dom0Vcpus(),
                options.dom0Online(),
                options.dom0Pin(),
                options.dom0Guest(),
                options.dom0Roles(),
                options.dom0Interrupts(),
                options.powerOn());
    }

    int vcpus(int domain) {
        return domain == 0 ? options.dom0Vcpus() : domain;
    }

    /** The interrupt that is meant to wake a domain. */
    int line(int domain) {
        return domain == 0 ? place.rtc() : place.line() + domain - 1;
    }

    static String name(int domain) {
        return domain == 0 ? DOM0 : "guest" + domain;
    }

    Guest guest(int domain) {
        return domain == 0 ? options.dom0Guest() : domains.get(domain - 1).guest();
    }

    static Caller.Vcpu caller(int domain, int vcpu) {
        return new Caller.Vcpu(name(domain), vcpu);
    }

    /** A vCPU of any domain, mostly the first. */
    Caller.Vcpu anyone(Dice dice) {
        int domain = dice.below(4);
        return caller(domain, dice.oneIn(4) ? dice.below(vcpus(domain)) : 0);
    }
}
