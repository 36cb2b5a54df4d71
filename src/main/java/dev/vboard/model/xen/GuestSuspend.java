package dev.vboard.model.xen;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.EventType;
import dev.vboard.model.core.Events;
import dev.vboard.model.hazard.GuestHazard;
import dev.vboard.model.report.Observables;

/**
 * Suspend of a guest through vPSCI. As the 2018 code does it the vCPU is blocked with its reset
 * context prepared, and an enabled interrupt ends it; since 2025 the domain is shut down, and the
 * toolstack ends it (xen-suspend.md 2.3, 2.5 to 2.8).
 */
final class GuestSuspend {
    private static final long DEBUG_MASK = 0x200;

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
        Flavour flavour = xen.flavour(board);
        if (!flavour.shutsDown()) {
            xen.console.debug(
                    board,
                    flavour,
                    DebugLine.DOMAIN_SUSPEND,
                    "Dom" + domain.id(board) + " suspend: epoint=" + pad(entry) + ", cid="
                            + pad(contextId));
        }
        long refusal = refuses(board, domain, caller, entry);
        if (refusal != VPsci.SUCCESS) {
            return refusal;
        }
        HostGate.Verdict verdict = xen.hostGate.verdict(board, domain);
        if (verdict == HostGate.Verdict.DENIED) {
            return xen.suffers(board, GuestHazard.HZ_53) ? VPsci.NOT_SUPPORTED : VPsci.DENIED;
        }
        xen.checks.guests.suspends(board, domain, caller);
        domain.suspendedAt.set(board, xen.now(board));
        domain.serviceFrozen.set(board, false);
        domain.contextStored.set(board, true);
        xen.checks.guests.asks(board, domain, caller);
        domain.suspendCount.add(board, 1);
        domain.awaitsFirstInstruction.set(board, true);
        EventType.DOMAIN_SUSPENDED.emit(
                board, xen.now(board), domain.id(board), caller.id, entry, contextId, "");
        boolean goesOn = !flavour.shutsDown() && !blocks(board, domain, caller, entry, contextId);
        if (flavour.shutsDown()) {
            shutDown(board, domain, caller, entry, contextId);
        }
        if (domain.hardware(board) && xen.suffers(board, GuestHazard.HZ_24)) {
            xen.machineEnd.begin(board, domain, Shutdown.SUSPEND);
        } else if (verdict == HostGate.Verdict.HOST) {
            xen.hostSuspend.request(board, domain);
            xen.checks.guests.hostSuspends(board, domain);
        } else if (goesOn && !xen.suffers(board, GuestHazard.HZ_28)) {
            xen.scheduler.reload(board, domain, caller);
        }
        if (!xen.hostSuspend.inProgress(board)) {
            xen.checks.guests.accepted(board, domain, caller);
        }
        return VPsci.ACCEPTED;
    }

    /**
     * Whether the scan for other online vCPUs missed the only one there is, because it was started
     * at this very moment, after the scan had passed it.
     */
    private boolean scannedTooEarly(Board board, Domain domain, Vcpu caller) {
        return domain.vcpuOnAt.get(board) == xen.now(board)
                && domain.online(board) == 2
                && !caller.down(board)
                && xen.suffers(board, GuestHazard.HZ_25);
    }

    /** The checks G1 to G3 in order, and a code that was latched before (D10). */
    private long refuses(Board board, Domain domain, Vcpu caller, long entry) {
        Flavour flavour = xen.flavour(board);
        if (!domain.is32Bit(board) && (entry & 1) != 0) {
            return VPsci.INVALID_ADDRESS;
        }
        boolean machineEnds = xen.hazards.on(board, GuestHazard.HZ_24);
        if (domain.hardware(board) && !flavour.hardwareMaySuspend() && !machineEnds) {
            return VPsci.NOT_SUPPORTED;
        }
        boolean wrongCaller = caller.id != 0 && flavour.onlyFirstVcpuSuspends();
        if (wrongCaller && !xen.suffers(board, GuestHazard.HZ_26)) {
            return VPsci.DENIED;
        }
        if (domain.anyOtherOnline(board, caller) && !scannedTooEarly(board, domain, caller)) {
            return VPsci.DENIED;
        }
        boolean latched = domain.shutdownCode.getInt(board) != Domain.NO_CODE;
        return latched && !xen.suffers(board, GuestHazard.HZ_58) ? VPsci.DENIED : VPsci.SUCCESS;
    }

    /** The call's result 0 goes to registers that the context replaces at the resume. */
    private void shutDown(Board board, Domain domain, Vcpu caller, long entry, long contextId) {
        xen.platform.gprs().get(caller.assigned(board)).x(0).set(board, VPsci.SUCCESS);
        domain.resumeContext.store(board, caller, entry, contextId);
        xen.shutdown.shutDown(board, domain, Shutdown.SUSPEND);
        xen.print(
                board,
                "d" + domain.id(board) + "v" + caller.id + " SYSTEM_SUSPEND requested, epoint="
                        + pad(entry) + ", cid=" + pad(contextId));
    }

    /**
     * The marker and the reset context of 2018, and the wait, unless something is deliverable.
     *
     * @return whether it waits
     */
    private boolean blocks(Board board, Domain domain, Vcpu caller, long entry, long contextId) {
        int pending = xen.vgic.deliverable(board, domain, caller);
        if (pending != VGic.NONE && xen.suffers(board, GuestHazard.HZ_27)) {
            pending = VGic.NONE;
        }
        domain.shutdownState.set(board, Observables.ShutdownState.COMPLETE);
        xen.shutdown.latch(board, domain, Shutdown.SUSPEND);
        domain.entersAnew.set(board, true);
        xen.watchdogs.suspends(board, domain);
        resetContext(board, domain, caller, entry, contextId);
        if (xen.suffers(board, GuestHazard.HZ_21)) {
            caller.gprs.x(0).set(board, VPsci.SUCCESS);
        }
        if (xen.suffers(board, GuestHazard.HZ_61)) {
            Cell pstate = caller.gprs.pstate();
            pstate.set(board, pstate.get(board) & ~DEBUG_MASK);
        }
        if (pending == VGic.NONE) {
            block(board, domain, caller);
            return true;
        }
        domain.resumeKind.set(board, kind(pending));
        domain.resumeIntid.set(board, pending);
        return false;
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

    /** Prepares the environment of 2.5 in the vCPU's saved registers. */
    void resetContext(Board board, Domain domain, Vcpu vcpu, long entry, long contextId) {
        ResumeContext.load(
                board, domain, vcpu, entry, contextId, xen.flavour(board).clearsAllOfEl1());
    }

    /** Whether a switch-out saves the live registers: not over a prepared reset context. */
    boolean keepsRegisters(Board board, Domain domain) {
        if (!domain.entersAnew(board)) {
            boolean saver = domain.shutdownCode(board) == Shutdown.SUSPEND
                    && !domain.shutdownState.is(board, Observables.ShutdownState.NONE);
            return !saver || !xen.suffers(board, GuestHazard.HZ_23);
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

    /** A suspended domain's watchdog ends it: there is nothing left to resume. */
    void killed(Board board, Domain domain) {
        domain.contextStored.set(board, false);
        domain.entersAnew.set(board, false);
        domain.shutdownState.set(board, Observables.ShutdownState.NONE);
        domain.shutdownCode.set(board, Domain.NO_CODE);
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
        boolean wrongOne =
                domain.entersAnew(board) && vcpu.id != 0 && xen.suffers(board, GuestHazard.HZ_26);
        if (!vcpu.blocked(board) || wrongOne) {
            return;
        }
        xen.checks.cycle.woken(board, domain);
        xen.checks.guests.woken(board, domain, vcpu, kind, virq);
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
        domain.shutdownState.set(board, Observables.ShutdownState.NONE);
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
