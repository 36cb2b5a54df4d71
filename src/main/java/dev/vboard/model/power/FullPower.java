package dev.vboard.model.power;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Flag;
import dev.vboard.model.core.Layout;

/**
 * Who holds ZynqMP's full-power domain on although the application cores sleep (devices.md 7.2): a
 * real-time processor that requires it, or a master of the low-power domain that is set up to be
 * coherent with their caches.
 */
public final class FullPower {
    private final Flag required;
    private final Cell coherent;

    /** Declares it. */
    public FullPower(Layout layout) {
        Layout fpd = layout.named("fpd");
        required = fpd.flag("required-by-rpu");
        coherent = fpd.cell("coherent", 32);
    }

    /** Whether the domain stays on in SYSTEM_SUSPEND. */
    public boolean isHeld(Board board) {
        return required.get(board) || coherent.get(board) != 0;
    }

    /** Lets the real-time processors require the domain or not. */
    public void required(Board board, boolean on) {
        required.set(board, on);
    }

    /** IOU_COHERENT_CTRL: four bits for each master, not zero for a coherent one. */
    Cell coherent() {
        return coherent;
    }
}
