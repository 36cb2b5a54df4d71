package dev.vboard.model.simulation;

import dev.vboard.model.Action;
import dev.vboard.model.Action.At;
import dev.vboard.model.Caller;
import dev.vboard.model.Command;
import dev.vboard.model.Query;
import dev.vboard.model.firmware.PsciFunction;
import dev.vboard.model.report.DomainReport.Guest;
import dev.vboard.model.report.DomainReport.Role;
import dev.vboard.model.report.Trigger;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/** Random commands of every kind, most of them sensible, some with values that nothing has. */
final class RandomCommand {
    private static final List<String> DEVICES =
            List.of("uart0", "uart1", "rtc", "gem0", "virtio0", "pcie", "smmu", "gpio", "toaster");
    private static final List<String> REGISTERS = List.of(
            "SCTLR_EL1",
            "VBAR_EL1",
            "VBAR_EL2",
            "CNTV_CTL_EL0",
            "CNTV_CVAL_EL0",
            "CNTP_TVAL_EL0",
            "CNTHP_CVAL_EL2",
            "CNTHP_CTL_EL2",
            "CNTVCT_EL0",
            "DAIF",
            "MPIDR_EL1",
            "CNTVOFF_EL2",
            "s3_0_c12_c0_0",
            "SP_EL0",
            "VTTBR_EL2",
            "WHAT_EL1");
    private static final List<String> VERBS = List.of(
            "pause",
            "unpause",
            "shutdown",
            "reboot",
            "suspend",
            "resume",
            "crash",
            "trigger",
            "explode");
    private static final long[] BASES = {
        0x0800_0000L, 0x0801_0000L, 0x0803_0000L, 0x0804_0000L, 0x0900_0000L, 0x0901_0000L,
        0xF901_0000L, 0xF902_0000L, 0xF904_0000L, 0xFF00_0000L, 0xFFA6_0000L, 0x0300_1000L,
        0x0300_2000L, 0x4000_0000L, 0x4008_0000L, 0x0F00_0000L, 0
    };
    private static final long ENTRY = 0x4008_0000L;

    private final Dice dice;
    private final Scene scene;

    /**
     * What there is to act on.
     *
     * @param domains ids of the live domains
     * @param cpus how many CPUs
     * @param off whether the board has no power
     * @param asleep whether it sleeps
     */
    record Scene(List<Integer> domains, int cpus, boolean off, boolean asleep) {}

    private RandomCommand(Dice dice, Scene scene) {
        this.dice = dice;
        this.scene = scene;
    }

    static Command of(Dice dice, Scene scene) {
        return new RandomCommand(dice, scene).any();
    }

    private Command any() {
        if (scene.off && dice.coin()) {
            return new Action.Power(true);
        }
        if (scene.asleep && dice.oneIn(3)) {
            return dice.oneIn(3) ? new Action.Advance(dice.nanos()) : fire();
        }
        boolean alone = !scene.off && !scene.asleep && scene.domains.size() == 1;
        if (alone && dice.oneIn(4)) {
            return create();
        }
        return dice.oneIn(8) ? query() : action();
    }

    /** Interrupts of devices, of timers and of nobody, some of which do not exist. */
    static int intid(Dice dice) {
        return switch (dice.below(10)) {
            case 0 -> dice.of(0, 15, 16, 25, 26, 27, 29, 30, 31, 7, 8);
            case 1 -> dice.of(-1, 1019, 1020, 1023, 1024, 288, 192, Integer.MAX_VALUE);
            case 2 -> dice.between(32, 287);
            default -> dice.of(33, 34, 45, 53, 58, 89, 90, 132, 133);
        };
    }

    private int spi() {
        return dice.oneIn(10) ? intid(dice) : dice.of(34, 45, 58, 132, 133);
    }

    private String domain() {
        if (scene.domains.isEmpty() || dice.oneIn(20)) {
            return dice.of("Domain-0", "guest", "nobody", "", "01", "-1", "7", "65536", "999999");
        }
        return Integer.toString(dice.of(scene.domains));
    }

    private int vcpu() {
        return dice.oneIn(3) ? dice.index(4) : 0;
    }

    private Caller caller() {
        boolean bare = scene.domains.isEmpty();
        return dice.oneIn(bare ? 1 : 4)
                ? new Caller.PhysicalCpu(dice.coin() ? 0 : dice.index(scene.cpus))
                : new Caller.Vcpu(domain(), vcpu());
    }

    private long address() {
        long base = BASES[dice.below(BASES.length)];
        return switch (dice.below(6)) {
            case 0 -> base + dice.below(0x1000);
            case 1 -> dice.word();
            default -> base + 4L * dice.below(0x400);
        };
    }

