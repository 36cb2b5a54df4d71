package dev.vboard.model.xen;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Clock;
import dev.vboard.model.core.Flag;
import dev.vboard.model.core.Layout;
import dev.vboard.model.core.SystemRegisters.SystemRegister;
import dev.vboard.model.hazard.CpuHazard;
import dev.vboard.model.hazard.TimerHazard;

import java.util.ArrayList;
import java.util.List;

/**
 * Xen's timers: the virtual timers of vCPUs that are not on a pCPU, the physical timers of all, and
 * the domain watchdogs. They share the hypervisor timer (CNTHP) of the boot CPU, which is
 * programmed for the earliest (devices.md 1.4).
 */
public final class SoftTimers {
    /** The value of a timer that does not run. */
    public static final long STOPPED = Long.MAX_VALUE;

    private static final int ENABLE = 1;
    private static final int EL1_COUNTER = 1;
    private static final long TICK_NANOS = 4_000_000L;

    private final Hypervisor xen;
    private final Clock clock;
    private final Flag quiet;
    private final SystemRegister control;
    private final SystemRegister compare;
    private final SystemRegister physicalControl;
    private final SystemRegister virtualOffset;
    private final SystemRegister trapControl;

    /**
     * A running timer.
     *
     * @param atNanos its expiry
     * @param what whose it is
     */
    public record Running(long atNanos, String what) {}

    SoftTimers(Hypervisor xen, Layout layout) {
        this.xen = xen;
        clock = xen.platform.clock();
        quiet = layout.named("timers").flag("quiet");
        control = xen.platform.registers().get("CNTHP_CTL_EL2");
        compare = xen.platform.registers().get("CNTHP_CVAL_EL2");
        physicalControl = xen.platform.registers().get("CNTP_CTL_EL0");
        virtualOffset = xen.platform.registers().get("CNTVOFF_EL2");
        trapControl = xen.platform.registers().get("CNTHCTL_EL2");
    }

    /** Programs the hypervisor timer for the earliest running timer. */
    void reprogram(Board board) {
        if (quiet.get(board)) {
            return;
        }
        long earliest = STOPPED;
        for (Domain domain : xen.domains.live(board)) {
            for (Vcpu vcpu : domain.vcpus) {
                earliest = Math.min(earliest, vcpu.vtimerExpiry.get(board));
                earliest = Math.min(earliest, vcpu.ptimerExpiry.get(board));
            }
            for (int i = 0; i < Domain.WATCHDOGS; i++) {
                earliest = Math.min(earliest, domain.watchdogExpiry(board, i));
            }
        }
        if (earliest == STOPPED) {
            switchTo(board, 0);
        } else {
            compare.write(board, Access.el2(0), ticksAt(board, earliest));
            switchTo(board, ENABLE);
        }
    }

    /** The counter's value at a moment from now on. */
    long ticksAt(Board board, long nanos) {
        long ahead = Math.max(nanos - clock.now(board), 0);
        long hz = clock.counterHz();
        long seconds = ahead / 1_000_000_000L;
        long rest = ahead % 1_000_000_000L;
        long ticks = seconds * hz + (rest * hz + 999_999_999L) / 1_000_000_000L;
        return clock.counter(board) + ticks;
    }

    /** The hypervisor timer fired: runs what has expired, in order of domain and vCPU. */
    void expired(Board board) {
        switchTo(board, 0);
        long now = clock.now(board);
        for (Domain domain : xen.domains.live(board)) {
            for (Vcpu vcpu : domain.vcpus) {
                if (vcpu.vtimerExpiry.get(board) <= now) {
                    vcpu.vtimerExpiry.set(board, STOPPED);
                    xen.vtimer.expired(board, domain, vcpu);
                }
                if (vcpu.ptimerExpiry.get(board) <= now) {
                    vcpu.ptimerExpiry.set(board, STOPPED);
                    xen.physicalTimer.expired(board, domain, vcpu);
                }
            }
            for (int i = 0; i < Domain.WATCHDOGS; i++) {
                if (domain.watchdogExpiry(board, i) <= now) {
                    xen.watchdogs.expired(board, domain, i);
                }
            }
        }
        reprogram(board);
    }

