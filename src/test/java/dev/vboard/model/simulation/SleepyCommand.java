package dev.vboard.model.simulation;

import dev.vboard.model.Action;
import dev.vboard.model.Caller;
import dev.vboard.model.Command;
import dev.vboard.model.Injected;
import dev.vboard.model.LiveBoard;
import dev.vboard.model.Machine.Settle;
import dev.vboard.model.Query;
import dev.vboard.model.report.Trigger;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Random commands that matter to suspend: guests', the toolstack's, the outside's, and faults. */
final class SleepyCommand {
    private static final long ENTRY = 0x4008_0000L;
    private static final long MILLISECOND = 1_000_000L;
    private static final long SECOND = 1_000_000_000L;
    private static final int UPCALL = 31;
    private static final int TIMER = 27;

    private final Dice dice;
    private final SleepyWorld.Place place;

    /**
     * Some commands given one after the other.
     *
     * @param settle whether the clock runs after each
     */
    record Move(List<Command> commands, Settle settle) {}

    private SleepyCommand(Dice dice, SleepyWorld.Place place) {
        this.dice = dice;
        this.place = place;
    }

    static Move of(Dice dice, SleepyWorld.Place place) {
        SleepyCommand some = new SleepyCommand(dice, place);
        Settle settle = dice.oneIn(5) ? Settle.NO : Settle.AS_FOUND;
        return new Move(some.any(), settle);
    }

    private List<Command> any() {
        return switch (dice.below(27)) {
            case 0, 1, 2 -> suspend(dice.below(4));
            case 3 -> suspendAll();
            case 4, 5, 6 -> List.of(line(dice.below(4), dice.below(3) != 0));
            case 7 -> ring();
            case 8, 9 -> List.of(time());
            case 10 -> List.of(new Action.UntilSettled(OptionalLong.of(SECOND)));
            case 11 -> vcpus();
            case 12 -> List.of(watchdog());
            case 13 -> timer();
            case 14 -> List.of(event());
            case 15, 16 -> List.of(verb());
            case 17 -> List.of(hypercall());
            case 18 -> List.of(new Action.CpuOnline(dice.between(1, 3), dice.coin()));
            case 19 -> List.of(routing());
            case 20 -> List.of(registers());
            case 21 -> List.of(fault());
            case 22 -> List.of(midway());
            case 23 -> dma();
            case 24 -> List.of(firmwareService());
            case 25 -> secondVcpu();
            default -> List.of(query());
        };
    }

    /** A device of D1 reaches for D1's memory. */
    private List<Command> dma() {
        return List.of(
                new Action.DeviceOwner("gem0", 1),
                new Action.Dma("gem0", 0x4000_1000L, OptionalLong.of(1)));
    }

    private Action firmwareService() {
        long api = dice.of(6L, 7L);
        long argument = api == 6 ? 29 : dice.between(2, 5);
        int domain = dice.between(1, 3);
        return new Action.Smccc(
                caller(domain, 0), 0xC200_0000L | api, List.of(argument), false, 0, false);
    }

    /** D2 suspends from its second vCPU, to which its line is aimed. */
    private List<Command> secondVcpu() {
        return List.of(
                LiveBoard.call(caller(2, 0), "CPU_ON", 1, ENTRY, 0),
                new Action.VcpuGic("2", 1, true, OptionalInt.of(248)),
                aim(place.line() + 1, 1),
                LiveBoard.call(caller(2, 0), "CPU_OFF"),
                LiveBoard.call(caller(2, 1), "SYSTEM_SUSPEND", ENTRY, 7),
                line(2, true));
    }

    private static Action.VcpuInterrupt aim(int line, int vcpu) {
        return new Action.VcpuInterrupt(
                "2",
                0,
                line,
                Optional.empty(),
                OptionalInt.empty(),
                Optional.of(List.of(vcpu)),
                Optional.empty());
    }

    private Caller caller(int domain, int vcpu) {
        return LiveBoard.caller(domain, vcpu);
    }

    private static int vcpusOf(int domain) {
        return domain == 0 ? 2 : domain;
    }

    private List<Command> suspend(int domain) {
        List<Command> commands = new ArrayList<>();
        int by = dice.oneIn(6) ? dice.below(3) : 0;
        for (int vcpu = 0; vcpu < vcpusOf(domain); vcpu++) {
            if (vcpu != by && !dice.oneIn(8)) {
                commands.add(LiveBoard.call(caller(domain, vcpu), "CPU_OFF"));
            }
        }
        long entry = dice.oneIn(10) ? ENTRY | 0xDEAD_BEEFL << 32 : ENTRY;
        List<Long> args = List.of(entry, (long) dice.between(1, 99));
        commands.add(new Action.Psci(
                caller(domain, by),
                Optional.of("SYSTEM_SUSPEND"),
                0,
                entry != ENTRY || dice.oneIn(10),
                args,
                false));
        return commands;
    }

    private List<Command> suspendAll() {
        List<Command> commands = new ArrayList<>();
        for (int domain = 3; domain >= 0; domain--) {
            commands.addAll(suspend(domain));
        }
        return commands;
    }

    private List<Command> ring() {
        return List.of(line(0, true), line(0, false));
    }

