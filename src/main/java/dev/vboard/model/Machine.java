package dev.vboard.model;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Deadline;
import dev.vboard.model.core.EventType;
import dev.vboard.model.core.Events;
import dev.vboard.model.core.Refusal;
import dev.vboard.model.core.SnapshotException;
import dev.vboard.model.guest.ScriptedGuest;
import dev.vboard.model.profile.BoardProfile;
import dev.vboard.model.report.RunAnswer;
import dev.vboard.model.report.RunAnswer.Stop;
import dev.vboard.model.xen.Hypervisor;
import dev.vboard.model.xen.Invariants;

import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * A compiled profile: the immutable program that reads boards of one kind. Any number of boards and
 * threads share one; a board is only ever handled by one thread at a time.
 */
public final class Machine {
    private final Hardware hardware;
    private final Hypervisor xen;
    private final Supply supply;
    private final Runner runner;
    private final Actions actions;
    private final Queries queries;
    private final OptionChecks checks;
    private final Restoring restoring;

    /** Whether a call lets the clock run until the board is settled (api.md section 6). */
    public enum Settle {
        /** A settled board stays settled, an unsettled one stays where it is. */
        AS_FOUND,
        /** Settle whatever the board was. */
        YES,
        /** The clock does not move. */
        NO
    }

    /** Compiles a profile. */
    public Machine(BoardProfile profile) {
        this(profile, false);
    }

    /**
     * Compiles a profile without the checks of the invariants: on its boards each counts as held.
     * It is there for measuring what the checks cost; the product never asks for one.
     */
    public static Machine unchecked(BoardProfile profile) {
        return new Machine(profile, true);
    }

    private Machine(BoardProfile profile, boolean unchecked) {
        hardware = new Hardware(profile);
        xen = new Hypervisor(
                hardware.platform(),
                (layout, machine) -> new ScriptedGuest(layout, machine, hardware.clock, profile),
                unchecked);
        supply = new Supply(hardware, xen);
        StateWatch watch = new StateWatch(hardware, xen);
        InterruptLines interruptLines = new InterruptLines(hardware);
        runner = new Runner(hardware, xen, supply, watch, interruptLines);
        Reports reports = new Reports(hardware, xen, watch);
        actions = new Actions(hardware, xen, supply, reports, interruptLines);
        queries = new Queries(hardware, xen, reports, runner, actions);
        checks = new OptionChecks(hardware);
        restoring = new Restoring(hardware, xen, checks);
    }

    /** The profile this machine was compiled from. */
    public BoardProfile profile() {
        return hardware.profile;
    }

    /** What is wrong with those options on this kind of board, if anything. */
    public Optional<Refusal> check(BootOptions options) {
        return checks.check(options);
    }

    /**
     * A new board, booted when the options say so, whose options {@link #check} has accepted.
     *
     * @param events where its events go, those of booting first
     */
    public Board create(BootOptions options, Events events) {
        Board board = new Board(hardware.slots(), options);
        board.events(events);
        board.attach(hardware.shape);
        EventType.BOARD_CREATED.emit(board, 0, "");
        if (options.powerOn()) {
            supply.on(board);
            runner.react(board);
            runner.settle(board, () -> false);
        }
        return board;
    }

    /**
     * A board's state as it stands, also in the middle of a suspend.
     *
     * @param profileText what the caller will know the profile again by: its text or its digest
     */
    public Snapshot snapshot(Board board, String profileText) {
        return Snapshot.of(board, profile().id(), profileText);
    }

    /**
     * A board with the state of a snapshot. Its events go nowhere until it is told where.
     *
     * @throws SnapshotException when the snapshot is not of a board of this machine
     */
    public Board restore(Snapshot snapshot) {
        return restoring.restore(snapshot);
    }

    /** Gives a board a seed of its own, from which made-up values such as UUIDs derive. */
    public void seed(Board board, long seed) {
        hardware.seed.set(board, seed);
    }

