package dev.vboard.catalog;

import dev.vboard.catalog.ProfileException.Fault;
import dev.vboard.model.profile.BoardProfile;
import dev.vboard.model.profile.BoardProfile.HooksSpec;
import dev.vboard.model.profile.BoardProfile.MemoryRange;
import dev.vboard.model.profile.CpuSpec;
import dev.vboard.model.profile.DeviceSpec;
import dev.vboard.model.profile.DeviceType;
import dev.vboard.model.profile.FirmwareSpec;
import dev.vboard.model.profile.FirmwareSpec.AddressRange;
import dev.vboard.model.profile.GicSpec;
import dev.vboard.model.profile.Limits;
import dev.vboard.model.profile.PowerSpec;
import dev.vboard.model.profile.PowerSpec.PowerDomainSpec;
import dev.vboard.model.profile.PowerSpec.WakeBlock;
import dev.vboard.model.profile.PowerSpec.WakeTargeting;
import dev.vboard.model.profile.TimingSpec;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** Reads a merged document into records, or notes what is wrong with its form. */
final class ProfileReader {
    private static final Pattern ID = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    private static final String ID_FORM =
            "a name of lowercase letters, digits and inner hyphens, at most 63 characters";
    private static final int MOST_CPUS = 32;
    private static final int MOST_CLUSTERS = 31;
    private static final long MOST_HZ = 10_000_000_000L;

    private final Place root;
    private final boolean deriveTree;

    /**
     * Prepares to read.
     *
     * @param deriveTree whether the power tree has to follow from the CPUs' clusters
     */
    ProfileReader(JsonNode merged, boolean deriveTree, List<Fault> faults) {
        this.root = new Place(merged, "", faults);
        this.deriveTree = deriveTree;
    }

    /** What was read, stand-ins where something is wrong. */
    BoardProfile profile() {
        Place place = root.object();
        place.at("extends");
        place.at("aliases");
        List<CpuSpec> cpus = cpus(place.at("cpus"), place.at("mt").flag());
        BoardProfile profile = new BoardProfile(
                place.at("id").text(ID, ID_FORM),
                cpus,
                gic(place.at("gic").object()),
                place.at("counterHz").wide(1, MOST_HZ),
                place.at("counterStopsInSystemSuspend").flag(),
                firmware(place.at("firmware").object()),
                power(place.at("power").object(), cpus),
                hooks(place.at("hooks").object()),
                memory(place.at("memory")),
                devices(place.at("devices")),
                place.at("console").reference(),
                timing(place.at("timing").object()),
                limits(place.at("limits").object()));
        place.nothingElse();
        return profile;
    }

    /** The other names the document gives itself. */
    List<String> aliases() {
        List<String> aliases = new ArrayList<>();
        for (Place item : root.at("aliases").itemsOrNone()) {
            aliases.add(item.text(ID, ID_FORM));
        }
        return List.copyOf(aliases);
    }

    private static List<CpuSpec> cpus(Place place, boolean mt) {
        List<CpuSpec> cpus = new ArrayList<>();
        for (Place item : place.items()) {
            Place cpu = item.object();
            cpus.add(new CpuSpec(
                    cpu.at("id").number(0, MOST_CPUS - 1),
                    affinity(cpu.at("mpidr"), mt),
                    cpu.at("core").text(ID, ID_FORM),
                    cpu.at("cluster").numberOr(0, 0, MOST_CLUSTERS),
                    cpu.at("paBits").number(32, 52),
                    cpu.at("vmidBits").numberOr(8, 8, 16),
                    cpu.at("midr").u64(),
                    cpu.at("dcacheLine").numberOr(64, 16, 2048),
                    mt));
            cpu.nothingElse();
        }
        return List.copyOf(cpus);
    }

    /** Where cores have threads, everything is an affinity level further up. */
    private static long affinity(Place mpidr, boolean mt) {
        long written = mpidr.u64();
        if (mt && written >>> 24 != 0) {
            mpidr.fault("must leave affinity level 3 free with mt");
        }
        return mt ? Threads.up(written) : written;
    }

    private static GicSpec gic(Place gic) {
        GicSpec spec = new GicSpec(
                gic.at("version").number(2, 3),
                gic.at("gicd").u64(),
                gic.at("gicc").u64OrNone(),
                gic.at("gich").u64OrNone(),
                gic.at("gicv").u64OrNone(),
                gic.at("gicr").u64OrNone(),
                gic.at("its").u64OrNone(),
                gic.at("intids").number(64, 1024),
                gic.at("priorityBits").number(4, 8),
                gic.at("listRegisters").number(1, 16),
                gic.at("securityStates").number(1, 2),
                gic.at("powerDomain").reference().orElse(""),
                gic.at("wideAliases").flagOrFalse());
        gic.nothingElse();
        return spec;
    }

    private static FirmwareSpec firmware(Place firmware) {
        FirmwareSpec spec = new FirmwareSpec(
                firmware.at("psci").oneOf(List.of("0.2", "1.0", "1.1", "1.2", "1.3")),
                firmware.at("systemSuspend").flag(),
                firmware.at("synthetic").flag(),
                firmware.at("powerStateFormat").oneOf(List.of("original", "extended")),
                firmware.at("stateIds").oneOf(List.of("null", "recommended", "imx8m")),
                firmware.at("osInitiated").flag(),
                firmware.at("stat").flag(),
                firmware.at("nodeHwState").flag(),
                firmware.at("memProtect").flag(),
                firmware.at("reset2").flag(),
                firmware.at("eemi").flag(),
                firmware.at("sip").oneOf(List.of("none", "imx8qm", "imx8m")),
                firmware.at("savesGic").flag(),
                firmware.at("wakeRerunsBl2").flag(),
                firmware.at("trustedOs").oneOf(List.of("none", "up-migratable", "up", "mp")),
                firmware.at("trustedOsCpu").number(0, MOST_CPUS - 1),
                ranges(firmware.at("entryRanges")));
        firmware.nothingElse();
        return spec;
    }

