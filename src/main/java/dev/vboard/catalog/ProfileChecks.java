package dev.vboard.catalog;

import dev.vboard.model.profile.BoardProfile;
import dev.vboard.model.profile.CpuSpec;
import dev.vboard.model.profile.DeviceSpec;
import dev.vboard.model.profile.DeviceType;
import dev.vboard.model.profile.GicSpec;
import dev.vboard.model.profile.PowerSpec.PowerDomainSpec;
import dev.vboard.model.profile.PowerSpec.WakeBlock;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Finds what contradicts itself in a profile whose form is right. */
final class ProfileChecks {
    private static final List<String> STEPS = List.of(
            "default",
            "freeze",
            "scheduler-off",
            "check-domains",
            "cpu-down",
            "timers-quiet",
            "iommu-suspend",
            "console-suspend",
            "irqs-off",
            "gic-suspend",
            "save-context",
            "el3-system-suspend",
            "resume-entry",
            "gic-resume",
            "timers-restart",
            "irqs-on",
            "console-resume",
            "iommu-resume",
            "rcu-barrier",
            "cpu-up",
            "spi-targets",
            "scheduler-on",
            "thaw",
            "initiator-resume");
    private static final List<Integer> PA_BITS = List.of(32, 36, 40, 42, 44, 48, 52);
    private static final long AFFINITY = 0xFF_00FF_FFFFL;
    private static final int MOST_GICV2_CPUS = 8;
    private static final int MOST_DEVICES = 256;
    private static final int FIRST_SPI = 32;
    private static final long GICV3_FRAME = 0x1_0000;
    private static final int LEAST_SECURE_BITS = 5;

    private final BoardProfile profile;
    private final Findings findings;
    private final SortedSet<String> domains = new TreeSet<>();

    ProfileChecks(BoardProfile profile, Findings findings) {
        this.profile = profile;
        this.findings = findings;
        profile.power().tree().forEach(domain -> domains.add(domain.name()));
    }

    /** Notes everything that is wrong. */
    void run() {
        cpus();
        gic();
        if (profile.firmware().trustedOsCpu() >= profile.cpus().size()) {
            fault("/firmware/trustedOsCpu", "there is no such CPU", "/cpus/0/id");
        }
        tree();
        devices();
        wakeController();
        lines();
        new RegionChecks(profile, findings).run();
        console();
        for (String step : profile.timing().stepNs().keySet()) {
            if (!STEPS.contains(step)) {
                String message = "is not a step of Xen" + Typo.hint(step, STEPS);
                fault(Place.below("/timing/stepNs", step), message);
            }
        }
    }

    private void fault(String pointer, String message, String... sources) {
        findings.fault(pointer, message, sources);
    }

    private void cpus() {
        List<CpuSpec> cpus = profile.cpus();
        if (cpus.isEmpty()) {
            fault("/cpus", "must hold at least one CPU");
        }
        int most = profile.gic().version() == 2 ? MOST_GICV2_CPUS : 32;
        if (cpus.size() > most) {
            fault(
                    "/cpus",
                    "a GICv" + profile.gic().version() + " serves at most " + most,
                    "/gic/version");
        }
        SortedMap<Long, Integer> byMpidr = new TreeMap<>();
        for (int i = 0; i < cpus.size(); i++) {
            CpuSpec cpu = cpus.get(i);
            String at = "/cpus/" + i;
            if (cpu.id() != i) {
                fault(at + "/id", "must be " + i + ", CPUs are numbered in order");
            }
            if ((cpu.mpidr() & ~AFFINITY) != 0) {
                fault(at + "/mpidr", "may hold affinity fields only");
            }
            Integer other = byMpidr.putIfAbsent(cpu.mpidr(), i);
            if (other != null) {
                String source = "/cpus/" + other + "/mpidr";
                fault(at + "/mpidr", "is that of CPU " + other + " too", source);
            }
            if (!PA_BITS.contains(cpu.paBits())) {
                fault(at + "/paBits", "must be one of " + PA_BITS);
            }
            if (cpu.vmidBits() != 8 && cpu.vmidBits() != 16) {
                fault(at + "/vmidBits", "must be 8 or 16");
            }
            if (Integer.bitCount(cpu.dcacheLine()) != 1) {
                fault(at + "/dcacheLine", "must be a power of two");
            }
        }
    }

