package dev.vboard.model.simulation;

import dev.vboard.model.Action;
import dev.vboard.model.Caller;
import dev.vboard.model.Command;
import dev.vboard.model.LiveBoard;
import dev.vboard.model.Machine.Settle;
import dev.vboard.model.Query;
import dev.vboard.model.firmware.PsciFunction;
import dev.vboard.model.report.Trigger;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Random commands that matter to suspend: what guests do and what the toolstack does to them. */
final class SleepyCommand {
    static final long ENTRY = 0x4008_0000L;
    private static final long MILLISECOND = 1_000_000L;
    private static final long SECOND = 1_000_000_000L;
    private static final int UPCALL = 31;
    private static final int TIMER = 27;

    private final Dice dice;
    private final Stage stage;
    private final SleepyOutside outside;
    private final SleepyTrouble trouble;
    private final SleepyRegisters registers;

    /**
     * Some commands given one after the other.
     *
     * @param settle whether the clock runs after each
     */
    record Move(List<Command> commands, Settle settle) {}

    private SleepyCommand(Dice dice, Stage stage) {
        this.dice = dice;
        this.stage = stage;
        outside = new SleepyOutside(dice, stage);
        trouble = new SleepyTrouble(dice, stage);
        registers = new SleepyRegisters(dice, stage);
    }

    static Move of(Dice dice, Stage stage) {
        SleepyCommand some = new SleepyCommand(dice, stage);
        if (dice.oneIn(10)) {
            return new Move(some.interleaved(), Settle.NO);
        }
        Settle settle = dice.oneIn(5) ? dice.of(Settle.NO, Settle.NO, Settle.YES) : Settle.AS_FOUND;
        return new Move(some.any(), settle);
    }

    private List<Command> any() {
        return switch (dice.below(32)) {
            case 0, 1, 2 -> suspend(dice.below(4));
            case 3 -> suspendAll();
            case 4, 5, 6, 7, 8, 9, 10 -> outside.any();
            case 11, 12 -> vcpus();
            case 13 -> List.of(watchdog());
            case 14 -> timer();
            case 15 -> List.of(event());
            case 16, 17 -> List.of(verb());
            case 18 -> List.of(hypercall());
            case 19 -> asked();
            case 20 -> List.of(routing());
            case 21 -> List.of(registers.any());
            case 22 -> List.of(trouble.fault());
            case 23 -> List.of(trouble.midway());
            case 24 -> serviced();
            case 25 -> secondVcpu();
            case 26 -> handled();
            case 27 -> dice.oneIn(3) ? anew() : outside.cpu();
            case 28 -> trouble.any();
            case 29, 30 -> revived();
            default -> List.of(query());
        };
    }

    /** The whole machine goes to sleep, and in the middle of it something happens. */
    private List<Command> interleaved() {
        List<Command> commands = new ArrayList<>();
        for (int domain = 3; domain >= 0; domain--) {
            commands.addAll(calmed(domain));
            commands.addAll(suspend(domain));
        }
        if (!dice.oneIn(3)) {
            commands.add(trouble.midway());
            commands.addAll(
                    switch (dice.below(8)) {
                        case 0, 1 -> trouble.activePriority();
                        case 2 -> outside.signals();
                        default -> any();
                    });
        }
        commands.add(new Action.UntilSettled(OptionalLong.of(SECOND)));
        commands.addAll(dice.coin() ? revived() : any());
        return commands;
    }

    /** A guest asks the firmware for something, and perhaps waits. */
    private List<Command> serviced() {
        Action.Smccc asked = service();
        return dice.coin() ? List.of(asked) : List.of(asked, new Action.Wfi(asked.caller()));
    }

    /** The hardware domain may take CPUs from under Xen (xen-suspend.md 6), so it asks for none. */
    private Action.Smccc service() {
        Caller.Vcpu who = stage.anyone(dice);
        long function = dice.oneIn(4)
                ? dice.of(0x8400_000AL, 0x8400_0000L, 0xC400_0004L, 0x8600_FF01L, 0xC200_0001L)
                : 0xC200_0000L | dice.of(6L, 6L, 7L, 3L, 8L, 11L, 13L, 17L);
        long argument = dice.coin() || who.domain().equals(Stage.DOM0)
                ? 29
                : dice.of(2L, 3L, 4L, 5L, 33L, 61L, 1029L);
        return new Action.Smccc(who, function, List.of(argument), dice.oneIn(3), 0, false);
    }

    /** D2 suspends from its second vCPU, to which its line is aimed. */
    private List<Command> secondVcpu() {
        return List.of(
                LiveBoard.call(Stage.caller(2, 0), "CPU_ON", 1, ENTRY, 0),
                new Action.VcpuGic(Stage.name(2), 1, true, OptionalInt.of(248)),
                aim(2, 1),
                LiveBoard.call(Stage.caller(2, 0), "CPU_OFF"),
                LiveBoard.call(Stage.caller(2, 1), "SYSTEM_SUSPEND", ENTRY, 7),
                outside.line(2, true));
    }

