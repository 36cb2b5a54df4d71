package dev.vboard.model;

import dev.vboard.model.BoardInventory.Block;
import dev.vboard.model.BoardInventory.FirmwareCall;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Device;
import dev.vboard.model.core.Register;
import dev.vboard.model.core.Registers;
import dev.vboard.model.core.SystemRegisters.SystemRegister;
import dev.vboard.model.firmware.EemiApi;
import dev.vboard.model.firmware.NxpService;
import dev.vboard.model.firmware.PsciFunction;
import dev.vboard.model.report.FidelityReport.Face;
import dev.vboard.model.xen.VPsci;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the machine has: register blocks with their registers, and calls to EL3 and Xen. */
final class Inventory {
    private static final List<String> GICV2 = List.of("gicd", "gicc", "gich", "gicv");
    private static final List<String> GICV3 = List.of("gicd", "gicr", "gicr-sgi");

    private final Hardware hardware;
    private final List<Block> blocks = new ArrayList<>();

    Inventory(Hardware hardware) {
        this.hardware = hardware;
        int version = hardware.profile.gic().version();
        List<String> names = version == 2 ? GICV2 : GICV3;
        for (int i = 0; i < names.size(); i++) {
            String kind = "gicv" + version + "-" + names.get(i);
            add(names.get(i), kind, List.of(hardware.gic.registers().get(i)));
        }
        SortedMap<String, SortedSet<String>> groups = new TreeMap<>();
        for (SystemRegister register : hardware.registers.all()) {
            if (register.readable() || register.writable()) {
                groups.computeIfAbsent(group(register.name()), _ -> new TreeSet<>())
                        .add(register.name());
            }
        }
        groups.forEach(
                (group, registers) -> blocks.add(new Block(group, group, List.copyOf(registers))));
        for (Device device : hardware.devices) {
            add(device.name(), device.type(), device.registers());
        }
    }

    private static String group(String register) {
        if (register.startsWith("CNT")) {
            return "generic-timer";
        }
        return register.startsWith("ICC_")
                ? "gicv3-icc"
                : register.startsWith("ICH_") ? "gicv3-ich" : "cpu";
    }

    private void add(String name, String kind, List<Registers> banks) {
        SortedSet<String> registers = new TreeSet<>();
        for (Registers bank : banks) {
            for (Register register : bank.all()) {
                registers.addAll(register.names());
            }
        }
        blocks.add(new Block(name, kind, List.copyOf(registers)));
    }

    BoardInventory report(Board board) {
        List<FirmwareCall> calls = new ArrayList<>();
        for (PsciFunction function : PsciFunction.values()) {
            calls.add(new FirmwareCall(
                    function.name(), Face.PHYS, hardware.psci.implementsFunction(function)));
        }
        for (PsciFunction function : PsciFunction.values()) {
            boolean offered = VPsci.answers(function.number());
            calls.add(
                    new FirmwareCall(function.name(), Face.VIRT, offered && board.has(Board.XEN)));
        }
        for (EemiApi api : EemiApi.values()) {
            calls.add(new FirmwareCall(
                    api.name(), Face.EEMI, hardware.profile.firmware().eemi()));
        }
        for (NxpService service : NxpService.values()) {
            boolean offered = service.isOf(hardware.profile.firmware().sip());
            calls.add(new FirmwareCall(service.name(), Face.SIP, offered));
        }
        return new BoardInventory(blocks, calls);
    }
}
