package dev.vboard.model;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Deadline;
import dev.vboard.model.core.Software;
import dev.vboard.model.cpu.Cpu;
import dev.vboard.model.firmware.Eemi;
import dev.vboard.model.firmware.SystemRequest;
import dev.vboard.model.report.RunAnswer.Stop;
import dev.vboard.model.report.ScheduledFire;
import dev.vboard.model.xen.Hypervisor;

import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Moves a board: offers interrupts between actions, lets the clock run from deadline to deadline.
 * Every loop has a limit.
 */
final class Runner {
    private static final int OFFERS = 1000;
    private static final int BUDGET_EVERY = 64;

    private final Hardware hardware;
    private final Hypervisor xen;
    private final Software bareMetal = new BareMetal();
    private final Supply supply;
    private final StateWatch watch;
    private final InterruptLines interruptLines;

    Runner(
            Hardware hardware,
            Hypervisor xen,
            Supply supply,
            StateWatch watch,
            InterruptLines interruptLines) {
        this.hardware = hardware;
        this.xen = xen;
        this.supply = supply;
        this.watch = watch;
        this.interruptLines = interruptLines;
    }

    /** Something a run looks for. */
    @FunctionalInterface
    interface Goal {
        /** Whether it has come. */
        boolean reached(Board board);
    }

    boolean settled(Board board) {
        return !board.progressing();
    }

    /** Lets software and firmware react to what an action has changed, until nothing moves. */
    void react(Board board) {
        for (int i = 0; i < OFFERS; i++) {
            boolean moved = firmwareReacts(board) | softwareReacts(board);
            SystemRequest request = requested(board);
            if (request != SystemRequest.NONE) {
                supply.obey(board, request);
                moved = true;
            }
            watch.observe(board);
            if (!moved) {
                return;
            }
        }
    }

    /** What firmware was asked for; a reset by a watchdog comes before it. */
    private SystemRequest requested(Board board) {
        return hardware.resetLine.get(board)
                ? SystemRequest.RESET
                : hardware.psci.systemRequest(board);
    }

    private boolean firmwareReacts(Board board) {
        return hardware.masks.anySuspended(board)
                && hardware.powered.get(board)
                && hardware.psci.wakeSuspended(board);
    }

    private boolean softwareReacts(Board board) {
        boolean hasXen = board.has(Board.XEN);
        boolean moved = hardware.masks.anyReleased(board) && starts(board, hasXen);
        Optional<Eemi> unit = hardware.psci.eemi();
        moved |= unit.isPresent()
                && unit.get().anyAnnounced(board)
                && powersDown(board, unit.get(), hasXen);
        moved |= hardware.gic.anyAsking(board) && takesInterrupts(board, hasXen);
        if (hasXen) {
            moved |= xen.actors().act(board);
        }
        return moved;
    }

    private boolean starts(Board board, boolean hasXen) {
        Software software = hasXen ? xen : bareMetal;
        boolean moved = false;
        for (Cpu cpu : hardware.cpus) {
            if (cpu.released(board)) {
                cpu.released(board, false);
                hardware.released(board, cpu);
                long entry = cpu.gprs().pc().get(board);
                software.start(board, cpu.id(), entry, cpu.gprs().x(0).get(board));
                moved = true;
            }
        }
        return moved;
    }

    /** A CPU that has announced its power-down to the power unit goes down when it is idle. */
    private boolean powersDown(Board board, Eemi unit, boolean hasXen) {
        boolean moved = false;
        for (Cpu cpu : hardware.cpus) {
            boolean idle = hasXen ? xen.pcpus().get(cpu.id()).idle(board) : cpu.waiting(board);
            moved |= idle && hardware.psci.executes(board, cpu.id()) && unit.waits(board, cpu.id());
        }
        return moved;
    }

    private boolean takesInterrupts(Board board, boolean hasXen) {
        boolean moved = false;
        for (Cpu cpu : hardware.cpus) {
            if (hasXen) {
                moved |= hardware.psci.executes(board, cpu.id())
                        && hardware.gic.signals(board, cpu.id())
                        && xen.interrupt(board, cpu.id());
            } else if (cpu.waiting(board) && hardware.gic.signals(board, cpu.id())) {
                cpu.waiting(board, false);
            }
        }
        return moved;
    }

    /** When anything is due next, or {@link Deadline#NEVER}. */
    long next(Board board) {
        return Math.min(board.nextDeadlineNanos(), hardware.fires.next(board));
    }

    /** Moves the clock; on the way it stops where somebody has waited for too long. */
    private void moveTo(Board board, long nanos) {
        if (board.has(Board.XEN) && nanos > hardware.clock.now(board)) {
            long overdue = xen.checks().overdueAt(board, nanos);
            if (overdue <= nanos) {
                hardware.clock.advanceTo(board, overdue);
                xen.checks().overdue(board);
            }
        }
        hardware.clock.advanceTo(board, nanos);
    }

    /** Fires the next entry: of one instant deadlines in cell order, then scheduled fires. */
    private void fireNext(Board board, long at) {
        moveTo(board, Math.max(at, hardware.clock.now(board)));
        if (board.fireDeadline(at)) {
            if (board.has(Board.XEN)) {
                xen.poll(board);
            }
            react(board);
            return;
        }
        ScheduledFire fire = hardware.fires.take(board);
        interruptLines.move(board, fire.intid(), fire.cpu().orElse(-1), fire.level());
        react(board);
    }

    /** Runs until the goal, not past a moment; then the clock stands at that moment. */
    Stop run(Board board, long untilNanos, Stop atEnd, Goal goal, BooleanSupplier overBudget) {
        int limit = hardware.profile.limits().firings();
        for (int fired = 0; ; fired++) {
            if (goal.reached(board)) {
                return Stop.REACHED;
            }
            long at = next(board);
            if (at == Deadline.NEVER && untilNanos == Deadline.NEVER) {
                return Stop.IDLE;
            }
            if (at > untilNanos) {
                moveTo(board, untilNanos);
                return atEnd;
            }
            if (fired == limit) {
                return Stop.FIRINGS;
            }
            if (fired % BUDGET_EVERY == BUDGET_EVERY - 1 && overBudget.getAsBoolean()) {
                return Stop.BUDGET;
            }
            fireNext(board, at);
        }
    }

    /** Runs until no progress deadline is armed. */
    Stop settle(Board board, BooleanSupplier overBudget) {
        return run(board, Deadline.NEVER, Stop.IDLE, this::settled, overBudget);
    }

    /** Fires that many entries, one each. */
    Stop step(Board board, int steps, BooleanSupplier overBudget) {
        int limit = Math.min(steps, hardware.profile.limits().firings());
        for (int i = 0; i < limit; i++) {
            long at = next(board);
            if (at == Deadline.NEVER) {
                return Stop.IDLE;
            }
            if (i % BUDGET_EVERY == BUDGET_EVERY - 1 && overBudget.getAsBoolean()) {
                return Stop.BUDGET;
            }
            fireNext(board, at);
        }
        return limit < steps ? Stop.FIRINGS : Stop.REACHED;
    }
}
