package dev.vboard.model.report;

import java.util.Optional;

/**
 * What a hypercall answered.
 *
 * @param returned control is back at the instruction after the call
 * @param x0 the result; empty when not returned
 */
public record HypercallAnswer(boolean returned, Optional<U64> x0) {}
