package dev.vboard.model.firmware;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Gprs;
import dev.vboard.model.cpu.Cpu;
import dev.vboard.model.profile.FirmwareSpec;

/** The SMC calls beside PSCI that the firmware answers (psci.md 7.19, column PHYS). */
final class Smccc {
    /** SMCCC_VERSION. */
    static final int VERSION = 0x8000_0000;

    private static final int ARCH_FEATURES = 0x8000_0001;
    private static final int WORKAROUND_1 = 0x8000_8000;
    private static final int WORKAROUND_2 = 0x8000_7FFF;
    private static final int WORKAROUND_3 = 0x8000_3FFF;
    private static final int CALL_COUNT = 0x8400_FF00;
    private static final int UID = 0x8400_FF01;
    private static final int REVISION = 0x8400_FF03;

    private static final int VERSION_1_5 = 0x1_0005;
    private static final int NOT_REQUIRED = 1;
    private static final int UNKNOWN = -1;

    /** Bytes 5b 90 8d 10 63 f8 e8 47 ae 2d c0 fb 56 41 f6 e2, the first one lowest. */
    private static final long[] STANDARD_SERVICE = {
        0x108D_905BL, 0x47E8_F863L, 0xFBC0_2DAEL, 0xE2F6_4156L
    };

    private final int calls;

    Smccc(FirmwareSpec spec) {
        calls = 25 + (spec.osInitiated() ? 1 : 0) + (spec.stat() ? 4 : 0);
    }

    /** Executes a call whose id is not PSCI's. */
    void call(Board board, Cpu cpu, int functionId) {
        Gprs gprs = cpu.gprs();
        switch (functionId) {
            case VERSION -> gprs.x(0).set(board, VERSION_1_5);
            case ARCH_FEATURES -> gprs.x(0).set(board, features(cpu, gprs.x(1).getInt(board)));
            case WORKAROUND_1, WORKAROUND_3 -> {
                // Applied by the way through EL3; no register is written.
            }
            case CALL_COUNT -> gprs.x(0).set(board, calls);
            case UID -> {
                for (int i = 0; i < STANDARD_SERVICE.length; i++) {
                    gprs.x(i).set(board, STANDARD_SERVICE[i]);
                }
            }
            case REVISION -> {
                gprs.x(0).set(board, 0);
                gprs.x(1).set(board, 1);
            }
            default -> gprs.x(0).set(board, UNKNOWN);
        }
    }

    /** In-order cores do not speculate past what the workarounds guard. */
    private static long features(Cpu cpu, int functionId) {
        boolean inOrder =
                cpu.spec().core().equals("cortex-a53") || cpu.spec().core().equals("cortex-a55");
        return switch (functionId) {
            case VERSION, ARCH_FEATURES -> 0;
            case WORKAROUND_1, WORKAROUND_3 -> inOrder ? NOT_REQUIRED : 0;
            case WORKAROUND_2 -> inOrder ? NOT_REQUIRED : UNKNOWN;
            default -> UNKNOWN;
        };
    }
}
