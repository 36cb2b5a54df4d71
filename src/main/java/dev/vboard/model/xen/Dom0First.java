package dev.vboard.model.xen;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Choice;
import dev.vboard.model.core.Deadline;
import dev.vboard.model.core.EventType;
import dev.vboard.model.core.Events;
import dev.vboard.model.core.Layout;
import dev.vboard.model.hazard.HostHazard;

import java.util.Locale;

/**
 * After a host suspend no other domain runs before a control or hardware domain has: each holds one
 * extra pause until then, or for 100 ms (xen-suspend.md W9, D1).
 */
final class Dom0First {
    /** The event's kind when other domains have waited in vain. */
    static final String LATE = "DOM0_LATE";

    private static final long FALLBACK_NANOS = 100_000_000L;

    private final Hypervisor xen;
    private final Choice<Release> release;
    private final Deadline fallback;

    /** When the other domains are let go. */
    enum Release {
        /** A control domain has executed. */
        AFTER_DOM0_RAN,
        /** A control domain has executed and waits again: it has nothing more to resume. */
        AFTER_DOM0_RESUME_DONE,
        /** They are not held. */
        NONE
    }

    Dom0First(Hypervisor xen, Layout layout) {
        this.xen = xen;
        Layout own = layout.named("dom0-first");
        release = own.choice("release", Release.class);
        fallback = own.deadline("fallback", Deadline.Kind.PROGRESS, this::giveUp);
    }

    void configure(Board board, String policy) {
        release.set(board, Release.valueOf(policy.toUpperCase(Locale.ROOT)));
    }

    /**
     * Holds all domains that are neither control nor hardware domains; some may be held since the
     * last time.
     */
    void hold(Board board) {
        boolean waits = xen.hostSuspend.slept(board) && !release.is(board, Release.NONE);
        xen.checks.guests.awaitDom0(board, waits);
        if (release.is(board, Release.NONE) || xen.suffers(board, HostHazard.HZ_31)) {
            return;
        }
        for (Domain domain : xen.domains.live(board)) {
            if (!privileged(board, domain)) {
                domain.pauseCount.add(board, domain.heldForDom0.get(board) ? 0 : 1);
                domain.heldForDom0.set(board, true);
                fallback.arm(board, xen.now(board) + FALLBACK_NANOS);
            }
        }
    }

    /** A vCPU has been switched in. */
    void ran(Board board, Domain domain) {
        if (release.is(board, Release.AFTER_DOM0_RAN)) {
            letGoAfter(board, domain);
        }
    }

    /** A vCPU waits for an interrupt. */
    void waits(Board board, Domain domain) {
        letGoAfter(board, domain);
    }

    /** Whether a domain is one of those that the others wait for (W9). */
    static boolean privileged(Board board, Domain domain) {
        return domain.control(board) || domain.hardware(board);
    }

    private void letGoAfter(Board board, Domain domain) {
        if (fallback.armed(board) && privileged(board, domain)) {
            letGo(board);
        }
    }

    private void giveUp(Board board) {
        xen.checks.guests.awaitDom0(board, false);
        xen.print(board, "Dom0 did not run within 100 ms, other domains are released");
        EventType.FAULT.emit(board, xen.now(board), Events.ABSENT, Events.ABSENT, LATE);
        letGo(board);
    }

    private void letGo(Board board) {
        fallback.cancel(board);
        for (Domain domain : xen.domains.byId(board)) {
            if (domain.heldForDom0.get(board)) {
                domain.heldForDom0.set(board, false);
                domain.pauseCount.add(board, -1);
                xen.scheduler.reconsider(board, domain);
            }
        }
    }
}
