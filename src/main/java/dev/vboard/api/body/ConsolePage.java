package dev.vboard.api.body;

/**
 * Text of a console.
 *
 * @param text what was shown from {@code from} on
 * @param from place of its first byte, counted from the first ever shown; later than asked for when
 *     what was before is not kept any more
 * @param next place after its last byte: what to ask for next
 */
public record ConsolePage(String text, long from, long next) {}
