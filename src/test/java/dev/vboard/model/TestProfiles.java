package dev.vboard.model;

import dev.vboard.model.profile.BoardProfile;
import dev.vboard.model.profile.BoardProfile.HooksSpec;
import dev.vboard.model.profile.BoardProfile.MemoryRange;
import dev.vboard.model.profile.CpuSpec;
import dev.vboard.model.profile.DeviceSpec;
import dev.vboard.model.profile.FirmwareSpec;
import dev.vboard.model.profile.FirmwareSpec.AddressRange;
import dev.vboard.model.profile.GicSpec;
import dev.vboard.model.profile.Limits;
import dev.vboard.model.profile.PowerSpec;
import dev.vboard.model.profile.PowerSpec.PowerDomainSpec;
import dev.vboard.model.profile.PowerSpec.WakeBlock;
import dev.vboard.model.profile.PowerSpec.WakeTargeting;
import dev.vboard.model.profile.TimingSpec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Small board profiles for tests, written as code: no test here depends on a shipped profile. */
public final class TestProfiles {
    private static final long MIDR_A53 = 0x410F_D034L;
    private static final Limits LIMITS = new Limits(8, 32, 100_000, 64, 16, 4096, 65_536);
    private static final TimingSpec TIMING =
            new TimingSpec(200_000, 300_000, 50_000, 500_000, new TreeMap<>());

    private TestProfiles() {}

    /** Four Cortex-A53, GIC-400 lost with the FPD, wake-up through power-management nodes. */
    public static BoardProfile zcu102() {
        return new BoardProfile(
                "zcu102",
                cpus(4),
                gic(192, "fpd", 2),
                100_000_000,
                false,
                new FirmwareSpec(
                        "1.1",
                        true,
                        false,
                        "extended",
                        "null",
                        false,
                        false,
                        false,
                        false,
                        false,
                        true,
                        "none",
                        false,
                        false,
                        "none",
                        0,
                        List.of(
                                new AddressRange(0, 0x7FFF_FFFFL),
                                new AddressRange(0x1_0000_0001L, -1L))),
                new PowerSpec(
                        List.of(
                                domain("lpd", "", 0, true),
                                domain("battery", "", 0, true),
                                domain("fpd", "", 2, false),
                                domain("apu", "fpd", 1, false, 0)),
                        WakeTargeting.ENABLED_SET,
                        true,
                        true,
                        false,
                        WakeBlock.GIC_PROXY),
                new HooksSpec(false, false),
                List.of(
                        new MemoryRange(0, 0x8000_0000L),
                        new MemoryRange(0x8_0000_0000L, 0x8000_0000L)),
                List.of(
                        device("uart0", "level", "lpd", 33, List.of(53), List.of(53)),
                        device("rtc", "level", "battery", 61, List.of(58, 59), List.of(58, 59)),
                        device("gpio", "edge", "lpd", 46, List.of(48), List.of(48)),
                        device("gem0", "level", "lpd", 29, List.of(89, 90), List.of(90)),
                        device("ipi", "level", "lpd", -1, List.of(67), List.of(67)),
                        device("swdt", "level", "lpd", -1, List.of(84), List.of()),
                        device("sata", "level", "fpd", -1, List.of(165), List.of())),
                Optional.of("uart0"),
                TIMING,
                LIMITS);
    }

    /** Four CPUs in one cluster, a GIC that keeps its state, SYSTEM_SUSPEND by our own firmware. */
    public static BoardProfile qemuVirt() {
        return new BoardProfile(
                "qemu-virt",
                cpus(4),
                gic(288, "system", 1),
                62_500_000,
                false,
                firmware("1.1", "original", "null", false),
                new PowerSpec(
                        List.of(
                                domain("system", "", 2, false),
                                domain("cluster0", "system", 1, false, 0)),
                        WakeTargeting.STRICT_GIC,
                        false,
                        false,
                        false,
                        WakeBlock.GIC),
                new HooksSpec(false, false),
                List.of(new MemoryRange(0x4000_0000L, 0x8000_0000L)),
                List.of(
                        device("uart0", "level", "", -1, List.of(33), List.of()),
                        device("rtc", "level", "", -1, List.of(34), List.of()),
                        device("gpio", "edge", "", -1, List.of(39), List.of())),
                Optional.of("uart0"),
                TIMING,
                LIMITS);
    }

    /** Two clusters of two, every optional function, recommended state ids. */
    public static BoardProfile fvp() {
        BoardProfile base = qemuVirt();
        List<CpuSpec> cpus =
                List.of(cpu(0, 0, 0), cpu(1, 1, 0), cpu(2, 0x100, 1), cpu(3, 0x101, 1));
        return new BoardProfile(
                "fvp-base",
                cpus,
                gic(288, "system", 2),
                100_000_000,
                false,
                firmware("1.1", "original", "recommended", true),
                new PowerSpec(
                        List.of(
                                domain("system", "", 2, false),
                                domain("cluster0", "system", 1, false, 0),
                                domain("cluster1", "system", 1, false, 1)),
                        WakeTargeting.STRICT_GIC,
                        true,
                        false,
                        false,
                        WakeBlock.GIC),
                base.hooks(),
                List.of(new MemoryRange(0x8000_0000L, 0x7C00_0000L)),
                base.devices(),
                base.console(),
                TIMING,
                LIMITS);
    }