    private Action action() {
        return switch (dice.below(20)) {
            case 0, 1, 2, 3 -> psci();
            case 4, 5, 6 -> fire();
            case 7, 8 ->
                new Action.VcpuInterrupt(
                        domain(),
                        vcpu(),
                        spi(),
                        dice.maybe(() -> !dice.oneIn(5)),
                        dice.maybeInt(() -> dice.oneIn(20) ? dice.word() > 5 ? -1 : 256 : 0xA0),
                        dice.oneIn(4)
                                ? Optional.of(dice.several(3, () -> dice.index(3)))
                                : Optional.empty(),
                        dice.oneIn(4) ? Optional.of(dice.of(Trigger.values())) : Optional.empty());
            case 9 ->
                new Action.VcpuGic(domain(), vcpu(), !dice.oneIn(6), dice.maybeInt(() -> 0xF8));
            case 10, 11 -> clocked();
            case 12 -> dice.oneIn(2) ? create() : guest();
            case 13, 14 -> guest();
            case 15, 16, 17 -> access();
            default -> rare();
        };
    }

    private Action psci() {
        Caller caller = caller();
        boolean force = dice.oneIn(10);
        if (dice.oneIn(3)) {
            return new Action.Psci(
                    caller,
                    Optional.of("SYSTEM_SUSPEND"),
                    0,
                    dice.oneIn(4),
                    List.of(dice.oneIn(6) ? dice.word() : ENTRY, dice.word()),
                    force);
        }
        String name = dice.oneIn(3)
                ? dice.of(PsciFunction.names())
                : dice.of("CPU_ON", "CPU_ON", "CPU_OFF", "CPU_SUSPEND", "AFFINITY_INFO", "CPU_UP");
        boolean ends = name.startsWith("SYSTEM_OFF") || name.startsWith("SYSTEM_RESET");
        if (ends && !dice.oneIn(4)) {
            name = "PSCI_VERSION";
        }
        List<Long> args = List.of(
                dice.oneIn(6) ? dice.word() : (long) dice.below(4),
                dice.oneIn(6) ? dice.word() : ENTRY,
                dice.word());
        long id = dice.oneIn(2) ? 0x8400_0000L + dice.below(0x20) : dice.word();
        return dice.oneIn(6)
                ? new Action.Psci(caller, Optional.empty(), id, false, args, force)
                : new Action.Psci(
                        caller,
                        Optional.of(name),
                        0,
                        dice.oneIn(3),
                        args.subList(0, dice.below(4)),
                        force);
    }

    private Action fire() {
        boolean byDevice = dice.oneIn(8);
        int intid = spi();
        return new Action.Fire(
                byDevice ? OptionalInt.empty() : OptionalInt.of(intid),
                byDevice ? Optional.of(dice.of(DEVICES)) : Optional.empty(),
                intid < 32 || dice.oneIn(30) ? OptionalInt.of(dice.index(4)) : OptionalInt.empty(),
                dice.maybe(() -> dice.coin()),
                dice.oneIn(6) ? Optional.of(new At(dice.nanos(), dice.coin())) : Optional.empty());
    }

    private Action clocked() {
        return switch (dice.below(5)) {
            case 0 -> new Action.Step(dice.between(1, 10));
            case 1 -> new Action.UntilSettled(dice.maybeLong(dice::nanos));
            case 2 -> new Action.UntilEvent(goal(), dice.maybeLong(dice::nanos));
            default -> new Action.Advance(dice.nanos());
        };
    }

    private SortedMap<String, String> goal() {
        SortedMap<String, String> fields = new TreeMap<>();
        fields.put(
                "event",
                dice.of("board-resumed", "step-started", "cpu-on", "domain-resumed", "never"));
        if (dice.coin()) {
            fields.put("step", dice.of("cpu-down", "freeze", "thaw"));
        }
        if (dice.oneIn(3)) {
            fields.put("cpu", Integer.toString(dice.below(4)));
        }
        return fields;
    }

    private Action create() {
        int vcpus = dice.oneIn(10) ? dice.of(0, -5, 8, 9, 33) : dice.between(1, 3);
        String name = dice.of("guest", "other", "g".repeat(40), "h".repeat(41));
        return new Action.CreateDomain(
                dice.oneIn(3) ? Optional.of(name) : Optional.empty(),
                vcpus,
                dice.oneIn(15) ? dice.of(0, -1, Integer.MAX_VALUE) : 256,
                dice.oneIn(3) ? RandomWorld.pins(dice, vcpus) : new TreeMap<>(),
                dice.oneIn(5) ? dice.several(2, () -> dice.of(DEVICES)) : List.of(),
                dice.several(2, () -> RandomWorld.line(dice)),
                dice.oneIn(8) ? dice.of(Guest.values()) : Guest.MANUAL,
                dice.oneIn(10) ? dice.several(2, () -> dice.of(Role.values())) : List.of(),
                dice.oneIn(5),
                dice.oneIn(8) ? dice.word() : ENTRY,
                dice.oneIn(6) ? dice.of(32, 16) : 64,
                List.of());
    }

