package dev.vboard.model.report;

import java.util.List;
import java.util.OptionalInt;

/**
 * A virtual interrupt after a guest configured it with {@code PUT .../interrupts/{intid}}.
 *
 * @param intid the virtual INTID
 * @param enabled in the guest's distributor
 * @param pending waits, in a list register or not
 * @param active acknowledged and not yet deactivated
 * @param priority 0 to 255 as the guest reads it
 * @param targets vCPUs, ascending
 * @param trigger how it is sampled
 * @param physical the interrupt passed through under this number; empty when it is none
 */
public record VirtualInterruptReport(
        int intid,
        boolean enabled,
        boolean pending,
        boolean active,
        int priority,
        List<Integer> targets,
        Trigger trigger,
        OptionalInt physical) {}
