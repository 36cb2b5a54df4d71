package dev.vboard.model.report;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What {@code POST .../interrupts} did to a line.
 *
 * @param intid the interrupt
 * @param cpu the CPU of a PPI; empty for an SPI
 * @param device the device on the line; empty for a bare line
 * @param scheduled the fire waits for its time
 * @param atNs when the line was moved or will be, in ns since creation
 * @param level the line after the move; empty while scheduled
 */
public record FireAnswer(
        int intid,
        OptionalInt cpu,
        Optional<String> device,
        boolean scheduled,
        long atNs,
        Optional<Boolean> level) {}
