package dev.vboard.model.report;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One physical interrupt, as {@code GET .../gic/interrupts/{intid}} shows it.
 *
 * @param intid its INTID; SPI n is n+32
 * @param type SGI, PPI or SPI
 * @param cpu the CPU whose banked copy this is; empty for an SPI
 * @param enabled forwarded by the distributor
 * @param pending the latch, or a level-sensitive line that is high
 * @param active acknowledged and not yet deactivated
 * @param level the input line
 * @param trigger how the line is sampled
 * @param priority 0 to 255 as stored; a lower value wins
 * @param targets CPUs it may be signalled to, ascending
 * @param group 0 or 1
 * @param owner who handles it; empty when nobody does or without Xen
 * @param device the device on the line; empty for a bare line
 */
public record InterruptReport(
        int intid,
        Type type,
        OptionalInt cpu,
        boolean enabled,
        boolean pending,
        boolean active,
        boolean level,
        Trigger trigger,
        int priority,
        List<Integer> targets,
        int group,
        Optional<Owner> owner,
        Optional<String> device) {

    /** The kind of an interrupt, which follows from its INTID. */
    public enum Type {
        SGI,
        PPI,
        SPI
    }
}
