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
    private static final int CPU_SHIFT = 8;
    private static final int OUTCOME_SHIFT = 16;
    private static final int ERROR_SHIFT = 32;
    private static final int FIXED_STEPS = 22;

    private final Hypervisor xen;
    private final Cell length;

    /** Step, CPU, outcome and error of each entry, packed. */
    private final List<Cell> what;

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
        what = log.cells("what", capacity, 64);
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
        int at = Math.min(length.getInt(board), what.size() - 1);
        long now = xen.now(board);
        length.set(board, at + 1L);
        what.get(at).set(board, packed(which, onCpu, RUNNING, 0));
        start.get(at).set(board, now);
        durationNanos.get(at).set(board, 0);
        EventType.STEP_STARTED.emit(
                board, now, xen.hostSuspend.attempts(board), field(onCpu), which.wire());
    }

    void end(Board board, SuspendStep which, int onCpu, int result, int failure) {
        int at = length.getInt(board) - 1;
        long now = xen.now(board);
        what.get(at).set(board, packed(which, onCpu, result, failure));
        durationNanos.get(at).set(board, now - start.get(at).get(board));
        EventType.STEP_ENDED.emit(
                board,
                now,
                xen.hostSuspend.attempts(board),
                field(onCpu),
                failure == 0 ? Events.ABSENT : failure,
                result,
                which.wire());
    }

    /** A step on the way back of a failed attempt has taken back what that one had done. */
    void undo(Board board, SuspendStep undone, int onCpu) {
        long done = packed(undone, onCpu, OK, 0);
        for (int i = 0; i < length.getInt(board); i++) {
            if (what.get(i).get(board) == done) {
                what.get(i).set(board, packed(undone, onCpu, UNDONE, 0));
            }
        }
    }

    private static long packed(SuspendStep step, int onCpu, int outcome, int error) {
        return step.ordinal()
                | (onCpu < 0 ? NO_CPU : onCpu) << CPU_SHIFT
                | outcome << OUTCOME_SHIFT
                | (long) error << ERROR_SHIFT;
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
            long entry = what.get(i).get(board);
            int result = (int) entry >>> OUTCOME_SHIFT & 0xFF;
            int on = (int) entry >>> CPU_SHIFT & 0xFF;
            lines.add(new Line(
                    SuspendStep.values()[(int) entry & 0xFF],
                    on == NO_CPU ? -1 : on,
                    began,
                    result == RUNNING ? -1 : began + durationNanos.get(i).get(board),
                    result,
                    (int) (entry >> ERROR_SHIFT)));
        }
        return lines;
    }
}
