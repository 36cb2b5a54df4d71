package dev.vboard.model.firmware;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Choice;
import dev.vboard.model.core.Deadline;
import dev.vboard.model.core.Flag;
import dev.vboard.model.core.Layout;
import dev.vboard.model.cpu.Cpu;

/** What EL3 keeps about a CPU, in memory that never loses power. */
final class Core {
    private final Cpu cpu;
    private final Cell entry;
    private final Cell context;
    private final Cell request;
    private final Flag bigEndian;
    private final Flag goingDown;
    private final Choice<StartFault> startFault;
    private final Deadline change;

    /**
     * Declares the state of a CPU.
     *
     * @param change runs when the core has come up or gone down
     */
    Core(Layout layout, Cpu cpu, Deadline.Firing change) {
        this.cpu = cpu;
        Layout own = layout.named("cpu" + cpu.id());
        entry = own.cell("entry", 64);
        context = own.cell("context", 64);
        request = own.cell("request", 8, Composite.ALL_OFF);
        bigEndian = own.flag("big-endian");
        goingDown = own.flag("going-down");
        startFault = own.choice("start-fault", StartFault.class);
        this.change = own.deadline("power", Deadline.Kind.PROGRESS, change);
    }

    Cpu cpu() {
        return cpu;
    }

    int id() {
        return cpu.id();
    }

    /** Stores where the core starts next. */
    void startsAt(Board board, long entryPoint, long contextId, boolean isBigEndian) {
        entry.set(board, entryPoint);
        context.set(board, contextId);
        bigEndian.set(board, isBigEndian);
    }

    long entry(Board board) {
        return entry.get(board);
    }

    long context(Board board) {
        return context.get(board);
    }

    boolean bigEndian(Board board) {
        return bigEndian.get(board);
    }

    /** The composite state this core votes for. */
    int request(Board board) {
        return request.getInt(board);
    }

    void request(Board board, int composite) {
        request.set(board, composite);
    }

    /** Whether it is on its way through CPU_OFF. */
    boolean goingDown(Board board) {
        return goingDown.get(board);
    }

    void goingDown(Board board, boolean value) {
        goingDown.set(board, value);
    }

    StartFault startFault(Board board) {
        return startFault.get(board);
    }

    void startFault(Board board, StartFault fault) {
        startFault.set(board, fault);
    }

    Deadline change() {
        return change;
    }

    void reset(Board board) {
        startsAt(board, 0, 0, false);
        request.set(board, Composite.ALL_OFF);
        goingDown.set(board, false);
        startFault.set(board, StartFault.NONE);
        change.cancel(board);
    }
}
