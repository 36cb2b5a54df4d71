package dev.vboard.model.simulation;

import dev.vboard.catalog.Catalog;
import dev.vboard.model.Action;
import dev.vboard.model.BootOptions;
import dev.vboard.model.Command;
import dev.vboard.model.Held;
import dev.vboard.model.LiveBoard;
import dev.vboard.model.Machine;
import dev.vboard.model.Machine.Settle;
import dev.vboard.model.Outcome;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.EventType;
import dev.vboard.model.core.Events;
import dev.vboard.model.report.DomainReport.Guest;
import dev.vboard.model.report.DomainReport.Role;
import dev.vboard.model.report.Trigger;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A board with Dom0 and some domains that are given random commands around suspend, and the
 * invariants that it reports as violated. A run is its seed.
 */
final class SleepyWorld {
    private static final Map<String, Machine> MACHINES = new ConcurrentHashMap<>();
    private static final long LINE_PRIORITY = 160;

    final Place place;
    final Machine machine;
    final List<String> violated = new ArrayList<>();
    final List<String> played = new ArrayList<>();
    private final Board board;

    /**
     * A kind of board to run on.
     *
     * @param profile its profile
     * @param flavour its generation of suspend
     * @param rtc INTID of Dom0's clock
     * @param line first of three bare lines: for D1, for D2, and an edge for D3
     * @param cpus how many run Xen
     */
    record Place(String profile, String flavour, int rtc, int line, int cpus) {
        static Place of(Dice dice) {
            String flavour = dice.of("rfc2018", "rfc2018", "upstream", "host-v8", "host-v11");
            return switch (dice.below(11)) {
                case 0 -> new Place("fixture-qemu-virt", flavour, 34, 162, 4);
                case 1 -> new Place("fixture-qemu-virt-gicv3", flavour, 34, 162, 4);
                case 2 -> new Place("fixture-uart-lost", flavour, 34, 162, 4);
                case 3 -> new Place("fixture-slow-cpu-off", flavour, 58, 132, 4);
                case 4 -> new Place("fixture-parked", flavour, 58, 132, 3);
                case 5 -> new Place("fixture-narrow", flavour, 58, 132, 4);
                case 6 -> new Place("fixture-trusted-os", flavour, 58, 132, 4);
                case 7 -> new Place("fixture-uniprocessor", flavour, 58, 132, 1);
                case 8 -> new Place("fixture-no-suspend", flavour, 58, 132, 4);
                case 9 -> new Place("qemu-virt", flavour, 34, 162, 4);
                default -> new Place("fixture-zcu102", flavour, 58, 132, 4);
            };
        }
    }

    /** Collects what is violated. */
    private final class Listener implements Events {
        @Override
        public void emit(long now, EventType type, long a, long b, long c, long d, String text) {
            if (type == EventType.INVARIANT_VIOLATED) {
                violated.add(text);
            }
        }

        @Override
        public long nextSequence() {
            return 1;
        }
    }

    /** Boots it: Dom0 with two vCPUs, D1 with one, D2 with two, D3 with three and an edge. */
    SleepyWorld(Place place, List<String> hazards) {
        this.place = place;
        machine = MACHINES.computeIfAbsent(
                place.profile,
                profile -> new Machine(new Catalog().find(profile).orElseThrow().profile()));
        BootOptions options =
                LiveBoard.options(place.flavour, 2, 2, "AFTER_DOM0_RAN", false, hazards);
        board = machine.create(options, new Listener());
        create(1, place.line, Trigger.LEVEL, List.of());
        create(2, place.line + 1, Trigger.LEVEL, List.of());
        create(3, place.line + 2, Trigger.EDGE, List.of(Role.CONTROL));
        for (int domain = 0; domain <= 3; domain++) {
            int line = domain == 0 ? place.rtc : place.line + domain - 1;
            give(new Action.VcpuGic(Integer.toString(domain), 0, true, OptionalInt.of(248)));
            give(enable(domain, line, true));
        }
    }

    private void create(int vcpus, int line, Trigger trigger, List<Role> roles) {
        TreeMap<Integer, List<Integer>> pins = new TreeMap<>();
        for (int vcpu = 0; vcpu < vcpus && place.cpus > 1; vcpu++) {
            pins.put(vcpu, List.of(1 + (vcpu + vcpus) % (place.cpus - 1)));
        }
        give(new Action.CreateDomain(
                Optional.empty(),
                vcpus,
                256,
                pins,
                List.of(),
                List.of(new Action.PassThrough(line, Optional.of(trigger), 0)),
                Guest.MANUAL,
                roles,
                false,
                0x4000_0000L,
                64));
    }

    static Action.VcpuInterrupt enable(int domain, int intid, boolean on) {
        return new Action.VcpuInterrupt(
                Integer.toString(domain),
                0,
                intid,
                Optional.of(on),
                OptionalInt.of((int) LINE_PRIORITY),
                Optional.empty(),
                Optional.empty());
    }

    private Outcome give(Command command) {
        return give(command, Settle.AS_FOUND);
    }

    /** Gives a command and notes it. */
    Outcome give(Command command, Settle settle) {
        Outcome outcome = machine.handle(board, command, settle, () -> false);
        String done = outcome instanceof Outcome.Done ? "" : " refused";
        played.add(command + " " + settle + done);
        return outcome;
    }

    /** Whether Xen has crashed, so that nothing more will happen. */
    boolean over() {
        return machine.handle(board, new Action.Advance(1), Settle.NO, () -> false)
                instanceof Outcome.Refused;
    }

    /** What has been violated, each with what was found. */
    List<String> details() {
        return Held.violations(machine, board);
    }

    /** Plays that many random commands, or until something is violated. */
    int play(Dice dice, int commands) {
        for (int i = 0; i < commands; i++) {
            SleepyCommand.Move move = SleepyCommand.of(dice, place);
            for (Command command : move.commands()) {
                give(command, move.settle());
            }
            if (!violated.isEmpty() || dice.oneIn(8) && over()) {
                return i + 1;
            }
        }
        return commands;
    }
}
