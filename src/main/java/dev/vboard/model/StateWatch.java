package dev.vboard.model;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Choice;
import dev.vboard.model.core.EventType;
import dev.vboard.model.core.Events;
import dev.vboard.model.core.Layout;
import dev.vboard.model.report.BoardState;
import dev.vboard.model.report.WakeCause;
import dev.vboard.model.xen.HostSuspend;
import dev.vboard.model.xen.Hypervisor;

import java.util.Optional;

/** What a board as a whole is doing, and the reports of its going to sleep and coming back. */
final class StateWatch {
    private final Hardware hardware;
    private final Hypervisor xen;

    StateWatch(Hardware hardware, Hypervisor xen) {
        this.hardware = hardware;
        this.xen = xen;
    }

    /** The last state that was reported, beside the clock so that power does not take it. */
    static Choice<BoardState> cell(Layout eternal) {
        return eternal.choice("reported-state", BoardState.class);
    }

    BoardState state(Board board) {
        if (!hardware.powered.get(board)) {
            return BoardState.OFF;
        }
        if (hardware.wake.asleep(board)) {
            return hardware.wake.cause(board) == 0 ? BoardState.SUSPENDED : BoardState.RESUMING;
        }
        if (!board.has(Board.XEN)) {
            return BoardState.RUNNING;
        }
        if (xen.crashed(board)) {
            return BoardState.CRASHED;
        }
        HostSuspend suspend = xen.hostSuspend();
        if (suspend.inProgress(board)) {
            return suspend.resuming(board) || suspend.asleep(board)
                    ? BoardState.RESUMING
                    : BoardState.SUSPENDING;
        }
        return BoardState.RUNNING;
    }

    /** Reports a change since it was last asked. */
    void observe(Board board) {
        BoardState now = state(board);
        BoardState before = hardware.reportedState.get(board);
        if (now == before) {
            return;
        }
        hardware.reportedState.set(board, now);
        if (now == BoardState.RESUMING && before == BoardState.SUSPENDED) {
            return;
        }
        long nanos = hardware.clock.now(board);
        switch (now) {
            case SUSPENDED -> EventType.BOARD_SUSPENDED.emit(board, nanos, "");
            case OFF -> EventType.BOARD_OFF.emit(board, nanos, "");
            case RUNNING -> {
                boolean hasXen = board.has(Board.XEN);
                if (before == BoardState.RESUMING
                        && (!hasXen || xen.hostSuspend().slept(board))) {
                    resumed(board, nanos);
                }
            }
            case RESUMING -> {
                if (hardware.wake.asleep(board)) {
                    // an interrupt was there already: it slept for no time
                    EventType.BOARD_SUSPENDED.emit(board, nanos, "");
                }
            }
            case SUSPENDING, CRASHED -> {
                // reported by the steps and the fault
            }
        }
    }

    private void resumed(Board board, long nanos) {
        Optional<WakeCause> cause = HostReports.wakeCause(hardware, board);
        int status = board.has(Board.XEN) ? xen.hostSuspend().status(board) : 0;
        EventType.BOARD_RESUMED.emit(
                board,
                nanos,
                cause.isPresent() ? cause.get().intid().orElseThrow() : Events.ABSENT,
                status,
                cause.map(WakeCause::kind).orElse(WakeCause.Kind.NONE).wire());
    }
}
