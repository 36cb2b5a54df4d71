package dev.vboard.model.xen;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.EventType;
import dev.vboard.model.core.Events;
import dev.vboard.model.hazard.GuestHazard;
import dev.vboard.model.hazard.TimerHazard;

/**
 * Suspend of a guest as the 2018 code does it: the vCPU is blocked with its reset context prepared,
 * and an enabled interrupt ends it (xen-suspend.md 2.3, 2.5 to 2.7).
 */
final class GuestSuspend {
    /** EL1h with D, A, I and F masked. */
    static final long PSTATE_64 = 0x3C5;

    /** Supervisor mode, Z set, A, I and F masked. */
    static final long PSTATE_32 = 0x4000_01D3L;

    static final long THUMB = 0x20;

    private static final long DEBUG_MASK = 0x200;

    /** MMU and caches off. */
    static final long SCTLR_GUEST_INIT = 0x00C5_0078L;

    private final Hypervisor xen;

    GuestSuspend(Hypervisor xen) {
        this.xen = xen;
    }

    /**
     * The vPSCI call SYSTEM_SUSPEND.
     *
     * @return a PSCI error, or {@link VPsci#ACCEPTED}
     */
    long call(Board board, Domain domain, Vcpu caller, long entry, long contextId) {
        int id = domain.id(board);
        xen.console.debug(
                board,
                DebugLine.DOMAIN_SUSPEND,
                "Dom" + id + " suspend: epoint=" + pad(entry) + ", cid=" + pad(contextId));
        if (!domain.is32Bit(board) && (entry & 1) != 0) {
            return VPsci.INVALID_ADDRESS;
        }
        if (caller.id != 0 && !xen.suffers(board, GuestHazard.HZ_26)) {
            return VPsci.DENIED;
        }
        if (domain.anyOtherOnline(board, caller) && !scannedTooEarly(board, domain, caller)) {
            return VPsci.DENIED;
        }
        boolean latched = domain.shutdownCode.getInt(board) != Domain.NO_CODE;
        if (latched && !xen.suffers(board, GuestHazard.HZ_58)) {
            return VPsci.DENIED;
        }
        int pending = xen.vgic.deliverable(board, domain, caller);
        if (pending != VGic.NONE && xen.suffers(board, GuestHazard.HZ_27)) {
            pending = VGic.NONE;
        }
        xen.checks.guests.suspends(board, domain, caller);
        mark(board, domain);
        store(board, domain, caller, entry, contextId);
        EventType.DOMAIN_SUSPENDED.emit(board, xen.now(board), id, caller.id, entry, contextId, "");
        if (pending == VGic.NONE) {
            block(board, domain, caller);
        } else {
            domain.resumeKind.set(board, kind(pending));
            domain.resumeIntid.set(board, pending);
        }
        if (domain.hardware(board) && xen.suffers(board, GuestHazard.HZ_24)) {
            xen.checks.guests.misanswered(board, domain);
            xen.machineEnd.begin(board, domain, Shutdown.SUSPEND);
        } else if (domain.hardware(board)) {
            xen.hostSuspend.request(board, domain);
        } else if (pending != VGic.NONE && !xen.suffers(board, GuestHazard.HZ_28)) {
            xen.scheduler.reload(board, domain, caller);
        }
        xen.checks.guests.accepted(board, domain, caller);
        return VPsci.ACCEPTED;
    }

    /**
     * Whether the scan for other online vCPUs missed the only ones there are, because they were
     * started at this very moment, after the scan had passed them.
     */
    private boolean scannedTooEarly(Board board, Domain domain, Vcpu caller) {
        return domain.vcpuOnAt.get(board) == xen.now(board)
                && domain.online(board) == 2
                && !caller.down(board)
                && xen.suffers(board, GuestHazard.HZ_25);
    }

    /** Stores the context a domain resumes with. */
    private void store(Board board, Domain domain, Vcpu caller, long entry, long contextId) {
        resetContext(board, domain, caller, entry, contextId);
        domain.contextStored.set(board, true);
        domain.resumeEntry.set(board, caller.gprs.pc().get(board));
        domain.resumeContext.set(board, caller.gprs.x(0).get(board));
        if (xen.suffers(board, GuestHazard.HZ_21)) {
            caller.gprs.x(0).set(board, VPsci.SUCCESS);
        }
        if (xen.suffers(board, GuestHazard.HZ_61)) {
            Cell pstate = caller.gprs.pstate();
            pstate.set(board, pstate.get(board) & ~DEBUG_MASK);
        }
    }

    /** A suspended domain's watchdog ends it: there is nothing left to resume. */
    void killed(Board board, Domain domain) {
        domain.contextStored.set(board, false);
        domain.entersAnew.set(board, false);
        domain.shutdownState.set(board, Domain.ShutdownState.NONE);
        domain.shutdownCode.set(board, Domain.NO_CODE);
    }

    /** The vCPU waits for an interrupt or event. */
    void block(Board board, Domain domain, Vcpu vcpu) {
        vcpu.setFlag(board, Vcpu.BLOCKED, true);
        EventType.VCPU_BLOCKED.emit(board, xen.now(board), domain.id(board), vcpu.id, "");
        xen.scheduler.reconsider(board, domain, vcpu);
        xen.dom0First.waits(board, domain);
    }

    private static String pad(long value) {
        String hex = Long.toHexString(value);
        return value == 0
                ? "0".repeat(16)
                : "0x" + "0".repeat(Math.max(14 - hex.length(), 0)) + hex;
    }

