package dev.vboard.model.xen;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Refusal;
import dev.vboard.model.hazard.GicHazard;
import dev.vboard.model.report.DomainReport;
import dev.vboard.model.report.ExplainReport.Blocker;
import dev.vboard.model.report.ExplainReport.Reason;
import dev.vboard.model.report.ExplainReport.SourceKind;
import dev.vboard.model.report.ExplainReport.VirtualSource;
import dev.vboard.model.report.ExplainReport.WakeReason;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What speaks against the suspend of a domain and of the machine behind it, in the order in which
 * it would be met; and what keeps an interrupt from resuming a domain (xen-suspend.md 2.3 to 2.8,
 * W1 to W14).
 */
public final class Obstacles {
    private static final int ENOSYS = -38;
    private static final int PRIORITY = 0xF8;
    private static final int ENABLED = 1;
    private static final int ENABLED_AND_MASKED = 3;

    private final Hypervisor xen;

    Obstacles(Hypervisor xen) {
        this.xen = xen;
    }

    /** Whether a call of that domain asks for the suspend of the machine. */
    public boolean asksForBoard(Board board, Domain domain) {
        Flavour flavour = xen.flavour(board);
        boolean asks = flavour.hardwareMaySuspend() && xen.hostGate.asksForHost(board, domain);
        boolean othersDecide = flavour.gate() == Flavour.Gate.EARLY
                && xen.hostGate.otherControlAwake(board, domain);
        return asks && !othersDecide;
    }

    /** What speaks against a SYSTEM_SUSPEND of a domain's vCPU 0 now. */
    public List<Blocker> of(Board board, Domain domain) {
        List<Blocker> found = new ArrayList<>();
        boolean acts = domain.guest.is(board, DomainReport.Guest.LINUX);
        Optional<Blocker> stands = cannotExecute(board, domain, acts);
        stands.ifPresent(found::add);
        int id = domain.id(board);
        if (acts && stands.isEmpty() && domain.software.busy(board)) {
            found.add(blocker(Reason.GUEST_BUSY, id, "the guest is at work"));
        }
        if (domain.guest.is(board, DomainReport.Guest.NO_PM)) {
            found.add(blocker(Reason.GUEST_NO_PM, id, "the guest does not know how to suspend"));
        }
        if (domain.hardware(board) && !xen.flavour(board).hardwareMaySuspend()) {
            found.add(refusing(
                    Reason.HARDWARE_DOMAIN,
                    VPsci.NOT_SUPPORTED,
                    "NOT_SUPPORTED",
                    id,
                    "this Xen does not let the hardware domain suspend"));
        }
        for (Vcpu vcpu : domain.vcpus) {
            if (vcpu.id != 0 && !vcpu.down(board) && !acts) {
                found.add(new Blocker(
                        Reason.VCPU_ONLINE,
                        "d" + id + "v" + vcpu.id + " is online",
                        OptionalInt.of(id),
                        OptionalInt.of(vcpu.id),
                        OptionalLong.of(VPsci.DENIED),
                        Optional.of("DENIED"),
                        OptionalInt.empty()));
            }
        }
        if (domain.shutdownCode(board) != Domain.NO_CODE && !domain.suspended(board)) {
            String code = Shutdown.reason(domain.shutdownCode(board));
            found.add(denied(Reason.CODE_LATCHED, id, "the code " + code + " is latched"));
        }
        machine(board, domain, found);
        if (!acts) {
            pending(board, domain, found);
        }
        return found;
    }

    private Optional<Blocker> cannotExecute(Board board, Domain domain, boolean acts) {
        Optional<Refusal> stopped = xen.guests().refuses(board, domain, domain.vcpus.getFirst());
        if (stopped.isEmpty() || acts && stopped.get().code().equals("vcpu-blocked")) {
            return Optional.empty();
        }
        String name = stopped.get().code().toUpperCase(Locale.ROOT).replace('-', '_');
        return Optional.of(
                blocker(Reason.valueOf(name), domain.id(board), stopped.get().detail()));
    }

