package dev.vboard.model.xen;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Flag;
import dev.vboard.model.core.Layout;
import dev.vboard.model.hazard.HostHazard;
import dev.vboard.model.profile.BoardProfile;

import java.util.ArrayList;
import java.util.List;

/**
 * What a domain's suspend call means for the machine: nothing, its suspend, or a refusal
 * (xen-suspend.md 2.4, 2.8, D12); and whether this machine can suspend at all.
 */
public final class HostGate {
    private static final long PSCI_FEATURES = 0x8400_000AL;
    private static final long SYSTEM_SUSPEND = 0xC400_000EL;

    private final Hypervisor xen;
    private final Flag firmwareSuspends;
    private final List<String> unsupported;

    /** What is to be done with a call. */
    enum Verdict {
        /** The guest suspends, the machine does not. */
        GUEST_ONLY,
        /** The guest suspends and the machine after it. */
        HOST,
        /** DENIED. */
        DENIED
    }

    HostGate(Hypervisor xen, Layout layout) {
        this.xen = xen;
        firmwareSuspends = layout.named("gate").flag("firmware-suspends");
        BoardProfile profile = xen.platform.profile();
        List<String> reasons = new ArrayList<>();
        if (profile.console().isPresent() && !profile.hooks().uart()) {
            reasons.add("serial unsupported");
        }
        if (!PassthroughDevices.iommusSuspend(profile)) {
            reasons.add("IOMMU driver lacks suspend support");
        }
        unsupported = List.copyOf(reasons);
    }

    /** Xen boots: asks firmware, and says what its drivers lack. */
    void probe(Board board) {
        Flavour flavour = xen.flavour(board);
        long answer = xen.platform.smc(board, 0, PSCI_FEATURES, SYSTEM_SUSPEND, 0, 0);
        firmwareSuspends.set(board, (int) answer == 0);
        if (flavour.gate() != Flavour.Gate.EARLY) {
            return;
        }
        String not = firmwareSuspends.get(board) ? "" : "not ";
        xen.print(board, "PSCI SYSTEM_SUSPEND is " + not + "supported by firmware");
        for (String reason : unsupported) {
            xen.print(board, "Host SYSTEM_SUSPEND blocked: " + reason);
        }
    }

    /** Whether the firmware has SYSTEM_SUSPEND, as Xen found at boot. */
    public boolean firmwareSuspends(Board board) {
        return firmwareSuspends.get(board);
    }

    /** What keeps the drivers of this machine from suspending, in the words of Xen's log. */
    public List<String> unsupported() {
        return unsupported;
    }

    /** Decides about a suspend call that nothing else speaks against. */
    Verdict verdict(Board board, Domain caller) {
        boolean aloneInControl = caller.control(board) && !anyOtherControl(board, caller, true);
        boolean asks = asksForHost(board, caller);
        Verdict verdict = decide(board, caller, asks, aloneInControl);
        boolean parks = verdict == Verdict.DENIED
                && caller.control(board)
                && xen.flavour(board).shutsDown()
                && xen.suffers(board, HostHazard.HZ_57);
        boolean busy = verdict == Verdict.HOST
                && (xen.hostSuspend.inProgress(board) || !xen.active(board));
        if (busy) {
            // One attempt at a time: it may still thaw when the first domains run (4.1).
            return Verdict.DENIED;
        }
        return parks ? Verdict.GUEST_ONLY : verdict;
    }

    private Verdict decide(Board board, Domain caller, boolean asks, boolean aloneInControl) {
        if (!asks) {
            // Nobody would be left to resume it: the board could not be managed any more (I26).
            return aloneInControl ? Verdict.DENIED : Verdict.GUEST_ONLY;
        }
        return switch (xen.flavour(board).gate()) {
            case NONE -> Verdict.GUEST_ONLY;
            case FIRMWARE, LATE -> knowsNoBetter(board) ? Verdict.HOST : Verdict.DENIED;
            case EARLY -> aloneInControl ? early(board, caller) : Verdict.GUEST_ONLY;
        };
    }

    /** Whether as far as Xen knows firmware can suspend: it may not have asked. */
    private boolean knowsNoBetter(Board board) {
        return firmwareSuspends(board) || xen.suffers(board, HostHazard.HZ_54);
    }

    private Verdict early(Board board, Domain caller) {
        for (Domain other : xen.domains.byId(board)) {
            if (!other.control(board) && !other.suspended(board)) {
                xen.print(
                        board,
                        "SYSTEM_SUSPEND denied for d" + caller.id(board)
                                + ": non-control domains awake");
                return Verdict.DENIED;
            }
        }
        return unsupported.isEmpty() && firmwareSuspends(board) ? Verdict.HOST : Verdict.DENIED;
    }

    /** Without any control domain nobody decides about the machine (D12). */
    boolean asksForHost(Board board, Domain caller) {
        return switch (xen.flavour(board).initiator()) {
            case NOBODY -> false;
            case HARDWARE ->
                caller.hardware(board)
                        && (caller.control(board) || anyOtherControl(board, caller, false));
            case CONTROL -> caller.control(board);
        };
    }

    /** Whether a control domain would be found awake; asking makes no hazard strike. */
    boolean otherControlAwake(Board board, Domain caller) {
        for (Domain other : xen.domains.live(board)) {
            boolean missed = justSuspended(board, other) && xen.hazards.on(board, HostHazard.HZ_56);
            if (other != caller && other.control(board) && (!other.suspended(board) || missed)) {
                return true;
            }
        }
        return false;
    }

    private boolean justSuspended(Board board, Domain other) {
        return other.suspendedAt.get(board) == xen.now(board);
    }

    /** Without a lock, one that suspends at this very moment is taken for awake (HZ-56). */
    private boolean stillSeenAwake(Board board, Domain other) {
        return justSuspended(board, other) && xen.suffers(board, HostHazard.HZ_56);
    }

    private boolean anyOtherControl(Board board, Domain caller, boolean awake) {
        for (Domain other : xen.domains.live(board)) {
            boolean counts = other != caller && other.control(board);
            boolean asleep =
                    counts && awake && other.suspended(board) && !stillSeenAwake(board, other);
            if (counts && !asleep) {
                return true;
            }
        }
        return false;
    }
}
