package dev.vboard.api.body;

/**
 * One thing that is wrong with a request.
 *
 * @param pointer JSON pointer into the body, or {@code ?name} for a query parameter
 * @param message what is wrong with it
 */
public record Violation(String pointer, String message) {}
