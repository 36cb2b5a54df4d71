package dev.vboard.model.simulation;

import dev.vboard.model.Action;
import dev.vboard.model.Injected;

/** Random faults, each to strike once. */
final class RandomFault {
    private static final long MILLISECOND = 1_000_000L;

    private RandomFault() {}

    static Action of(Dice dice) {
        int cpu = dice.index(4);
        String step = dice.of("freeze", "gic-suspend", "cpu-down", "thaw", "tea");
        return switch (dice.below(7)) {
            case 0 -> Injected.step(step, step.equals("cpu-down") ? cpu : -1, -5);
            case 1 -> Injected.dead(cpu);
            case 2 -> Injected.exchanged(cpu, dice.of(36, 40, 41), 0, 0);
            case 3 -> Injected.console(-5);
            case 4 -> Injected.slow(cpu, dice.of(40, 150) * MILLISECOND);
            case 5 -> Injected.smmu();
            default -> Injected.firmware(dice.of("SYSTEM_SUSPEND", "CPU_ON"), dice.of(-3, -1));
        };
    }
}
