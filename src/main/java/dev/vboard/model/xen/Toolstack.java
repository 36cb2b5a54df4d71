package dev.vboard.model.xen;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.EventType;
import dev.vboard.model.core.Intids;
import dev.vboard.model.core.Refusal;
import dev.vboard.model.hazard.GuestHazard;
import dev.vboard.model.report.Observables;

import java.util.List;
import java.util.Optional;

/** What {@code xl} and {@code xen-hptool} do in a control domain. */
public final class Toolstack {
    private static final int PAUSES_MAX = 255;

    private final Hypervisor xen;

    Toolstack(Hypervisor xen) {
        this.xen = xen;
    }

    /** Why the toolstack cannot run now, or on that domain, if so. */
    public Optional<Refusal> refuses(Board board, Optional<Integer> by, Optional<Domain> target) {
        if (xen.hostSuspend.inProgress(board)) {
            return Optional.of(Refusal.conflict(
                    "board-asleep",
                    "the machine is suspended or on its way; no domain runs xl",
                    List.of("host suspend"),
                    List.of("POST /interrupts")));
        }
        Optional<Domain> runner = Optional.empty();
        for (Domain domain : xen.domains.byId(board)) {
            boolean asked = by.isEmpty() || by.get() == domain.id(board);
            if (runner.isEmpty() && asked && domain.control(board) && canRun(board, domain)) {
                runner = Optional.of(domain);
            }
        }
        if (runner.isEmpty()) {
            return Optional.of(Refusal.conflict(
                    "no-control-domain",
                    by.map(id -> "domain " + id + " is not a running control domain")
                            .orElse("no control domain is running"),
                    List.of(by.map(id -> "domain " + id).orElse("no control domain")),
                    stopped(board, by)));
        }
        int runnerId = runner.get().id(board);
        if (target.isPresent() && target.get().id(board) == runnerId) {
            return Optional.of(Refusal.conflict(
                    "domain-on-itself",
                    "domain " + runnerId + " cannot do this to itself: EINVAL",
                    List.of("domain " + runnerId),
                    List.of()));
        }
        return Optional.empty();
    }

    /**
     * Why no domain can be created now, if so. Without any control domain the board is dom0less:
     * its domains are Xen's own, made as at boot (D12).
     */
    public Optional<Refusal> refusesCreation(Board board) {
        if (xen.booting(board)) {
            return Optional.of(Refusal.conflict(
                    "no-control-domain",
                    "Xen is booting and has no domain yet",
                    List.of("boot"),
                    List.of("POST /clock")));
        }
        boolean controlled = false;
        for (Domain domain : xen.domains.live(board)) {
            controlled |= domain.control(board);
        }
        return controlled || xen.hostSuspend.inProgress(board)
                ? refuses(board, Optional.empty(), Optional.empty())
                : Optional.empty();
    }

    /** What would make a control domain run again: that one, or any. */
    private List<String> stopped(Board board, Optional<Integer> by) {
        for (Domain domain : xen.domains.byId(board)) {
            int id = domain.id(board);
            boolean asked = by.isEmpty() || by.get() == id;
            if (asked && domain.control(board)) {
                Optional<Refusal> why =
                        xen.guests().refuses(board, domain, domain.vcpus.getFirst());
                return why.map(Refusal::remedy).orElse(List.of());
            }
        }
        return by.isPresent() ? List.of() : List.of("POST /reset");
    }

    private boolean canRun(Board board, Domain domain) {
        return domain.anyOnline(board)
                && domain.pauseCount.get(board) == 0
                && domain.shutdownState.is(board, Observables.ShutdownState.NONE);
    }

