package dev.vboard.model.report;

/**
 * How many of a board's CPUs are up.
 *
 * @param online as in {@link CpuReport#online()}
 * @param total CPUs of the profile
 */
public record CpuCount(int online, int total) {}
