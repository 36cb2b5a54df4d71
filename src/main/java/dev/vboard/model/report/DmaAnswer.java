package dev.vboard.model.report;

import java.util.Optional;

/**
 * What became of one DMA access.
 *
 * @param outcome how the access ended
 * @param physical address it reached; empty when it reached none
 */
public record DmaAnswer(Outcome outcome, Optional<U64> physical) {

    /** How a DMA access can end. */
    public enum Outcome implements WireName {
        TRANSLATED,
        FAULT,
        BYPASS,
        ABORTED
    }
}
