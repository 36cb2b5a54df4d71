package dev.vboard.model.report;

import java.util.List;
import java.util.OptionalLong;

/**
 * The board's virtual clock.
 *
 * @param nowNs virtual time since creation, in ns
 * @param poweredOnAtNs the last power-on, where the system counter started; empty before the first
 * @param settled no progress deadline is armed
 * @param pending what is armed, in the order in which it would fire
 */
public record ClockReport(
        long nowNs, OptionalLong poweredOnAtNs, boolean settled, List<PendingDeadline> pending) {

    /**
     * An armed deadline.
     *
     * @param atNs when it fires, in ns since creation
     * @param kind whether a settled board may have it
     * @param what whose it is, {@code timer d1v0}
     */
    public record PendingDeadline(long atNs, Kind kind, String what) {

        /** The two sorts of deadline (contract, section 6). */
        public enum Kind implements WireName {
            PROGRESS,
            WAITING
        }
    }
}
