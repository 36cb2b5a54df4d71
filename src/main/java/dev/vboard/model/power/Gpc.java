package dev.vboard.model.power;

import dev.vboard.model.core.Device;
import dev.vboard.model.core.Registers;
import dev.vboard.model.profile.DeviceSpec;

import java.util.List;

/**
 * The general power controller of i.MX8M as far as it wakes the board: the interrupt masks of its
 * four cores (gic.md 9). All its other registers are RAZ/WI.
 */
public final class Gpc implements Device {
    private static final long[] CORES = {0x30, 0x40, 0x1C0, 0x1D0};
    private static final int WORDS = 4;

    private final DeviceSpec spec;
    private final Registers registers = new Registers();

    /** The registers of those masks. */
    public Gpc(DeviceSpec spec, GpcMasks masks) {
        this.spec = spec;
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

    @Override
    public String name() {
        return spec.name();
    }

    @Override
    public String type() {
        return spec.type();
    }

    @Override
    public List<Registers> registers() {
        return List.of(registers);
    }
}
