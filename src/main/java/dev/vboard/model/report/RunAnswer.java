package dev.vboard.model.report;

/**
 * How far the clock ran.
 *
 * @param nowNs where it stands, in ns since creation
 * @param settled no progress deadline is armed
 * @param stopped why it stopped
 */
public record RunAnswer(long nowNs, boolean settled, Stop stopped) {

    /** Why the clock stopped; limits are answers, not errors. */
    public enum Stop implements WireName {
        /** It stands where it was to go. */
        REACHED,
        /** The board settled. */
        SETTLED,
        /** The awaited event was emitted. */
        EVENT,
        /** The caller's limit of virtual time. */
        LIMIT,
        /** The profile's limit of firings. */
        FIRINGS,
        /** The wall-time budget of one call. */
        BUDGET,
        /** Nothing is pending, so what was awaited cannot come. */
        IDLE
    }
}
