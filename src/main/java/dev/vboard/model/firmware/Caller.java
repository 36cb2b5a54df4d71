package dev.vboard.model.firmware;

import dev.vboard.model.core.Board;
import dev.vboard.model.cpu.Cpu;

/**
 * A CPU that makes a call in one of the two calling conventions. There are two for each CPU, made
 * once, so a call allocates nothing.
 */
final class Caller {
    private final Core core;
    private final long mask;

    Caller(Core core, boolean wide) {
        this.core = core;
        mask = wide ? -1L : 0xFFFF_FFFFL;
    }

    Core core() {
        return core;
    }

    Cpu cpu() {
        return core.cpu();
    }

    /** x1 to x3; SMC32 callers' arguments are truncated, never refused (PSCI-T9). */
    long argument(Board board, int number) {
        return cpu().gprs().x(number).get(board) & mask;
    }

    /** w1 to w3, for arguments that are 32 bits wide in both conventions. */
    int word(Board board, int number) {
        return cpu().gprs().x(number).getInt(board);
    }
}
