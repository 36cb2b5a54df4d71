package dev.vboard.model.gic;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Layout;
import dev.vboard.model.core.Lines;

import java.util.ArrayList;
import java.util.List;

/**
 * The virtual interface of a GICv3 as the hypervisor controls it (ICH_*, IHI 0069 12.4): list
 * registers and what goes with them. It is part of the CPU and lost with it.
 */
final class HypervisorInterface {
    /** ICH_HCR_EL2: traps of EL1 accesses to both groups, to Group 0, to Group 1, to ICC_DIR. */
    static final int TRAP_COMMON = 1 << 10;

    static final int TRAP_GROUP_0 = 1 << 11;
    static final int TRAP_GROUP_1 = 1 << 12;
    static final int TRAP_DIR = 1 << 14;

    private static final int CONTROL_WRITABLE = 0xF800_5CFF;

    /** VFIQEn, which is RAO, and the least binary points. */
    private static final int MACHINE_RESET = 0x004C_0008;

    private static final int MACHINE_WRITABLE = 0xF8FC_0213;
    private static final int FIQ_ENABLE = 1 << 3;

    final ListRegisters lists;

    private final List<Cell> control;
    private final List<Cell> machineControl;
    private final List<Cell> active0;
    private final List<Cell> active1;

    HypervisorInterface(List<Layout> cores, Interrupts interrupts, Lines lines, int listRegisters) {
        List<Layout> own = new ArrayList<>();
        List<Cell> controls = new ArrayList<>();
        List<Cell> machines = new ArrayList<>();
        List<Cell> zeros = new ArrayList<>();
        List<Cell> ones = new ArrayList<>();
        for (Layout core : cores) {
            Layout ich = core.named("ich");
            own.add(ich);
            controls.add(ich.cell("hcr", 32));
            machines.add(ich.cell("vmcr", 32, MACHINE_RESET));
            zeros.add(ich.cell("ap0r0", 32));
            ones.add(ich.cell("ap1r0", 32));
        }
        control = List.copyOf(controls);
        machineControl = List.copyOf(machines);
        active0 = List.copyOf(zeros);
        active1 = List.copyOf(ones);
        lists = new ListRegisters(ListFormat.ICH, own, interrupts, lines, listRegisters);
    }

    /** ICH_HCR_EL2. */
    int control(Board board, int cpu) {
        return control.get(cpu).getInt(board);
    }

    void setControl(Board board, int cpu, long value) {
        control.get(cpu).set(board, value & CONTROL_WRITABLE);
        update(board, cpu);
    }

    /** Whether the hypervisor has switched the virtual interface on. */
    boolean on(Board board, int cpu) {
        return (control(board, cpu) & ListRegisters.ENABLE) != 0;
    }

    /** ICH_VMCR_EL2: what the guest programmed into its CPU interface. */
    int machineControl(Board board, int cpu) {
        return machineControl.get(cpu).getInt(board);
    }

    void setMachineControl(Board board, int cpu, long value) {
        int kept = (int) value & MACHINE_WRITABLE | FIQ_ENABLE;
        int least = ListRegisters.PRIORITIES.minimumBinaryPoint();
        int point0 = Math.max(kept >>> 21 & 7, least);
        int point1 = Math.max(kept >>> 18 & 7, least + 1);
        kept = kept & ~0x00FC_0000 | point0 << 21 | point1 << 18;
        machineControl.get(cpu).set(board, kept);
        update(board, cpu);
    }

    /** ICH_LRn_EL2 as the hypervisor writes it. */
    void write(Board board, int cpu, int n, long value) {
        lists.write(board, cpu, n, value);
        update(board, cpu);
    }

    /** ICH_AP0R0_EL2 or ICH_AP1R0_EL2: a bit for each busy level of the guest's group. */
    int active(Board board, int cpu, boolean zero) {
        return (zero ? active0 : active1).get(cpu).getInt(board);
    }

    void setActive(Board board, int cpu, boolean zero, long value) {
        (zero ? active0 : active1).get(cpu).set(board, value);
    }

    /** The guest's running priority, or {@link Priorities#IDLE}. */
    int running(Board board, int cpu) {
        int levels = active(board, cpu, true) | active(board, cpu, false);
        return levels == 0
                ? Priorities.IDLE
                : Integer.numberOfTrailingZeros(levels) << ListRegisters.PRIORITIES.levelShift();
    }

    /**
     * Whether the guest's highest active priority is one of Group 0; of equals Group 0 is first.
     */
    boolean runsGroup0(Board board, int cpu) {
        int zero = Integer.numberOfTrailingZeros(active(board, cpu, true));
        return zero <= Integer.numberOfTrailingZeros(active(board, cpu, false));
    }

    /** Counts an end of interrupt for which no list register was found. */
    void countLostEnd(Board board, int cpu) {
        control.get(cpu).add(board, ListRegisters.EOI_COUNT_ONE);
    }

    /** ICH_MISR_EL2. */
    int status(Board board, int cpu) {
        return lists.status(board, cpu, control(board, cpu), machineControl(board, cpu));
    }

    /** Drives the maintenance line; to be called after anything it depends on has changed. */
    void update(Board board, int cpu) {
        lists.update(board, cpu, control(board, cpu), machineControl(board, cpu));
    }
}
