package dev.vboard.model;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Device;
import dev.vboard.model.core.Intids;
import dev.vboard.model.core.Register;
import dev.vboard.model.core.Registers;
import dev.vboard.model.profile.DeviceSpec;
import dev.vboard.model.report.DeviceReport;
import dev.vboard.model.report.GicReport;
import dev.vboard.model.report.InterruptReport;
import dev.vboard.model.report.Owner;
import dev.vboard.model.report.PowerDomainReport;
import dev.vboard.model.report.PowerState;
import dev.vboard.model.report.Trigger;
import dev.vboard.model.report.U64;
import dev.vboard.model.xen.Hypervisor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/** What reads answer about the GIC, the devices and the power domains. */
final class DeviceReports {
    private static final int MOST_REGISTERS = 64;
    private static final int FIRST_PPI = 16;

    private final Hardware hardware;
    private final Hypervisor xen;

    DeviceReports(Hardware hardware, Hypervisor xen) {
        this.hardware = hardware;
        this.xen = xen;
    }

    GicReport gic(Board board) {
        boolean powered = hardware.gicPowered(board);
        int groups = hardware.gic.enabledGroups(board);
        List<Integer> enabled = new ArrayList<>();
        for (int group = 0; group < 2; group++) {
            if ((groups >> group & 1) != 0) {
                enabled.add(group);
            }
        }
        List<GicReport.GicCpu> cpus = new ArrayList<>();
        for (int cpu = 0; cpu < hardware.cpus.size(); cpu++) {
            int best = powered ? hardware.gic.highestPending(board, cpu) : Intids.SPURIOUS;
            cpus.add(new GicReport.GicCpu(
                    cpu,
                    hardware.gic.interfaceOn(board, cpu),
                    hardware.gic.pmr(board, cpu),
                    hardware.gic.runningPriority(board, cpu),
                    best == Intids.SPURIOUS ? OptionalInt.empty() : OptionalInt.of(best)));
        }
        String type = "GICv" + hardware.profile.gic().version();
        return new GicReport(powered, type, enabled, hardware.profile.gic().intids(), cpus);
    }

    List<InterruptReport> interrupts(
            Board board, Optional<String> state, OptionalInt cpu, boolean all) {
        List<InterruptReport> list = new ArrayList<>();
        Intids intids = hardware.lines.intids();
        for (int index = 0; index < intids.count(); index++) {
            int owner = intids.cpu(index);
            boolean seen = cpu.isEmpty()
                    || owner == cpu.getAsInt()
                    || owner < 0 && (hardware.gic.targets(board, index) >> cpu.getAsInt() & 1) != 0;
            if (seen && intids.has(intids.intid(index)) && shown(board, index, state, all)) {
                list.add(interrupt(board, index));
            }
        }
        return list;
    }

    private boolean shown(Board board, int index, Optional<String> state, boolean all) {
        boolean enabled = hardware.gic.enabled(board, index);
        boolean pending = hardware.gic.pending(board, index);
        boolean active = hardware.gic.active(board, index);
        return switch (state.orElse("")) {
            case "enabled" -> enabled;
            case "pending" -> pending;
            case "active" -> active;
            default ->
                all
                        || enabled && hardware.lines.intids().intid(index) >= FIRST_PPI
                        || pending
                        || active
                        || hardware.gic.level(board, index);
        };
    }

    InterruptReport interrupt(Board board, int index) {
        Intids intids = hardware.lines.intids();
        int intid = intids.intid(index);
        int cpu = intids.cpu(index);
        List<Integer> targets = new ArrayList<>();
        int mask = hardware.gic.targets(board, index);
        for (int i = 0; i < intids.cpus(); i++) {
            if ((mask >> i & 1) != 0) {
                targets.add(i);
            }
        }
        Optional<DeviceSpec> device = Optional.empty();
        for (DeviceSpec spec : hardware.profile.devices()) {
            if (device.isEmpty() && spec.intids().contains(intid)) {
                device = Optional.of(spec);
            }
        }
        return new InterruptReport(
                intid,
                intid < FIRST_PPI
                        ? InterruptReport.Type.SGI
                        : cpu >= 0 ? InterruptReport.Type.PPI : InterruptReport.Type.SPI,
                Reports.optional(cpu),
                hardware.gic.enabled(board, index),
                hardware.gic.pending(board, index),
                hardware.gic.active(board, index),
                hardware.gic.level(board, index),
                hardware.gic.edge(board, index) ? Trigger.EDGE : Trigger.LEVEL,
                hardware.gic.priority(board, index),
                targets,
                hardware.gic.group(board, index),
                owner(board, intid),
                device.map(DeviceSpec::name));
    }

