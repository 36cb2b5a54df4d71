package dev.vboard.model;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Refusal;
import dev.vboard.model.hazard.Hazard;
import dev.vboard.model.report.BoardState;
import dev.vboard.model.xen.Hazards;
import dev.vboard.model.xen.Hypervisor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Carries out actions: one case for each. */
final class Actions {
    private final Hardware hardware;
    private final Hypervisor xen;
    private final Supply supply;
    private final Reports reports;
    private final CpuActions cpus;
    private final DeviceActions devices;
    private final Dma transfers;
    private final DomainActions domains;
    private final VcpuActions vcpus;
    private final FaultActions faults;

    Actions(
            Hardware hardware,
            Hypervisor xen,
            Supply supply,
            Reports reports,
            InterruptLines interruptLines) {
        this.hardware = hardware;
        this.xen = xen;
        this.supply = supply;
        this.reports = reports;
        cpus = new CpuActions(hardware, xen, reports);
        devices = new DeviceActions(hardware, xen, reports, interruptLines);
        transfers = new Dma(hardware, xen);
        domains = new DomainActions(hardware, xen, supply, reports);
        vcpus = new VcpuActions(hardware, xen, reports, domains, cpus);
        faults = new FaultActions(hardware);
    }

    /** The faults that wait. */
    FaultActions faults() {
        return faults;
    }

    /** Why there is no such domain, or vCPU of it, if so. */
    Optional<Refusal> missing(Board board, String domain, int vcpu) {
        return vcpus.missing(board, domain, vcpu);
    }

    /** Why the board as a whole does not take an action now, if so. */
    Optional<Refusal> refuses(Board board, Action action) {
        if (hardware.powered.get(board)) {
            boolean revives = action instanceof Action.Power || action instanceof Action.Reset;
            return revives ? Optional.empty() : crashed(board);
        }
        boolean anyTime = action instanceof Action.Power
                || action instanceof Action.Clocked
                || action instanceof Action.SetHazards
                || action instanceof Action.InjectFault
                || action instanceof Action.RemoveFault
                || action instanceof Action.CancelScheduled;
        if (anyTime) {
            return Optional.empty();
        }
        return Optional.of(Refusal.conflict(
                "board-off",
                action instanceof Action.Reset
                        ? "a board without power cannot be reset"
                        : "the board has no power",
                List.of(BoardState.OFF.name()),
                List.of("PUT /power")));
    }

    private Optional<Refusal> crashed(Board board) {
        return board.has(Board.XEN) && xen.crashed(board)
                ? Optional.of(Refusal.conflict(
                        "board-crashed",
                        "Xen has crashed",
                        List.of(BoardState.CRASHED.name()),
                        List.of("POST /reset", "PUT /power")))
                : Optional.empty();
    }

    /** One case for each action; the compiler points here when there is a new one. */
    Reply carryOut(Board board, Action action) {
        return switch (action) {
            case Action.Instruction instruction -> instruct(board, instruction);
            case Action.Power power -> power(board, power.on());
            case Action.Reset _ -> {
                supply.reset(board);
                yield Reply.later(reports::summary);
            }
            case Action.CpuOnline change -> cpus.online(board, change.cpu(), change.online());
            case Action.SendSgi sgi -> cpus.sgi(board, sgi);
            case Action.Fire fire -> devices.fire(board, fire);
            case Action.CancelScheduled _ -> devices.cancelScheduled(board);
            case Action.DeviceInput input -> devices.input(board, input);
            case Action.DeviceOwner owner -> devices.owner(board, owner);
            case Action.Dma dma -> transfers.access(board, dma);
            case Action.CreateDomain create -> domains.create(board, create);
            case Action.DestroyDomain destroy -> domains.destroy(board, destroy.domain());
            case Action.Verb verb -> domains.verb(board, verb);
            case Action.TypeByte typing -> devices.type(board, typing);
            case Action.TypeLine typing -> domains.type(board, typing);
            case Action.EventChannel event -> domains.eventChannel(board, event);
            case Action.Affinity change -> vcpus.affinity(board, change);
            case Action.VcpuGic change -> vcpus.gic(board, change);
            case Action.Hypercall call -> vcpus.hypercall(board, call);
            case Action.VcpuInterrupt change -> vcpus.interrupt(board, change);
            case Action.VcpuTimer change -> vcpus.timer(board, change);
            case Action.InjectFault fault -> faults.inject(board, fault);
            case Action.RemoveFault fault -> faults.remove(board, fault.id());
            case Action.SetHazards hazards -> setHazards(board, hazards.ids());
            case Action.Clocked _ ->
                throw new IllegalArgumentException("the clock is the machine's");
        };
    }

