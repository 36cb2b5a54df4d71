package dev.vboard.model.xen;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.EventType;
import dev.vboard.model.hazard.TimerHazard;
import dev.vboard.model.report.Observables;

/**
 * The watchdog timers Xen keeps for a domain. Time spent suspended or frozen does not count
 * (xen-suspend.md D9).
 */
final class Watchdogs {
    private static final long EINVAL = -22;
    private static final long EEXIST = -17;
    private static final long ENOSPC = -28;

    private final Hypervisor xen;

    Watchdogs(Hypervisor xen) {
        this.xen = xen;
    }

    /**
     * SCHEDOP_watchdog: id 0 creates a timer, any other id pets it, and no timeout stops it.
     *
     * @return the new timer's id from 1, 0, or a negative errno
     */
    long set(Board board, Domain domain, int id, long timeoutNanos) {
        if (id < 0 || id > Domain.WATCHDOGS) {
            return EINVAL;
        }
        if (id == 0) {
            return timeoutNanos == 0 ? EINVAL : create(board, domain, timeoutNanos);
        }
        if (!inUse(board, domain, id - 1)) {
            return EEXIST;
        }
        domain.watchdogRemaining.get(id - 1).set(board, SoftTimers.STOPPED);
        long expiry = timeoutNanos == 0 ? SoftTimers.STOPPED : xen.now(board) + timeoutNanos;
        domain.watchdogExpiry.get(id - 1).set(board, expiry);
        served(board, domain);
        return 0;
    }

    private long create(Board board, Domain domain, long timeoutNanos) {
        for (int i = 0; i < Domain.WATCHDOGS; i++) {
            if (!inUse(board, domain, i)) {
                domain.watchdogExpiry.get(i).set(board, xen.now(board) + timeoutNanos);
                served(board, domain);
                return i + 1;
            }
        }
        return ENOSPC;
    }

    /** Who sets a timer is there to serve it, also when the guest's daemon is frozen. */
    private void served(Board board, Domain domain) {
        domain.serviceFrozen.set(board, false);
        xen.timers.reprogram(board);
    }

    private static boolean inUse(Board board, Domain domain, int index) {
        return domain.watchdogExpiry(board, index) != SoftTimers.STOPPED
                || domain.watchdogRemaining(board, index) != SoftTimers.STOPPED;
    }

    /** The domain suspends through vPSCI. */
    void suspends(Board board, Domain domain) {
        boolean runsOn =
                xen.suffers(board, TimerHazard.HZ_34) || xen.suffers(board, TimerHazard.HZ_34B);
        if (!runsOn) {
            stop(board, domain);
        }
    }

    /** The domain stands: its timers keep what they have left. */
    void stop(Board board, Domain domain) {
        for (int i = 0; i < Domain.WATCHDOGS; i++) {
            long expiry = domain.watchdogExpiry(board, i);
            if (expiry != SoftTimers.STOPPED) {
                long left = Math.max(expiry - xen.now(board), 0);
                domain.watchdogRemaining.get(i).set(board, left);
                domain.watchdogExpiry.get(i).set(board, SoftTimers.STOPPED);
            }
        }
        xen.timers.reprogram(board);
    }

    /**
     * The domain goes on: what its timers had left runs on. Where the guest's own hook had stopped
     * them they wait for their daemon (HZ-74).
     */
    void start(Board board, Domain domain) {
        xen.checks.guests.watchdogGoesOn(board, domain);
        boolean hooked =
                domain.serviceFrozen.get(board) && !xen.hazards.on(board, TimerHazard.HZ_74);
        if (!hooked) {
            runOn(board, domain);
        }
    }

    /** What stands counts again; others may have counted all the time. */
    void runOn(Board board, Domain domain) {
        for (int i = 0; i < Domain.WATCHDOGS; i++) {
            long left = domain.watchdogRemaining(board, i);
            if (left != SoftTimers.STOPPED) {
                domain.watchdogExpiry.get(i).set(board, xen.now(board) + left);
                domain.watchdogRemaining.get(i).set(board, SoftTimers.STOPPED);
            }
        }
        xen.timers.reprogram(board);
    }

    void expired(Board board, Domain domain, int index) {
        domain.watchdogExpiry.get(index).set(board, SoftTimers.STOPPED);
        xen.checks.guests.watchdogExpires(board, domain);
        boolean shutDown = !domain.shutdownState.is(board, Observables.ShutdownState.NONE);
        boolean kills = domain.suspended(board) && xen.suffers(board, TimerHazard.HZ_34);
        if (shutDown && !kills) {
            return;
        }
        int id = domain.id(board);
        xen.print(board, "Watchdog timer " + index + " fired for d" + id);
        EventType.WATCHDOG.emit(board, xen.now(board), id, index + 1, "");
        if (kills) {
            xen.guestSuspend.killed(board, domain);
        }
        xen.shutdown.shutDown(board, domain, Shutdown.WATCHDOG);
    }
}
