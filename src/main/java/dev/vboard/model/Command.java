package dev.vboard.model;

/** All that can be asked of a board: {@link Action}s change it, {@link Query}s only read. */
public sealed interface Command permits Action, Query {}
