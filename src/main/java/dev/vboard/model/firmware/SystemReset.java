package dev.vboard.model.firmware;

import dev.vboard.model.core.Board;

/**
 * SYSTEM_OFF, SYSTEM_RESET and SYSTEM_RESET2 (psci.md 7.8, 7.10). The state of the other cores does
 * not matter (PSCI-T14). The machine acts on the request after the action; the first one counts.
 */
final class SystemReset {
    private static final int WARM_RESET = 0;

    private SystemReset() {}

    static long decide(Psci psci, Board board, Caller by) {
        return PsciFunction.NO_RETURN;
    }

    static void off(Psci psci, Board board, Caller by) {
        psci.request(board, SystemRequest.OFF);
    }

    static void reset(Psci psci, Board board, Caller by) {
        psci.request(board, SystemRequest.RESET);
    }

    /** Vendor types (bit 31) are the platform's, and no platform here has one. */
    static long decideReset2(Psci psci, Board board, Caller by) {
        return by.word(board, 1) == WARM_RESET
                ? PsciFunction.NO_RETURN
                : PsciStatus.INVALID_PARAMETERS.code();
    }

    static void warmReset(Psci psci, Board board, Caller by) {
        psci.memProtected(board, false);
        psci.request(board, SystemRequest.WARM_RESET);
    }
}
