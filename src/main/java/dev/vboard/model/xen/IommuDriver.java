package dev.vboard.model.xen;

import dev.vboard.model.core.Board;
import dev.vboard.model.profile.DeviceSpec;

/** Xen's driver of one unit that keeps the DMA of domains apart (devices.md 5). */
interface IommuDriver {
    /** The unit. */
    DeviceSpec unit();

    /** Whether the unit translates, as its registers say. */
    boolean translates(Board board);

    /** Sets the unit up from nothing; no stream passes it yet. */
    void reset(Board board);

    /** Sets up anew what all streams share, and leaves alone what one stream has. */
    default void resetShared(Board board) {
        reset(board);
    }

    /** Lets a master reach the memory of a domain, and no other. */
    void map(Board board, DeviceSpec master, Domain domain);

    /** A domain is gone: nothing is translated by its tables any more. */
    void release(Board board, Domain domain);

    /**
     * Stops the unit before it may lose its power.
     *
     * @return 0 or a negative errno
     */
    int suspend(Board board);

    /** Takes note of the faults it reports, so that its line falls. */
    void handle(Board board);
}
