package dev.vboard.model.xen;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.EventType;
import dev.vboard.model.core.Flag;
import dev.vboard.model.core.Layout;

/** The code that only the boot may execute: its memory is given away after it (5.3). */
final class InitText {
    private final Hypervisor xen;
    private final Flag released;

    InitText(Hypervisor xen, Layout layout) {
        this.xen = xen;
        released = layout.flag("init-text-released");
    }

    /** The boot is over. */
    void release(Board board) {
        released.set(board, true);
    }

    /** A CPU executes it; false when it is gone. */
    boolean touch(Board board, int cpu) {
        boolean gone = released.get(board);
        xen.checks.cpus.initTextTouched(board, cpu, gone);
        if (gone) {
            EventType.FAULT.emit(board, xen.now(board), cpu, 0, "INIT_TEXT");
        }
        return !gone;
    }
}
