package dev.vboard.model.xen;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Faults;
import dev.vboard.model.core.Faults.Fault;
import dev.vboard.model.core.Faults.Kind;
import dev.vboard.model.core.Layout;

import java.util.Optional;

/**
 * The boot CPU's wait for the flag that a dying CPU sets in its idle loop: looked for each 100 ms,
 * complained of each second (xen-suspend.md 4.4, 8.2 j). A CPU sets it at once unless something
 * beyond Xen holds it; a late CPU_OFF comes after it and is waited for elsewhere (D8).
 */
final class DeathWatch {
    /** Between two looks. */
    static final long LOOK_NANOS = 100_000_000L;

    private static final int LOOKS_A_LINE = 10;

    private final Hypervisor xen;
    private final Cell looks;
    private final Cell stallEnds;

    DeathWatch(Hypervisor xen, Layout layout) {
        this.xen = xen;
        looks = layout.cell("looks", 32);
        stallEnds = layout.cell("stall-ends", 64);
    }

    /** Whether a CPU that has left the online map does not get any further for now. */
    boolean begins(Board board, int victim) {
        Optional<Fault> stall =
                xen.platform.faults().strike(board, Kind.CPU_STALLS, victim, Faults.ANY);
        if (stall.isEmpty()) {
            return false;
        }
        looks.set(board, 0);
        long now = xen.now(board);
        stallEnds.set(board, now + Math.min(stall.get().value(), Long.MAX_VALUE - now));
        return true;
    }

    /** The boot CPU looks once more, and says each second that the flag is missing. */
    boolean sees(Board board, int victim) {
        if (looks.add(board, 1) % LOOKS_A_LINE == 0) {
            xen.print(board, "CPU " + victim + " still not dead...");
        }
        return xen.now(board) >= stallEnds.get(board);
    }
}
