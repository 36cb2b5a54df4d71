package dev.vboard.model.guest;

import static dev.vboard.model.guest.LinuxStep.*;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Choice;
import dev.vboard.model.core.Clock;
import dev.vboard.model.core.Deadline;
import dev.vboard.model.core.Flag;
import dev.vboard.model.core.GuestMachine;
import dev.vboard.model.core.GuestSoftware.Request;
import dev.vboard.model.core.Layout;

/**
 * Suspend and resume as Linux does them: tasks, console, devices, secondary CPUs, SYSTEM_SUSPEND,
 * and back (xen-suspend.md 2.1, 8.3). One step follows the other while vCPU 0 can execute; where it
 * cannot, because somebody pauses it, the step waits.
 */
final class LinuxSuspend {
    private static final int POLLS = 2000;

    private final GuestMachine machine;
    private final Clock clock;
    private final Drivers drivers;
    private final PsciClient psci;
    private final LinuxLines lines;
    private final Choice<LinuxStep> step;
    private final Choice<Request> request;
    private final Deadline deadline;
    private final Cell cpu;
    private final Cell polls;
    private final Cell away;
    private final Flag deep;
    private final Flag disturbed;

    LinuxSuspend(Layout layout, GuestMachine machine, Clock clock, Drivers drivers) {
        this.machine = machine;
        this.clock = clock;
        this.drivers = drivers;
        psci = new PsciClient(machine);
        lines = new LinuxLines(layout, machine);
        step = layout.choice("step", LinuxStep.class);
        request = layout.choice("request", Request.class);
        cpu = layout.cell("cpu", 8);
        polls = layout.cell("polls", 16);
        away = layout.cell("away", 32);
        deep = layout.flag("deep");
        disturbed = layout.flag("disturbed");
        deadline = layout.deadline("step", Deadline.Kind.PROGRESS, _ -> {
            // vCPU 0 goes on when it can
        });
    }

    PsciClient psci() {
        return psci;
    }

    /** Notes what is asked for; one thing at a time. */
    void ask(Board board, Request what) {
        if (step.is(board, RUNS) && request.is(board, Request.NONE)) {
            request.set(board, what);
        }
    }

    /** Whether a procedure is going on or asked for. */
    boolean busy(Board board) {
        return !step.is(board, RUNS) || !request.is(board, Request.NONE);
    }

    /** Whether its own call of SYSTEM_SUSPEND is the last thing it did. */
    boolean asleep(Board board) {
        return deep.get(board) && step.is(board, ASLEEP);
    }

    /** Whether SYSTEM_SUSPEND was there at boot. */
    boolean deep(Board board) {
        return deep.get(board);
    }

    /** vCPU 0 boots: it learns which kinds of sleep there are. */
    void booted(Board board, int vcpu) {
        step.set(board, RUNS);
        deep.set(board, psci.canSuspend(board, vcpu));
        lines.booted(board, vcpu);
    }

    /** Enables every interrupt that has a driver. */
    void unmask(Board board, int vcpu) {
        for (int intid : drivers.driven(board)) {
            machine.enable(board, vcpu, intid, true);
        }
    }

    /** What had to be masked because its line stayed up is enabled again, unless it suspends. */
    void tryAgain(Board board, int vcpu) {
        if (step.is(board, RUNS)) {
            unmask(board, vcpu);
        }
    }

    /** A device's interrupt has come. */
    void interrupted(Board board) {
        boolean asleep = step.is(board, ASLEEP);
        if (asleep || step.get(board).abortable()) {
            disturbed.set(board, true);
        }
    }

    /** Whether a vCPU is the one that has to go. */
    boolean expels(Board board, int vcpu) {
        boolean going = step.is(board, CPU_OFF) || step.is(board, CPU_DEAD);
        return going && cpu.getInt(board) == vcpu;
    }

    /** Begins what is asked for, or ends a sleep in idle; vCPU 0 has nothing else to do. */
    boolean begins(Board board) {
        if (step.is(board, ASLEEP)) {
            boolean woken = disturbed.get(board);
            if (woken) {
                go(board, DEVICES_ON);
            }
            return woken;
        }
        Request what = request.get(board);
        if (!step.is(board, RUNS) || what == Request.NONE) {
            return false;
        }
        request.set(board, Request.NONE);
        disturbed.set(board, false);
        away.set(board, 0);
        go(
                board,
                switch (what) {
                    case NONE, SUSPEND -> ENTRY;
                    case POWER_OFF -> POWER_OFF;
                    case REBOOT -> REBOOT;
                });
        return true;
    }

    private void go(Board board, LinuxStep next) {
        machine.jump(board, 0, machine.entry(board) + ScriptedGuest.BUSY);
        step.set(board, next);
        enter(board, next);
        if (step.is(board, next)) {
            deadline.arm(board, clock.now(board) + next.nanos());
        }
    }

