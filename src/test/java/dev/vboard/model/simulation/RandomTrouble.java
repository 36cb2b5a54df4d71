package dev.vboard.model.simulation;

import dev.vboard.model.Action;
import dev.vboard.model.Query;
import dev.vboard.model.core.Faults;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Random faults, typing, and questions about what a board makes of it. */
final class RandomTrouble {
    private static final String[] LINES = {
        "echo mem > /sys/power/state",
        "cat /sys/power/mem_sleep",
        "cat /sys/power/state",
        "poweroff",
        "reboot",
        "sl",
        "",
        " \t\u0000",
    };

    /** All but the one that only takes time; a run is known by its seed, so the order stays. */
    private static final Faults.Kind[] KINDS =
            Arrays.copyOf(Faults.Kind.values(), Faults.Kind.CPU_STALLS.ordinal());

    private RandomTrouble() {}

    static Action action(Dice dice, String domain) {
        return switch (dice.below(10)) {
            case 0 ->
                new Action.TypeByte(dice.of("uart0", "uart1", "rtc", "none"), dice.index(300));
            case 1, 2 -> new Action.TypeLine(domain, dice.of(LINES));
            case 3, 4, 5 -> new Action.RemoveFault(dice.between(1, 2));
            case 6, 7, 8 -> failingStep(dice);
            default -> fault(dice);
        };
    }

    private static Action failingStep(Dice dice) {
        return new Action.InjectFault(
                Faults.Kind.STEP_FAILS,
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalLong.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                Optional.of(dice.of("gic-suspend", "console-suspend", "freeze")),
                OptionalInt.of(-5),
                OptionalLong.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                1);
    }

    private static Action fault(Dice dice) {
        return new Action.InjectFault(
                dice.of(KINDS),
                dice.maybeInt(() -> dice.index(4)),
                dice.maybeInt(() -> dice.of(32, 36, 40, 44, 48, 7)),
                dice.maybeLong(dice::word),
                dice.maybeInt(() -> dice.of(32, 64, 65)),
                dice.maybe(() -> dice.of("SYSTEM_SUSPEND", "CPU_ON", "CPU_OFF", "NAP")),
                dice.maybeInt(() -> dice.of(-3, -1, 0, 7)),
                dice.maybe(() -> dice.of("freeze", "gic-suspend", "cpu-up", "thaw", "nap")),
                dice.maybeInt(() -> dice.of(-16, -5, 0, 3)),
                dice.maybeLong(dice::nanos),
                OptionalInt.empty(),
                dice.maybeInt(() -> dice.of(132, 34, 5)),
                dice.between(0, 3));
    }

    static Query query(Dice dice) {
        return switch (dice.below(6)) {
            case 0 -> new Query.Console(dice.of("0", "xen", "uart1", "d0", "d1", "d77", ""));
            case 1 -> new Query.Xl(dice.of("list", "vcpu-list", "info", "dmesg"));
            case 2 -> new Query.Faults();
            case 3 -> new Query.Inventory();
            default -> new Query.Explain();
        };
    }
}
