package dev.vboard.api.body;

import dev.vboard.model.report.WireName;

/**
 * Who moves a board's clock.
 *
 * @param mode manual or realtime
 * @param factor virtual seconds per wall second; 1 when manual
 */
public record Pace(Mode mode, double factor) {

    /** Who moves the clock. */
    public enum Mode implements WireName {
        MANUAL,
        REALTIME
    }
}
