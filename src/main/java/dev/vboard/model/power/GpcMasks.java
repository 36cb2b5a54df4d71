package dev.vboard.model.power;

import dev.vboard.model.core.Bits;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Flag;
import dev.vboard.model.core.Layout;

/**
 * The interrupt masks of the i.MX8M's general power controller (gic.md 9, devices.md 7.4): 128
 * interrupts a core, hwirq n being SPI n. Only what core 0 has unmasked wakes the board. They start
 * masked, but for hwirq 0 of core 0, which has to stay open while the board runs: with it masked
 * the chip may fall asleep by mistake, which is not modelled. While software has not touched core
 * 0's masks, EL3 loads them with what the distributor has enabled for the time of the sleep.
 */
public final class GpcMasks {
    /** Interrupts the controller knows. */
    public static final int INTERRUPTS = 128;

    /** Cores that have masks. */
    public static final int CORES = 4;

    private final Bits open;
    private final Bits wake;
    private final Flag programmed;

    GpcMasks(Layout layout) {
        open = layout.named("gpc").bits("open", CORES * INTERRUPTS);
        wake = layout.named("gpc").bits("wake", INTERRUPTS);
        programmed = layout.named("gpc").flag("programmed");
    }

    /**
     * Whether the line of an SPI would wake the board.
     *
     * @param enabled whether the distributor has it enabled
     */
    boolean wakes(Board board, int spi, boolean enabled) {
        if (spi >= INTERRUPTS) {
            return false;
        }
        if (wake.any(board)) {
            return wake.get(board, spi);
        }
        return open.get(board, spi) || enabled && !programmed.get(board);
    }

    /** A mask word as software reads it: 1 is masked. */
    int word(Board board, int core, int word) {
        return ~open.word32(board, 4 * core + word);
    }

    void word(Board board, int core, int word, int masks) {
        open.setWord32(board, 4 * core + word, ~masks);
        touch(board, core);
    }

    /**
     * Masks or unmasks an interrupt for a core.
     *
     * @return whether the controller knows it
     */
    public boolean mask(Board board, int core, int hwirq, boolean masked) {
        boolean known = hwirq >= 0 && hwirq < INTERRUPTS && core >= 0 && core < CORES;
        if (known) {
            open.set(board, core * INTERRUPTS + hwirq, !masked);
            touch(board, core);
        }
        return known;
    }

    /**
     * Says whether an interrupt shall wake the board. Once any shall, the masks do not matter: EL3
     * loads these instead of them for the time of the sleep.
     *
     * @return whether the controller knows it
     */
    public boolean wakeBy(Board board, int hwirq, boolean on) {
        boolean known = hwirq >= 0 && hwirq < INTERRUPTS;
        if (known) {
            wake.set(board, hwirq, on);
        }
        return known;
    }

    private void touch(Board board, int core) {
        if (core == 0) {
            programmed.set(board, true);
        }
    }

    /** What EL3 does at a cold boot. */
    void reset(Board board) {
        open.clear(board);
        wake.clear(board);
        open.set(board, 0, true);
        programmed.set(board, false);
    }
}
