package dev.vboard.model;

/**
 * Which console a name means.
 *
 * @param domain whether it is a domain's
 * @param number of the domain, or of the UART on its board
 * @param device name of the UART; empty of a domain's console
 */
public record ConsoleName(boolean domain, int number, String device) {}