    private Action line(int domain, boolean level) {
        int intid = domain == 0 ? place.rtc() : place.line() + domain - 1;
        return new Action.Fire(
                OptionalInt.of(intid),
                Optional.empty(),
                OptionalInt.empty(),
                Optional.of(level),
                Optional.empty());
    }

    private Action time() {
        return dice.oneIn(3)
                ? new Action.Step(dice.between(1, 4))
                : new Action.Advance(
                        dice.of(1_000L, 500_000L, MILLISECOND, 100 * MILLISECOND, 30 * SECOND)
                                + dice.below(1000));
    }

    private List<Command> vcpus() {
        int domain = dice.below(4);
        int vcpu = dice.below(vcpusOf(domain));
        return switch (dice.below(4)) {
            case 0 -> List.of(LiveBoard.call(caller(domain, vcpu), "CPU_OFF"));
            case 1 -> List.of(new Action.Wfi(caller(domain, vcpu)));
            default ->
                List.of(LiveBoard.call(
                        caller(domain, vcpu),
                        "CPU_ON",
                        dice.below(vcpusOf(domain)),
                        ENTRY,
                        0));
        };
    }

    private Action watchdog() {
        return new Action.Hypercall(
                Integer.toString(dice.below(4)),
                0,
                "SCHEDOP_watchdog",
                OptionalInt.empty(),
                OptionalInt.of(dice.below(3)),
                OptionalLong.of(dice.of(0L, 5 * SECOND, 20 * SECOND, 90 * SECOND)));
    }

    private List<Command> timer() {
        int domain = dice.below(4);
        String name = Integer.toString(domain);
        Action.VcpuTimer armed = new Action.VcpuTimer(
                name,
                0,
                Optional.of(true),
                Optional.of(false),
                OptionalLong.of(dice.between(1, 40) * SECOND / 2));
        return dice.coin()
                ? List.of(armed, SleepyWorld.enable(domain, TIMER, true))
                : List.of(armed, new Action.Wfi(caller(domain, 0)));
    }

    private Action event() {
        int domain = dice.below(4);
        return dice.oneIn(3)
                ? SleepyWorld.enable(domain, UPCALL, dice.coin())
                : new Action.EventChannel(Integer.toString(domain), 5);
    }

    private Action verb() {
        String verb = dice.of("pause", "unpause", "unpause", "resume", "resume", "crash");
        return LiveBoard.verb(verb.equals("crash") ? dice.between(1, 3) : dice.below(4), verb);
    }

    private Action hypercall() {
        return new Action.Hypercall(
                Integer.toString(dice.between(1, 3)),
                0,
                dice.coin() ? "SCHEDOP_shutdown" : "SCHEDOP_shutdown_code",
                OptionalInt.of(dice.of(2, 2, 0)),
                OptionalInt.empty(),
                OptionalLong.empty());
    }

    private Action routing() {
        int domain = dice.below(4);
        String name = Integer.toString(domain);
        int line = domain == 0 ? place.rtc() : place.line() + domain - 1;
        return switch (dice.below(4)) {
            case 0 ->
                new Action.Affinity(
                        name, dice.below(vcpusOf(domain)), List.of(dice.below(place.cpus())));
            case 1 -> new Action.SendSgi(0, 3, List.of(dice.below(place.cpus())));
            case 2 -> SleepyWorld.enable(domain, line, dice.below(4) != 0);
            default ->
                new Action.VcpuInterrupt(
                        name,
                        0,
                        line,
                        Optional.empty(),
                        OptionalInt.empty(),
                        Optional.of(List.of(dice.below(vcpusOf(domain)))),
                        Optional.<Trigger>empty());
        };
    }

    private Action registers() {
        int domain = dice.below(4);
        Caller who = caller(domain, 0);
        return switch (dice.below(4)) {
            case 0 -> new Action.Sysreg(who, "SCTLR_EL1", OptionalLong.of(0xC5_0079L), false);
            case 1 -> new Action.Sysreg(who, "TCR_EL1", OptionalLong.of(0x19), false);
            case 2 -> new Action.Acknowledge(who);
            default -> new Action.EndOfInterrupt(who, place.line() + Math.max(domain - 1, 0), 0);
        };
    }

    private Action fault() {
        String step = dice.of(
                "freeze", "cpu-down", "iommu-suspend", "console-suspend", "gic-suspend", "cpu-up");
        int cpu = dice.between(1, 3);
        return switch (dice.below(6)) {
            case 0 -> Injected.step(step, step.startsWith("cpu") ? cpu : -1, -5);
            case 1 -> Injected.dead(cpu);
            case 2 -> Injected.exchanged(cpu, dice.of(36, 40), 0, 0);
            case 3 -> Injected.console(-5);
            case 4 -> Injected.slow(cpu, dice.of(40, 150) * MILLISECOND);
            default -> Injected.firmware("SYSTEM_SUSPEND", dice.of(-3, -1));
        };
    }

    /** Runs into the middle of an attempt. */
    private Action midway() {
        TreeMap<String, String> fields = new TreeMap<>();
        fields.put("event", "step-started");
        fields.put(
                "step",
                dice.of("freeze", "cpu-down", "irqs-off", "gic-resume", "cpu-up", "thaw"));
        return new Action.UntilEvent(fields, OptionalLong.of(SECOND));
    }

    private Command query() {
        return dice.coin() ? new Query.Invariants() : new Query.Host();
    }
}
