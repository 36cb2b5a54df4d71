package dev.vboard.model.report;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What tests rely on about one domain (xen-suspend.md 1.8).
 *
 * @param pauseCount all holders that keep it off the CPUs
 * @param controllerPauseCount the toolstack's share, 0 to 255
 * @param shutdownState progress of a shutdown or suspend
 * @param shutdownCode the latched code, 0 to 5; empty when none
 * @param resumeCtx the stored resume context; empty when none
 * @param suspendCount suspends accepted
 * @param resumeCount entries at a stored entry point
 * @param lastResumeCause what ended the last suspend; empty before the first
 * @param firstInstructionAt when it last began to run after being suspended, frozen or off, in ns
 * @param firstInstructionSeq the event of that moment
 * @param watchdogs its armed or expired watchdog timers
 */
public record Observables(
        int pauseCount,
        int controllerPauseCount,
        ShutdownState shutdownState,
        OptionalInt shutdownCode,
        Optional<ResumeContext> resumeCtx,
        long suspendCount,
        long resumeCount,
        Optional<ResumeCause> lastResumeCause,
        OptionalLong firstInstructionAt,
        OptionalLong firstInstructionSeq,
        List<DomainWatchdog> watchdogs) {

    /** Progress of a shutdown. */
    public enum ShutdownState {
        NONE,
        IN_PROGRESS,
        COMPLETE
    }

    /**
     * Where a suspended domain will continue.
     *
     * @param entry entry point, a guest address
     * @param contextId goes to x0
     * @param vcpu the vCPU that will start there
     */
    public record ResumeContext(U64 entry, U64 contextId, int vcpu) {}

    /**
     * What ended a suspend.
     *
     * @param kind the sort of cause
     * @param intid the interrupt; empty when the cause is none
     */
    public record ResumeCause(Kind kind, OptionalInt intid) {

        /** Sorts of cause. */
        public enum Kind implements WireName {
            INTERRUPT,
            VTIMER,
            EVENT_CHANNEL,
            TOOLSTACK,
            HOST
        }
    }

    /**
     * A watchdog timer that Xen keeps for a domain.
     *
     * @param id 1 or 2, as SCHEDOP_watchdog answers it
     * @param running counting now; a stopped one keeps its remaining time
     * @param remainingNs to expiry, in ns
     */
    public record DomainWatchdog(int id, boolean running, long remainingNs) {}
}
