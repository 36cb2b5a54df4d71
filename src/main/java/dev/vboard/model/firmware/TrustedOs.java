package dev.vboard.model.firmware;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Layout;
import dev.vboard.model.cpu.CpuPower;
import dev.vboard.model.profile.FirmwareSpec;

/** The trusted OS as far as PSCI sees it (psci.md 7.6, 7.7): none, on one core, or on all. */
final class TrustedOs {
    private static final int MIGRATABLE = 0;
    private static final int FIXED = 1;
    private static final int EVERYWHERE = 2;

    private final int kind;
    private final int bootCpu;
    private final Cell cpu;

    TrustedOs(Layout layout, FirmwareSpec spec) {
        kind = switch (spec.trustedOs()) {
            case "up-migratable" -> MIGRATABLE;
            case "up" -> FIXED;
            default -> EVERYWHERE;
        };
        bootCpu = spec.trustedOsCpu();
        cpu = layout.cell("trusted-os-cpu", 8, bootCpu);
    }

    static boolean present(FirmwareSpec spec) {
        return !spec.trustedOs().equals("none");
    }

    /** Whether a single-core trusted OS lives on that CPU. */
    boolean livesOn(Board board, int id) {
        return kind != EVERYWHERE && cpu.getInt(board) == id;
    }

    void reset(Board board) {
        cpu.set(board, bootCpu);
    }

    static long type(Psci psci, Board board, Caller by) {
        return psci.trustedOs.kind;
    }

    static long cpu(Psci psci, Board board, Caller by) {
        TrustedOs os = psci.trustedOs;
        return os.kind == EVERYWHERE
                ? PsciStatus.INVALID_PARAMETERS.code()
                : psci.cores.get(os.cpu.getInt(board)).cpu().spec().mpidr();
    }

    static long migrate(Psci psci, Board board, Caller by) {
        TrustedOs os = psci.trustedOs;
        int target = psci.cores.find(by.argument(board, 1));
        if (target < 0) {
            return PsciStatus.INVALID_PARAMETERS.code();
        }
        if (os.kind != MIGRATABLE) {
            return os.kind == FIXED ? PsciStatus.DENIED.code() : PsciStatus.NOT_SUPPORTED.code();
        }
        if (!os.livesOn(board, by.core().id())) {
            return PsciStatus.NOT_PRESENT.code();
        }
        if (!psci.cores.get(target).cpu().is(board, CpuPower.ON)) {
            return PsciStatus.INTERNAL_FAILURE.code();
        }
        os.cpu.set(board, target);
        return PsciStatus.SUCCESS.code();
    }
}
