package dev.vboard.model.gic;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Layout;
import dev.vboard.model.core.Lines;
import dev.vboard.model.core.Registers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The virtual interface control block of a GICv2 (GICH, IHI 0048B 5.3): the hypervisor's list
 * registers, and the maintenance interrupt by which the block asks for it.
 */
final class VirtualInterface {
    private static final int HCR_WRITABLE = 0xF800_00FF;
    private static final int VMCR_RESET = 0x004C_0000;
    private static final int VMCR_WRITABLE = 0xF8FC_021F;

    final ListRegisters lists;

    private final List<Cell> control;
    private final List<Cell> machineControl;
    private final List<Cell> activePriorities;
    private final Registers registers;

    VirtualInterface(Layout layout, Interrupts interrupts, Lines lines, int listRegisters) {
        int cpus = interrupts.intids.cpus();
        Layout gich = layout.named("gich");
        control = gich.cells("hcr", cpus, 32);
        activePriorities = gich.cells("apr", cpus, 32);
        List<Cell> machine = new ArrayList<>();
        for (int cpu = 0; cpu < cpus; cpu++) {
            machine.add(gich.cell("vmcr" + cpu, 32, VMCR_RESET));
        }
        List<Layout> layouts = Collections.nCopies(cpus, gich);
        lists = new ListRegisters(ListFormat.GICH, layouts, interrupts, lines, listRegisters);
        machineControl = List.copyOf(machine);
        registers = declare();
    }

    private Registers declare() {
        Registers bank = new Registers();
        bank.word(0x00, "GICH_HCR")
                .reads((board, by, _) -> control(board, by.cpu()))
                .writes((board, by, _, value) -> {
                    control.get(by.cpu()).set(board, value & HCR_WRITABLE);
                    update(board, by.cpu());
                });
        bank.word(0x04, "GICH_VTR").constant(ListRegisters.TYPE | lists.count() - 1);
        bank.word(0x08, "GICH_VMCR")
                .reads((board, by, _) -> machineControl(board, by.cpu()))
                .writes((board, by, _, value) -> setMachineControl(board, by.cpu(), (int) value));
        bank.word(0x10, "GICH_MISR").reads((board, by, _) -> status(board, by.cpu()));
        bank.word(0x20, "GICH_EISR").count(2).reads((board, by, n) ->
                (int) (lists.ended(board, by.cpu()) >>> 32 * n));
        bank.word(0x30, "GICH_ELRSR").count(2).reads((board, by, n) ->
                (int) (lists.empty(board, by.cpu()) >>> 32 * n));
        bank.word(0xF0, "GICH_APR")
                .reads((board, by, _) -> active(board, by.cpu()))
                .writes((board, by, _, value) -> setActive(board, by.cpu(), (int) value));
        bank.word(0x100, "GICH_LR")
                .count(lists.count())
                .reads((board, by, n) -> lists.get(board, by.cpu(), n))
                .writes(this::write);
        return bank;
    }

    private void write(Board board, Access by, int n, long value) {
        lists.write(board, by.cpu(), n, value);
        update(board, by.cpu());
    }

    /** The register bank, at GICH's address. */
    Registers registers() {
        return registers;
    }

    int control(Board board, int cpu) {
        return control.get(cpu).getInt(board);
    }

    /** Whether the hypervisor has switched the virtual interface on. */
    boolean on(Board board, int cpu) {
        return (control(board, cpu) & ListRegisters.ENABLE) != 0;
    }

    /** GICH_VMCR: what the guest programmed into its CPU interface. */
    int machineControl(Board board, int cpu) {
        return machineControl.get(cpu).getInt(board);
    }

    void setMachineControl(Board board, int cpu, int value) {
        int kept = value & VMCR_WRITABLE;
        int binaryPoint = Math.max(kept >>> 21 & 7, ListRegisters.PRIORITIES.minimumBinaryPoint());
        int aliased = Math.max(kept >>> 18 & 7, ListRegisters.PRIORITIES.minimumBinaryPoint() + 1);
        kept = kept & ~0x00FC_0000 | binaryPoint << 21 | aliased << 18;
        machineControl.get(cpu).set(board, kept);
        update(board, cpu);
    }

    /** GICH_APR: a bit for each busy level of the guest. */
    int active(Board board, int cpu) {
        return activePriorities.get(cpu).getInt(board);
    }

    void setActive(Board board, int cpu, int value) {
        activePriorities.get(cpu).set(board, value);
    }

    /** The guest's running priority, or {@link Priorities#IDLE}. */
    int running(Board board, int cpu) {
        int levels = active(board, cpu);
        return levels == 0
                ? Priorities.IDLE
                : Integer.numberOfTrailingZeros(levels) << ListRegisters.PRIORITIES.levelShift();
    }

    /** Counts an end of interrupt for which no list register was found. */
    void countLostEnd(Board board, int cpu) {
        control.get(cpu).add(board, ListRegisters.EOI_COUNT_ONE);
    }

    /** GICH_MISR. */
    private int status(Board board, int cpu) {
        return lists.status(board, cpu, control(board, cpu), machineControl(board, cpu));
    }

    /** Drives the maintenance line; to be called after anything it depends on has changed. */
    void update(Board board, int cpu) {
        lists.update(board, cpu, control(board, cpu), machineControl(board, cpu));
    }

    /**
     * A virtual INTID that two valid list registers of a CPU hold while the interface is on, which
     * is UNPREDICTABLE (here the lower register goes first), or -1.
     */
    int duplicate(Board board, int cpu) {
        return on(board, cpu) ? lists.duplicate(board, cpu) : -1;
    }
}
