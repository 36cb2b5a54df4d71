package dev.vboard.model.xen;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Flag;
import dev.vboard.model.core.Intids;
import dev.vboard.model.core.Layout;
import dev.vboard.model.hazard.GuestInvariant;
import dev.vboard.model.hazard.HostInvariant;
import dev.vboard.model.hazard.SignalInvariant;
import dev.vboard.model.report.HostReport;

import java.util.List;

/**
 * What must hold over one attempt to suspend the machine: I2, I3, I11, I12, I22, I23, I26, I28,
 * I30, I32, I33 and I35.
 */
final class CycleChecks {
    private final Hypervisor xen;
    private final Checks checks;
    private final Flag frozen;
    private final Cell slotsFrozen;
    private final Cell slotsSuspended;
    private final Cell slotsWoken;
    private final Cell counter;

    CycleChecks(Hypervisor xen, Checks checks, Layout layout) {
        this.xen = xen;
        this.checks = checks;
        frozen = layout.flag("frozen");
        slotsFrozen = layout.cell("slots-frozen", 32);
        slotsSuspended = layout.cell("slots-suspended", 32);
        slotsWoken = layout.cell("slots-woken", 32);
        counter = layout.cell("counter", 64);
    }

    /** An attempt begins. */
    void begin(Board board) {
        slotsFrozen.set(board, 0);
        slotsSuspended.set(board, 0);
        slotsWoken.set(board, 0);
        counter.set(board, xen.platform.clock().counter(board));
    }

    /** An attempt would begin while another is going on. */
    void beginAgain(Board board) {
        checks.expect(board, false, HostInvariant.I28, Finding.ENTERED_TWICE, 0, 0);
    }

    boolean frozen(Board board) {
        return frozen.get(board);
    }

    /** All domains have been paused, on that CPU. */
    void frozen(Board board, int cpu) {
        checks.expect(board, cpu == 0, HostInvariant.I28, Finding.NOT_ON_BOOT_CPU, cpu, 0);
        frozen.set(board, true);
        long slots = 0;
        long suspended = 0;
        for (Domain domain : xen.domains.live(board)) {
            slots |= 1L << domain.slot;
            suspended |= domain.suspended(board) ? 1L << domain.slot : 0;
        }
        slotsFrozen.set(board, slots);
        slotsSuspended.set(board, suspended);
        for (Pcpu pcpu : xen.pcpus) {
            if (!pcpu.idle(board)) {
                runs(board, xen.domains.inSlot(board, pcpu.currentSlot(board)).id(board), 0);
            }
        }
    }

    /** A domain has escaped the freeze: it is as good as not there for those that look. */
    void notFrozen(Board board, Domain domain) {
        slotsFrozen.set(board, slotsFrozen.get(board) & ~(1L << domain.slot));
    }

    /** Whether a domain has been paused by the running attempt. */
    boolean wasFrozen(Board board, Domain domain) {
        return (slotsFrozen.get(board) >>> domain.slot & 1) != 0;
    }

    /** A vCPU is put on a CPU. */
    void switchedIn(Board board, Domain domain, Vcpu vcpu) {
        if (frozen.get(board)) {
            runs(board, domain.id(board), vcpu.id);
        }
    }

    private void runs(Board board, int domain, int vcpu) {
        checks.expect(board, false, GuestInvariant.I2, Finding.RUNS_FROZEN, domain, vcpu);
    }

    /** A domain's wait was ended by something. */
    void woken(Board board, Domain domain) {
        if (xen.hostSuspend.inProgress(board)) {
            slotsWoken.set(board, slotsWoken.get(board) | 1L << domain.slot);
        }
    }

    /** The domains are about to be thawed. */
    void thawing(Board board) {
        frozen.set(board, false);
        long slots = 0;
        for (Domain domain : xen.domains.live(board)) {
            slots |= 1L << domain.slot;
        }
        boolean same = slots == slotsFrozen.get(board);
        checks.expect(board, same, HostInvariant.I35, Finding.DOMAINS_CHANGED, 0, 0);
    }

    /** Xen changes its system_state. */
    void stateChanges(Board board, HostReport.SystemState from, HostReport.SystemState to) {
        if (checks.leftOut) {
            return;
        }
        boolean legal = switch (to) {
            case EARLY_BOOT -> false;
            case BOOT -> from == HostReport.SystemState.EARLY_BOOT;
            case SMP_BOOT -> from == HostReport.SystemState.BOOT;
            case ACTIVE ->
                from == HostReport.SystemState.SMP_BOOT || from == HostReport.SystemState.RESUME;
            case SUSPEND -> from == HostReport.SystemState.ACTIVE;
            case RESUME -> from == HostReport.SystemState.SUSPEND;
        };
        checks.expect(
                board, legal, HostInvariant.I23, Finding.STATE_EDGE, from.ordinal(), to.ordinal());
        if (to == HostReport.SystemState.ACTIVE) {
            boolean mapped = xen.hostSuspend.steps().bootCpu().identityMap(board);
            checks.expect(board, !mapped, HostInvariant.I30, Finding.IDENTITY_MAP, 0, 0);
            boolean strict = xen.hostSuspend.steps().bootCpu().writeImpliesExecuteNever(board);
            checks.expect(board, strict, HostInvariant.I30, Finding.WRITABLE_TEXT, 0, 0);
        }
    }

