package dev.vboard.model.firmware;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.EventType;
import dev.vboard.model.cpu.CpuPower;

/**
 * CPU_OFF (psci.md 7.3). The last core may go too (PSCI-T18). Until the core is down it counts as
 * ON; from the call on nothing but CPU_ON brings it back.
 */
final class CpuOff {
    private CpuOff() {}

    /** A single-core trusted OS does not let its core go. */
    static long decide(Psci psci, Board board, Caller by) {
        return psci.trustedOs.livesOn(board, by.core().id())
                ? PsciStatus.DENIED.code()
                : PsciFunction.NO_RETURN;
    }

    static void powerDown(Psci psci, Board board, Caller by) {
        Core core = by.core();
        psci.gic.cpuInterfaceDown(board, core.id());
        core.cpu().waiting(board, false);
        core.goingDown(board, true);
        core.change().arm(board, psci.after(board, psci.timing().cpuOffNs()));
    }

    /** The core is down, and with it every domain above that nobody needs any more. */
    static void arrive(Psci psci, Board board, Core core) {
        core.goingDown(board, false);
        core.cpu().power(board, CpuPower.OFF);
        psci.cores.enter(board, core.id(), Composite.ALL_OFF);
        EventType.CPU_OFF.emit(board, psci.now(board), core.id(), "");
    }
}
