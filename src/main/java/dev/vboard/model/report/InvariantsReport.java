package dev.vboard.model.report;

import java.util.List;
import java.util.Optional;

/**
 * What must hold on a board, and what has not since it booted (contract, section 7).
 *
 * @param violated how many have been violated
 * @param items all of them, by number
 */
public record InvariantsReport(int violated, List<Invariant> items) {
    /**
     * One invariant.
     *
     * @param id {@code I1} to {@code I35}
     * @param text what must hold
     * @param held whether it has since the board booted
     * @param firstViolation where it has not
     * @param hazards ids of the known bugs that violate it
     */
    public record Invariant(
            String id,
            String text,
            boolean held,
            Optional<InvariantViolation> firstViolation,
            List<String> hazards) {}

    /**
     * The first violation of an invariant.
     *
     * @param seq number of its event
     * @param timeNs when it was
     * @param detail what was found
     */
    public record InvariantViolation(long seq, long timeNs, String detail) {}
}
