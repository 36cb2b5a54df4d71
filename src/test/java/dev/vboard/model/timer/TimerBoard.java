package dev.vboard.model.timer;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Clock;
import dev.vboard.model.core.Deadline;
import dev.vboard.model.core.Intids;
import dev.vboard.model.core.Layout;
import dev.vboard.model.core.Lines;
import dev.vboard.model.core.Shape;
import dev.vboard.model.core.SystemRegisters;

import java.util.ArrayList;
import java.util.List;

/** Two CPUs with timers and a clock that fires them; each CPU is a power domain of its number. */
final class TimerBoard {
    /** One tick is 16 ns. */
    static final long HZ = 62_500_000;

    final Intids intids = new Intids(2, 64);
    final SystemRegisters registers = new SystemRegisters();
    final Board board = new Board(1);
    final Lines lines;
    final Clock clock;
    final GenericTimer timer;

    private final Shape shape;

    TimerBoard() {
        this(HZ);
    }

    TimerBoard(long hz) {
        Layout layout = Layout.segment("hardware", 0);
        clock = new Clock(layout, hz);
        lines = new Lines(layout, intids);
        List<Layout> cpus = new ArrayList<>();
        for (int cpu = 0; cpu < intids.cpus(); cpu++) {
            cpus.add(layout.named("cpu" + cpu).in(cpu));
        }
        timer = new GenericTimer(cpus, clock, lines, registers);
        shape = layout.build();
        board.attach(shape);
    }

    long read(int cpu, String name) {
        return registers.get(name).read(board, Access.el2(cpu));
    }

    void write(int cpu, String name, long value) {
        registers.get(name).write(board, Access.el2(cpu), value);
    }

    boolean line(int cpu, TimerKind kind) {
        return lines.high(board, intids.index(cpu, kind.intid()));
    }

    /** Lets time pass and fires what is due, as the machine does. */
    void advance(long nanos) {
        long end = clock.now(board) + nanos;
        for (long next = board.nextDeadlineNanos(); next <= end; next = board.nextDeadlineNanos()) {
            clock.advanceTo(board, Math.max(next, clock.now(board)));
            for (Deadline deadline : shape.deadlines()) {
                if (deadline.get(board) <= clock.now(board)) {
                    deadline.fire(board);
                }
            }
        }
        clock.advanceTo(board, end);
    }

    void loseCore(int cpu) {
        board.loseContents(cpu);
        timer.reevaluate(board, cpu);
    }
}
