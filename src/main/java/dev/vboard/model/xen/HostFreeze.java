package dev.vboard.model.xen;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.EventType;
import dev.vboard.model.core.Layout;
import dev.vboard.model.hazard.GuestHazard;
import dev.vboard.model.hazard.HostHazard;
import dev.vboard.model.hazard.TimerHazard;

import java.util.List;

/**
 * What a host suspend does to domains: it freezes them, looks at them, thaws them and resumes the
 * one that asked (xen-suspend.md 4.4, W5b, W9, R16 to R20).
 */
final class HostFreeze {
    private final Hypervisor xen;
    private final Cell awake;

    HostFreeze(Hypervisor xen, Layout layout) {
        this.xen = xen;
        awake = layout.cell("awake-domain", 16);
    }

    /** Id of the domain that the current or last attempt found awake, or -1. */
    int awake(Board board) {
        return awake.getInt(board) - 1;
    }

    /** Forgets the domain that was found awake. */
    void forget(Board board) {
        awake.set(board, 0);
    }

    /** One pause for each domain, by ascending id: Dom0 first, for only it can create others. */
    void freeze(Board board) {
        List<Domain> all = xen.domains.byId(board);
        boolean oneIsBornLate = all.size() > 1 && xen.suffers(board, HostHazard.HZ_66);
        for (Domain domain : oneIsBornLate ? all.subList(0, all.size() - 1) : all) {
            domain.pauseCount.add(board, 1);
            domain.awaitsFirstInstruction.set(board, true);
            xen.scheduler.reconsider(board, domain);
            if (!domain.suspended(board) && !xen.suffers(board, TimerHazard.HZ_35)) {
                xen.watchdogs.stop(board, domain);
            }
            EventType.DOMAIN_FROZEN.emit(board, xen.now(board), domain.id(board), "");
        }
        int cpu = onCpu(board);
        xen.checks.cycle.frozen(board, cpu);
        if (oneIsBornLate) {
            xen.checks.cycle.notFrozen(board, all.getLast());
        }
        if (cpu != 0) {
            xen.bug(board, "Assertion 'smp_processor_id() == 0' failed at suspend.c");
        }
    }

    /** The CPU whose idle context does the work: the boot CPU. */
    private int onCpu(Board board) {
        Vcpu caller = xen.hostSuspend.initiatorDomain(board).vcpus.getFirst();
        int at = Math.max(caller.assigned(board), 0);
        return at != 0 && xen.suffers(board, HostHazard.HZ_18) ? at : 0;
    }

    /** Gives back the pauses in the same order. */
    void thaw(Board board) {
        xen.checks.cycle.thawing(board);
        Domain initiator = xen.hostSuspend.initiatorDomain(board);
        if (initiator.entersAnew(board) && xen.suffers(board, GuestHazard.HZ_22)) {
            initiator.vcpus.getFirst().gprs.x(0).set(board, xen.hostSuspend.status(board));
        }
        xen.checks.guests.unanswered(board, initiator);
        boolean failed = xen.hostSuspend.status(board) != 0;
        boolean forgotten = failed && xen.suffers(board, HostHazard.HZ_33);
        xen.dom0First.hold(board);
        for (Domain domain : xen.domains.byId(board)) {
            if (!domain.suspended(board)) {
                xen.watchdogs.start(board, domain);
            }
            // A domain that the toolstack paused is thawed twice, the others not at all.
            boolean twice = forgotten && domain.controllerPauseCount.get(board) > 0;
            boolean leaves = forgotten && !twice && !domain.control(board);
            if (!xen.checks.cycle.wasFrozen(board, domain) || leaves) {
                continue;
            }
            domain.pauseCount.add(board, twice ? -2 : -1);
            EventType.DOMAIN_THAWED.emit(board, xen.now(board), domain.id(board), "");
            xen.scheduler.reconsider(board, domain);
        }
    }

    /**
     * The late policy of revision 8: every domain must have suspended (xen-suspend.md 2.4).
     *
     * @return 0 or a negative errno
     */
    int checkDomains(Board board) {
        for (Domain domain : xen.domains.byId(board)) {
            if (!domain.suspended(board)) {
                awake.set(board, domain.id(board) + 1L);
                xen.print(
                        board,
                        "System suspend requires all domains to be shut down for suspend (dom"
                                + domain.id(board) + ": isn't in suspend state)");
                return CpuHotplug.EBUSY;
            }
        }
        return 0;
    }

    /** Whether an initiator has a deliverable interrupt: it must not sleep (W5b, D5). */
    boolean hasWork(Board board, Domain initiator) {
        for (Vcpu vcpu : initiator.vcpus) {
            if (!vcpu.down(board) && xen.vgic.deliverable(board, initiator, vcpu) != VGic.NONE) {
                return true;
            }
        }
        return false;
    }

    /**
     * The domain that asked is resumed last, whether or not an interrupt is pending for it (R20).
     */
    void resumeInitiator(Board board, Domain initiator) {
        if (xen.flavour(board).shutsDown()) {
            if (initiator.suspended(board) && !xen.suffers(board, HostHazard.HZ_32)) {
                xen.shutdown.resume(board, initiator, Domain.WakeKind.HOST);
            }
        } else if (initiator.entersAnew(board) && !xen.suffers(board, HostHazard.HZ_32)) {
            Vcpu vcpu = initiator.vcpus.getFirst();
            xen.guestSuspend.wake(board, initiator, vcpu, Domain.WakeKind.HOST, 0);
            if (xen.scheduler.running(board, vcpu) && initiator.entersAnew(board)) {
                // It had an interrupt to go on with, and nothing has taken it off its CPU.
                xen.scheduler.reload(board, initiator, vcpu);
            }
        }
    }
}