    /** Lays out a domain: all vCPUs down, nothing assigned yet. */
    Domain layOut(Board board, DomainConfig config, int spis) {
        xen.checks.cpus.heapUsed(board, 0);
        Domain domain = xen.domains.add(board, config.vcpus(), spis).orElseThrow();
        String name = config.name().isEmpty() ? "dom" + domain.id(board) : config.name();
        domain.name(board, name);
        domain.extras.set(board, config.extras());
        domain.guest.set(board, config.guest());
        domain.hardware.set(board, config.hardware());
        domain.control.set(board, config.control());
        domain.is32Bit.set(board, config.is32Bit());
        domain.memoryMiB.set(board, config.memoryMiB());
        domain.awaitsFirstInstruction.set(board, true);
        for (Vcpu vcpu : domain.vcpus) {
            vcpu.affinity.set(board, config.affinity().get(vcpu.id));
        }
        for (int code = 0; code < config.afterShutdown().size(); code++) {
            domain.afterShutdown.get(code).set(board, config.afterShutdown().get(code));
        }
        xen.actors().watch(board, domain);
        return domain;
    }

    /**
     * {@code xl create}, after the configuration has been checked.
     *
     * @param virtualIntid a virtual interrupt that the domain must have room for; 0 for none
     */
    public Domain create(Board board, DomainConfig config, int virtualIntid) {
        int highest = virtualIntid;
        for (DomainConfig.PassedLine line : config.lines()) {
            highest = Math.max(highest, line.intid());
        }
        for (String name : config.devices()) {
            for (int intid : xen.platform.profile().device(name).orElseThrow().spis()) {
                highest = Math.max(highest, intid);
            }
        }
        if (config.hardware()) {
            highest = Math.max(highest, Intids.PRIVATE + xen.gic.spis() - 1);
        }
        Domain domain = layOut(board, config, Math.max(highest + 1 - Intids.PRIVATE, 32));
        domain.counterOffset.set(board, xen.platform.clock().counter(board));
        EventType.DOMAIN_CREATED.emit(board, xen.now(board), domain.id(board), domain.name(board));
        for (Vcpu vcpu : domain.vcpus) {
            xen.scheduler.assignAtCreation(board, vcpu);
        }
        for (String name : config.devices()) {
            xen.devices.give(board, xen.platform.profile().device(name).orElseThrow(), domain);
        }
        for (DomainConfig.PassedLine line : config.lines()) {
            pass(board, domain, line);
        }
        if (config.hardware()) {
            xen.devices.handOver(board, domain);
        }
        if (config.paused()) {
            domain.controllerPauseCount.add(board, 1);
            domain.pauseCount.add(board, 1);
        }
        start(board, domain, domain.vcpus.getFirst(), config.entryPoint());
        return domain;
    }

    /** Passes a line through to a domain. */
    public void pass(Board board, Domain domain, DomainConfig.PassedLine line) {
        domain.vgic.target.set(board, line.intid() - Intids.PRIVATE, line.vcpu());
        domain.vgic.edge.set(board, domain.intids.index(0, line.intid()), line.edge());
        xen.irqs.assign(board, line.intid(), domain);
    }

    /** Starts a vCPU at its reset state. */
    void start(Board board, Domain domain, Vcpu vcpu, long entry) {
        domain.entryPoint.set(board, entry);
        xen.guestSuspend.resetContext(board, domain, vcpu, entry, 0);
        vcpu.setFlag(board, Vcpu.DOWN, false);
        EventType.VCPU_ON.emit(board, xen.now(board), domain.id(board), vcpu.id, entry, "");
        xen.scheduler.startAtCreation(board, domain, vcpu);
    }

    /** {@code xl destroy}. */
    public void destroy(Board board, Domain domain) {
        xen.checks.cpus.heapUsed(board, 0);
        domain.dying.set(board, true);
        domain.pauseCount.add(board, 1);
        xen.scheduler.reconsider(board, domain);
        giveBack(board, domain);
        EventType.DOMAIN_DESTROYED.emit(board, xen.now(board), domain.id(board), "");
        board.ram().clear(domain.slot);
        xen.domains.remove(board, domain);
        xen.checks.guests.destroyed(board, domain);
        xen.timers.reprogram(board);
    }

    /** Takes from a domain what it was given; the hardware domain has its devices again. */
    void giveBack(Board board, Domain domain) {
        xen.irqs.releaseAll(board, domain);
        xen.devices.takeBack(board, domain);
    }

