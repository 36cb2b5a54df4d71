package dev.vboard.model.firmware;

import dev.vboard.model.core.Board;
import dev.vboard.model.gic.Gic;
import dev.vboard.model.power.WakeController;

/** The distributor as it is now, for the wake controller. */
record LiveDistributor(Gic gic) implements WakeController.Distributor {
    @Override
    public boolean enabled(Board board, int index) {
        return gic.enabled(board, index);
    }

    @Override
    public int enabledSpis(Board board, int half) {
        int word32 = gic.intids().word32(0, half + 1);
        return (int) (gic.enabledWord(board, word32 >> 1) >>> ((word32 & 1) << 5));
    }

    @Override
    public int activeSpis(Board board, int half) {
        int word32 = gic.intids().word32(0, half + 1);
        return (int) (gic.activeWord(board, word32 >> 1) >>> ((word32 & 1) << 5));
    }

    @Override
    public boolean pending(Board board, int index) {
        return gic.pending(board, index);
    }

    @Override
    public boolean active(Board board, int index) {
        return gic.active(board, index);
    }

    @Override
    public int targets(Board board, int index) {
        return gic.targets(board, index);
    }
}