    private Action.VcpuInterrupt aim(int domain, int vcpu) {
        return new Action.VcpuInterrupt(
                Stage.name(domain),
                0,
                stage.line(domain),
                Optional.empty(),
                OptionalInt.empty(),
                Optional.of(List.of(vcpu)),
                dice.oneIn(12) ? Optional.of(dice.of(Trigger.values())) : Optional.empty());
    }

    private List<Command> suspend(int domain) {
        List<Command> commands = new ArrayList<>();
        if (dice.oneIn(3)) {
            commands.addAll(calmed(domain));
        }
        int by = dice.oneIn(6) ? dice.below(3) : 0;
        for (int vcpu = 0; vcpu < stage.vcpus(domain); vcpu++) {
            if (vcpu != by && !dice.oneIn(8)) {
                commands.add(LiveBoard.call(Stage.caller(domain, vcpu), "CPU_OFF"));
            }
        }
        long entry = dice.oneIn(10) ? dice.of(ENTRY | 0xDEAD_BEEFL << 32, ENTRY | 1) : ENTRY;
        List<Long> args = List.of(entry, (long) dice.between(1, 99));
        commands.add(new Action.Psci(
                Stage.caller(domain, by),
                Optional.of("SYSTEM_SUSPEND"),
                0,
                entry > ENTRY + 1 || dice.oneIn(10),
                args,
                false));
        return commands;
    }

    /** A domain is woken and does what is left to do: nothing must keep it awake. */
    private List<Command> calmed(int domain) {
        Caller.Vcpu who = Stage.caller(domain, 0);
        List<Command> commands = new ArrayList<>();
        if (dice.coin()) {
            commands.add(outside.line(domain, true));
        }
        if (domain > 0 && dice.coin()) {
            commands.add(verb(domain, dice.oneIn(3) ? "unpause" : "resume"));
        }
        commands.add(outside.line(domain, false));
        commands.add(new Action.Acknowledge(who));
        commands.add(new Action.EndOfInterrupt(who, stage.line(domain), 0));
        if (dice.oneIn(3)) {
            commands.add(new Action.Acknowledge(who));
            commands.add(new Action.EndOfInterrupt(who, dice.of(UPCALL, TIMER), 0));
        }
        if (dice.oneIn(4)) {
            commands.add(new Action.VcpuTimer(
                    Stage.name(domain),
                    0,
                    Optional.of(false),
                    Optional.empty(),
                    OptionalLong.empty()));
        }
        return commands;
    }

    private List<Command> suspendAll() {
        List<Command> commands = new ArrayList<>();
        for (int domain = 3; domain >= 0; domain--) {
            commands.addAll(suspend(domain));
        }
        return commands;
    }

    private List<Command> vcpus() {
        int domain = dice.below(4);
        int vcpu = dice.below(stage.vcpus(domain));
        return switch (dice.below(6)) {
            case 0 -> List.of(LiveBoard.call(Stage.caller(domain, vcpu), "CPU_OFF"));
            case 1 -> List.of(new Action.Wfi(Stage.caller(domain, vcpu)));
            case 2 -> List.of(new Action.MaskIrq(Stage.caller(domain, vcpu), dice.coin()));
            case 3 ->
                List.of(LiveBoard.call(
                        Stage.caller(domain, vcpu),
                        dice.oneIn(4) ? dice.of(PsciFunction.names()) : "CPU_SUSPEND",
                        dice.below(4),
                        ENTRY,
                        dice.below(4)));
            default ->
                List.of(LiveBoard.call(
                        Stage.caller(domain, vcpu),
                        "CPU_ON",
                        dice.below(stage.vcpus(domain)),
                        ENTRY,
                        0));
        };
    }

    private Action.Hypercall watchdog() {
        return watchdog(
                dice.below(4),
                dice.below(3),
                dice.of(0L, MILLISECOND, 3 * MILLISECOND, 5 * SECOND, 20 * SECOND, 90 * SECOND));
    }

    private static Action.Hypercall watchdog(int domain, int id, long nanos) {
        return new Action.Hypercall(
                Stage.name(domain),
                0,
                "SCHEDOP_watchdog",
                OptionalInt.empty(),
                OptionalInt.of(id),
                OptionalLong.of(nanos));
    }