    /** Each CPU that comes up: guests may read the counter; what they do to CNTP traps. */
    void cpuInit(Board board, int cpu) {
        Access by = Access.el2(cpu);
        virtualOffset.write(board, by, 0);
        trapControl.write(board, by, EL1_COUNTER);
        physicalControl.write(board, by, 0);
        control.write(board, by, 0);
    }

    /** Stops the hypervisor timer and the physical timer of the boot CPU. */
    void quieten(Board board, boolean hypervisorTimerToo) {
        quiet.set(board, true);
        if (!hypervisorTimerToo) {
            tick(board);
            return;
        }
        switchTo(board, 0);
        physicalControl.write(board, Access.el2(0), 0);
    }

    /** Whether no timer may run. */
    boolean quiet(Board board) {
        return quiet.get(board);
    }

    /** A softirq arms the hypervisor timer for the scheduler's next tick, whatever else runs. */
    void tick(Board board) {
        compare.write(board, Access.el2(0), ticksAt(board, clock.now(board) + TICK_NANOS));
        switchTo(board, ENABLE);
    }

    /** Switches the hypervisor timer of the boot CPU on or off. */
    private void switchTo(Board board, int value) {
        control.write(board, Access.el2(0), value);
        xen.checks.sleep.timerWritten(board, value != 0, quiet.get(board));
    }

    /**
     * When the hypervisor timer will fire in the sleep that begins now: never, but by a known bug,
     * and then only while the system counter counts on.
     */
    long leftRunning(Board board) {
        boolean bug = xen.hazards.on(board, TimerHazard.HZ_36)
                || xen.hazards.on(board, TimerHazard.HZ_37);
        boolean counts = !xen.platform.profile().counterStopsInSystemSuspend();
        Access by = Access.el2(0);
        boolean runs = bug && counts && (control.read(board, by) & ENABLE) != 0;
        return runs ? clock.nanosAtCounter(board, compare.read(board, by)) : STOPPED;
    }

    /** Lets timers run again; those that expired meanwhile fire at once. */
    void restart(Board board) {
        quiet.set(board, false);
        reprogram(board);
    }

    /** A CPU goes down for a while: timers of its vCPUs stay with them, but for HZ-71. */
    void leaveBehind(Board board, int cpu) {
        if (!xen.hazards.on(board, CpuHazard.HZ_71)) {
            return;
        }
        for (Domain domain : xen.domains.live(board)) {
            for (Vcpu vcpu : domain.vcpus) {
                boolean lost = vcpu.assigned(board) == cpu
                        && vcpu.vtimerExpiry.get(board) != STOPPED
                        && xen.suffers(board, CpuHazard.HZ_71);
                if (lost) {
                    vcpu.vtimerExpiry.set(board, STOPPED);
                }
            }
        }
    }

    /** The running timers, by domain. */
    public List<Running> running(Board board) {
        List<Running> running = new ArrayList<>();
        for (Domain domain : xen.domains.live(board)) {
            int id = domain.id(board);
            for (Vcpu vcpu : domain.vcpus) {
                String who = "timer d" + id + "v" + vcpu.id;
                add(running, vcpu.vtimerExpiry.get(board), who);
                add(running, vcpu.ptimerExpiry.get(board), "physical " + who);
            }
            for (int i = 0; i < Domain.WATCHDOGS; i++) {
                add(running, domain.watchdogExpiry(board, i), "watchdog d" + id + "/" + (i + 1));
            }
        }
        return running;
    }

    private static void add(List<Running> running, long at, String what) {
        if (at != STOPPED) {
            running.add(new Running(at, what));
        }
    }
}
