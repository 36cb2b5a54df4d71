package dev.vboard.model.report;

import java.util.OptionalInt;

/**
 * A fire that waits for its time.
 *
 * @param atNs when it is applied, in ns since creation
 * @param intid the interrupt
 * @param cpu the CPU of a PPI; empty for an SPI
 * @param level true raises, false lowers; an edge line is pulsed when true
 */
public record ScheduledFire(long atNs, int intid, OptionalInt cpu, boolean level) {}
