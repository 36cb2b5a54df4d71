package dev.vboard.bench;

import dev.vboard.model.Action;
import dev.vboard.model.Caller;
import dev.vboard.model.Command;
import dev.vboard.model.Machine;
import dev.vboard.model.Query;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Events;
import dev.vboard.model.report.BoardState;
import dev.vboard.model.report.BoardSummary;
import dev.vboard.model.report.DomainReport.Guest;
import dev.vboard.model.report.Trigger;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Scenario S5 as a cycle that repeats: two DomUs and Dom0 suspend, the machine sleeps for a minute,
 * the RTC wakes it, the interrupts of the DomUs end their suspends, and all is as before.
 */
final class SuspendCycle {
    static final String PROFILE = "fixture-zcu102";

    private static final long ENTRY = 0x4008_0000L;
    private static final long MINUTE = 60_000_000_000L;
    private static final int RTC = 58;
    private static final int FIRST_DEVICE = 132;
    private static final int SECOND_DEVICE = 133;

    private final Machine machine;
    private final Board board;
    private final List<Command> asleep = new ArrayList<>();
    private final List<Command> awake = new ArrayList<>();

    /** On a machine of {@link #PROFILE}. */
    SuspendCycle(Machine machine, Events events) {
        this.machine = machine;
        board = Boards.board(machine, Boards.options("rfc2018", 2), events);
        SortedMap<Integer, List<Integer>> pins = new TreeMap<>();
        pins.put(0, List.of(1));
        create(1, pins, FIRST_DEVICE);
        pins = new TreeMap<>();
        pins.put(0, List.of(2));
        pins.put(1, List.of(3));
        create(2, pins, SECOND_DEVICE);
        listen("0", RTC);
        listen("1", FIRST_DEVICE);
        listen("2", SECOND_DEVICE);
        for (String domain : List.of("1", "2", "0")) {
            asleep.add(Boards.psci(new Caller.Vcpu(domain, 0), "SYSTEM_SUSPEND", ENTRY, 0x77L));
        }
        awake.add(new Action.Advance(MINUTE));
        interrupt("0", RTC);
        interrupt("1", FIRST_DEVICE);
        interrupt("2", SECOND_DEVICE);
    }

    private void create(int vcpus, SortedMap<Integer, List<Integer>> pins, int intid) {
        Boards.done(
                machine,
                board,
                new Action.CreateDomain(
                        Optional.empty(),
                        vcpus,
                        256,
                        pins,
                        List.of(),
                        List.of(new Action.PassThrough(intid, Optional.of(Trigger.LEVEL), 0)),
                        Guest.MANUAL,
                        List.of(),
                        false,
                        0x4000_0000L,
                        64,
                        List.of()));
    }

    private void listen(String domain, int intid) {
        Boards.done(machine, board, new Action.VcpuGic(domain, 0, true, OptionalInt.of(248)));
        Boards.done(
                machine,
                board,
                new Action.VcpuInterrupt(
                        domain,
                        0,
                        intid,
                        Optional.of(true),
                        OptionalInt.of(160),
                        Optional.empty(),
                        Optional.empty()));
    }

    /** A device asks for service, and its guest gives it. */
    private void interrupt(String domain, int intid) {
        Caller guest = new Caller.Vcpu(domain, 0);
        awake.add(line(intid, true));
        awake.add(new Action.Acknowledge(guest));
        awake.add(line(intid, false));
        awake.add(new Action.EndOfInterrupt(guest, intid, 0));
    }

    private static Action.Fire line(int intid, boolean level) {
        return new Action.Fire(
                OptionalInt.of(intid),
                Optional.empty(),
                OptionalInt.empty(),
                Optional.of(level),
                Optional.empty());
    }

    /** One cycle; answers the sum of the fingerprints after each command. */
    long run() {
        return run(board);
    }

    /** One cycle of a fork. */
    long run(Board fork) {
        return run(fork, asleep) + run(fork, awake);
    }

    private long run(Board on, List<Command> commands) {
        long sum = 0;
        for (Command command : commands) {
            Boards.done(machine, on, command);
            sum += on.fingerprint();
        }
        return sum;
    }

    /** One cycle, seeing that it is one. */
    void check() {
        for (Command command : asleep) {
            Boards.done(machine, board, command);
        }
        expect(BoardState.SUSPENDED);
        for (Command command : awake) {
            Boards.done(machine, board, command);
        }
        expect(BoardState.RUNNING);
    }

    private void expect(BoardState state) {
        BoardSummary summary =
                (BoardSummary) Boards.done(machine, board, new Query.Summary()).answer();
        if (summary.state() != state) {
            throw new IllegalStateException("the board is " + summary.state());
        }
    }

    Board board() {
        return board;
    }
}