    private void gic() {
        GicSpec gic = profile.gic();
        if (gic.intids() % 32 != 0) {
            fault("/gic/intids", "must be a multiple of 32");
        }
        if (gic.version() == 2) {
            need("/gic/gicc", gic.gicc().isPresent());
            need("/gic/gich", gic.gich().isPresent());
            need("/gic/gicv", gic.gicv().isPresent());
        } else {
            need("/gic/gicr", gic.gicr().isPresent());
            framed("/gic/gicd", gic.gicd());
            gic.gicr().ifPresent(at -> framed("/gic/gicr", at));
            if (gic.securityStates() == 2 && gic.priorityBits() < LEAST_SECURE_BITS) {
                fault("/gic/priorityBits", "must be 5 or more with two security states");
            }
        }
        known("/gic/powerDomain", Optional.of(gic.powerDomain()).filter(name -> !name.isEmpty()));
    }

    private void framed(String pointer, long address) {
        if (address % GICV3_FRAME != 0) {
            fault(pointer, "must be a multiple of 64 KiB with version 3");
        }
    }

    private void need(String pointer, boolean present) {
        if (!present) {
            fault(pointer, "is required with version " + profile.gic().version(), "/gic/version");
        }
    }

    private void known(String pointer, Optional<String> domain) {
        domain.filter(name -> !domains.contains(name))
                .ifPresent(name -> fault(
                        pointer,
                        "there is no power domain " + name + Typo.hint(name, domains),
                        "/power/tree"));
    }

    private void tree() {
        List<PowerDomainSpec> tree = profile.power().tree();
        SortedMap<Integer, String> domainOfCluster = new TreeMap<>();
        SortedSet<String> seen = new TreeSet<>();
        for (int i = 0; i < tree.size(); i++) {
            PowerDomainSpec domain = tree.get(i);
            String at = "/power/tree/" + i;
            if (!seen.add(domain.name())) {
                fault(at + "/name", "there is another power domain " + domain.name());
            }
            if (domain.name().matches("cpu[0-9]+")) {
                fault(at + "/name", "is the name of a CPU's own power domain");
            }
            known(at + "/parent", domain.parent());
            if (circular(domain)) {
                fault(at + "/parent", "the power domain " + domain.name() + " feeds itself");
            }
            for (int cluster : domain.clusters()) {
                String other = domainOfCluster.putIfAbsent(cluster, domain.name());
                if (other != null) {
                    fault(at + "/clusters", "cluster " + cluster + " is in " + other + " too");
                }
            }
        }
        for (int i = 0; i < profile.cpus().size(); i++) {
            if (!domainOfCluster.containsKey(profile.cpus().get(i).cluster())) {
                String pointer = "/cpus/" + i + "/cluster";
                fault(pointer, "is in no power domain of power.tree", "/power/tree");
            }
        }
    }

    private boolean circular(PowerDomainSpec start) {
        SortedMap<String, String> parents = new TreeMap<>();
        for (PowerDomainSpec domain : profile.power().tree()) {
            domain.parent().ifPresent(parent -> parents.put(domain.name(), parent));
        }
        String at = start.name();
        for (int i = 0; i < domains.size(); i++) {
            at = parents.getOrDefault(at, "");
            if (at.equals(start.name())) {
                return true;
            }
        }
        return false;
    }

