package dev.vboard.model.xen;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Deadline;
import dev.vboard.model.core.Layout;

/** The machine goes off or resets when its hardware domain ends (psci.md 7.8). */
final class MachineEnd {
    private static final long SYSTEM_OFF = 0x8400_0008L;
    private static final long SYSTEM_RESET = 0x8400_0009L;
    private static final long STOP_OTHERS_NANOS = 10_000_000L;

    private final Hypervisor xen;
    private final Cell code;
    private final Deadline others;

    MachineEnd(Hypervisor xen, Layout layout) {
        this.xen = xen;
        code = layout.named("machine-end").cell("code", 8);
        others = layout.named("machine-end").deadline("stop", Deadline.Kind.PROGRESS, this::end);
    }

    void begin(Board board, Domain hardware, int reason) {
        int id = hardware.id(board);
        xen.print(board, switch (reason) {
            case Shutdown.POWEROFF -> "Hardware Dom" + id + " halted: halting machine";
            case Shutdown.REBOOT -> "Hardware Dom" + id + " shutdown: rebooting machine";
            case Shutdown.CRASH -> "Hardware Dom" + id + " crashed: rebooting machine in 5 seconds.";
            case Shutdown.WATCHDOG ->
                "Hardware Dom" + id + " shutdown: watchdog rebooting machine";
            case Shutdown.SUSPEND, Shutdown.SOFT_RESET ->
                "Hardware Dom" + id + " shutdown (unknown reason " + reason + "): ";
            default -> "Hardware Dom" + id + " shutdown (unknown reason " + reason + "): ";
        });
        code.set(board, reason);
        others.arm(board, xen.now(board) + STOP_OTHERS_NANOS);
    }

    private void end(Board board) {
        boolean off = code.getInt(board) == Shutdown.POWEROFF;
        xen.platform.smc(board, 0, off ? SYSTEM_OFF : SYSTEM_RESET, 0, 0, 0);
    }
}