    /** What a guest does besides memory and registers. */
    private Action guest() {
        return switch (dice.below(6)) {
            case 0 -> new Action.Wfi(caller());
            case 1 -> new Action.Acknowledge(caller());
            case 2 -> new Action.EndOfInterrupt(caller(), spi(), dice.index(4));
            case 3 -> new Action.MaskIrq(caller(), dice.coin());
            case 4 ->
                new Action.VcpuTimer(
                        domain(),
                        vcpu(),
                        dice.maybe(() -> !dice.oneIn(3)),
                        dice.maybe(dice::coin),
                        dice.maybeLong(dice::nanos));
            default ->
                new Action.Hypercall(
                        domain(),
                        vcpu(),
                        dice.oneIn(20)
                                ? "SCHEDOP_yawn"
                                : dice.oneIn(6) ? "SCHEDOP_shutdown" : "SCHEDOP_watchdog",
                        dice.maybeInt(() -> dice.index(6)),
                        dice.maybeInt(() -> dice.index(4)),
                        dice.maybeLong(dice::nanos));
        };
    }

    private Action access() {
        int size = 1 << dice.below(4);
        return switch (dice.below(4)) {
            case 0 ->
                new Action.Sysreg(
                        caller(), dice.of(REGISTERS), dice.maybeLong(dice::word), dice.coin());
            case 1 ->
                new Action.Smccc(
                        caller(),
                        dice.oneIn(2)
                                ? 0x8400_0000L + dice.below(0x20)
                                : dice.word() & 0xFFFF_FFFFL,
                        dice.several(3, dice::word),
                        dice.coin(),
                        dice.oneIn(6) ? dice.below(0x1_0000) : 0,
                        dice.oneIn(10));
            default ->
                new Action.Mmio(caller(), address(), size, dice.maybeLong(dice::word), dice.coin());
        };
    }

    private Action rare() {
        return switch (dice.below(20)) {
            case 0 -> dice.oneIn(2) ? new Action.Power(!dice.oneIn(3)) : new Action.Power(true);
            case 1 -> dice.oneIn(2) ? new Action.Reset() : new Action.Power(true);
            case 2, 3 -> new Action.CpuOnline(dice.index(4), dice.coin());
            case 4 ->
                new Action.SendSgi(
                        dice.index(4), dice.index(16), dice.several(3, () -> dice.index(4)));
            case 5 -> new Action.CancelScheduled();
            case 6 ->
                new Action.DeviceInput(
                        dice.of(DEVICES),
                        dice.of("byte", "alarm", "level", "smell"),
                        dice.coin() ? dice.below(2) : dice.word());
            case 7 -> new Action.DeviceOwner(dice.of(DEVICES), dice.index(4));
            case 8 -> new Action.Dma(dice.of(DEVICES), address(), dice.maybeLong(dice::word));
            case 9 -> new Action.DestroyDomain(domain());
            case 10, 11, 12 ->
                new Action.Verb(
                        domain(),
                        dice.of(VERBS),
                        dice.oneIn(6) ? OptionalInt.of(dice.index(3)) : OptionalInt.empty(),
                        Optional.empty(),
                        0);
            case 13 -> new Action.EventChannel(domain(), dice.index(100));
            case 14, 15, 16, 17 -> RandomTrouble.action(dice, domain());
            case 18 -> new Action.Affinity(domain(), vcpu(), dice.several(3, () -> dice.index(4)));
            default -> new Action.SetHazards(RandomWorld.hazards(dice));
        };
    }

    private Query query() {
        OptionalInt cpu = dice.maybeInt(() -> dice.index(4));
        return switch (dice.below(27)) {
            case 0 -> new Query.Summary();
            case 1 -> new Query.Power();
            case 2 -> new Query.Cpus();
            case 3 -> new Query.Cpu(dice.index(4));
            case 4 -> new Query.Gic();
            case 5 ->
                new Query.Interrupts(
                        dice.maybe(() -> dice.of("enabled", "pending", "active")),
                        cpu,
                        dice.coin());
            case 6 -> new Query.Interrupt(intid(dice), cpu);
            case 7 -> new Query.Scheduled();
            case 8 -> new Query.Devices();
            case 9 -> new Query.DeviceNamed(dice.of(DEVICES));
            case 10 -> new Query.PowerDomains();
            case 11 -> new Query.Domains();
            case 12 -> new Query.Domain(domain());
            case 13 -> new Query.DeviceTree(domain());
            case 14 -> new Query.Vcpus(domain());
            case 15, 16 -> new Query.Vcpu(domain(), vcpu());
            case 17 -> new Query.Clock();
            case 18 -> new Query.Suspend();
            case 19, 20 -> new Query.Host();
            case 21 -> new Query.Invariants();
            case 22, 23, 24, 25 -> RandomTrouble.query(dice);
            default -> new Query.Hazards();
        };
    }
}