    private void devices() {
        List<DeviceSpec> devices = profile.devices();
        if (devices.size() > MOST_DEVICES) {
            fault("/devices", "must be at most " + MOST_DEVICES);
        }
        SortedSet<String> names = new TreeSet<>();
        devices.forEach(device -> names.add(device.name()));
        SortedSet<String> seen = new TreeSet<>();
        for (int i = 0; i < devices.size(); i++) {
            DeviceSpec device = devices.get(i);
            String at = "/devices/" + i;
            if (!seen.add(device.name())) {
                fault(at + "/name", "there is another device " + device.name());
            }
            if (!device.deviceType().mayHaveLines(device.intids().size())) {
                String message =
                        "a " + device.type() + " cannot have " + device.intids().size();
                fault(at + "/intids", message + " interrupts", at + "/type");
            }
            String window = device.deviceType().wrongWindow(device.sizeBytes());
            if (!window.isEmpty()) {
                fault(at + "/size", "a " + device.type() + " needs " + window, at + "/type");
            }
            known(at + "/powerDomain", device.powerDomain());
            device.smmu()
                    .filter(name -> !names.contains(name))
                    .ifPresent(name -> fault(
                            at + "/smmu",
                            "there is no device " + name + Typo.hint(name, names),
                            sources("name")));
        }
    }

    /** Pointers to that field of every device. */
    private String[] sources(String field) {
        String[] pointers = new String[Math.max(1, profile.devices().size())];
        Arrays.setAll(pointers, i -> "/devices/" + i + "/" + field);
        return pointers;
    }

    /** A wake-up controller with registers needs them, and they need it. */
    private void wakeController() {
        WakeBlock block = profile.power().wakeController();
        Map<WakeBlock, DeviceType> registers = Map.of(
                WakeBlock.GIC_PROXY, DeviceType.ZYNQMP_LPD_SLCR,
                WakeBlock.GPC, DeviceType.IMX_GPC,
                WakeBlock.IRQ_STEER, DeviceType.IMX_IRQ_STEER);
        for (int i = 0; i < profile.devices().size(); i++) {
            DeviceType type = profile.devices().get(i).deviceType();
            if (registers.containsValue(type) && registers.get(block) != type) {
                fault(
                        "/devices/" + i + "/type",
                        "belongs to another power.wakeController",
                        "/power/wakeController");
            }
        }
    }

    private void lines() {
        SortedMap<Integer, String> owners = new TreeMap<>();
        for (int i = 0; i < profile.devices().size(); i++) {
            DeviceSpec device = profile.devices().get(i);
            String at = "/devices/" + i;
            for (int j = 0; j < device.intids().size(); j++) {
                int intid = device.intids().get(j);
                onBoard(at + "/intids/" + j, intid);
                if (intid < FIRST_SPI && !device.deviceType().mayHavePpis()) {
                    String message = "a " + device.type() + " has SPIs only";
                    fault(at + "/intids/" + j, message, at + "/type");
                }
                String owner = owners.putIfAbsent(intid, device.name());
                if (owner != null && intid >= FIRST_SPI) {
                    String message = "SPI " + (intid - 32) + " (INTID " + intid + ") is used by ";
                    fault(at + "/intids/" + j, message + owner + " too");
                }
            }
            for (int j = 0; j < device.wakeIntids().size(); j++) {
                onBoard(at + "/wakeIntids/" + j, device.wakeIntids().get(j));
            }
        }
    }

    private void onBoard(String pointer, int intid) {
        if (intid >= profile.gic().intids()) {
            fault(pointer, "the GIC has " + profile.gic().intids() + " INTIDs", "/gic/intids");
        }
    }

    private void console() {
        if (profile.console().isEmpty()) {
            return;
        }
        String name = profile.console().get();
        Map<String, DeviceSpec> consoles = new TreeMap<>();
        profile.devices().stream()
                .filter(device -> device.deviceType().isConsole())
                .forEach(device -> consoles.put(device.name(), device));
        if (!consoles.containsKey(name)) {
            List<String> names = new ArrayList<>(consoles.keySet());
            String message = "there is no UART " + name + Typo.hint(name, names);
            fault("/console", message, sources("type"));
        }
    }
}
