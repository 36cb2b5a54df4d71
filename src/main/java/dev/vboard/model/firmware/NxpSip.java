package dev.vboard.model.firmware;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Deadline;
import dev.vboard.model.core.EventType;
import dev.vboard.model.core.Events;
import dev.vboard.model.core.Gprs;
import dev.vboard.model.core.Layout;
import dev.vboard.model.power.GpcMasks;

/**
 * NXP's silicon-provider calls (gic.md 9, devices.md 7.3 and 7.4). On i.MX8QM: the source of
 * wake-ups, the watchdog and clock of the system controller, fuses and CPU frequency; on i.MX8M:
 * the general power controller. Others are unknown functions.
 */
final class NxpSip {

    private static final long SUCCESS = 0;
    private static final long UNKNOWN = -1;
    private static final long LOCKED = 5;
    private static final int BY_CONTROLLER = 1;
    private static final int BY_INTERRUPTS = 2;
    private static final int DEFAULT_TIMEOUT_MS = 60_000;
    private static final long NANOS_PER_MS = 1_000_000L;

    private final Psci psci;
    private final boolean controller;
    private final Cell timeout;
    private final Deadline watchdog;

    /**
     * Declares the services.
     *
     * @param controller whether a system controller is there, as on i.MX8QM
     */
    NxpSip(Layout layout, Psci psci, boolean controller) {
        this.psci = psci;
        this.controller = controller;
        timeout = layout.named("sip").cell("timeout", 32, DEFAULT_TIMEOUT_MS);
        watchdog = layout.named("sip").deadline("watchdog", Deadline.Kind.WAITING, this::bites);
    }

    void reset(Board board) {
        timeout.set(board, DEFAULT_TIMEOUT_MS);
        watchdog.cancel(board);
    }

    /** The watchdog of the system controller resets the board, asleep or not. */
    private void bites(Board board) {
        EventType.WATCHDOG.emit(
                board, psci.now(board), Events.ABSENT, Events.ABSENT, "system-controller");
        psci.request(board, SystemRequest.RESET);
    }

    /** Whether a function id is one of NXP's that this firmware has. */
    boolean has(int functionId) {
        return NxpService.of(functionId)
                .filter(service -> service.isOf(controller))
                .isPresent();
    }

    /** Carries out a call that {@link #has} has accepted. */
    void call(Board board, Core by, int functionId) {
        Gprs gprs = by.cpu().gprs();
        int what = gprs.x(1).getInt(board);
        int value = gprs.x(2).getInt(board);
        long answer = switch (NxpService.of(functionId).orElseThrow()) {
            case GPC -> gpc(board, what, value, gprs.x(3).getInt(board));
            case CPUFREQ -> what == 0 ? SUCCESS : UNKNOWN;
            case TIME -> time(board, gprs, what, value);
            case WAKEUP_SRC -> source(board, what);
            case OTP_READ -> {
                gprs.x(1).set(board, 0);
                yield SUCCESS;
            }
            case OTP_WRITE -> LOCKED;
        };
        gprs.x(0).set(board, answer);
    }

    private long source(Board board, int what) {
        if (what != BY_CONTROLLER && what != BY_INTERRUPTS) {
            return UNKNOWN;
        }
        psci.wake.steered(board, what == BY_INTERRUPTS);
        return SUCCESS;
    }

    /** Masks and wake-ups go to core 0, the only one that wakes the board. */
    private long gpc(Board board, int what, int hwirq, int value) {
        if (psci.wake.gpc().isEmpty()) {
            return UNKNOWN;
        }
        GpcMasks masks = psci.wake.gpc().get();
        boolean known = switch (what) {
            case 0 -> masks.mask(board, 0, hwirq, true);
            case 1 -> masks.mask(board, 0, hwirq, false);
            case 2 -> masks.wakeBy(board, hwirq, value != 0);
            case 3, 4, 5 -> true;
            default -> false;
        };
        return known ? SUCCESS : UNKNOWN;
    }

    /** Sub-functions: 0 sets the clock, 1 to 7 are the watchdog's; times in milliseconds. */
    private long time(Board board, Gprs gprs, int what, int value) {
        switch (what) {
            case 1, 4 -> {
                if (what == 1 || watchdog.armed(board)) {
                    long span = (timeout.get(board)) * NANOS_PER_MS;
                    watchdog.arm(board, psci.after(board, span));
                }
            }
            case 2 -> watchdog.cancel(board);
            case 5 -> timeout.set(board, value);
            case 6 -> gprs.x(1).set(board, watchdog.armed(board) ? 1 : 0);
            case 0, 3, 7 -> {
                // the clock's date, the action and the early warning are taken and have no effect
            }
            default -> {
                return UNKNOWN;
            }
        }
        return SUCCESS;
    }
}
