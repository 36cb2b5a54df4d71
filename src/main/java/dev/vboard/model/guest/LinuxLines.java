package dev.vboard.model.guest;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Flag;
import dev.vboard.model.core.GuestMachine;
import dev.vboard.model.core.Layout;

/**
 * What a Linux guest prints around a suspend (xen-suspend.md 8.3). From "Suspending console(s)" on
 * nothing is printed; what would have been is printed when the console is back.
 */
final class LinuxLines {
    private final GuestMachine machine;
    private final Flag cpusGo;
    private final Cell killed;
    private final Cell stubborn;
    private final Cell up;
    private final Cell missing;

    LinuxLines(Layout layout, GuestMachine machine) {
        this.machine = machine;
        Layout kept = layout.named("kept-back");
        cpusGo = kept.flag("cpus-go");
        killed = kept.cell("killed", 32);
        stubborn = kept.cell("stubborn", 32);
        up = kept.cell("up", 32);
        missing = kept.cell("missing", 32);
    }

    private void say(Board board, String line) {
        machine.print(board, line);
    }

    void booted(Board board, int vcpu) {
        String who = "0x" + hex(PsciClient.affinity(vcpu), 10);
        say(board, "Booting Linux on physical CPU " + who + " [" + midr(board, vcpu) + "]");
    }

    void entry(Board board, boolean deep) {
        say(board, "PM: suspend entry (" + (deep ? "deep" : "s2idle") + ")");
    }

    void synced(Board board) {
        say(board, "Filesystems sync: 0.000 seconds");
    }

    void freezing(Board board) {
        say(board, "Freezing user space processes");
    }

    void frozen(Board board) {
        say(board, "Freezing user space processes completed (elapsed 0.001 seconds)");
        say(board, "OOM killer disabled.");
        say(board, "Freezing remaining freezable tasks");
        say(board, "Freezing remaining freezable tasks completed (elapsed 0.001 seconds)");
    }

    void consoleOff(Board board) {
        say(board, "printk: Suspending console(s) (use no_console_suspend to debug)");
        cpusGo.set(board, false);
        killed.set(board, 0);
        stubborn.set(board, 0);
        up.set(board, 0);
        missing.set(board, 0);
    }

    /** Kept back: the secondary CPUs are about to go. */
    void cpusGo(Board board) {
        cpusGo.set(board, true);
    }

    /** Kept back: a secondary CPU is off, or would not go. */
    void killed(Board board, int cpu, boolean dead) {
        Cell mask = dead ? killed : stubborn;
        mask.set(board, mask.get(board) | 1L << cpu);
    }

    /** Kept back: a secondary CPU is back, or stayed away. */
    void up(Board board, int cpu, boolean there) {
        Cell mask = there ? up : missing;
        mask.set(board, mask.get(board) | 1L << cpu);
    }

    /** Prints what was kept back. */
    void consoleOn(Board board, boolean aborted) {
        if (cpusGo.get(board)) {
            say(board, "Disabling non-boot CPUs ...");
        }
        for (int cpu = 1; cpu < machine.vcpus(); cpu++) {
            if (in(board, killed, cpu)) {
                say(board, "psci: CPU" + cpu + " killed (polled 0 ms)");
            } else if (in(board, stubborn, cpu)) {
                say(
                        board,
                        "psci: CPU" + cpu
                                + " may not have shut down cleanly (AFFINITY_INFO reports 0)");
            }
        }
        if (aborted) {
            say(board, "PM: Wakeup pending, aborting suspend");
        }
        if (up.get(board) != 0 || missing.get(board) != 0) {
            say(board, "Enabling non-boot CPUs ...");
        }
        for (int cpu = 1; cpu < machine.vcpus(); cpu++) {
            if (in(board, up, cpu)) {
                back(board, cpu);
            } else if (in(board, missing, cpu)) {
                say(board, "CPU" + cpu + ": failed to come online");
                say(board, "Error taking CPU" + cpu + " up: -5");
            }
        }
    }

    private void back(Board board, int cpu) {
        String who = "CPU" + cpu;
        say(board, "Detected VIPT I-cache on " + who);
        machine.redistributor(board, cpu)
                .ifPresent(address -> say(
                        board,
                        "GICv3: " + who + ": found redistributor "
                                + Long.toHexString(PsciClient.affinity(cpu)) + " region 0:0x"
                                + hex(address, 16)));
        say(
                board,
                who + ": Booted secondary processor 0x" + hex(PsciClient.affinity(cpu), 10) + " ["
                        + midr(board, cpu) + "]");
        say(board, who + " is up");
    }

    void thawing(Board board) {
        say(board, "OOM killer enabled.");
        say(board, "Restarting tasks ... done.");
    }

    void exit(Board board) {
        say(board, "PM: suspend exit");
    }

    void poweringOff(Board board) {
        say(board, "reboot: Power down");
    }

    void rebooting(Board board) {
        say(board, "reboot: Restarting system");
    }

    private static boolean in(Board board, Cell mask, int cpu) {
        return (mask.get(board) >>> cpu & 1) != 0;
    }

    private String midr(Board board, int vcpu) {
        return "0x" + hex(machine.midr(board, vcpu), 8);
    }

    private static String hex(long value, int digits) {
        String text = Long.toHexString(value);
        return "0".repeat(Math.max(digits - text.length(), 0)) + text;
    }
}
