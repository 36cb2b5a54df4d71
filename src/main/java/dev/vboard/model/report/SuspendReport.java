package dev.vboard.model.report;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The current or the last attempt to suspend the machine.
 *
 * @param attempt its number, from 1; 0 before the first
 * @param status errno or PSCI value, 0 is ok; empty before the first and while it goes on
 * @param initiator the domain that asked; empty before the first
 * @param refusedBy who refused: {@code xen}, {@code el3}, a step's name or {@code dN}; empty when
 *     nobody did
 * @param before how Xen stood when it began; empty before the first
 * @param after how Xen stood when it was over; empty while it goes on and when Xen died of it
 * @param steps in the order in which they began
 * @param lost registers whose contents went with the power, by name; {@code NAME@n} for the copy of
 *     CPU n
 * @param notRestored the part of {@code lost} that nobody has written since
 */
public record SuspendReport(
        long attempt,
        OptionalInt status,
        OptionalInt initiator,
        Optional<String> refusedBy,
        Optional<AttemptState> before,
        Optional<AttemptState> after,
        List<StepReport> steps,
        List<String> lost,
        List<String> notRestored) {

    /**
     * One step of an attempt.
     *
     * @param name of the step, {@code gic-suspend}
     * @param cpu the CPU of a step that runs once per CPU; empty for the others
     * @param startNs when it began, in ns since creation
     * @param endNs when it ended; empty while it runs
     * @param outcome how it ended; empty while it runs
     * @param error a negative errno or PSCI value; empty when it did not fail
     */
    public record StepReport(
            String name,
            OptionalInt cpu,
            long startNs,
            OptionalLong endNs,
            Optional<StepOutcome> outcome,
            OptionalInt error) {}

    /** How a step ended. */
    public enum StepOutcome implements WireName {
        OK,
        FAILED,
        UNDONE,
        SKIPPED
    }
}
