package dev.vboard.model.xen;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Choice;
import dev.vboard.model.core.Deadline;
import dev.vboard.model.core.Flag;
import dev.vboard.model.core.Layout;

import java.util.List;

/** What Xen keeps about one physical CPU (xen-suspend.md 1.2). */
public final class Pcpu {
    private static final int IDLE = 0;

    final int id;
    final Choice<State> state;
    final Cell current;
    final Flag parked;
    final Flag executes;
    final Flag lingers;
    final Flag deaf;
    final Cell percpuArea;
    final Flag areaLeaves;
    final Cell siblingMap;
    final Cell coreMap;
    final Cell pageTables;
    final Cell ppiHandlers;
    final Cell idleVcpu;
    final Cell lpiTable;
    final Flag errataApplied;
    final Cell timesDown;
    final Cell timesUp;
    final Deadline booting;

    /** Xen's view of a physical CPU. */
    public enum State {
        OFF,
        ON_PENDING,
        STARTING,
        ONLINE,
        DYING,
        STOPPING,
        SPINNING,
        PARKED,
        NEVER_ONLINE,
        SUSPENDED,
        RESUMING
    }

    Pcpu(Layout xen, int id, Deadline.Firing booted) {
        this.id = id;
        Layout layout = xen.named("pcpu" + id);
        state = layout.choice("state", State.class);
        current = layout.cell("current", 16);
        parked = layout.flag("parked");
        lingers = layout.flag("lingers");
        deaf = layout.flag("deaf");
        executes = layout.flag("executes");
        percpuArea = layout.cell("percpu-area", 8);
        areaLeaves = layout.flag("area-leaves");
        siblingMap = layout.cell("sibling-map", 8);
        coreMap = layout.cell("core-map", 8);
        pageTables = layout.cell("page-tables", 8);
        ppiHandlers = layout.cell("ppi-handlers", 8);
        idleVcpu = layout.cell("idle-vcpu", 8);
        lpiTable = layout.cell("lpi-table", 8);
        errataApplied = layout.flag("errata-applied");
        timesDown = layout.cell("times-down", 32);
        timesUp = layout.cell("times-up", 32);
        booting = xen.named("cpu" + id).deadline("boot", Deadline.Kind.PROGRESS, booted);
    }

    /** Logical number. */
    public int id() {
        return id;
    }

    /** Xen's view of it. */
    public State state(Board board) {
        return state.get(board);
    }

    /** Whether it is in Xen's online map; the suspended boot CPU stays in it. */
    public boolean online(Board board) {
        return switch (state.get(board)) {
            case ONLINE, DYING, SUSPENDED, RESUMING -> true;
            case OFF, ON_PENDING, STARTING, STOPPING, SPINNING, PARKED, NEVER_ONLINE -> false;
        };
    }

    /** Whether a vCPU may be put on it. */
    boolean runsGuests(Board board) {
        return state.is(board, State.ONLINE);
    }

    /** Whether it is coming or going. */
    boolean onItsWay(Board board) {
        return switch (state.get(board)) {
            case OFF, ONLINE, PARKED, NEVER_ONLINE, SUSPENDED -> false;
            case ON_PENDING, STARTING, DYING, STOPPING, SPINNING, RESUMING -> true;
        };
    }

    /** Whether it reacts to what its interface signals: also while it is on its way out. */
    boolean takesInterrupts(Board board) {
        return state.is(board, State.ONLINE) || state.is(board, State.STOPPING);
    }

    /** Whether no vCPU is on it. */
    public boolean idle(Board board) {
        return current.get(board) == IDLE;
    }

    /** Slot of the domain whose vCPU is on it; not to be asked of an idle CPU. */
    public int currentSlot(Board board) {
        return current.getInt(board) >> 8;
    }

    /** Number of the vCPU that is on it; not to be asked of an idle CPU. */
    public int currentVcpu(Board board) {
        return current.getInt(board) & 0xFF;
    }

    boolean runs(Board board, Vcpu vcpu) {
        return current.getInt(board) == vcpu.tag();
    }

    void run(Board board, Vcpu vcpu) {
        current.set(board, vcpu.tag());
    }

    void goIdle(Board board) {
        current.set(board, IDLE);
    }

    /**
     * What a CPU is given before it comes up (xen-suspend.md 5.2).
     *
     * @param besides whether what it had is lost and still held: then there is one more of each
     */
    void allocate(Board board, boolean besides) {
        for (Cell held : List.of(percpuArea, siblingMap, coreMap, pageTables)) {
            held.set(board, besides ? held.get(board) + 1 : 1);
        }
        idleVcpu.set(board, 1);
    }

    /** Its maps and the page tables it booted with are freed; its area is another matter. */
    void freeMaps(Board board) {
        siblingMap.set(board, 0);
        coreMap.set(board, 0);
        pageTables.set(board, 0);
    }

    /** How often it went down in a host suspend. */
    public long timesDown(Board board) {
        return timesDown.get(board);
    }

    /** How often it came back. */
    public long timesUp(Board board) {
        return timesUp.get(board);
    }

    /** Resources held: per-CPU area, sibling map, core map, PPI handlers, idle vCPU, LPI table. */
    public int[] resources(Board board) {
        return new int[] {
            percpuArea.getInt(board), siblingMap.getInt(board), coreMap.getInt(board),
            ppiHandlers.getInt(board), idleVcpu.getInt(board), lpiTable.getInt(board)
        };
    }
}