    /**
     * Carries out a command.
     *
     * @param overBudget asked now and then: whether the call's wall time is used up
     */
    public Outcome handle(Board board, Command command, Settle settle, BooleanSupplier overBudget) {
        return switch (command) {
            case Query query -> queries.answer(board, query);
            case Action action -> act(board, action, settle, overBudget);
        };
    }

    private Outcome act(Board board, Action action, Settle settle, BooleanSupplier overBudget) {
        Optional<Refusal> stopped = actions.refuses(board, action);
        if (stopped.isPresent()) {
            return new Outcome.Refused(stopped.get());
        }
        boolean wasSettled = runner.settled(board);
        if (action instanceof Action.Clocked clocked) {
            return runClock(board, clocked, overBudget);
        }
        Reply reply = actions.carryOut(board, action);
        return switch (reply) {
            case Reply.No no -> new Outcome.Refused(no.why());
            case Reply.Yes yes -> {
                runner.react(board);
                boolean settles = switch (settle) {
                    case YES -> true;
                    case NO -> false;
                    case AS_FOUND -> wasSettled;
                };
                boolean settled = runner.settled(board);
                boolean cut =
                        settles && !settled && runner.settle(board, overBudget) != Stop.REACHED;
                check(board, settled || settles && !cut);
                yield new Outcome.Done(yes.answer().apply(board), cut);
            }
        };
    }

    private Outcome runClock(Board board, Action.Clocked clocked, BooleanSupplier overBudget) {
        long now = hardware.clock.now(board);
        Stop stop = switch (clocked) {
            case Action.Advance advance ->
                runner.run(
                        board, later(now, advance.nanos()), Stop.REACHED, _ -> false, overBudget);
            case Action.Step step -> runner.step(board, step.steps(), overBudget);
            case Action.UntilSettled until ->
                settled(runner.run(
                        board,
                        until.limitNanos().isPresent()
                                ? later(now, until.limitNanos().getAsLong())
                                : Deadline.NEVER,
                        Stop.LIMIT,
                        runner::settled,
                        overBudget));
            case Action.UntilEvent until -> untilEvent(board, until, now, overBudget);
        };
        boolean settled = runner.settled(board);
        check(board, settled);
        RunAnswer answer = new RunAnswer(hardware.clock.now(board), settled, stop);
        return new Outcome.Done(answer, stop == Stop.BUDGET);
    }

    /** What must hold after each command, and what must when nothing is on its way. */
    private void check(Board board, boolean settled) {
        if (board.has(Board.XEN)) {
            xen.checks().commandEnded(board, settled);
        }
    }

    private static Stop settled(Stop stop) {
        return stop == Stop.REACHED ? Stop.SETTLED : stop;
    }

    private Stop untilEvent(
            Board board, Action.UntilEvent until, long now, BooleanSupplier overBudget) {
        EventGoal goal = new EventGoal(board.events(), until.fields());
        board.events(goal);
        long limit = until.limitNanos().isPresent()
                ? later(now, until.limitNanos().getAsLong())
                : Deadline.NEVER;
        Stop stop = runner.run(board, limit, Stop.LIMIT, _ -> goal.seen(), overBudget);
        board.events(goal.inner());
        return stop == Stop.REACHED ? Stop.EVENT : stop;
    }

    private static long later(long now, long nanos) {
        return nanos > Deadline.NEVER - 1 - now ? Deadline.NEVER - 1 : now + nanos;
    }

    /** Which invariants hold on boards that have a hypervisor now. */
    public Invariants invariants() {
        return xen.invariants();
    }

    /** The board's clock in nanoseconds. */
    public long nowNanos(Board board) {
        return hardware.clock.now(board);
    }

    /** When the next deadline is due in nanoseconds, or {@link Long#MAX_VALUE}. */
    public long nextDeadlineNanos(Board board) {
        return runner.next(board);
    }
}