    private List<Command> timer() {
        int domain = dice.below(4);
        Action.VcpuTimer armed = new Action.VcpuTimer(
                Stage.name(domain),
                0,
                Optional.of(!dice.oneIn(8)),
                Optional.of(dice.oneIn(8)),
                OptionalLong.of(dice.between(1, 40) * SECOND / 2));
        return dice.coin()
                ? List.of(armed, SleepyWorld.enable(domain, TIMER, true))
                : List.of(armed, new Action.Wfi(Stage.caller(domain, 0)));
    }

    private Action event() {
        int domain = dice.below(4);
        return dice.oneIn(3)
                ? SleepyWorld.enable(domain, UPCALL, dice.coin())
                : new Action.EventChannel(Stage.name(domain), 5);
    }

    private Action verb() {
        String verb = dice.of(
                "pause", "pause", "unpause", "unpause", "unpause", "resume", "resume", "crash");
        return verb(verb.equals("crash") ? dice.between(1, 3) : dice.below(4), verb);
    }

    private static Action verb(int domain, String verb) {
        return new Action.Verb(Stage.name(domain), verb, OptionalInt.empty(), Optional.empty(), 0);
    }

    private Action hypercall() {
        return new Action.Hypercall(
                Stage.name(dice.between(dice.oneIn(12) ? 0 : 1, 3)),
                0,
                dice.coin() ? "SCHEDOP_shutdown" : "SCHEDOP_shutdown_code",
                OptionalInt.of(dice.oneIn(6) ? dice.below(6) : dice.of(2, 2, 0)),
                OptionalInt.empty(),
                OptionalLong.empty());
    }

    /** The software of a domain is asked for something, perhaps with a watchdog behind it. */
    private List<Command> asked() {
        int domain = dice.below(4);
        List<Command> commands = new ArrayList<>();
        Action asking = dice.oneIn(3)
                ? new Action.TypeLine(
                        Stage.name(domain),
                        dice.of("echo mem > /sys/power/state", "cat /sys/power/state", "sl"))
                : verb(
                        domain,
                        dice.oneIn(6) ? dice.of("shutdown", "reboot", "trigger") : "suspend");
        commands.add(asking);
        if (dice.coin()) {
            commands.add(
                    dice.below(2), watchdog(domain, 0, dice.of(1L, 2L, 5L, 5000L) * MILLISECOND));
            commands.add(new Action.Advance(dice.of(1L, 20L) * MILLISECOND));
        }
        return commands;
    }

    private Action routing() {
        int domain = dice.below(4);
        int cpus = stage.place().cpus();
        return switch (dice.below(4)) {
            case 0 ->
                new Action.Affinity(
                        Stage.name(domain),
                        dice.below(stage.vcpus(domain)),
                        dice.coin()
                                ? List.of(dice.below(cpus))
                                : List.of(dice.below(cpus), dice.below(cpus)));
            case 1 -> new Action.SendSgi(0, 3, List.of(dice.below(cpus)));
            case 2 -> SleepyWorld.enable(domain, stage.line(domain), dice.below(4) != 0);
            default -> aim(domain, dice.below(stage.vcpus(domain)));
        };
    }

    /** A guest takes an interrupt and ends it. */
    private List<Command> handled() {
        int domain = dice.below(4);
        Caller.Vcpu who = Stage.caller(domain, 0);
        int intid = dice.oneIn(4) ? dice.of(UPCALL, TIMER) : stage.line(domain);
        Action ended = new Action.EndOfInterrupt(who, intid, 0);
        return switch (dice.below(4)) {
            case 0 -> List.of(new Action.Acknowledge(who));
            case 1 -> List.of(ended);
            default -> List.of(new Action.Acknowledge(who), outside.line(domain, false), ended);
        };
    }

    /** A domain is destroyed, and created again or not. */
    private List<Command> anew() {
        int domain = dice.between(1, 3);
        List<Command> commands = new ArrayList<>();
        commands.add(new Action.DestroyDomain(Stage.name(domain)));
        if (!dice.oneIn(4)) {
            commands.add(stage.domains().get(domain - 1));
            commands.add(new Action.VcpuGic(Stage.name(domain), 0, true, OptionalInt.of(248)));
            commands.add(SleepyWorld.enable(domain, stage.line(domain), true));
        }
        return commands;
    }

    /** Who stands goes on: the machine wakes, then the toolstack lets everybody go. */
    private List<Command> revived() {
        List<Command> commands = new ArrayList<>(List.of(
                outside.line(0, true),
                outside.line(0, false),
                new Action.UntilSettled(OptionalLong.of(SECOND))));
        for (int domain = 1; domain <= 3; domain++) {
            commands.add(verb(domain, dice.oneIn(3) ? "unpause" : "resume"));
        }
        commands.add(verb(0, "resume"));
        return commands;
    }

    private Command query() {
        return dice.of(
                new Query.Invariants(), new Query.Host(), new Query.Explain(), new Query.Suspend());
    }
}