    /** What the gate refuses, and what a machine that has set out meets. */
    private void machine(Board board, Domain domain, List<Blocker> found) {
        int id = domain.id(board);
        HostGate gate = xen.hostGate;
        if (!asksForBoard(board, domain)) {
            boolean last = domain.control(board)
                    && !gate.asksForHost(board, domain)
                    && !gate.otherControlAwake(board, domain);
            if (last) {
                found.add(denied(
                        Reason.LAST_CONTROL_DOMAIN,
                        id,
                        "no other control domain is awake that could resume it"));
            }
            return;
        }
        Flavour.Gate when = xen.flavour(board).gate();
        boolean early = when == Flavour.Gate.EARLY;
        Optional<Blocker> firmware = gate.firmwareSuspends(board)
                ? Optional.empty()
                : Optional.of(denied(Reason.FIRMWARE, id, "firmware lacks SYSTEM_SUSPEND"));
        if (!early) {
            firmware.ifPresent(found::add);
            running(board, id, found);
        }
        for (Domain other : xen.domains.byId(board)) {
            boolean counts = early ? !other.control(board) : when == Flavour.Gate.LATE;
            if (other != domain && counts && !other.suspended(board)) {
                String awake = "domain " + other.id(board) + " is awake";
                found.add(
                        early
                                ? denied(Reason.DOMAIN_AWAKE, other.id(board), awake)
                                : later(Reason.DOMAIN_AWAKE, CpuHotplug.EBUSY, other, board));
            }
        }
        drivers(board, domain, early, found);
        if (early) {
            firmware.ifPresent(found::add);
            running(board, id, found);
        }
    }

    /** One attempt at a time: it may still thaw when the first domains run (4.1). */
    private void running(Board board, int domain, List<Blocker> found) {
        if (xen.hostSuspend.inProgress(board) || !xen.active(board)) {
            found.add(denied(Reason.ATTEMPT_RUNS, domain, "an attempt has not ended yet"));
        }
    }

    private void drivers(Board board, Domain domain, boolean early, List<Blocker> found) {
        for (String lacking : xen.hostGate.unsupported()) {
            boolean iommu = lacking.startsWith("IOMMU");
            if (early) {
                found.add(denied(Reason.DRIVER, domain.id(board), lacking));
            } else if (iommu && xen.flavour(board).shutsDown()) {
                found.add(new Blocker(
                        Reason.DRIVER,
                        lacking,
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        OptionalLong.empty(),
                        Optional.empty(),
                        OptionalInt.of(ENOSYS)));
            }
        }
    }

    private void pending(Board board, Domain domain, List<Blocker> found) {
        Vcpu caller = domain.vcpus.getFirst();
        boolean matters = asksForBoard(board, domain) || !xen.flavour(board).shutsDown();
        int intid = matters ? deliverable(board, domain, caller) : VGic.NONE;
        if (intid == VGic.NONE) {
            return;
        }
        String what = "interrupt " + intid + " waits for the caller, so it resumes at once";
        boolean host = asksForBoard(board, domain);
        found.add(new Blocker(
                Reason.INTERRUPT_PENDING,
                what,
                OptionalInt.of(domain.id(board)),
                OptionalInt.of(0),
                OptionalLong.empty(),
                Optional.empty(),
                host ? OptionalInt.of(CpuHotplug.EBUSY) : OptionalInt.empty()));
    }

    /** As {@link VGic#deliverable}, with nothing changed by looking. */
    private int deliverable(Board board, Domain domain, Vcpu vcpu) {
        VGicView view = xen.guests().vgicView(board, domain, vcpu);
        for (int intid : view.pending()) {
            int index = domain.intids.index(vcpu.id, intid);
            boolean beats = (domain.vgic.priority.get(board, index) & PRIORITY) < view.pmr()
                    || intid == Hypervisor.UPCALL_PPI;
            if (beats && domain.vgic.enabled.get(board, index)) {
                return intid;
            }
        }
        return VGic.NONE;
    }

    private static Blocker blocker(Reason reason, int domain, String detail) {
        return new Blocker(
                reason,
                detail,
                OptionalInt.of(domain),
                OptionalInt.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                OptionalInt.empty());
    }

    private static Blocker denied(Reason reason, int domain, String detail) {
        return refusing(reason, VPsci.DENIED, "DENIED", domain, detail);
    }

    private static Blocker refusing(
            Reason reason, long value, String status, int domain, String detail) {
        return new Blocker(
                reason,
                detail,
                OptionalInt.of(domain),
                OptionalInt.empty(),
                OptionalLong.of(value),
                Optional.of(status),
                OptionalInt.empty());
    }

    private static Blocker later(Reason reason, int hostStatus, Domain domain, Board board) {
        return new Blocker(
                reason,
                "domain " + domain.id(board) + " is awake, which is found out after the freeze",
                OptionalInt.of(domain.id(board)),
                OptionalInt.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                OptionalInt.of(hostStatus));
    }

    /** Whether the machine of this Xen can be suspended at all. */
    public boolean suspendsBoard(Board board) {
        return !xen.flavour(board).down().isEmpty();
    }

    /** Whether an SPI is aimed at the boot CPU once the others are down (W3). */
    public boolean reachesBootCpu(Board board, int intid) {
        return xen.irqs.target(board, intid) == 0 || !xen.hazards().on(board, GicHazard.HZ_01);
    }

    /** Since 2025 all suspended domains do, those of 2018 that did not call PSCI for it (1.4). */
    private boolean waitsForToolstack(Board board, Domain domain) {
        boolean byHypercall = domain.suspended(board)
                && domain.vcpus.getFirst().pausedForShutdown.get(board);
        return xen.flavour(board).shutsDown() || byHypercall;
    }

