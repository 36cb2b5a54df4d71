package dev.vboard.model.simulation;

import dev.vboard.model.Action;
import dev.vboard.model.Command;
import dev.vboard.model.Held;
import dev.vboard.model.Machine;
import dev.vboard.model.Machine.Settle;
import dev.vboard.model.Outcome;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.EventType;
import dev.vboard.model.core.Events;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A board with Dom0 and some domains that are given random commands around suspend, and the
 * invariants that it reports as violated. A run is its seed.
 */
final class SleepyWorld {
    private static final int LINE_PRIORITY = 160;

    final Stage stage;
    final Machine machine;
    final List<String> violated = new ArrayList<>();
    final List<Given> given = new ArrayList<>();
    final List<Outcome> outcomes = new ArrayList<>();
    private final Board board;
    private final Events audience;

    /**
     * A command as it was given.
     *
     * @param settle whether the clock runs afterwards
     */
    record Given(Command command, Settle settle) {}

    /** Collects what is violated. */
    private final class Listener implements Events {
        private long next = 1;

        @Override
        public void emit(long now, EventType type, long a, long b, long c, long d, String text) {
            next++;
            if (type == EventType.INVARIANT_VIOLATED) {
                violated.add(text);
            }
            audience.emit(now, type, a, b, c, d, text);
        }

        @Override
        public long nextSequence() {
            return next;
        }
    }

    SleepyWorld(Stage stage, List<String> hazards) {
        this(stage, hazards, Events.NONE);
    }

    /**
     * Boots it and creates the domains.
     *
     * @param audience who hears what happens
     */
    SleepyWorld(Stage stage, List<String> hazards, Events audience) {
        this(stage, hazards, List.of(), audience);
        for (Command command : populating(stage)) {
            give(command, Settle.AS_FOUND);
        }
    }

    /** Boots it and gives the same commands once more. */
    SleepyWorld(Stage stage, List<String> hazards, List<Given> again, Events audience) {
        this.stage = stage;
        this.audience = audience;
        machine = stage.place().machine();
        board = machine.create(stage.with(hazards), new Listener());
        for (Given each : again) {
            Outcome unused = give(each.command, each.settle);
        }
    }

    /** What makes the domains of a board that has just booted, and their GICs listen. */
    static List<Command> populating(Stage stage) {
        List<Command> commands = new ArrayList<>(stage.domains());
        for (int domain = 0; domain <= stage.domains().size(); domain++) {
            commands.add(new Action.VcpuGic(Stage.name(domain), 0, true, OptionalInt.of(248)));
            commands.add(enable(domain, stage.line(domain), true));
        }
        return commands;
    }

    static Action.VcpuInterrupt enable(int domain, int intid, boolean on) {
        return new Action.VcpuInterrupt(
                Stage.name(domain),
                0,
                intid,
                Optional.of(on),
                OptionalInt.of(LINE_PRIORITY),
                Optional.empty(),
                Optional.empty());
    }

    /** Gives a command and notes it. */
    Outcome give(Command command, Settle settle) {
        given.add(new Given(command, settle));
        Outcome outcome = machine.handle(board, command, settle, () -> false);
        outcomes.add(outcome);
        return outcome;
    }

    /** Whether Xen has crashed, so that nothing more will happen. */
    private boolean over() {
        return give(new Action.Advance(1), Settle.NO) instanceof Outcome.Refused;
    }

    /** The state it has got to. */
    long fingerprint() {
        return board.fingerprint();
    }

    /** What has been violated, each with what was found. */
    List<String> details() {
        return Held.violations(machine, board);
    }

    /** Plays that many random moves, or until something is violated. */
    void play(Dice dice, int moves) {
        for (int i = 0; i < moves; i++) {
            SleepyCommand.Move move = SleepyCommand.of(dice, stage);
            for (Command command : move.commands()) {
                give(command, move.settle());
            }
            if (!violated.isEmpty() || dice.oneIn(8) && over()) {
                return;
            }
        }
    }
}
