package dev.vboard.model.report;

/**
 * The board's supply, as {@code GET .../power} shows it.
 *
 * @param state on or off
 * @param voltage of the supply, in volts; 0 when off
 * @param current drawn, in amperes, from how many CPUs and domains are on
 */
public record PowerReport(Switch state, double voltage, double current) {

    /** The switch of the supply. */
    public enum Switch implements WireName {
        ON,
        OFF
    }
}