    /** The same board with another firmware. */
    public static BoardProfile with(BoardProfile base, UnaryOperator<FirmwareSpec> change) {
        return with(
                base,
                base.counterStopsInSystemSuspend(),
                change.apply(base.firmware()),
                base.power(),
                base.limits());
    }

    /** The same board with other power domains and wake-up rules. */
    public static BoardProfile withPower(BoardProfile base, UnaryOperator<PowerSpec> change) {
        return with(
                base,
                base.counterStopsInSystemSuspend(),
                base.firmware(),
                change.apply(base.power()),
                base.limits());
    }

    /** The same board with other limits. */
    public static BoardProfile withLimits(BoardProfile base, UnaryOperator<Limits> change) {
        return with(
                base,
                base.counterStopsInSystemSuspend(),
                base.firmware(),
                base.power(),
                change.apply(base.limits()));
    }

    /** The same board, its system counter standing still in SYSTEM_SUSPEND. */
    public static BoardProfile withStoppingCounter(BoardProfile base) {
        return with(base, true, base.firmware(), base.power(), base.limits());
    }

    private static BoardProfile with(
            BoardProfile base,
            boolean counterStops,
            FirmwareSpec firmware,
            PowerSpec power,
            Limits limits) {
        return new BoardProfile(
                base.id(),
                base.cpus(),
                base.gic(),
                base.counterHz(),
                counterStops,
                firmware,
                power,
                base.hooks(),
                base.memory(),
                base.devices(),
                base.console(),
                base.timing(),
                limits);
    }

    /** The same board, another block deciding by itself what wakes it. */
    public static BoardProfile wokenBy(BoardProfile base, WakeBlock block) {
        return withPower(
                base,
                power -> new PowerSpec(
                        power.tree(),
                        WakeTargeting.ENABLED_SET,
                        block != WakeBlock.GPC,
                        power.smmuLostInSuspend(),
                        power.uartLostInSuspend(),
                        block));
    }

    /** A firmware without EEMI; either with all that is optional or with SYSTEM_SUSPEND only. */
    public static FirmwareSpec firmware(String psci, String format, String ids, boolean all) {
        return new FirmwareSpec(
                psci, true, true, format, ids, all, all, all, all, all, false, "none", false, false,
                "none", 0, List.of());
    }

    /** The same firmware of another PSCI version. */
    public static FirmwareSpec version(FirmwareSpec spec, String psci) {
        return firmware(
                spec, psci, spec.sip(), spec.savesGic(), spec.trustedOs(), spec.trustedOsCpu());
    }

    /** The same firmware with NXP's services and, if so, saving the GIC. */
    public static FirmwareSpec sip(FirmwareSpec spec, String sip, boolean savesGic) {
        return firmware(spec, spec.psci(), sip, savesGic, spec.trustedOs(), spec.trustedOsCpu());
    }

    /** The same firmware with a trusted OS. */
    public static FirmwareSpec trustedOs(FirmwareSpec spec, String kind, int cpu) {
        return firmware(spec, spec.psci(), spec.sip(), spec.savesGic(), kind, cpu);
    }

    private static FirmwareSpec firmware(
            FirmwareSpec spec,
            String psci,
            String sip,
            boolean savesGic,
            String trustedOs,
            int trustedOsCpu) {
        return new FirmwareSpec(
                psci,
                spec.systemSuspend(),
                spec.synthetic(),
                spec.powerStateFormat(),
                spec.stateIds(),
                spec.osInitiated(),
                spec.stat(),
                spec.nodeHwState(),
                spec.memProtect(),
                spec.reset2(),
                spec.eemi(),
                sip,
                savesGic,
                spec.wakeRerunsBl2(),
                trustedOs,
                trustedOsCpu,
                spec.entryRanges());
    }

    private static List<CpuSpec> cpus(int count) {
        List<CpuSpec> cpus = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            cpus.add(cpu(i, i, 0));
        }
        return List.copyOf(cpus);
    }

    private static CpuSpec cpu(int id, long mpidr, int cluster) {
        return new CpuSpec(id, mpidr, "cortex-a53", cluster, 40, 8, MIDR_A53, 64);
    }

    private static GicSpec gic(int intids, String powerDomain, int securityStates) {
        return new GicSpec(
                2,
                0xF901_0000L,
                OptionalLong.of(0xF902_0000L),
                OptionalLong.of(0xF904_0000L),
                OptionalLong.of(0xF906_0000L),
                OptionalLong.empty(),
                OptionalLong.empty(),
                intids,
                5,
                4,
                securityStates,
                powerDomain,
                false);
    }

    private static PowerDomainSpec domain(
            String name, String parent, int level, boolean alwaysOn, Integer... clusters) {
        Optional<String> above = parent.isEmpty() ? Optional.empty() : Optional.of(parent);
        return new PowerDomainSpec(name, above, level, List.of(clusters), alwaysOn, false);
    }

    /** A device whose wake lines wake through its node, or always when it has none. */
    private static DeviceSpec device(
            String name,
            String trigger,
            String domain,
            int wakeNode,
            List<Integer> intids,
            List<Integer> wakeIntids) {
        return new DeviceSpec(
                name,
                "bare",
                0,
                0,
                intids,
                trigger,
                domain.isEmpty() ? Optional.empty() : Optional.of(domain),
                wakeNode < 0 ? OptionalInt.empty() : OptionalInt.of(wakeNode),
                wakeIntids,
                wakeNode < 0 && !wakeIntids.isEmpty(),
                Optional.empty(),
                OptionalInt.empty(),
                false);
    }
}