    private Optional<Owner> owner(Board board, int intid) {
        if (!board.has(Board.XEN)) {
            return Optional.empty();
        }
        if (xen.irqs().isXens(board, intid)) {
            return Optional.of(new Owner.XenOwner(true));
        }
        int slot = xen.irqs().ownerSlot(board, intid);
        return slot == 0
                ? Optional.empty()
                : Optional.of(
                        new Owner.LineOwner(xen.domains().inSlot(board, slot).id(board), intid));
    }

    List<DeviceReport> all(Board board) {
        List<DeviceReport> list = new ArrayList<>();
        for (int i = 0; i < hardware.devices.size(); i++) {
            list.add(device(board, i));
        }
        return list;
    }

    Optional<DeviceReport> device(Board board, String name) {
        for (int i = 0; i < hardware.devices.size(); i++) {
            if (hardware.devices.get(i).name().equals(name)) {
                return Optional.of(device(board, i));
            }
        }
        return Optional.empty();
    }

    private DeviceReport device(Board board, int index) {
        Device device = hardware.devices.get(index);
        DeviceSpec spec = hardware.profile.devices().get(index);
        Optional<Owner> owner = Optional.empty();
        if (board.has(Board.XEN)) {
            int slot = xen.devices().ownerSlot(board, spec);
            owner = Optional.of(
                    slot == 0
                            ? new Owner.XenOwner(true)
                            : new Owner.DomainOwner(
                                    xen.domains().inSlot(board, slot).id(board)));
        }
        return new DeviceReport(
                device.name(),
                device.type(),
                hardware.powered(board, index) ? PowerState.ON : PowerState.OFF,
                U64.of(spec.address()),
                U64.of(spec.sizeBytes()),
                spec.intids(),
                spec.trigger().equals("edge") ? Trigger.EDGE : Trigger.LEVEL,
                spec.powerDomain().orElse("always-on"),
                owner,
                canWake(spec),
                spec.dma(),
                registers(board, device));
    }

    private boolean canWake(DeviceSpec spec) {
        for (int intid : spec.intids()) {
            if (hardware.wake.reachable(intid)) {
                return true;
            }
        }
        return false;
    }

    private static SortedMap<String, U64> registers(Board board, Device device) {
        SortedMap<String, U64> registers = new TreeMap<>();
        for (Registers bank : device.registers()) {
            for (Register register : bank.all()) {
                boolean shown = !register.hasSideEffects() && register.count() <= MOST_REGISTERS;
                for (int i = 0; shown && i < register.count(); i++) {
                    registers.put(
                            register.name(i), U64.of(register.read(board, Access.look(0), i)));
                }
            }
        }
        return registers;
    }

    List<PowerDomainReport> powerDomains(Board board) {
        List<PowerDomainReport> list = new ArrayList<>();
        for (int i = 0; i < hardware.domains.count(); i++) {
            int parent = hardware.domains.parent(i);
            list.add(new PowerDomainReport(
                    hardware.domains.name(i),
                    hardware.domains.state(board, i),
                    parent < 0 ? Optional.empty() : Optional.of(hardware.domains.name(parent)),
                    hardware.domains.contents(i),
                    hardware.lost.bits(board, i, LostRegisters.Kind.LOST),
                    hardware.lost.bits(board, i, LostRegisters.Kind.NOT_RESTORED),
                    hardware.lost.bits(board, i, LostRegisters.Kind.CHANGED),
                    hardware.lost.bits(board, i, LostRegisters.Kind.BY_FIRMWARE)));
        }
        return list;
    }
}