    private void enter(Board board, LinuxStep next) {
        switch (next) {
            case ENTRY -> lines.entry(board, deep.get(board));
            case FREEZE -> {
                machine.serviceFrozen(board, true);
                lines.freezing(board);
            }
            case CONSOLE_OFF -> lines.consoleOff(board);
            case DEVICES_OFF -> devicesOff(board);
            case CPU_OFF -> expel(board, cpu.getInt(board));
            case BACK -> {
                machine.clearActive(board, 0);
                machine.mask(board, 0, false);
            }
            case CPU_ON -> psci.start(board, 0, cpu.getInt(board));
            case DEVICES_ON -> unmask(board, 0);
            case CONSOLE_ON -> lines.consoleOn(board, disturbed.get(board) && deep.get(board));
            case THAW -> lines.thawing(board);
            case POWER_OFF -> lines.poweringOff(board);
            case REBOOT -> lines.rebooting(board);
            case RUNS, CPU_DEAD, CALL, ASLEEP -> {
                // nothing happens at its beginning
            }
        }
    }

    /** Goes on when a step's time is over. */
    boolean continues(Board board) {
        if (deadline.armed(board) || step.is(board, RUNS) || step.is(board, ASLEEP)) {
            return false;
        }
        switch (step.get(board)) {
            case ENTRY -> {
                lines.synced(board);
                go(board, FREEZE);
            }
            case FREEZE -> {
                lines.frozen(board);
                go(board, CONSOLE_OFF);
            }
            case CONSOLE_OFF -> go(board, DEVICES_OFF);
            case DEVICES_OFF -> afterDevices(board);
            case CPU_OFF -> {
                polls.set(board, 0);
                go(board, CPU_DEAD);
            }
            case CPU_DEAD -> awaitDeath(board);
            case CALL -> call(board);
            case BACK -> nextUp(board, 0);
            case CPU_ON -> arrived(board);
            case DEVICES_ON -> go(board, CONSOLE_ON);
            case CONSOLE_ON -> go(board, THAW);
            case THAW -> {
                machine.serviceFrozen(board, false);
                lines.exit(board);
                rest(board, RUNS);
            }
            case POWER_OFF -> psci.end(board, 0, false);
            case REBOOT -> psci.end(board, 0, true);
            case RUNS, ASLEEP -> {
                // was looked at above
            }
        }
        return true;
    }

    /** vCPU 0 idles, its procedure over or asleep. */
    private void rest(Board board, LinuxStep at) {
        step.set(board, at);
        machine.jump(board, 0, machine.entry(board) + ScriptedGuest.IDLE);
    }

    /** Masks what does not wake; all that wakes goes to vCPU 0, also what had been masked. */
    private void devicesOff(Board board) {
        for (int intid : drivers.driven(board)) {
            machine.enable(board, 0, intid, drivers.wakes(intid));
        }
    }

    private void afterDevices(Board board) {
        if (disturbed.get(board)) {
            go(board, DEVICES_ON);
        } else if (deep.get(board)) {
            lines.cpusGo(board);
            nextDown(board, 0);
        } else {
            retarget(board, -1);
            rest(board, ASLEEP);
        }
    }

    private void nextDown(Board board, int last) {
        for (int next = last + 1; next < machine.vcpus(); next++) {
            if (!psci.isOff(board, 0, next)) {
                cpu.set(board, next);
                go(board, CPU_OFF);
                return;
            }
        }
        go(board, CALL);
    }

    /** Moves the interrupts of a vCPU to vCPU 0 before it goes; of all when -1. */
    private void retarget(Board board, int from) {
        if (machine.leavesInterrupts(board)) {
            return;
        }
        for (int intid : drivers.driven(board)) {
            int now = machine.target(board, intid);
            if (now == from || from < 0 && now != 0) {
                machine.target(board, 0, intid, 0);
            }
        }
    }

    private void expel(Board board, int other) {
        retarget(board, other);
        machine.signal(board, 0, 0, other);
    }

    private void awaitDeath(Board board) {
        int other = cpu.getInt(board);
        boolean dead = psci.isOff(board, 0, other);
        if (!dead && polls.add(board, 1) < POLLS) {
            go(board, CPU_DEAD);
            return;
        }
        if (dead) {
            away.set(board, away.get(board) | 1L << other);
        }
        lines.killed(board, other, dead);
        nextDown(board, other);
    }

    private void call(Board board) {
        if (disturbed.get(board)) {
            nextUp(board, 0);
            return;
        }
        // A vCPU that was off before may have been given some from outside.
        retarget(board, -1);
        machine.mask(board, 0, true);
        machine.stopTimer(board, 0);
        step.set(board, ASLEEP);
        machine.jump(board, 0, machine.entry(board) + ScriptedGuest.CALLING);
        psci.suspend(board, 0);
    }

    /** The call has come back to the instruction after it: it was refused. */
    void callReturned(Board board, int vcpu) {
        machine.mask(board, vcpu, false);
        nextUp(board, 0);
    }

    /** vCPU 0 is at its resume entry. */
    void resumed(Board board, int vcpu) {
        disturbed.set(board, false);
        go(board, BACK);
    }

    private void nextUp(Board board, int last) {
        for (int next = last + 1; next < machine.vcpus(); next++) {
            if ((away.get(board) >>> next & 1) != 0) {
                cpu.set(board, next);
                go(board, CPU_ON);
                return;
            }
        }
        go(board, DEVICES_ON);
    }

    private void arrived(Board board) {
        int other = cpu.getInt(board);
        lines.up(board, other, !psci.isOff(board, 0, other));
        nextUp(board, other);
    }
}
