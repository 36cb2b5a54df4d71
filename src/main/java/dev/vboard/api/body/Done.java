package dev.vboard.api.body;

/**
 * The answer of an action that has nothing else to say.
 *
 * @param revision accepted changes so far
 * @param nowNs virtual time since creation, in ns
 */
public record Done(long revision, long nowNs) {}
