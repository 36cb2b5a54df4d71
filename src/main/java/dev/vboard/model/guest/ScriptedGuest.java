package dev.vboard.model.guest;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Clock;
import dev.vboard.model.core.GuestMachine;
import dev.vboard.model.core.GuestSoftware;
import dev.vboard.model.core.Intids;
import dev.vboard.model.core.Layout;
import dev.vboard.model.profile.BoardProfile;

/**
 * A guest that acts by itself: it starts its vCPUs, takes and ends its interrupts, and waits. What
 * a vCPU is about to do is told by its program counter, so a context that is lost, kept or
 * overwritten shows in what the guest does next, as with real code.
 */
public final class ScriptedGuest implements GuestSoftware {
    /** Where a secondary vCPU starts; these are offsets of the program counter from the entry. */
    static final long SECONDARY = 0x1000;

    static final long RESUME = 0x2000;
    static final long IDLE = 0x3000;
    static final long BUSY = 0x4000;
    static final long CALLING = 0x5000;
    static final long DYING = 0x6000;

    private static final int SPURIOUS_FROM = 1020;
    private static final int SGIS = 16;
    private static final int UPCALL = 31;
    private static final int VTIMER = 27;
    private static final int MOST_AT_ONCE = 64;
    private static final long POLL_NANOS = 1_000_000_000L;

    private final GuestMachine machine;
    private final Drivers drivers;
    private final LinuxSuspend suspend;
    private final Shell shell;

    /**
     * Declares what it remembers.
     *
     * @param layout a cursor over the machine's segment
     */
    public ScriptedGuest(Layout layout, GuestMachine machine, Clock clock, BoardProfile profile) {
        this.machine = machine;
        drivers = new Drivers(machine, profile);
        suspend = new LinuxSuspend(layout, machine, clock, drivers);
        shell = new Shell(machine, suspend);
    }

    @Override
    public boolean react(Board board) {
        if (!machine.driven(board)) {
            return false;
        }
        boolean moved = false;
        for (int vcpu = 0; vcpu < machine.vcpus(); vcpu++) {
            if (machine.executes(board, vcpu)) {
                moved |= takeInterrupts(board, vcpu) | execute(board, vcpu);
            }
        }
        return moved;
    }

    @Override
    public void ask(Board board, Request request) {
        suspend.ask(board, request);
    }

    @Override
    public boolean busy(Board board) {
        return suspend.busy(board);
    }

    @Override
    public boolean asleep(Board board) {
        return suspend.asleep(board);
    }

    @Override
    public void typed(Board board, String line) {
        shell.typed(board, line);
    }

    private long at(Board board, long place) {
        return machine.entry(board) + place;
    }

    /** Goes on from where the program counter stands. */
    private boolean execute(Board board, int vcpu) {
        if (!machine.executes(board, vcpu)) {
            return false;
        }
        long place = machine.pc(board, vcpu) - machine.entry(board);
        if (place == 0) {
            start(board, vcpu);
        } else if (place == SECONDARY) {
            startSecondary(board, vcpu);
        } else if (place == RESUME) {
            suspend.resumed(board, vcpu);
        } else if (place == DYING) {
            suspend.psci().off(board, vcpu);
        } else if (place == CALLING) {
            suspend.callReturned(board, vcpu);
        } else if (vcpu == 0 && suspend.continues(board)) {
            return true;
        } else if (place == IDLE || vcpu != 0 || !suspend.busy(board)) {
            return idle(board, vcpu);
        } else {
            return false;
        }
        return true;
    }

    private boolean idle(Board board, int vcpu) {
        if (vcpu == 0 && suspend.begins(board)) {
            return true;
        }
        machine.jump(board, vcpu, at(board, IDLE));
        if (machine.signalled(board, vcpu) && !machine.masked(board, vcpu)) {
            return true;
        }
        machine.waitForInterrupt(board, vcpu);
        return !machine.executes(board, vcpu);
    }

    private void start(Board board, int vcpu) {
        if (vcpu != 0) {
            startSecondary(board, vcpu);
            return;
        }
        prepare(board, vcpu);
        suspend.unmask(board, vcpu);
        suspend.booted(board, vcpu);
        for (int other = 1; other < machine.vcpusAtBoot(board); other++) {
            suspend.psci().start(board, vcpu, other);
        }
        machine.jump(board, vcpu, at(board, IDLE));
    }

    private void startSecondary(Board board, int vcpu) {
        prepare(board, vcpu);
        machine.jump(board, vcpu, at(board, IDLE));
    }

    private void prepare(Board board, int vcpu) {
        machine.gicOn(board, vcpu);
        for (int sgi = 0; sgi < SGIS / 2; sgi++) {
            machine.enable(board, vcpu, sgi, true);
        }
        machine.enable(board, vcpu, VTIMER, true);
        machine.enable(board, vcpu, UPCALL, true);
        machine.mask(board, vcpu, false);
    }

    private boolean takeInterrupts(Board board, int vcpu) {
        boolean moved = false;
        for (int i = 0; i < MOST_AT_ONCE; i++) {
            boolean takes = machine.executes(board, vcpu)
                    && !machine.masked(board, vcpu)
                    && machine.signalled(board, vcpu);
            int acknowledged = takes ? machine.acknowledge(board, vcpu) : SPURIOUS_FROM;
            if ((acknowledged & 0x3FF) >= SPURIOUS_FROM) {
                return moved;
            }
            handle(board, vcpu, acknowledged & 0x3FF);
            machine.end(board, vcpu, acknowledged);
            moved = true;
        }
        return moved;
    }

    private void handle(Board board, int vcpu, int intid) {
        if (intid < SGIS) {
            if (suspend.expels(board, vcpu)) {
                machine.jump(board, vcpu, at(board, DYING));
            }
        } else if (intid == VTIMER) {
            machine.stopTimer(board, vcpu);
            suspend.tryAgain(board, vcpu);
        } else if (intid >= Intids.PRIVATE) {
            suspend.interrupted(board);
            if (!drivers.serve(board, vcpu, intid) && machine.isLevel(board, intid)) {
                machine.enable(board, vcpu, intid, false);
                machine.startTimer(board, vcpu, POLL_NANOS);
            }
        }
    }
}
