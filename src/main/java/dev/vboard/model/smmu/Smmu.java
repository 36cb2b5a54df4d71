package dev.vboard.model.smmu;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Device;

/** A unit that DMA goes through. It knows a master by its stream id. */
public interface Smmu extends Device {

    /**
     * One access of a master, up to the page tables: a fault in the unit's own configuration is
     * recorded there.
     */
    Passage pass(Board board, int stream, long address, boolean write);

    /** The tables of a passage that translates do not map the address: that is recorded. */
    void notMapped(Board board, int stream, Passage passage, long address, boolean write);

    /**
     * How an access gets through.
     *
     * @param kind whether it does
     * @param root physical address of the stage-2 tables that translate it
     * @param geometry of those tables, as VTCR has it
     * @param context the context bank, or 0 where there is none
     */
    record Passage(Kind kind, long root, long geometry, int context) {
        /** Untranslated. */
        static final Passage BYPASS = new Passage(Kind.BYPASS, 0, 0, 0);

        /** Ended with a fault that has been recorded. */
        static final Passage FAULT = new Passage(Kind.FAULT, 0, 0, 0);

        /** Ended without a record. */
        static final Passage ABORT = new Passage(Kind.ABORT, 0, 0, 0);
    }

    /** Ways to get through. */
    enum Kind {
        /** As the tables say. */
        TRANSLATE,
        /** Untranslated. */
        BYPASS,
        /** Not at all, and a fault is recorded. */
        FAULT,
        /** Not at all. */
        ABORT
    }
}
