package dev.vboard.model;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Device;
import dev.vboard.model.firmware.SystemRequest;
import dev.vboard.model.hazard.Hazard;
import dev.vboard.model.profile.CpuSpec;
import dev.vboard.model.report.DomainReport.Role;
import dev.vboard.model.report.Trigger;
import dev.vboard.model.xen.Domain;
import dev.vboard.model.xen.DomainConfig;
import dev.vboard.model.xen.Flavour;
import dev.vboard.model.xen.Hypervisor;
import dev.vboard.model.xen.XenBoot;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/** Power on, power off and reset of a whole board. */
final class Supply {
    private static final int DOM0_MEMORY_MIB = 1024;

    private final Hardware hardware;
    private final Hypervisor xen;

    Supply(Hardware hardware, Hypervisor xen) {
        this.hardware = hardware;
        this.xen = xen;
    }

    /** Does what firmware was asked to do with the board. */
    void obey(Board board, SystemRequest request) {
        boolean clears = hardware.psci.memProtected(board) && request == SystemRequest.RESET;
        switch (request) {
            case NONE -> {
                // nothing is asked
            }
            case OFF -> off(board);
            case RESET, WARM_RESET -> {
                reset(board);
                if (clears) {
                    board.clearRam();
                }
            }
        }
    }

    void on(Board board) {
        if (!hardware.powered.get(board)) {
            hardware.powered.set(board, true);
            hardware.clock.powerOn(board);
            start(board);
        }
    }

    void off(Board board) {
        if (hardware.powered.get(board)) {
            dropSoftware(board);
            hardware.loseEverything(board);
            board.clearRam();
            hardware.powered.set(board, false);
        }
    }

    /** Warm: RAM and what a battery feeds are kept, all else begins anew. */
    void reset(Board board) {
        for (Domain domain : board.has(Board.XEN) ? xen.domains().live(board) : List.<Domain>of()) {
            board.ram().clear(domain.slot());
        }
        dropSoftware(board);
        hardware.loseEverything(board);
        start(board);
    }

    private void dropSoftware(Board board) {
        for (int slot = Board.XEN; slot < board.slots(); slot++) {
            board.detach(slot);
        }
    }

    private void start(Board board) {
        BootOptions options = (BootOptions) board.creation();
        hardware.describeLines(board);
        for (Action.PassThrough line : options.dom0Interrupts()) {
            describe(board, line);
        }
        if (!options.flavour().equals("none")) {
            xen.boot().configure(board, config(options));
        }
        for (Device device : hardware.devices) {
            device.poweredOn(board);
        }
        hardware.console().open(board);
        FirmwareLines.boots(board, hardware.profile.firmware(), hardware.console());
        hardware.psci.coldBoot(board);
    }

    void describe(Board board, Action.PassThrough line) {
        boolean edge = line.trigger().filter(Trigger.EDGE::equals).isPresent();
        hardware.lines.edge(board, hardware.lines.intids().index(0, line.intid()), edge);
    }

    private XenBoot.Config config(BootOptions options) {
        List<Hazard> hazards = new ArrayList<>();
        for (String id : options.hazards()) {
            hazards.add(Hazard.find(id).orElseThrow());
        }
        List<DomainConfig.PassedLine> lines = new ArrayList<>();
        for (Action.PassThrough line : options.dom0Interrupts()) {
            lines.add(passed(line));
        }
        DomainConfig dom0 = new DomainConfig(
                "Domain-0",
                options.dom0Vcpus(),
                affinity(options.dom0Vcpus(), options.dom0Pin()),
                DOM0_MEMORY_MIB,
                options.dom0Guest(),
                options.dom0Roles().contains(Role.HARDWARE),
                options.dom0Roles().contains(Role.CONTROL),
                false,
                false,
                0,
                List.of(),
                lines,
                List.of(),
                DomainConfig.Extras.of(options.dom0Vcpus()));
        return new XenBoot.Config(
                Flavour.find(options.flavour()).orElseThrow(),
                hazards,
                options.hmpUnsafe(),
                options.domuRelease(),
                options.rfcText(),
                dom0,
                options.dom0Online());
    }

    static DomainConfig.PassedLine passed(Action.PassThrough line) {
        boolean edge = line.trigger().filter(Trigger.EDGE::equals).isPresent();
        return new DomainConfig.PassedLine(line.intid(), edge, line.vcpu());
    }

    /** Affinity masks by vCPU: as pinned, else all CPUs. */
    List<Integer> affinity(int vcpus, SortedMap<Integer, List<Integer>> pin) {
        int all = 0;
        for (CpuSpec cpu : hardware.profile.cpus()) {
            all |= 1 << cpu.id();
        }
        List<Integer> masks = new ArrayList<>();
        for (int i = 0; i < vcpus; i++) {
            int mask = 0;
            for (int cpu : pin.getOrDefault(i, List.of())) {
                mask |= 1 << cpu;
            }
            masks.add(mask == 0 ? all : mask);
        }
        return masks;
    }
}