    private static List<AddressRange> ranges(Place place) {
        List<AddressRange> ranges = new ArrayList<>();
        for (Place item : place.items()) {
            long[] pair = item.pair();
            if (Long.compareUnsigned(pair[0], pair[1]) > 0) {
                item.fault("must end at or after its first address");
            }
            ranges.add(new AddressRange(pair[0], pair[1]));
        }
        return List.copyOf(ranges);
    }

    private PowerSpec power(Place power, List<CpuSpec> cpus) {
        List<PowerDomainSpec> written = tree(power.at("tree"));
        PowerSpec spec = new PowerSpec(
                deriveTree ? PowerTree.derive(written, cpus) : written,
                WakeTargeting.valueOf(
                        power.at("wakeTargeting").oneOf(List.of("STRICT_GIC", "ENABLED_SET"))),
                power.at("gicLostInSuspend").flag(),
                power.at("smmuLostInSuspend").flag(),
                power.at("uartLostInSuspend").flag(),
                WakeBlock.named(power.at("wakeController").oneOf(WakeBlock.names())));
        power.nothingElse();
        return spec;
    }

    private static List<PowerDomainSpec> tree(Place place) {
        List<PowerDomainSpec> tree = new ArrayList<>();
        for (Place item : place.itemsOrNone()) {
            Place domain = item.object();
            List<Integer> clusters = new ArrayList<>();
            for (Place cluster : domain.at("clusters").itemsOrNone()) {
                clusters.add(cluster.number(0, MOST_CLUSTERS));
            }
            tree.add(new PowerDomainSpec(
                    domain.at("name").text(ID, ID_FORM),
                    domain.at("parent").reference(),
                    domain.at("level").number(0, 2),
                    List.copyOf(clusters),
                    domain.at("alwaysOn").flagOrFalse(),
                    domain.at("retention").flagOrFalse()));
            domain.nothingElse();
        }
        return List.copyOf(tree);
    }

    private static HooksSpec hooks(Place hooks) {
        HooksSpec spec =
                new HooksSpec(hooks.at("uart").flag(), hooks.at("iommu").flag());
        hooks.nothingElse();
        return spec;
    }

    private static List<MemoryRange> memory(Place place) {
        List<MemoryRange> memory = new ArrayList<>();
        for (Place item : place.items()) {
            long[] pair = item.pair();
            memory.add(new MemoryRange(pair[0], pair[1]));
        }
        return List.copyOf(memory);
    }

    private static List<DeviceSpec> devices(Place place) {
        List<DeviceSpec> devices = new ArrayList<>();
        for (Place item : place.items()) {
            Place device = item.object();
            devices.add(device(device));
            device.nothingElse();
        }
        return List.copyOf(devices);
    }

    private static DeviceSpec device(Place device) {
        List<Integer> intids = intids(device.at("intids"));
        OptionalInt node = device.at("wakeNode").numberOrNone(0, 65535);
        Place wakeIntids = device.at("wakeIntids");
        List<Integer> lines = node.isPresent() ? intids : List.of();
        return new DeviceSpec(
                device.at("name").text(ID, ID_FORM),
                device.at("type").oneOf(DeviceType.names()),
                device.at("address").u64OrZero(),
                device.at("size").u64OrZero(),
                intids,
                device.at("trigger").oneOfOrFirst(List.of("level", "edge")),
                device.at("powerDomain").reference(),
                node,
                wakeIntids.present() ? intids(wakeIntids) : lines,
                device.at("wakeAlways").flagOrFalse(),
                device.at("smmu").reference(),
                device.at("streamId").numberOrNone(0, 65535),
                device.at("dma").flagOrFalse());
    }

    private static List<Integer> intids(Place place) {
        List<Integer> intids = new ArrayList<>();
        for (Place item : place.itemsOrNone()) {
            intids.add(item.intid());
        }
        return List.copyOf(intids);
    }

    private static TimingSpec timing(Place timing) {
        TimingSpec spec = new TimingSpec(
                timing.at("cpuOnNs").nanos(),
                timing.at("cpuBootNs").nanos(),
                timing.at("cpuOffNs").nanos(),
                timing.at("wakeNs").nanos(),
                Collections.unmodifiableSortedMap(timing.at("stepNs").durations()));
        timing.nothingElse();
        return spec;
    }

    private static Limits limits(Place limits) {
        Limits spec = new Limits(
                limits.at("domains").number(1, 29),
                limits.at("vcpus").number(1, 128),
                limits.at("firings").number(1, 10_000_000),
                limits.at("scheduled").number(0, 4096),
                limits.at("faults").number(0, 256),
                limits.at("events").number(16, 1_000_000),
                limits.at("consoleBytes").number(256, 16 << 20));
        limits.nothingElse();
        return spec;
    }

    /** The profile the document extends, as written. */
    static Optional<String> parentOf(JsonNode document, List<Fault> faults) {
        return new Place(document, "", faults).at("extends").reference();
    }
}
