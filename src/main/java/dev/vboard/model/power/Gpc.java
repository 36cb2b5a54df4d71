package dev.vboard.model.power;

import dev.vboard.model.core.ProfileDevice;
import dev.vboard.model.profile.DeviceSpec;

/**
 * The general power controller of i.MX8M as far as it wakes the board: the interrupt masks of its
 * four cores (gic.md 9). All its other registers are RAZ/WI.
 */
public final class Gpc extends ProfileDevice {
    private static final long[] CORES = {0x30, 0x40, 0x1C0, 0x1D0};
    private static final int WORDS = 4;

    /** The registers of those masks. */
    public Gpc(DeviceSpec spec, GpcMasks masks) {
        super(spec);
        for (int core = 0; core < CORES.length; core++) {
            for (int word = 0; word < WORDS; word++) {
                declare(masks, core, word);
            }
        }
    }

    private void declare(GpcMasks masks, int core, int word) {
        registers
                .word(CORES[core] + 4L * word, "GPC_IMR" + (word + 1) + "_CORE" + core + "_A53")
                .reads((board, _, _) -> masks.word(board, core, word))
                .writes((board, _, _, value) -> masks.word(board, core, word, (int) value));
    }
}
