package dev.vboard.model.report;

/** How an interrupt line is sampled. */
public enum Trigger implements WireName {
    LEVEL,
    EDGE
}
