package dev.vboard.model.gic;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Layout;
import dev.vboard.model.core.Line;
import dev.vboard.model.core.Lines;
import dev.vboard.model.core.Registers;

import java.util.ArrayList;
import java.util.List;

/**
 * The virtual interface control block of a GICv2 (GICH, IHI 0048B 5.3): the hypervisor's list
 * registers, and the maintenance interrupt by which the block asks for it.
 */
public final class VirtualInterface {
    /** Virtual priorities have five bits, all of which decide preemption. */
    static final Priorities PRIORITIES = new Priorities(5);

    private static final int HCR_ENABLE = 1;
    private static final int HCR_WRITABLE = 0xF800_00FF;
    private static final int EOI_COUNT_ONE = 1 << 27;
    private static final int VMCR_RESET = 0x004C_0000;
    private static final int VMCR_WRITABLE = 0xF8FC_021F;
    private static final int VTR_BITS = 0x9000_0000;

    private static final int MISR_EOI = 1;
    private static final int MISR_UNDERFLOW = 1 << 1;
    private static final int MISR_NOT_PRESENT = 1 << 2;
    private static final int MISR_NONE_PENDING = 1 << 3;

    final Interrupts interrupts;

    private final int count;
    private final List<Cell> control;
    private final List<Cell> machineControl;
    private final List<Cell> activePriorities;
    private final List<List<Cell>> entries;
    private final List<Line> maintenance;
    private final Registers registers;

    VirtualInterface(Layout layout, Interrupts interrupts, Lines lines, int listRegisters) {
        this.interrupts = interrupts;
        count = listRegisters;
        int cpus = interrupts.intids.cpus();
        Layout gich = layout.named("gich");
        control = gich.cells("hcr", cpus, 32);
        activePriorities = gich.cells("apr", cpus, 32);
        List<Cell> machine = new ArrayList<>();
        List<List<Cell>> lists = new ArrayList<>();
        List<Line> wires = new ArrayList<>();
        for (int cpu = 0; cpu < cpus; cpu++) {
            machine.add(gich.cell("vmcr" + cpu, 32, VMCR_RESET));
            lists.add(gich.cells("lr" + cpu + ".", listRegisters, 32));
            wires.add(lines.line(cpu, Gic.MAINTENANCE));
        }
        machineControl = List.copyOf(machine);
        entries = List.copyOf(lists);
        maintenance = List.copyOf(wires);
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
        bank.word(0x04, "GICH_VTR").constant(VTR_BITS | count - 1);
        bank.word(0x08, "GICH_VMCR")
                .reads((board, by, _) -> machineControl(board, by.cpu()))
                .writes((board, by, _, value) -> setMachineControl(board, by.cpu(), (int) value));
        bank.word(0x10, "GICH_MISR").reads((board, by, _) -> status(board, by.cpu()));
        bank.word(0x20, "GICH_EISR").count(2).reads((board, by, n) ->
                (int) (ended(board, by.cpu()) >>> 32 * n));
        bank.word(0x30, "GICH_ELRSR").count(2).reads((board, by, n) ->
                (int) (empty(board, by.cpu()) >>> 32 * n));
        bank.word(0xF0, "GICH_APR")
                .reads((board, by, _) -> active(board, by.cpu()))
                .writes((board, by, _, value) -> setActive(board, by.cpu(), (int) value));
        bank.word(0x100, "GICH_LR")
                .count(count)
                .reads((board, by, n) -> entry(board, by.cpu(), n))
                .writes(this::write);
        return bank;
    }

    private void write(Board board, Access by, int n, long value) {
        setEntry(board, by.cpu(), n, ListRegister.kept((int) value));
        update(board, by.cpu());
    }

    /** The register bank, at GICH's address. */
    public Registers registers() {
        return registers;
    }

    /** How many list registers a CPU has. */
    public int count() {
        return count;
    }

    /** GICH_LRn of a CPU. */
    public int entry(Board board, int cpu, int n) {
        return entries.get(cpu).get(n).getInt(board);
    }

    void setEntry(Board board, int cpu, int n, int value) {
        entries.get(cpu).get(n).set(board, value);
    }

    int control(Board board, int cpu) {
        return control.get(cpu).getInt(board);
    }

    /** Whether the hypervisor has switched the virtual interface on. */
    boolean on(Board board, int cpu) {
        return (control(board, cpu) & HCR_ENABLE) != 0;
    }

    /** GICH_VMCR: what the guest programmed into its CPU interface. */
    int machineControl(Board board, int cpu) {
        return machineControl.get(cpu).getInt(board);
    }

    void setMachineControl(Board board, int cpu, int value) {
        int kept = value & VMCR_WRITABLE;
        int binaryPoint = Math.max(kept >>> 21 & 7, PRIORITIES.minimumBinaryPoint());
        int aliased = Math.max(kept >>> 18 & 7, PRIORITIES.minimumBinaryPoint() + 1);
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
                : Integer.numberOfTrailingZeros(levels) << PRIORITIES.levelShift();
    }

