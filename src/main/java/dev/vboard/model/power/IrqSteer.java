package dev.vboard.model.power;

import dev.vboard.model.core.ProfileDevice;
import dev.vboard.model.profile.DeviceSpec;

/**
 * The wake-up interrupt steering block of i.MX8QM (gic.md 9): a control word and fifteen mask
 * words, the first of them at the highest offset. EL3 loads them with what the distributor had
 * enabled, SPI 0 to 479, and clears them on the way back.
 */
public final class IrqSteer extends ProfileDevice {
    /** SPIs the block knows. */
    static final int INTERRUPTS = 480;

    private static final int WORDS = INTERRUPTS / 32;

    /** The registers of what a wake-up controller lets through. */
    public IrqSteer(DeviceSpec spec, WakeController wake) {
        super(spec);
        registers.word(0x00, "IRQSTR_CHANCTL").reads((board, _, _) -> wake.asleep(board) ? 1 : 0);
        registers
                .word(0x04, "IRQSTR_CHANMASK")
                .count(WORDS)
                .reads((board, _, word) -> wake.armed(board, WORDS - 1 - word))
                .writes((board, _, word, value) ->
                        wake.armed(board, WORDS - 1 - word, (int) value));
    }
}
