package dev.vboard.model.simulation;

import dev.vboard.model.Action;
import dev.vboard.model.BootOptions;
import dev.vboard.model.Caller;
import dev.vboard.model.Command;
import dev.vboard.model.Held;
import dev.vboard.model.Machine;
import dev.vboard.model.Machine.Settle;
import dev.vboard.model.Outcome;
import dev.vboard.model.Query;
import dev.vboard.model.Snapshot;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.EventType;
import dev.vboard.model.core.Events;
import dev.vboard.model.report.BoardState;
import dev.vboard.model.report.BoardSummary;
import dev.vboard.model.report.DomainReport;
import dev.vboard.model.report.VcpuReport;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/** One board that is given commands, and after each is looked at for what must hold. */
final class Run {
    private static final int PAUSES = 100;
    private static final String VIOLATED = " " + EventType.INVARIANT_VIOLATED + " ";

    private final Machine machine;
    private Board board;
    private boolean forced;
    private boolean tampered;

    /**
     * A command and how it is given.
     *
     * @param settle whether the clock runs afterwards
     * @param patience how often the call is asked whether its time is up before it is
     */
    record Move(Command command, Settle settle, int patience) {}

    /**
     * What else is looked at.
     *
     * @param fork whether a fork does the same
     * @param store whether the board goes on as bytes and back
     * @param rules whether the domains obey the rules
     */
    record Look(boolean fork, boolean store, boolean rules) {
        static final Look ALL = new Look(true, true, true);
    }

    /** Remembers events as text. */
    private static final class Log implements Events {
        private final List<String> lines = new ArrayList<>();

        @Override
        public void emit(long now, EventType type, long a, long b, long c, long d, String text) {
            lines.add(now + " " + type + " " + a + " " + b + " " + c + " " + d + " " + text);
        }

        @Override
        public long nextSequence() {
            return 1;
        }
    }

    Run(Machine machine, BootOptions options) {
        this.machine = machine;
        forced = !options.hazards().isEmpty();
        tampered = forced;
        board = machine.create(options, new Log());
        holds(board.fingerprint() == board.computeFingerprint(), "fingerprint after boot");
    }

    private static BooleanSupplier budget(int patience) {
        int[] left = {patience};
        return () -> left[0]-- <= 0;
    }

    private static void holds(boolean condition, String what) {
        if (!condition) {
            throw new AssertionError(what);
        }
    }

    private static void same(Object expected, Object actual, String what) {
        holds(expected.equals(actual), what + ": " + expected + " is not " + actual);
    }

    private Outcome give(Board to, Move move, Log log) {
        to.events(log);
        return machine.handle(to, move.command, move.settle, budget(move.patience));
    }

    /** Gives the command and looks. */
    Outcome play(Move move, Look look) {
        long before = board.fingerprint();
        long then = machine.nowNanos(board);
        boolean settled = !board.progressing();
        Optional<Board> fork = look.fork ? Optional.of(board.fork()) : Optional.empty();
        forced |= isForced(move.command);
        tampered |= forced || isPhysical(move.command);
        Log log = new Log();
        Outcome outcome = give(board, move, log);
        holds(board.fingerprint() == board.computeFingerprint(), "the fingerprint is kept up");
        holds(machine.nowNanos(board) >= then, "time goes forward");
        boolean reads = move.command instanceof Query || outcome instanceof Outcome.Refused;
        if (reads) {
            holds(board.fingerprint() == before, "a read or a refusal changes nothing");
            holds(log.lines.isEmpty(), "a read or a refusal reports nothing");
        }
        holds(
                tampered || log.lines.stream().noneMatch(line -> line.contains(VIOLATED)),
                "no invariant is violated: " + Held.violations(machine, board));
        boolean calms = move.settle == Settle.YES || move.settle == Settle.AS_FOUND && settled;
        boolean stays = reads || move.command instanceof Action.Clocked;
        if (calms && !stays && outcome instanceof Outcome.Done done && !done.cutShort()) {
            holds(!board.progressing(), "the board settles");
        }
        fork.ifPresent(other -> forkAgrees(other, before, move, outcome, log));
        if (look.store) {
            store();
        }
        if (look.rules) {
            rules();
        }
        return outcome;
    }

