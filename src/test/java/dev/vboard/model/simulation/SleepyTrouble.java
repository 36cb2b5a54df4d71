package dev.vboard.model.simulation;

import dev.vboard.model.Action;
import dev.vboard.model.Caller;
import dev.vboard.model.Command;
import dev.vboard.model.Injected;
import dev.vboard.model.profile.GicSpec;
import dev.vboard.model.xen.SuspendStep;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;

/** What goes wrong around a suspend, and how far a suspend has got when something happens. */
final class SleepyTrouble {
    private static final long MILLISECOND = 1_000_000L;
    private static final long SECOND = 1_000_000_000L;
    private static final int GICC_APR0 = 0xD0;
    private static final List<String> STEPS = SuspendStep.names();

    private final Dice dice;
    private final Stage stage;

    SleepyTrouble(Dice dice, Stage stage) {
        this.dice = dice;
        this.stage = stage;
    }

    /** A fault of any kind. */
    Action.InjectFault fault() {
        int cpu = dice.between(1, 3);
        return switch (dice.below(11)) {
            case 0, 1, 2 -> failingStep(cpu);
            case 3 -> Injected.dead(cpu);
            case 4 -> Injected.exchanged(cpu, dice.of(36, 40, 44), 0, dice.oneIn(4) ? 128 : 0);
            case 5 -> Injected.console(-5);
            case 6 -> Injected.slow(cpu, dice.of(40, 90, 150) * MILLISECOND);
            case 7 -> Injected.smmu();
            case 8 -> Injected.pulse(stage.line(3));
            case 9 ->
                Injected.stalled(
                        cpu, dice.of(MILLISECOND, 90 * MILLISECOND, 2 * SECOND, 10 * SECOND));
            default ->
                dice.oneIn(3)
                        ? Injected.firmware(
                                dice.of("CPU_ON", "AFFINITY_INFO", "CPU_OFF", "SYSTEM_SUSPEND"),
                                dice.of(-2, -3, -4, -6))
                        : Injected.firmware("SYSTEM_SUSPEND", dice.of(-3, -1));
        };
    }

    private Action.InjectFault failingStep(int cpu) {
        String step = dice.of(STEPS);
        return Injected.step(
                step, step.startsWith("cpu") ? cpu : -1, dice.oneIn(6) ? dice.of(-12, -16) : -5);
    }

    /** Some of them at once. */
    List<Command> any() {
        return new ArrayList<>(dice.several(2, this::fault));
    }

    /** Runs into the middle of an attempt. */
    Action midway() {
        TreeMap<String, String> fields = new TreeMap<>();
        fields.put("event", "step-started");
        fields.put("step", dice.of(STEPS));
        return new Action.UntilEvent(fields, OptionalLong.of(SECOND));
    }

    /** The interrupt controller is busy for a while: as if an interrupt were half handled. */
    List<Command> activePriority() {
        return List.of(
                active(1L << dice.below(32)),
                new Action.UntilSettled(OptionalLong.of(SECOND)),
                active(0));
    }

    private Action active(long priorities) {
        GicSpec gic = stage.place().machine().profile().gic();
        Caller cpu = new Caller.PhysicalCpu(0);
        OptionalLong value = OptionalLong.of(priorities);
        return gic.version() == 3
                ? new Action.Sysreg(cpu, "ICC_AP1R0_EL1", value, false)
                : new Action.Mmio(cpu, gic.gicc().orElseThrow() + GICC_APR0, 4, value, false);
    }
}
