package dev.vboard.catalog;

import dev.vboard.model.profile.BoardProfile;
import dev.vboard.model.profile.CpuSpec;
import dev.vboard.model.profile.DeviceSpec;
import dev.vboard.model.profile.FirmwareSpec;
import dev.vboard.model.profile.GicSpec;
import dev.vboard.model.profile.Limits;
import dev.vboard.model.profile.PowerSpec;
import dev.vboard.model.profile.PowerSpec.PowerDomainSpec;
import dev.vboard.model.profile.TimingSpec;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Writes a profile as its merged document: every field in the contract's order, 64-bit values in
 * hexadecimal. Reading it again gives the same profile, and equal profiles the same document.
 */
final class ProfileWriter {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final BoardProfile profile;

    ProfileWriter(BoardProfile profile) {
        this.profile = profile;
    }

    /** The document. */
    ObjectNode document(Optional<String> parent, List<String> aliases) {
        ObjectNode out = NODES.objectNode();
        out.put("id", profile.id());
        out.put("extends", parent.orElse(null));
        ArrayNode names = out.putArray("aliases");
        aliases.forEach(names::add);
        ArrayNode cpus = out.putArray("cpus");
        profile.cpus().forEach(cpu -> cpu(cpus.addObject(), cpu));
        out.put("mt", profile.cpus().getFirst().mt());
        gic(out.putObject("gic"));
        out.put("counterHz", profile.counterHz());
        out.put("counterStopsInSystemSuspend", profile.counterStopsInSystemSuspend());
        firmware(out.putObject("firmware"));
        power(out.putObject("power"));
        ObjectNode hooks = out.putObject("hooks");
        hooks.put("uart", profile.hooks().uart());
        hooks.put("iommu", profile.hooks().iommu());
        ArrayNode memory = out.putArray("memory");
        profile.memory().forEach(range -> pair(memory, range.base(), range.sizeBytes()));
        ArrayNode devices = out.putArray("devices");
        profile.devices().forEach(device -> device(devices.addObject(), device));
        out.put("console", profile.console().orElse(null));
        timing(out.putObject("timing"));
        limits(out.putObject("limits"));
        return out;
    }

    private static void cpu(ObjectNode out, CpuSpec cpu) {
        out.put("id", cpu.id());
        out.put("mpidr", Values.hex(cpu.mt() ? Threads.down(cpu.mpidr()) : cpu.mpidr()));
        out.put("core", cpu.core());
        out.put("cluster", cpu.cluster());
        out.put("paBits", cpu.paBits());
        out.put("vmidBits", cpu.vmidBits());
        out.put("midr", Values.hex(cpu.midr()));
        out.put("dcacheLine", cpu.dcacheLine());
    }

    private void gic(ObjectNode out) {
        GicSpec gic = profile.gic();
        out.put("version", gic.version());
        out.put("gicd", Values.hex(gic.gicd()));
        hex(out, "gicc", gic.gicc());
        hex(out, "gich", gic.gich());
        hex(out, "gicv", gic.gicv());
        hex(out, "gicr", gic.gicr());
        hex(out, "its", gic.its());
        out.put("intids", gic.intids());
        out.put("priorityBits", gic.priorityBits());
        out.put("listRegisters", gic.listRegisters());
        out.put("securityStates", gic.securityStates());
        out.put("powerDomain", gic.powerDomain().isEmpty() ? null : gic.powerDomain());
        out.put("wideAliases", gic.wideAliases());
    }

    private static void hex(ObjectNode out, String name, OptionalLong value) {
        if (value.isPresent()) {
            out.put(name, Values.hex(value.getAsLong()));
        } else {
            out.putNull(name);
        }
    }

    private static void pair(ArrayNode out, long first, long second) {
        out.addArray().add(Values.hex(first)).add(Values.hex(second));
    }

    private void firmware(ObjectNode out) {
        FirmwareSpec firmware = profile.firmware();
        out.put("psci", firmware.psci());
        out.put("systemSuspend", firmware.systemSuspend());
        out.put("synthetic", firmware.synthetic());
        out.put("powerStateFormat", firmware.powerStateFormat());
        out.put("stateIds", firmware.stateIds());
        out.put("osInitiated", firmware.osInitiated());
        out.put("stat", firmware.stat());
        out.put("nodeHwState", firmware.nodeHwState());
        out.put("memProtect", firmware.memProtect());
        out.put("reset2", firmware.reset2());
        out.put("eemi", firmware.eemi());
        out.put("sip", firmware.sip());
        out.put("savesGic", firmware.savesGic());
        out.put("wakeRerunsBl2", firmware.wakeRerunsBl2());
        out.put("trustedOs", firmware.trustedOs());
        out.put("trustedOsCpu", firmware.trustedOsCpu());
        ArrayNode ranges = out.putArray("entryRanges");
        firmware.entryRanges().forEach(range -> pair(ranges, range.first(), range.last()));
    }

    private void power(ObjectNode out) {
        PowerSpec power = profile.power();
        ArrayNode tree = out.putArray("tree");
        for (PowerDomainSpec domain : power.tree()) {
            ObjectNode node = tree.addObject();
            node.put("name", domain.name());
            node.put("parent", domain.parent().orElse(null));
            node.put("level", domain.level());
            ArrayNode clusters = node.putArray("clusters");
            domain.clusters().forEach(clusters::add);
            node.put("alwaysOn", domain.alwaysOn());
            node.put("retention", domain.retention());
        }
        out.put("wakeTargeting", power.wakeTargeting().name());
        out.put("gicLostInSuspend", power.gicLostInSuspend());
        out.put("smmuLostInSuspend", power.smmuLostInSuspend());
        out.put("uartLostInSuspend", power.uartLostInSuspend());
        out.put("wakeController", power.wakeController().wire());
    }

    private static void device(ObjectNode out, DeviceSpec device) {
        out.put("name", device.name());
        out.put("type", device.type());
        out.put("address", Values.hex(device.address()));
        out.put("size", Values.hex(device.sizeBytes()));
        ArrayNode intids = out.putArray("intids");
        device.intids().forEach(intids::add);
        out.put("trigger", device.trigger());
        out.put("powerDomain", device.powerDomain().orElse(null));
        if (device.wakeNode().isPresent()) {
            out.put("wakeNode", device.wakeNode().getAsInt());
        } else {
            out.putNull("wakeNode");
        }
        ArrayNode wakeIntids = out.putArray("wakeIntids");
        device.wakeIntids().forEach(wakeIntids::add);
        out.put("wakeAlways", device.wakeAlways());
        out.put("smmu", device.smmu().orElse(null));
        device.streamId()
                .ifPresentOrElse(id -> out.put("streamId", id), () -> out.putNull("streamId"));
        out.put("dma", device.dma());
    }

    private void timing(ObjectNode out) {
        TimingSpec timing = profile.timing();
        out.put("cpuOnNs", timing.cpuOnNs());
        out.put("cpuBootNs", timing.cpuBootNs());
        out.put("cpuOffNs", timing.cpuOffNs());
        out.put("wakeNs", timing.wakeNs());
        ObjectNode steps = out.putObject("stepNs");
        timing.stepNs().forEach(steps::put);
    }

    private void limits(ObjectNode out) {
        Limits limits = profile.limits();
        out.put("domains", limits.domains());
        out.put("vcpus", limits.vcpus());
        out.put("firings", limits.firings());
        out.put("scheduled", limits.scheduled());
        out.put("faults", limits.faults());
        out.put("events", limits.events());
        out.put("consoleBytes", limits.consoleBytes());
    }
}
