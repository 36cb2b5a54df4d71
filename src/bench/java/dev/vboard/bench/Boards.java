package dev.vboard.bench;

import dev.vboard.catalog.Catalog;
import dev.vboard.model.Action;
import dev.vboard.model.BootOptions;
import dev.vboard.model.Caller;
import dev.vboard.model.Command;
import dev.vboard.model.Machine;
import dev.vboard.model.Outcome;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Events;
import dev.vboard.model.report.DomainReport.Guest;
import dev.vboard.model.report.DomainReport.Role;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Machines and boards as the benchmarks need them. */
final class Boards {
    private static final Catalog CATALOG = new Catalog();

    private Boards() {}

    static Machine machine(String profile) {
        return new Machine(CATALOG.find(profile).orElseThrow().profile());
    }

    /** A machine that checks no invariant. */
    static Machine unchecked(String profile) {
        return Machine.unchecked(CATALOG.find(profile).orElseThrow().profile());
    }

    static BootOptions options(String flavour, int dom0Vcpus) {
        return new BootOptions(
                flavour,
                List.of(),
                false,
                "AFTER_DOM0_RAN",
                false,
                false,
                dom0Vcpus,
                1,
                new TreeMap<>(),
                Guest.MANUAL,
                List.of(Role.HARDWARE, Role.CONTROL),
                List.of(),
                true);
    }

    static Board board(Machine machine, BootOptions options, Events events) {
        if (machine.check(options).isPresent()) {
            throw new IllegalArgumentException(machine.check(options).toString());
        }
        return machine.create(options, events);
    }

    /** Carries a command out; one that is refused is a mistake of the benchmark. */
    static Outcome.Done done(Machine machine, Board board, Command command) {
        Outcome outcome = machine.handle(board, command, Machine.Settle.AS_FOUND, Boards::never);
        return switch (outcome) {
            case Outcome.Done done -> done;
            case Outcome.Refused refused ->
                throw new IllegalStateException(command + ": " + refused.why());
        };
    }

    private static boolean never() {
        return false;
    }

    static Action.Psci psci(Caller caller, String function, Long... args) {
        return new Action.Psci(caller, Optional.of(function), 0, false, List.of(args), false);
    }
}
