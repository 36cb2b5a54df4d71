package dev.vboard.model.report;

import java.util.OptionalInt;

/**
 * What reading the interrupt acknowledge register answered.
 *
 * @param intid the interrupt now active; 1023 when there was none
 * @param source the CPU that sent a GICv2 SGI; empty for all others
 */
public record AckAnswer(int intid, OptionalInt source) {}