    /** Whether a domain has asked for the running attempt, or would for one. */
    private boolean initiates(Board board, Domain domain) {
        return xen.hostSuspend.inProgress(board)
                ? xen.hostSuspend.initiatorDomain(board) == domain
                : !domain.suspended(board) && asksForBoard(board, domain);
    }

    /**
     * What keeps an SPI of a domain from resuming it; of one that is awake, once it has suspended.
     *
     * @param wakesBoard whether it wakes the board, should that sleep too
     */
    public Optional<WakeReason> resuming(
            Board board, Domain domain, int intid, boolean wakesBoard) {
        int index = domain.intids.index(0, intid);
        boolean goesOn = xen.hostSuspend.inProgress(board);
        boolean initiates = initiates(board, domain);
        if ((goesOn || initiates) && !wakesBoard) {
            return Optional.of(WakeReason.BOARD_SLEEPS);
        }
        if (!initiates && waitsForToolstack(board, domain)) {
            return Optional.of(WakeReason.TOOLSTACK_ONLY);
        }
        if (domain.controllerPauseCount(board) > 0) {
            return Optional.of(WakeReason.OWNER_PAUSED);
        }
        if (initiates) {
            return Optional.empty();
        }
        if (!domain.vgic.enabled.get(board, index)) {
            return Optional.of(WakeReason.NOT_ENABLED);
        }
        Vcpu target = domain.vcpus.get(domain.vgic.target(board, intid));
        boolean off = domain.suspended(board) ? target.down(board) : target.id != 0;
        if (off) {
            return Optional.of(WakeReason.TARGET_VCPU_OFF);
        }
        boolean active = xen.guests().vgicView(board, domain, target).active().contains(intid);
        return active ? Optional.of(WakeReason.ACTIVE) : Optional.empty();
    }

    /**
     * Whether timers and event channel of a domain's vCPU 0 resume it, once it has suspended, and
     * what else Xen raises.
     *
     * @param coordination the SPI by which the toolstack asks it to suspend
     */
    public List<VirtualSource> virtualSources(
            Board board, Domain domain, OptionalInt coordination) {
        List<VirtualSource> sources = new ArrayList<>();
        sources.add(source(board, domain, VTimer.PPI, SourceKind.VTIMER));
        sources.add(source(board, domain, PhysicalTimer.PPI, SourceKind.PTIMER));
        sources.add(source(board, domain, Hypervisor.UPCALL_PPI, SourceKind.EVENT_CHANNEL));
        if (coordination.isPresent() && domain.intids.has(coordination.getAsInt())) {
            sources.add(source(board, domain, coordination.getAsInt(), SourceKind.COORD_SPI));
        }
        return sources;
    }

    private VirtualSource source(Board board, Domain domain, int virq, SourceKind kind) {
        Optional<WakeReason> not = keeps(board, domain, virq, kind);
        return new VirtualSource(virq, kind, not.isEmpty(), not);
    }

    /** A machine that sleeps wakes by no timer and hears no event (W13, W13b). */
    private Optional<WakeReason> keeps(Board board, Domain domain, int virq, SourceKind kind) {
        if (xen.hostSuspend.inProgress(board) || initiates(board, domain)) {
            return Optional.of(WakeReason.BOARD_SLEEPS);
        }
        if (waitsForToolstack(board, domain)) {
            return Optional.of(WakeReason.TOOLSTACK_ONLY);
        }
        if (domain.controllerPauseCount(board) > 0) {
            return Optional.of(WakeReason.OWNER_PAUSED);
        }
        if (!domain.vgic.enabled.get(board, domain.intids.index(0, virq))) {
            return Optional.of(WakeReason.NOT_ENABLED);
        }
        Vcpu vcpu = domain.vcpus.getFirst();
        boolean idle = switch (kind) {
            case VTIMER -> !armed(board, vcpu);
            case PTIMER ->
                vcpu.ptimerExpiry.get(board) == SoftTimers.STOPPED
                        || (vcpu.cntpCtl.get(board) & ENABLED_AND_MASKED) != ENABLED;
            case EVENT_CHANNEL, COORD_SPI -> false;
        };
        return idle ? Optional.of(WakeReason.NOT_ARMED) : Optional.empty();
    }

    private boolean armed(Board board, Vcpu vcpu) {
        long control = xen.scheduler.running(board, vcpu)
                ? xen.platform
                        .registers()
                        .get("CNTV_CTL_EL0")
                        .read(board, Access.look(vcpu.assigned(board)))
                : vcpu.cntvCtl.get(board);
        return (control & ENABLED_AND_MASKED) == ENABLED;
    }
}
