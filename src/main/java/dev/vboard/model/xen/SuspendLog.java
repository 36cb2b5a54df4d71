package dev.vboard.model.xen;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.EventType;
import dev.vboard.model.core.Events;
import dev.vboard.model.core.Layout;
import dev.vboard.model.report.AttemptState;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The steps of the current or last attempt, and how Xen stood at both ends of it, as cells; the
 * report reads them.
 */
public final class SuspendLog {
    /** How an entry stands. */
    public static final int RUNNING = 0;

    /** It went well. */
    public static final int OK = 1;

    /** It failed. */
    public static final int FAILED = 2;

    /** It had been done and was taken back. */
    public static final int UNDONE = 3;

    /** It had nothing to do. */
    public static final int SKIPPED = 4;

    private static final String[] OUTCOMES = {"", "ok", "failed", "undone", "skipped"};
    private static final int NO_CPU = 0xFF;
    private static final int FIXED_STEPS = 22;

    private final Hypervisor xen;
    private final Cell length;
    private final List<Cell> step;
    private final List<Cell> cpu;
    private final List<Cell> outcome;
    private final List<Cell> error;
    private final List<Cell> start;
    private final List<Cell> durationNanos;
    private final KeptState before;
    private final KeptState after;

    /**
     * One step of an attempt.
     *
     * @param step which
     * @param cpu the CPU of a per-CPU step, or -1
     * @param startNanos when it began
     * @param endNanos when it ended, or -1
     * @param outcome one of the constants of this class
     * @param error negative errno or PSCI value, 0 for none
     */
    public record Line(
            SuspendStep step, int cpu, long startNanos, long endNanos, int outcome, int error) {}

    SuspendLog(Hypervisor xen, Layout layout, int cpus) {
        this.xen = xen;
        int capacity = FIXED_STEPS + 2 * (cpus - 1);
        Layout log = layout.named("suspend-log");
        length = log.cell("length", 8);
        step = log.cells("step", capacity, 8);
        cpu = log.cells("cpu", capacity, 8);
        outcome = log.cells("outcome", capacity, 8);
        error = log.cells("error", capacity, 16);
        start = log.cells("start", capacity, 64);
        durationNanos = log.cells("duration", capacity, 64);
        before = new KeptState(xen, log.named("before"));
        after = new KeptState(xen, log.named("after"));
    }

    /** An attempt begins. */
    void open(Board board) {
        length.set(board, 0);
        before.take(board);
        after.forget(board);
    }

    /** The attempt is over: the machine is back, from its sleep or from where it had got. */
    void close(Board board) {
        after.take(board);
    }

    /** How Xen stood when the attempt began; empty before the first. */
    public Optional<AttemptState> before(Board board) {
        return before.report(board);
    }

    /** How Xen stood when it was over; empty while it goes on, and when Xen died of it. */
    public Optional<AttemptState> after(Board board) {
        return after.report(board);
    }

    void begin(Board board, SuspendStep which, int onCpu) {
        int at = Math.min(length.getInt(board), step.size() - 1);
        length.set(board, at + 1L);
        step.get(at).set(board, which.ordinal());
        cpu.get(at).set(board, onCpu < 0 ? NO_CPU : onCpu);
        outcome.get(at).set(board, RUNNING);
        error.get(at).set(board, 0);
        start.get(at).set(board, xen.now(board));
        durationNanos.get(at).set(board, 0);
        EventType.STEP_STARTED.emit(
                board, xen.now(board), xen.hostSuspend.attempts(board), field(onCpu), which.wire());
    }

    void end(Board board, SuspendStep which, int onCpu, int result, int failure) {
        int at = length.getInt(board) - 1;
        outcome.get(at).set(board, result);
        error.get(at).set(board, failure);
        durationNanos.get(at).set(board, xen.now(board) - start.get(at).get(board));
        EventType.STEP_ENDED.emit(
                board,
                xen.now(board),
                xen.hostSuspend.attempts(board),
                field(onCpu),
                failure == 0 ? Events.ABSENT : failure,
                result,
                which.wire());
    }

    /** A step on the way back of a failed attempt has taken back what that one had done. */
    void undo(Board board, SuspendStep undone, int onCpu) {
        for (int i = 0; i < length.getInt(board); i++) {
            boolean same = step.get(i).getInt(board) == undone.ordinal()
                    && cpu.get(i).getInt(board) == (onCpu < 0 ? NO_CPU : onCpu);
            if (same && outcome.get(i).getInt(board) == OK) {
                outcome.get(i).set(board, UNDONE);
            }
        }
    }

    private static long field(int onCpu) {
        return onCpu < 0 ? Events.ABSENT : onCpu;
    }

    /** The word for an outcome. */
    public static String word(int outcome) {
        return OUTCOMES[outcome];
    }

    /** The steps so far, in order. */
    public List<Line> lines(Board board) {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < length.getInt(board); i++) {
            long began = start.get(i).get(board);
            int result = outcome.get(i).getInt(board);
            int on = cpu.get(i).getInt(board);
            lines.add(new Line(
                    SuspendStep.values()[step.get(i).getInt(board)],
                    on == NO_CPU ? -1 : on,
                    began,
                    result == RUNNING ? -1 : began + durationNanos.get(i).get(board),
                    result,
                    (short) error.get(i).getInt(board)));
        }
        return lines;
    }
}
