package dev.vboard.model.firmware;

import dev.vboard.model.core.Board;
import dev.vboard.model.cpu.CpuPower;

/** CPU_ON (psci.md 7.4). A refused call leaves its target untouched (PSCI-T20). */
final class CpuOn {
    private CpuOn() {}

    static long call(Psci psci, Board board, Caller by) {
        int target = psci.cores.find(by.argument(board, 1));
        if (target < 0) {
            return PsciStatus.INVALID_PARAMETERS.code();
        }
        long entry = by.argument(board, 2);
        if (!psci.accepts(entry)) {
            return psci.invalidAddress();
        }
        Core core = psci.cores.get(target);
        return switch (core.cpu().power(board)) {
            case ON, STANDBY, POWERDOWN -> stillOn(psci, board, core);
            case ON_PENDING -> PsciStatus.ON_PENDING.code();
            case OFF -> start(psci, board, by, core, entry);
        };
    }

    /** ZynqMP's power unit calls a core on its way down "suspending" and will not start it. */
    private static long stillOn(Psci psci, Board board, Core core) {
        boolean suspending = core.goingDown(board)
                || psci.eemi.isPresent() && psci.eemi.get().nodes.suspending(board, core.id());
        return suspending && psci.spec().eemi()
                ? PsciStatus.INTERNAL_FAILURE.code()
                : PsciStatus.ALREADY_ON.code();
    }

    private static long start(Psci psci, Board board, Caller by, Core core, long entry) {
        if (core.startFault(board) == StartFault.NO_POWER) {
            core.startFault(board, StartFault.NONE);
            return PsciStatus.INTERNAL_FAILURE.code();
        }
        core.startsAt(board, entry, by.argument(board, 3), by.cpu().bigEndian(board));
        core.request(board, Composite.ALL_RUN);
        core.cpu().power(board, CpuPower.ON_PENDING);
        core.change().arm(board, psci.after(board, psci.timing().cpuOnNs()));
        return PsciStatus.SUCCESS.code();
    }

    /** The core has come through EL3 and stands at its entry point. */
    static void arrive(Psci psci, Board board, Core core) {
        if (core.startFault(board) == StartFault.NEVER_STARTS) {
            core.startFault(board, StartFault.NONE);
            return;
        }
        if (psci.eemi.isPresent()) {
            psci.eemi.get().nodes.started(board, core.id());
        }
        psci.gic.cpuInit(board, core.id());
        psci.release(board, core);
        psci.emitCpuOn(board, core);
    }
}