    /** Behind Xen's back power comes and goes as Xen does not know it; so it does by a bug. */
    private static boolean isForced(Command command) {
        return command instanceof Action.SetHazards
                || command instanceof Action.Psci call && call.force()
                || command instanceof Action.Smccc any && any.force();
    }

    /** On a board with Xen nobody else has a CPU. */
    private static boolean isPhysical(Command command) {
        return switch (command) {
            case Action.Psci call -> call.caller() instanceof Caller.PhysicalCpu;
            case Action.Smccc call -> call.caller() instanceof Caller.PhysicalCpu;
            case Action.Mmio access -> access.caller() instanceof Caller.PhysicalCpu;
            case Action.Sysreg access -> access.caller() instanceof Caller.PhysicalCpu;
            case Action.MaskIrq mask -> mask.caller() instanceof Caller.PhysicalCpu;
            default -> false;
        };
    }

    private void forkAgrees(Board fork, long before, Move move, Outcome outcome, Log log) {
        holds(fork.fingerprint() == before, "a fork does not see what the original writes");
        Log own = new Log();
        Outcome repeated = give(fork, move, own);
        same(outcome, repeated, "a fork answers the same");
        same(log.lines, own.lines, "a fork reports the same");
        holds(fork.fingerprint() == board.fingerprint(), "a fork gets to the same state");
        holds(board.fingerprint() == board.computeFingerprint(), "a fork leaves the original be");
    }

    private void store() {
        byte[] bytes = machine.snapshot(board, "").toBytes();
        Board restored = machine.restore(Snapshot.fromBytes(bytes));
        holds(restored.fingerprint() == board.fingerprint(), "a restored board is the same");
        holds(restored.computeFingerprint() == board.fingerprint(), "and so are its cells");
        same(bytes.length, machine.snapshot(restored, "").toBytes().length, "bytes");
        board = restored;
    }

    /** What there is to act on. */
    RandomCommand.Scene scene() {
        BoardSummary summary = ask(new Query.Summary());
        List<Integer> ids = new ArrayList<>();
        if (board.has(Board.XEN)) {
            List<DomainReport> domains = ask(new Query.Domains());
            domains.forEach(domain -> ids.add(domain.id()));
        }
        return new RandomCommand.Scene(
                ids,
                machine.profile().cpus().size(),
                summary.state() == BoardState.OFF,
                summary.state() == BoardState.SUSPENDED);
    }

    @SuppressWarnings("unchecked")
    private <T> T ask(Query query) {
        Outcome outcome = machine.handle(board, query, Settle.NO, () -> false);
        holds(outcome instanceof Outcome.Done, query + " is answered");
        return (T) ((Outcome.Done) outcome).answer();
    }

    private void rules() {
        BoardSummary summary = ask(new Query.Summary());
        List<DomainReport> domains = board.has(Board.XEN) ? ask(new Query.Domains()) : List.of();
        TreeSet<Integer> taken = new TreeSet<>();
        for (DomainReport domain : domains) {
            List<VcpuReport> vcpus = ask(new Query.Vcpus(Integer.toString(domain.id())));
            for (VcpuReport vcpu : vcpus) {
                String who = "d" + domain.id() + "v" + vcpu.id();
                holds(vcpu.pauseCount() < PAUSES, who + " is paused " + vcpu.pauseCount());
                if (vcpu.state() == VcpuReport.State.RUNNING) {
                    holds(forced || summary.state() != BoardState.SUSPENDED, who + " runs asleep");
                    holds(taken.add(vcpu.pcpu().orElse(-1)), who + " shares a pCPU");
                }
            }
        }
        holds(summary.nowNs() == machine.nowNanos(board), "one clock");
    }
}