    private void mark(Board board, Domain domain) {
        domain.shutdownState.set(board, Domain.ShutdownState.COMPLETE);
        if (domain.shutdownCode.getInt(board) == Domain.NO_CODE) {
            domain.shutdownCode.set(board, Shutdown.SUSPEND);
        }
        domain.entersAnew.set(board, true);
        domain.suspendCount.add(board, 1);
        domain.awaitsFirstInstruction.set(board, true);
        boolean runsOn = xen.suffers(board, TimerHazard.HZ_34)
                || xen.suffers(board, TimerHazard.HZ_34B);
        if (!runsOn) {
            xen.watchdogs.stop(board, domain);
        }
    }

    /** Prepares the environment of 2.5 in the vCPU's saved registers. */
    static void resetContext(Board board, Domain domain, Vcpu vcpu, long entry, long contextId) {
        boolean wide = !domain.is32Bit(board);
        boolean thumb = !wide && (entry & 1) != 0;
        vcpu.gprs.clear(board);
        vcpu.gprs.x(0).set(board, wide ? contextId : contextId & 0xFFFF_FFFFL);
        vcpu.gprs.pc().set(board, wide ? entry : entry & 0xFFFF_FFFEL);
        vcpu.gprs.pstate().set(board, wide ? PSTATE_64 : thumb ? PSTATE_32 | THUMB : PSTATE_32);
        for (Cell cell : vcpu.el1) {
            cell.set(board, 0);
        }
        vcpu.el1.getFirst().set(board, SCTLR_GUEST_INIT);
    }

    /** Whether a switch-out saves the live registers: not over a prepared reset context. */
    boolean keepsRegisters(Board board, Domain domain) {
        if (!domain.entersAnew(board)) {
            boolean savers = domain.suspended(board) && xen.suffers(board, GuestHazard.HZ_23);
            return !savers;
        }
        return xen.suffers(board, GuestHazard.HZ_19);
    }

    /** Whether a switch-out saves at least the registers of translation over the context. */
    boolean keepsTranslation(Board board, Domain domain) {
        return domain.entersAnew(board) && xen.suffers(board, GuestHazard.HZ_20);
    }

    /** Whether a switch-out goes on to the vGIC and the virtual timer. */
    boolean keepsInterrupts(Board board, Domain domain) {
        return !domain.entersAnew(board) || !xen.suffers(board, GuestHazard.HZ_20B);
    }

    /** An interrupt was asserted for a vCPU: ends its wait, and its suspend if it is enabled. */
    void asserted(Board board, Domain domain, Vcpu vcpu, int virq) {
        int index = domain.intids.index(vcpu.id, virq);
        boolean ends = !domain.entersAnew(board) || domain.vgic.enabled.get(board, index);
        if (ends || xen.suffers(board, GuestHazard.HZ_29)) {
            wake(board, domain, vcpu, kind(virq), virq);
        }
    }

    private static Domain.WakeKind kind(int virq) {
        return switch (virq) {
            case VTimer.PPI -> Domain.WakeKind.VTIMER;
            case Hypervisor.UPCALL_PPI -> Domain.WakeKind.EVENT_CHANNEL;
            default -> Domain.WakeKind.INTERRUPT;
        };
    }

    /** Ends a vCPU's wait, if it waits, for a reason. */
    void wake(Board board, Domain domain, Vcpu vcpu, Domain.WakeKind kind, int virq) {
        boolean wrongOne = domain.entersAnew(board)
                && vcpu.id != 0
                && xen.suffers(board, GuestHazard.HZ_26);
        if (!vcpu.blocked(board) || wrongOne) {
            return;
        }
        xen.checks.cycle.woken(board, domain);
        if (domain.entersAnew(board)) {
            domain.resumeKind.set(board, kind);
            domain.resumeIntid.set(board, virq);
        }
        vcpu.setFlag(board, Vcpu.BLOCKED, false);
        EventType.VCPU_WOKEN.emit(board, xen.now(board), domain.id(board), vcpu.id, wire(kind));
        xen.scheduler.reconsider(board, domain, vcpu);
    }

    static String wire(Domain.WakeKind kind) {
        return switch (kind) {
            case NONE -> "none";
            case INTERRUPT -> "interrupt";
            case VTIMER -> "vtimer";
            case EVENT_CHANNEL -> "event-channel";
            case TOOLSTACK -> "toolstack";
            case HOST -> "host";
        };
    }

    /**
     * A domain's vCPU is about to be switched in: a suspend through vPSCI ends here.
     *
     * @return whether it enters at a stored entry point
     */
    boolean leave(Board board, Domain domain) {
        if (!domain.entersAnew(board)) {
            return false;
        }
        xen.checks.guests.contextUsed(board, domain);
        domain.entersAnew.set(board, false);
        domain.shutdownState.set(board, Domain.ShutdownState.NONE);
        domain.shutdownCode.set(board, Domain.NO_CODE);
        domain.resumeCount.add(board, 1);
        xen.watchdogs.start(board, domain);
        report(board, domain);
        return true;
    }

    /** Reports the end of a domain's suspend with what ended it. */
    void report(Board board, Domain domain) {
        int intid = domain.resumeIntid.getInt(board);
        xen.checks.guests.resumed(board, domain, domain.resumeKind.get(board), intid);
        EventType.DOMAIN_RESUMED.emit(
                board,
                xen.now(board),
                domain.id(board),
                intid == 0 ? Events.ABSENT : intid,
                wire(domain.resumeKind.get(board)));
    }
}
