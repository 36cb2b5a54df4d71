package dev.vboard.model.xen;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.EventType;
import dev.vboard.model.core.Events;

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
        xen.print(board, "Dom" + id + " suspend: epoint=" + pad(entry) + ", cid=" + pad(contextId));
        if (!domain.is32Bit(board) && (entry & 1) != 0) {
            return VPsci.INVALID_ADDRESS;
        }
        if (caller.id != 0 || domain.anyOtherOnline(board, caller)) {
            return VPsci.DENIED;
        }
        if (domain.shutdownCode.getInt(board) != Domain.NO_CODE) {
            return VPsci.DENIED;
        }
        boolean pending = xen.vgic.deliverable(board, domain, caller);
        mark(board, domain);
        resetContext(board, domain, caller, entry, contextId);
        EventType.DOMAIN_SUSPENDED.emit(
                board, xen.now(board), id, caller.id, entry, contextId, "");
        if (pending && !xen.hazard(board, Hazard.HZ_27)) {
            domain.resumeKind.set(board, Domain.WakeKind.INTERRUPT);
            xen.scheduler.reload(board, domain, caller);
        } else {
            caller.setFlag(board, Vcpu.BLOCKED, true);
            xen.scheduler.reconsider(board, domain, caller);
        }
        if (domain.hardware(board)) {
            xen.hostSuspend.request(board, domain);
        }
        return VPsci.ACCEPTED;
    }

    private static String pad(long value) {
        String hex = Long.toHexString(value);
        return value == 0 ? "0".repeat(16) : "0x" + "0".repeat(Math.max(14 - hex.length(), 0)) + hex;
    }

    private void mark(Board board, Domain domain) {
        domain.shutdownState.set(board, Domain.ShutdownState.COMPLETE);
        domain.shutdownCode.set(board, Shutdown.SUSPEND);
        domain.suspendedAt.set(board, xen.now(board));
        domain.suspendCount.add(board, 1);
        domain.resumeKind.set(board, Domain.WakeKind.NONE);
        domain.resumeIntid.set(board, 0);
        domain.awaitsFirstInstruction.set(board, true);
        xen.watchdogs.stop(board, domain);
    }

    /** Prepares the environment of 2.5 in the vCPU's saved registers. */
    static void resetContext(
            Board board, Domain domain, Vcpu vcpu, long entry, long contextId) {
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
        return !domain.suspended(board) || xen.hazard(board, Hazard.HZ_19);
    }

    /** An interrupt was asserted for a vCPU: ends its wait, and its suspend if it is enabled. */
    void asserted(Board board, Domain domain, Vcpu vcpu, int virq) {
        int index = domain.intids.index(vcpu.id, virq);
        if (domain.suspended(board) && !domain.vgic.enabled.get(board, index)) {
            return;
        }
        if (!vcpu.blocked(board)) {
            return;
        }
        Domain.WakeKind kind = switch (virq) {
            case VTimer.PPI -> Domain.WakeKind.VTIMER;
            case Hypervisor.UPCALL_PPI -> Domain.WakeKind.EVENT_CHANNEL;
            default -> Domain.WakeKind.INTERRUPT;
        };
        wake(board, domain, vcpu, kind, virq);
    }

    /** Ends a vCPU's wait for a reason. */
    void wake(Board board, Domain domain, Vcpu vcpu, Domain.WakeKind kind, int virq) {
        if (domain.suspended(board) && domain.resumeKind.is(board, Domain.WakeKind.NONE)) {
            domain.resumeKind.set(board, kind);
            domain.resumeIntid.set(board, virq);
        }
        vcpu.setFlag(board, Vcpu.BLOCKED, false);
        EventType.VCPU_WOKEN.emit(
                board, xen.now(board), domain.id(board), vcpu.id, wire(kind));
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
     * A vCPU is about to be switched in: a suspend ends here.
     *
     * @return whether it enters at a stored entry point
     */
    boolean leave(Board board, Domain domain, Vcpu vcpu) {
        if (!domain.suspended(board)) {
            return false;
        }
        domain.shutdownState.set(board, Domain.ShutdownState.NONE);
        domain.shutdownCode.set(board, Domain.NO_CODE);
        domain.resumeCount.add(board, 1);
        xen.watchdogs.start(board, domain);
        Domain.WakeKind kind = domain.resumeKind.get(board);
        int intid = domain.resumeIntid.getInt(board);
        EventType.DOMAIN_RESUMED.emit(
                board,
                xen.now(board),
                domain.id(board),
                intid == 0 ? Events.ABSENT : intid,
                wire(kind));
        return vcpu.id == 0;
    }
}
