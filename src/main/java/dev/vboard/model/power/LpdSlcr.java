package dev.vboard.model.power;

import dev.vboard.model.core.ProfileDevice;
import dev.vboard.model.profile.DeviceSpec;

/**
 * The GIC proxy in the system-level control registers of ZynqMP's low-power domain (gic.md 9): five
 * groups of 32, group g bit b being SPI 32·g+b (DEV-T17). Status latches a line that is high or
 * was; one clears it. The rest of the block is RAZ/WI.
 */
public final class LpdSlcr extends ProfileDevice {
    private static final int GROUPS = 5;
    private static final long FIRST = 0x8000;
    private static final long STRIDE = 0x14;

    /** The registers of what a wake-up controller lets through and has latched. */
    public LpdSlcr(DeviceSpec spec, WakeController wake) {
        super(spec);
        for (int group = 0; group < GROUPS; group++) {
            int g = group;
            long base = FIRST + STRIDE * group;
            String name = "GICP" + group + "_IRQ_";
            registers
                    .word(base, name + "STATUS")
                    .reads((board, _, _) -> wake.status(board, g))
                    .writes((board, _, _, value) -> wake.unlatch(board, g, (int) value));
            registers.word(base + 0x4, name + "MASK").reads((board, _, _) -> ~wake.armed(board, g));
            registers
                    .word(base + 0x8, name + "ENABLE")
                    .writes((board, _, _, value) ->
                            wake.armed(board, g, wake.armed(board, g) | (int) value));
            registers
                    .word(base + 0xC, name + "DISABLE")
                    .writes((board, _, _, value) ->
                            wake.armed(board, g, wake.armed(board, g) & ~(int) value));
        }
    }
}