    /** {@code xl pause}. */
    public Optional<Refusal> pause(Board board, Domain domain) {
        if (domain.controllerPauseCount.getInt(board) == PAUSES_MAX) {
            return Optional.of(Refusal.conflict(
                    "xl-refused",
                    "xl: the toolstack holds " + PAUSES_MAX + " pauses of this domain: EUSERS",
                    List.of("toolstack pause"),
                    List.of("POST /domains/" + domain.id(board) + "/unpause")));
        }
        domain.controllerPauseCount.add(board, 1);
        domain.pauseCount.add(board, 1);
        xen.scheduler.reconsider(board, domain);
        return Optional.empty();
    }

    /** {@code xl unpause}. */
    public Optional<Refusal> unpause(Board board, Domain domain) {
        if (domain.controllerPauseCount.get(board) == 0) {
            return Optional.of(Refusal.conflict(
                    "xl-refused",
                    "xl: the toolstack holds no pause of this domain: EINVAL",
                    List.of("no pause"),
                    List.of("POST /domains/" + domain.id(board) + "/pause")));
        }
        domain.controllerPauseCount.add(board, -1);
        domain.pauseCount.add(board, -1);
        xen.scheduler.reconsider(board, domain);
        return Optional.empty();
    }

    /**
     * {@code xl resume}: under 2018's suspend a forced wake-up, under the others the only one there
     * is; nothing for a domain that runs (xen-suspend.md 2.7, D4, HZ-75).
     */
    public Optional<Refusal> resume(Board board, Domain domain) {
        if (domain.entersAnew(board)) {
            Vcpu vcpu = domain.vcpus.getFirst();
            xen.guestSuspend.wake(board, domain, vcpu, Domain.WakeKind.TOOLSTACK, 0);
        } else if (domain.suspended(board)) {
            xen.shutdown.resume(board, domain, Domain.WakeKind.TOOLSTACK);
        } else if (!domain.shutdownState.is(board, Observables.ShutdownState.NONE)) {
            if (!domain.hardware(board) && xen.suffers(board, GuestHazard.HZ_75)) {
                xen.shutdown.resume(board, domain, Domain.WakeKind.TOOLSTACK);
                return Optional.empty();
            }
            String reason = Shutdown.reason(domain.shutdownCode(board));
            return Optional.of(Refusal.conflict(
                    "xl-refused",
                    "xl: the domain was shut down for " + reason + ", not for suspend",
                    List.of(reason),
                    List.of("DELETE /domains/" + domain.id(board))));
        }
        return Optional.empty();
    }

    /** A crash of the guest. */
    public void crash(Board board, Domain domain) {
        xen.shutdown.shutDown(board, domain, Shutdown.CRASH);
    }

    /** {@code xl vcpu-pin}. */
    public void pin(Board board, Domain domain, Vcpu vcpu, int mask) {
        vcpu.affinity.set(board, mask);
        xen.scheduler.move(board, domain, vcpu);
    }

    /** {@code xen-hptool cpu-offline} and {@code cpu-online}. */
    public Optional<Refusal> cpu(Board board, Pcpu pcpu, boolean online) {
        Pcpu.State state = pcpu.state(board);
        if (pcpu.id == 0) {
            return Optional.of(Refusal.conflict(
                    "boot-cpu", "the boot CPU cannot be taken down", List.of("CPU 0"), List.of()));
        }
        if (xen.hotplug.busy(board)) {
            return Optional.of(Refusal.conflict(
                    "cpu-busy",
                    "another CPU is on its way: EBUSY",
                    List.of("hotplug"),
                    List.of("POST /clock")));
        }
        if (online ? state == Pcpu.State.ONLINE : state == Pcpu.State.OFF) {
            return Optional.empty();
        }
        if (state != (online ? Pcpu.State.OFF : Pcpu.State.ONLINE)) {
            return Optional.of(Refusal.conflict(
                    "cpu-unavailable",
                    "CPU " + pcpu.id + " is " + state,
                    List.of(state.name()),
                    List.of("POST /reset")));
        }
        if (online) {
            xen.hotplug.up(board, pcpu.id);
        } else {
            xen.hotplug.down(board, pcpu.id);
        }
        return Optional.empty();
    }
}
