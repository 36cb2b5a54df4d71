package dev.vboard.model;

import dev.vboard.model.core.Board;
import dev.vboard.model.profile.DeviceSpec;
import dev.vboard.model.xen.Domain;
import dev.vboard.model.xen.Hypervisor;
import dev.vboard.model.xen.Stage2;
import dev.vboard.model.xen.Vcpu;

import java.util.Locale;
import java.util.OptionalLong;

/** The device tree of a guest as source text: what Xen describes to it. */
final class DeviceTree {
    private static final int MIB_SHIFT = 20;

    /** A DomU's range has room for 128 vCPUs, however many it has (gic.md 10). */
    private static final long GUEST_REDISTRIBUTORS = 0x0100_0000L;

    private DeviceTree() {}

    static String of(Hardware hardware, Hypervisor xen, Board board, Domain domain) {
        StringBuilder text = new StringBuilder();
        line(text, 0, "/dts-v1/;");
        line(text, 0, "/ {");
        line(text, 1, "#address-cells = <2>;");
        line(text, 1, "#size-cells = <2>;");
        line(text, 1, "interrupt-parent = <&gic>;");
        memory(text, hardware, board, domain);
        chosen(text, domain.extras(board).commandLine());
        cpus(text, domain);
        psci(text);
        gic(text, xen, board, domain);
        line(text, 1, "timer {");
        line(text, 2, "compatible = \"arm,armv8-timer\";");
        line(text, 2, "interrupts = <1 13 4>, <1 14 4>, <1 11 4>;");
        line(text, 1, "};");
        line(text, 1, "hypervisor {");
        line(text, 2, "compatible = \"xen,xen-4.22\", \"xen,xen\";");
        line(text, 2, "interrupts = <1 15 8>;");
        line(text, 1, "};");
        for (String name : xen.devices().namesOf(board, domain)) {
            device(text, hardware.profile.device(name).orElseThrow());
        }
        line(text, 0, "};");
        return text.toString();
    }

    private static void line(StringBuilder text, int depth, String line) {
        text.append("    ".repeat(depth)).append(line).append('\n');
    }

    private static String cells(long value) {
        return String.format(Locale.ROOT, "0x%x 0x%x", value >>> 32, value & 0xFFFF_FFFFL);
    }

    private static void memory(StringBuilder text, Hardware hardware, Board board, Domain domain) {
        long base = domain.hardware(board)
                ? hardware.profile.memory().getFirst().base()
                : Stage2.GUEST_RAM;
        long bytes = (long) domain.memoryMiB(board) << MIB_SHIFT;
        line(text, 1, "memory@" + Long.toHexString(base) + " {");
        line(text, 2, "device_type = \"memory\";");
        line(text, 2, "reg = <" + cells(base) + " " + cells(bytes) + ">;");
        line(text, 1, "};");
    }

    private static void chosen(StringBuilder text, String commandLine) {
        if (!commandLine.isEmpty()) {
            String quoted = commandLine.replace("\\", "\\\\").replace("\"", "\\\"");
            line(text, 1, "chosen {");
            line(text, 2, "bootargs = \"" + quoted + "\";");
            line(text, 1, "};");
        }
    }

    private static void cpus(StringBuilder text, Domain domain) {
        line(text, 1, "cpus {");
        line(text, 2, "#address-cells = <1>;");
        line(text, 2, "#size-cells = <0>;");
        for (Vcpu vcpu : domain.vcpus()) {
            String affinity = Long.toHexString(vcpu.mpidr() & 0xFF_FFFFL);
            line(text, 2, "cpu@" + affinity + " {");
            line(text, 3, "device_type = \"cpu\";");
            line(text, 3, "compatible = \"arm,armv8\";");
            line(text, 3, "enable-method = \"psci\";");
            line(text, 3, "reg = <0x" + affinity + ">;");
            line(text, 2, "};");
        }
        line(text, 1, "};");
    }

    private static void psci(StringBuilder text) {
        line(text, 1, "psci {");
        line(text, 2, "compatible = \"arm,psci-1.0\", \"arm,psci-0.2\", \"arm,psci\";");
        line(text, 2, "method = \"hvc\";");
        line(text, 2, "cpu_off = <0x1>;");
        line(text, 2, "cpu_on = <0x2>;");
        line(text, 1, "};");
    }

    private static void gic(StringBuilder text, Hypervisor xen, Board board, Domain domain) {
        Stage2 stage2 = xen.guests().stage2();
        long gicd = stage2.distributorOf(board, domain);
        OptionalLong gicr = stage2.redistributorsOf(board, domain);
        line(text, 1, "gic: interrupt-controller@" + Long.toHexString(gicd) + " {");
        if (gicr.isPresent()) {
            long bytes = domain.hardware(board)
                    ? domain.vcpus().size() * Stage2.REDISTRIBUTOR_BYTES
                    : GUEST_REDISTRIBUTORS;
            line(text, 2, "compatible = \"arm,gic-v3\";");
            line(text, 2, "#redistributor-regions = <1>;");
            String frames = cells(gicr.getAsLong()) + " " + cells(bytes);
            frames(text, cells(gicd) + " 0x0 0x10000", frames);
        } else {
            long gicc = stage2.interfaceOf(board, domain).orElse(0);
            line(text, 2, "compatible = \"arm,gic-400\", \"arm,cortex-a15-gic\";");
            frames(text, cells(gicd) + " 0x0 0x1000", cells(gicc) + " 0x0 0x2000");
        }
        line(text, 1, "};");
    }

    private static void frames(StringBuilder text, String distributor, String other) {
        line(text, 2, "#interrupt-cells = <3>;");
        line(text, 2, "interrupt-controller;");
        line(text, 2, "reg = <" + distributor + ">, <" + other + ">;");
    }

    private static void device(StringBuilder text, DeviceSpec device) {
        line(text, 1, device.name() + "@" + Long.toHexString(device.address()) + " {");
        line(text, 2, "compatible = \"" + device.type() + "\";");
        line(text, 2, "reg = <" + cells(device.address()) + " " + cells(device.sizeBytes()) + ">;");
        StringBuilder interrupts = new StringBuilder();
        for (int intid : device.intids()) {
            interrupts
                    .append(interrupts.isEmpty() ? "<0 " : ", <0 ")
                    .append(intid - 32)
                    .append(device.trigger().equals("edge") ? " 1>" : " 4>");
        }
        if (!interrupts.isEmpty()) {
            line(text, 2, "interrupts = " + interrupts + ";");
        }
        line(text, 1, "};");
    }
}
