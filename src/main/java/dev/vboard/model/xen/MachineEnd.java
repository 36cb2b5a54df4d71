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
    private static final long REBOOT_NANOS = 5_000_000_000L;

    private static final String LATER = "rebooting machine in 5 seconds.";

    private final Hypervisor xen;
    private final Cell code;
    private final Deadline others;

    MachineEnd(Hypervisor xen, Layout layout) {
        this.xen = xen;
        code = layout.named("machine-end").cell("code", 8);
        others = layout.named("machine-end").deadline("stop", Deadline.Kind.PROGRESS, this::end);
    }

    void begin(Board board, Domain hardware, int reason) {
        String who = "Hardware Dom" + hardware.id(board);
        xen.print(
                board,
                switch (reason) {
                    case Shutdown.POWEROFF -> who + " halted: halting machine";
                    case Shutdown.REBOOT -> who + " shutdown: rebooting machine";
                    case Shutdown.WATCHDOG -> who + " shutdown: watchdog rebooting machine";
                    case Shutdown.CRASH -> who + " crashed: " + LATER;
                    default -> who + " shutdown (unknown reason " + reason + "): " + LATER;
                });
        boolean later = reason == Shutdown.CRASH
                || reason == Shutdown.SUSPEND
                || reason == Shutdown.SOFT_RESET;
        code.set(board, reason);
        others.arm(board, xen.now(board) + (later ? REBOOT_NANOS : STOP_OTHERS_NANOS));
    }

    /** Whether it is under way. */
    boolean begun(Board board) {
        return others.armed(board);
    }

    private void end(Board board) {
        boolean off = code.getInt(board) == Shutdown.POWEROFF;
        xen.platform.smc(board, 0, off ? SYSTEM_OFF : SYSTEM_RESET, 0, 0, 0);
    }
}