    private Reply instruct(Board board, Action.Instruction instruction) {
        return switch (instruction) {
            case Action.MaskIrq mask ->
                caller(
                        mask.caller(),
                        cpu -> cpus.mask(board, cpu, mask.masked()),
                        vcpu -> vcpus.mask(board, vcpu, mask.masked()));
            case Action.Psci call ->
                caller(
                        call.caller(),
                        cpu -> cpus.psci(board, cpu, call),
                        vcpu -> vcpus.psci(board, vcpu, call));
            case Action.Smccc call ->
                caller(
                        call.caller(),
                        cpu -> cpus.smccc(board, cpu, call),
                        vcpu -> vcpus.smccc(board, vcpu, call));
            case Action.Wfi wfi ->
                caller(
                        wfi.caller(),
                        cpu -> cpus.waitForInterrupt(board, cpu),
                        vcpu -> vcpus.waitForInterrupt(board, vcpu));
            case Action.Acknowledge ack ->
                caller(
                        ack.caller(),
                        cpu -> cpus.acknowledge(board, cpu),
                        vcpu -> vcpus.acknowledge(board, vcpu));
            case Action.EndOfInterrupt end ->
                caller(
                        end.caller(),
                        cpu -> cpus.end(board, cpu, end.intid(), end.source()),
                        vcpu -> vcpus.end(board, vcpu, end.intid(), end.source()));
            case Action.Mmio access ->
                caller(
                        access.caller(),
                        cpu -> cpus.mmio(board, cpu, access),
                        vcpu -> vcpus.mmio(board, vcpu, access));
            case Action.Sysreg access ->
                caller(
                        access.caller(),
                        cpu -> cpus.sysreg(board, cpu, access),
                        vcpu -> vcpus.sysreg(board, vcpu, access));
        };
    }

    private interface OnCpu {
        Reply act(int cpu);
    }

    private interface OnVcpu {
        Reply act(Caller.Vcpu vcpu);
    }

    private static Reply caller(Caller caller, OnCpu physical, OnVcpu virtual) {
        return switch (caller) {
            case Caller.PhysicalCpu cpu -> physical.act(cpu.cpu());
            case Caller.Vcpu vcpu -> virtual.act(vcpu);
        };
    }

    private Reply power(Board board, boolean on) {
        if (on) {
            supply.on(board);
        } else {
            supply.off(board);
        }
        return Reply.later(reports::power);
    }

    private Reply setHazards(Board board, List<String> ids) {
        List<Hazard> on = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            Optional<Hazard> hazard = Hazard.find(ids.get(i));
            if (hazard.isEmpty()) {
                return Reply.refuse(Refusal.invalid(
                        "/" + i, "no hazard " + ids.get(i), Nearest.to(ids.get(i), Hazard.ids())));
            }
            on.add(hazard.get());
        }
        if (!board.has(Board.XEN)) {
            return on.isEmpty()
                    ? Reply.later(reports.host()::hazards)
                    : Reply.refuse(BootOptions.noXen(board));
        }
        for (int i = 0; i < on.size(); i++) {
            Optional<String> whyNot = Hazards.whyNot(on.get(i), xen.flavour(board));
            if (whyNot.isPresent()) {
                return Reply.refuse(Refusal.invalid("/" + i, whyNot.get()));
            }
        }
        xen.hazards().set(board, on);
        return Reply.later(reports.host()::hazards);
    }
}
