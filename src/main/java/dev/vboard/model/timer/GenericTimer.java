package dev.vboard.model.timer;

import static dev.vboard.model.core.SystemRegisters.encoding;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Clock;
import dev.vboard.model.core.Layout;
import dev.vboard.model.core.Lines;
import dev.vboard.model.core.SystemRegisters;

import java.util.ArrayList;
import java.util.List;

/**
 * The generic timers of a board's CPUs (DDI 0487 D12): the comparators and the registers that
 * control them. All of it but the system counter itself is lost with the core's power, CNTFRQ_EL0
 * too: EL3 writes it on every boot of a CPU.
 *
 * <p>Register accesses cost no ticks: the counter stands still between two actions.
 */
public final class GenericTimer {
    private static final int EL1_COUNTER = 1;
    private static final int EL1_TIMER = 1 << 1;

    /** EL1PCTEN, EL1PCEN, EVNTEN, EVNTDIR, EVNTI. */
    private static final int HYPERVISOR_CONTROL = 0xFF;

    /** Those for EL0, and the enables of the timers for EL0 in 8 and 9. */
    private static final int KERNEL_CONTROL = 0x3FF;

    private final Clock clock;
    private final List<Cpu> cpus;

    /** One CPU's timers. */
    private static final class Cpu {
        private final Cell frequency;
        private final Cell kernelControl;
        private final Cell hypervisorControl;
        private final Cell virtualOffset;
        private final List<Comparator> comparators;

        private Cpu(Layout layout, Clock clock, Lines lines, int number) {
            frequency = layout.cell("cntfrq", 32);
            kernelControl = layout.cell("cntkctl", 32);
            hypervisorControl = layout.cell("cnthctl", 32, EL1_COUNTER | EL1_TIMER);
            virtualOffset = layout.cell("cntvoff", 64);
            List<Comparator> all = new ArrayList<>();
            for (TimerKind kind : TimerKind.values()) {
                all.add(new Comparator(
                        layout.named(kind.wire()),
                        clock,
                        lines.line(number, kind.intid()),
                        kind == TimerKind.CNTV ? virtualOffset::get : _ -> 0));
            }
            comparators = List.copyOf(all);
        }
    }

    /**
     * Declares the timers and their registers.
     *
     * @param cpuLayouts for each CPU a cursor in its power domain, named for it
     */
    public GenericTimer(
            List<Layout> cpuLayouts, Clock clock, Lines lines, SystemRegisters registers) {
        this.clock = clock;
        List<Cpu> all = new ArrayList<>();
        for (int number = 0; number < cpuLayouts.size(); number++) {
            all.add(new Cpu(cpuLayouts.get(number), clock, lines, number));
        }
        cpus = List.copyOf(all);
        declareCounter(registers);
        declareControl(registers);
        declare(registers, TimerKind.CNTP, "_EL0", 3, 2, 0);
        declare(registers, TimerKind.CNTV, "_EL0", 3, 3, 0);
        declare(registers, TimerKind.CNTHP, "_EL2", 4, 2, 2);
        declare(registers, TimerKind.CNTPS, "_EL1", 7, 2, 3);
    }

    private void declareCounter(SystemRegisters registers) {
        registers.declare(
                "CNTFRQ_EL0",
                encoding(3, 3, 14, 0, 0),
                0,
                3,
                (board, by) -> cpus.get(by.cpu()).frequency.get(board),
                (board, by, value) -> cpus.get(by.cpu()).frequency.set(board, value));
        registers.readOnly(
                "CNTPCT_EL0", encoding(3, 3, 14, 0, 1), 0, (board, _) -> clock.counter(board));
        registers.readOnly(
                "CNTVCT_EL0",
                encoding(3, 3, 14, 0, 2),
                0,
                (board, by) -> timer(by.cpu(), TimerKind.CNTV).counter(board));
    }

    private void declareControl(SystemRegisters registers) {
        registers.declare(
                "CNTKCTL_EL1",
                encoding(3, 0, 14, 1, 0),
                1,
                (board, by) -> cpus.get(by.cpu()).kernelControl.get(board),
                (board, by, value) ->
                        cpus.get(by.cpu()).kernelControl.set(board, value & KERNEL_CONTROL));
        registers.declare(
                "CNTHCTL_EL2",
                encoding(3, 4, 14, 1, 0),
                2,
                (board, by) -> cpus.get(by.cpu()).hypervisorControl.get(board),
                (board, by, value) -> cpus.get(by.cpu())
                        .hypervisorControl
                        .set(board, value & HYPERVISOR_CONTROL));
        registers.declare(
                "CNTVOFF_EL2",
                encoding(3, 4, 14, 0, 3),
                2,
                (board, by) -> cpus.get(by.cpu()).virtualOffset.get(board),
                (board, by, value) -> {
                    cpus.get(by.cpu()).virtualOffset.set(board, value);
                    timer(by.cpu(), TimerKind.CNTV).reevaluate(board);
                });
    }

    private void declare(
            SystemRegisters registers, TimerKind kind, String suffix, int op1, int crm, int level) {
        registers.declare(
                kind + "_TVAL" + suffix,
                encoding(3, op1, 14, crm, 0),
                level,
                (board, by) -> timer(by.cpu(), kind).timerValue(board),
                (board, by, value) -> timer(by.cpu(), kind).setTimerValue(board, value));
        registers.declare(
                kind + "_CTL" + suffix,
                encoding(3, op1, 14, crm, 1),
                level,
                (board, by) -> timer(by.cpu(), kind).control(board),
                (board, by, value) -> timer(by.cpu(), kind).setControl(board, value));
        registers.declare(
                kind + "_CVAL" + suffix,
                encoding(3, op1, 14, crm, 2),
                level,
                (board, by) -> timer(by.cpu(), kind).compare(board),
                (board, by, value) -> timer(by.cpu(), kind).setCompare(board, value));
    }

    private Comparator timer(int cpu, TimerKind kind) {
        return cpus.get(cpu).comparators.get(kind.ordinal());
    }

    /**
     * Moves all lines of a CPU's timers to where they belong; to be called after the counter moved
     * otherwise than by time passing, and after the CPU lost its power.
     */
    public void reevaluate(Board board, int cpu) {
        for (Comparator comparator : cpus.get(cpu).comparators) {
            comparator.reevaluate(board);
        }
    }

    /** Whether the timer is enabled. */
    public boolean enabled(Board board, int cpu, TimerKind kind) {
        return timer(cpu, kind).enabled(board);
    }

    /** Whether the timer's interrupt is masked in its own control register. */
    public boolean masked(Board board, int cpu, TimerKind kind) {
        return timer(cpu, kind).masked(board);
    }

    /** ISTATUS: whether the timer is enabled and its counter has reached the compare value. */
    public boolean conditionMet(Board board, int cpu, TimerKind kind) {
        return timer(cpu, kind).conditionMet(board);
    }

    /** The compare value in ticks, unsigned. */
    public long compareValue(Board board, int cpu, TimerKind kind) {
        return timer(cpu, kind).compare(board);
    }

    /** The counter the timer compares with, in ticks, unsigned. */
    public long counter(Board board, int cpu, TimerKind kind) {
        return timer(cpu, kind).counter(board);
    }

    /**
     * The moment in virtual nanoseconds at which the timer's condition is or was met, masked or
     * not; {@link dev.vboard.model.core.Deadline#NEVER} when it is disabled or that lies past the
     * end of virtual time.
     */
    public long deadlineNanos(Board board, int cpu, TimerKind kind) {
        return timer(cpu, kind).dueNanos(board);
    }
}
