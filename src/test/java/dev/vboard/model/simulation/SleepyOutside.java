package dev.vboard.model.simulation;

import dev.vboard.model.Action;
import dev.vboard.model.Command;
import dev.vboard.model.profile.DeviceSpec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What comes from outside: lines, devices, time, the supply. */
final class SleepyOutside {
    private static final long MILLISECOND = 1_000_000L;
    private static final long SECOND = 1_000_000_000L;
    private static final long GUEST_RAM = 0x4000_1000L;

    private final Dice dice;
    private final Stage stage;

    SleepyOutside(Dice dice, Stage stage) {
        this.dice = dice;
        this.stage = stage;
    }

    List<Command> any() {
        return switch (dice.below(16)) {
            case 0, 1, 2, 3, 4 -> List.of(line(dice.below(4), dice.below(3) != 0));
            case 5, 6 -> List.of(line(0, true), line(0, false));
            case 7, 8, 9 -> List.of(time());
            case 10, 11 -> List.of(new Action.UntilSettled(OptionalLong.of(SECOND)));
            case 12 -> dma();
            case 13 -> List.of(later());
            case 14 -> List.of(device());
            default -> dice.oneIn(12) ? supply() : List.of(dice.coin() ? time() : touched());
        };
    }

    /** A CPU is taken out of Xen or back, and perhaps it is signalled on its way. */
    List<Command> cpu() {
        List<Command> commands = new ArrayList<>();
        int cpu = dice.between(dice.oneIn(20) ? 0 : 1, 3);
        commands.add(new Action.CpuOnline(cpu, dice.coin()));
        if (dice.oneIn(4)) {
            commands.addAll(signals());
        }
        return commands;
    }

    /** Time passes in small steps, and CPUs are signalled by the boot CPU. */
    List<Command> signals() {
        List<Command> commands = new ArrayList<>();
        for (int i = dice.below(4); i > 0; i--) {
            commands.add(new Action.Step(1));
        }
        for (int cpu = 1; cpu < stage.place().cpus(); cpu++) {
            commands.add(new Action.SendSgi(0, 3, List.of(cpu)));
        }
        return commands;
    }

    /** The line of a domain moves. */
    Action line(int domain, boolean level) {
        return line(domain, level, Optional.empty());
    }

    private Action line(int domain, boolean level, Optional<Action.At> at) {
        return new Action.Fire(
                OptionalInt.of(stage.line(domain)),
                Optional.empty(),
                OptionalInt.empty(),
                Optional.of(level),
                at);
    }

    private Action later() {
        return dice.oneIn(8)
                ? new Action.CancelScheduled()
                : line(
                        dice.below(4),
                        dice.below(3) != 0,
                        Optional.of(new Action.At(dice.of(10_000L, MILLISECOND, SECOND), true)));
    }

    private Action time() {
        return dice.oneIn(3)
                ? new Action.Step(dice.between(1, 4))
                : new Action.Advance(
                        dice.of(1_000L, 500_000L, MILLISECOND, 100 * MILLISECOND, 30 * SECOND)
                                + dice.below(1000));
    }

    private long ram(int owner) {
        return owner == 0
                ? stage.place().machine().profile().memory().getFirst().base()
                : GUEST_RAM;
    }

    /** A device reaches for its owner's memory, with or without getting that owner first. */
    private List<Command> dma() {
        String master = stage.place().master().orElse("virtio0");
        int owner = dice.oneIn(3) ? 0 : 1;
        Action reach = new Action.Dma(master, ram(owner) + 8L * dice.below(64), OptionalLong.of(1));
        return owner == 1 && dice.coin()
                ? List.of(new Action.DeviceOwner(master, 1), reach)
                : List.of(reach);
    }

    private Action device() {
        return switch (dice.below(4)) {
            case 0 ->
                new Action.DeviceInput(
                        dice.of("rtc", "gpio", "gpio0", "mu1"),
                        dice.of("alarm", "level"),
                        dice.below(3));
            case 1 -> new Action.TypeByte(dice.of("uart0", "uart1", "scif0"), 'a');
            case 2 ->
                new Action.Fire(
                        OptionalInt.empty(),
                        Optional.of(dice.of("rtc", "uart1", "gpio0", "gem0", "mu1")),
                        OptionalInt.empty(),
                        Optional.of(dice.coin()),
                        Optional.empty());
            default -> new Action.RemoveFault(dice.between(1, 4));
        };
    }

    /** Dom0 reads or writes a register of a device, whatever that does. */
    private Action touched() {
        DeviceSpec device = dice.of(stage.place().machine().profile().devices());
        return new Action.Mmio(
                Stage.caller(0, 0),
                device.address() + 4L * dice.below(64),
                4,
                dice.oneIn(3) ? OptionalLong.empty() : OptionalLong.of(dice.word() & 0xFFFF_FFFFL),
                false);
    }

    /** The board is switched off and on, or reset, and has its domains again. */
    private List<Command> supply() {
        List<Command> commands = new ArrayList<>();
        if (dice.coin()) {
            commands.add(new Action.Power(false));
            commands.add(new Action.Power(true));
        } else {
            commands.add(new Action.Reset());
        }
        commands.addAll(SleepyWorld.populating(stage));
        return commands;
    }
}