    /** Counts an end of interrupt for which no list register was found. */
    void countLostEnd(Board board, int cpu) {
        control.get(cpu).add(board, EOI_COUNT_ONE);
    }

    /** The list register with the best pending interrupt, the lowest of equals, or -1. */
    int best(Board board, int cpu) {
        int best = -1;
        int bestPriority = Priorities.IDLE;
        for (int n = 0; n < count; n++) {
            int entry = entry(board, cpu, n);
            if (ListRegister.isPending(entry) && ListRegister.priority(entry) < bestPriority) {
                best = n;
                bestPriority = ListRegister.priority(entry);
            }
        }
        return best;
    }

    /**
     * The list register that holds an active interrupt, or -1.
     *
     * @param acknowledged INTID, for an SGI with its source in 12:10
     */
    int findActive(Board board, int cpu, int acknowledged) {
        for (int n = 0; n < count; n++) {
            int entry = entry(board, cpu, n);
            boolean isSgi = ListRegister.virtualId(entry) < 16;
            int looked = acknowledged & (isSgi ? 0x1FFF : 0x3FF);
            int held = isSgi ? ListRegister.acknowledged(entry) : ListRegister.virtualId(entry);
            if (ListRegister.isActive(entry) && held == looked) {
                return n;
            }
        }
        return -1;
    }

    /** Ends the active state of a list register, and of the physical interrupt it stands for. */
    void deactivate(Board board, int cpu, int n) {
        int entry = entry(board, cpu, n);
        setEntry(board, cpu, n, entry & ~ListRegister.ACTIVE);
        int intid = ListRegister.physicalId(entry);
        if (ListRegister.isHardware(entry) && intid >= 16 && interrupts.intids.has(intid)) {
            interrupts.deactivate(board, cpu, intid);
        }
    }

    /** GICH_EISR0 and 1. */
    private long ended(Board board, int cpu) {
        long ended = 0;
        for (int n = 0; n < count; n++) {
            ended |= ListRegister.hasEnded(entry(board, cpu, n)) ? 1L << n : 0;
        }
        return ended;
    }

    /** GICH_ELRSR0 and 1. */
    private long empty(Board board, int cpu) {
        long empty = 0;
        for (int n = 0; n < count; n++) {
            int entry = entry(board, cpu, n);
            boolean free = !ListRegister.isValid(entry) && !ListRegister.hasEnded(entry);
            empty |= free ? 1L << n : 0;
        }
        return empty;
    }

    /** GICH_MISR: the reasons for a maintenance interrupt, each gated by its enable in GICH_HCR. */
    int status(Board board, int cpu) {
        int enables = control(board, cpu);
        int valid = 0;
        int pending = 0;
        for (int n = 0; n < count; n++) {
            int entry = entry(board, cpu, n);
            valid += ListRegister.isValid(entry) ? 1 : 0;
            pending += ListRegister.isPending(entry) ? 1 : 0;
        }
        int status = ended(board, cpu) != 0 ? MISR_EOI : 0;
        status |= valid < 2 ? enables & MISR_UNDERFLOW : 0;
        status |= enables >>> 27 != 0 ? enables & MISR_NOT_PRESENT : 0;
        status |= pending == 0 ? enables & MISR_NONE_PENDING : 0;
        return status | groupStatus(machineControl(board, cpu), enables);
    }

    /** Bits 4 to 7: VGrp0E, VGrp0D, VGrp1E, VGrp1D. */
    private static int groupStatus(int machineControl, int enables) {
        int groups = (machineControl & 1) != 0 ? 1 << 4 : 1 << 5;
        groups |= (machineControl & 2) != 0 ? 1 << 6 : 1 << 7;
        return groups & enables;
    }

    /** Drives the maintenance line; to be called after anything it depends on has changed. */
    void update(Board board, int cpu) {
        maintenance.get(cpu).drive(board, on(board, cpu) && status(board, cpu) != 0);
    }

    /**
     * A virtual INTID that two valid list registers of a CPU hold while the interface is on, which
     * is UNPREDICTABLE (here the lower register goes first), or -1.
     */
    public int duplicate(Board board, int cpu) {
        for (int n = 0; n < count && on(board, cpu); n++) {
            int entry = entry(board, cpu, n);
            for (int other = 0; other < n && ListRegister.isValid(entry); other++) {
                int held = entry(board, cpu, other);
                if (ListRegister.isValid(held)
                        && ListRegister.acknowledged(held) == ListRegister.acknowledged(entry)) {
                    return ListRegister.virtualId(entry);
                }
            }
        }
        return -1;
    }
}