    /** Xen hits a bug: the machine will not get back to ACTIVE. */
    void bug(Board board) {
        int state = xen.systemState(board).ordinal();
        checks.expect(board, false, HostInvariant.I23, Finding.FAULT, state, 0);
    }

    /** An attempt is over. */
    void over(Board board, int initiator) {
        if (checks.leftOut) {
            return;
        }
        boolean monotonic = xen.platform.clock().counter(board) - counter.get(board) >= 0;
        checks.expect(board, monotonic, SignalInvariant.I22, Finding.COUNTER_BACK, 0, 0);
        for (Pcpu pcpu : xen.pcpus) {
            if (!pcpu.onItsWay(board)) {
                xen.checks.cpus.resources(board, pcpu);
            }
            if (pcpu.state.is(board, Pcpu.State.ONLINE)) {
                xen.checks.cpus.translation(board, pcpu);
                xen.checks.cpus.handlers(board, pcpu);
            }
        }
        routed(board);
        List<Domain> live = xen.domains.live(board);
        for (Domain domain : live) {
            over(board, domain, initiator);
            placed(board, domain);
            long unused = xen.checks.guests.countsOn(board, domain);
        }
        controlled(board, live);
    }

    private void over(Board board, Domain domain, int initiator) {
        int id = domain.id(board);
        int pauses = domain.pauseCount(board);
        int expected = domain.controllerPauseCount(board)
                + (domain.heldForDom0.get(board) ? 1 : 0)
                + (domain.dying(board) ? 1 : 0);
        checks.expect(board, pauses == expected, HostInvariant.I3, Finding.PAUSES, id, pauses);
        boolean runs = false;
        for (Vcpu vcpu : domain.vcpus) {
            runs |= xen.scheduler.running(board, vcpu);
        }
        boolean paused = domain.controllerPauseCount(board) > 0;
        checks.expect(board, !paused || !runs, HostInvariant.I33, Finding.PAUSED_RUNS, id, 0);
        long bit = 1L << domain.slot;
        boolean slept = (slotsSuspended.get(board) & bit) != 0;
        boolean woken = (slotsWoken.get(board) & bit) != 0 || id == initiator;
        boolean still = domain.suspended(board);
        checks.expect(
                board, !slept || still || woken, HostInvariant.I32, Finding.WOKEN_BY_NOBODY, id, 0);
    }

    /** SPIs follow the CPU of their vCPU. */
    private void routed(Board board) {
        int intid = xen.irqs.nextGiven(board, Intids.PRIVATE);
        for (; intid >= 0; intid = xen.irqs.nextGiven(board, intid + 1)) {
            Domain domain = xen.domains.inSlot(board, xen.irqs.ownerSlot(board, intid));
            if (!domain.intids.has(intid)) {
                continue;
            }
            int cpu = domain.vcpus.get(domain.vgic.target(board, intid)).assigned(board);
            boolean follows = cpu < 0
                    || xen.irqs.target(board, intid) == cpu
                    || !xen.pcpus.get(cpu).runsGuests(board)
                    || domain.vgic.migrating.get(board, domain.intids.index(0, intid));
            checks.expect(board, follows, SignalInvariant.I11, Finding.TARGET_LOST, intid, cpu);
        }
    }

    /** Each vCPU that could run has a CPU. */
    private void placed(Board board, Domain domain) {
        for (Vcpu vcpu : domain.vcpus) {
            boolean stuck = xen.scheduler.runnable(board, domain, vcpu) && bereft(board, vcpu);
            checks.expect(
                    board, !stuck, SignalInvariant.I5, Finding.NO_CPU, domain.id(board), vcpu.id);
        }
    }

    /** Whether the attempt has taken away all CPUs a vCPU may run on. */
    private boolean bereft(Board board, Vcpu vcpu) {
        boolean taken = false;
        boolean tried = xen.hostSuspend.takesCpusDown(board);
        for (Pcpu pcpu : xen.pcpus) {
            if ((vcpu.affinity(board) >>> pcpu.id & 1) != 0) {
                if (pcpu.runsGuests(board)) {
                    return false;
                }
                taken |= tried && xen.hostSuspend.steps().tookDown(board, pcpu.id);
            }
        }
        return taken;
    }

    /** While the machine is up and nothing is tried, somebody can run the toolstack. */
    void controlled(Board board, List<Domain> live) {
        if (!xen.active(board) || xen.hostSuspend.inProgress(board) || xen.ending(board)) {
            return;
        }
        boolean any = false;
        for (Domain domain : live) {
            if (domain.control(board)) {
                any = true;
                if (!domain.contextStored.get(board) || !domain.suspended(board)) {
                    return;
                }
            }
        }
        checks.expect(board, !any, HostInvariant.I26, Finding.NOBODY_IN_CONTROL, 0, 0);
    }
}
