package dev.vboard.model.gic;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Layout;
import dev.vboard.model.core.Line;
import dev.vboard.model.core.Lines;

import java.util.ArrayList;
import java.util.List;

/**
 * The list registers of all CPUs and what follows from them: the guest's best interrupt, the status
 * registers and the maintenance interrupt. GICH and ICH control them alike (IHI 0048B 5.3, IHI 0069
 * 12.4); their layouts differ.
 */
final class ListRegisters {
    /** Virtual priorities have five bits, all of which decide preemption. */
    static final Priorities PRIORITIES = new Priorities(5);

    /** No list register. */
    static final int NONE = -1;

    /** HCR.En. */
    static final int ENABLE = 1;

    /** One end of interrupt for which no list register was found, in HCR.EOICount. */
    static final int EOI_COUNT_ONE = 1 << 27;

    /** VTR: five bits of priority and of preemption. */
    static final int TYPE = 0x9000_0000;

    private static final int MISR_EOI = 1;
    private static final int MISR_UNDERFLOW = 1 << 1;
    private static final int MISR_NOT_PRESENT = 1 << 2;
    private static final int MISR_NONE_PENDING = 1 << 3;

    private final ListFormat format;
    private final Interrupts interrupts;
    private final int count;
    private final List<List<Cell>> entries;
    private final List<Line> maintenance;

    /**
     * Declares the registers.
     *
     * @param layouts a cursor for each CPU
     * @param count how many list registers a CPU has
     */
    ListRegisters(
            ListFormat format,
            List<Layout> layouts,
            Interrupts interrupts,
            Lines lines,
            int count) {
        this.format = format;
        this.interrupts = interrupts;
        this.count = count;
        List<List<Cell>> lists = new ArrayList<>();
        List<Line> wires = new ArrayList<>();
        for (int cpu = 0; cpu < layouts.size(); cpu++) {
            lists.add(layouts.get(cpu).cells("lr" + cpu + ".", count, format.bits()));
            wires.add(lines.line(cpu, Gic.MAINTENANCE));
        }
        entries = List.copyOf(lists);
        maintenance = List.copyOf(wires);
    }

    /** How many list registers a CPU has. */
    int count() {
        return count;
    }

    long get(Board board, int cpu, int n) {
        return entries.get(cpu).get(n).get(board);
    }

    /** Stores a value as it is. */
    void set(Board board, int cpu, int n, long value) {
        entries.get(cpu).get(n).set(board, value);
    }

    /** Stores what the hypervisor writes. */
    void write(Board board, int cpu, int n, long value) {
        set(board, cpu, n, format.kept(value));
    }

    /**
     * The list register with the best pending interrupt, the lowest of equals, or {@link #NONE}.
     */
    int best(Board board, int cpu) {
        int best = NONE;
        int bestPriority = Priorities.IDLE;
        for (int n = 0; n < count; n++) {
            long entry = get(board, cpu, n);
            if (format.isPending(entry) && format.priority(entry) < bestPriority) {
                best = n;
                bestPriority = format.priority(entry);
            }
        }
        return best;
    }

    /** The list register that holds what was acknowledged, active, or {@link #NONE}. */
    int findActive(Board board, int cpu, int acknowledged) {
        for (int n = 0; n < count; n++) {
            long entry = get(board, cpu, n);
            if (format.isActive(entry) && format.matches(entry, acknowledged)) {
                return n;
            }
        }
        return NONE;
    }

    /** Makes a pending interrupt active. */
    void activate(Board board, int cpu, int n) {
        set(board, cpu, n, format.withState(get(board, cpu, n), ListFormat.ACTIVE));
    }

    /** Ends the active state of a list register, and of the physical interrupt it stands for. */
    void deactivate(Board board, int cpu, int n) {
        long entry = get(board, cpu, n);
        set(board, cpu, n, format.ended(entry));
        int intid = format.physicalId(entry);
        if (format.isHardware(entry) && intid >= 16 && interrupts.intids.has(intid)) {
            interrupts.deactivate(board, cpu, intid);
        }
    }

    /** EISR. */
    long ended(Board board, int cpu) {
        long ended = 0;
        for (int n = 0; n < count; n++) {
            ended |= format.hasEnded(get(board, cpu, n)) ? 1L << n : 0;
        }
        return ended;
    }

    /** ELRSR. */
    long empty(Board board, int cpu) {
        long empty = 0;
        for (int n = 0; n < count; n++) {
            long entry = get(board, cpu, n);
            boolean free = !format.isValid(entry) && !format.hasEnded(entry);
            empty |= free ? 1L << n : 0;
        }
        return empty;
    }

    /**
     * MISR: the reasons for a maintenance interrupt, each gated by its enable.
     *
     * @param enables HCR
     * @param machine VMCR, whose bits 0 and 1 are the guest's group enables
     */
    int status(Board board, int cpu, int enables, int machine) {
        int valid = 0;
        int pending = 0;
        for (int n = 0; n < count; n++) {
            long entry = get(board, cpu, n);
            valid += format.isValid(entry) ? 1 : 0;
            pending += format.isPending(entry) ? 1 : 0;
        }
        int status = ended(board, cpu) != 0 ? MISR_EOI : 0;
        status |= valid < 2 ? enables & MISR_UNDERFLOW : 0;
        status |= enables >>> 27 != 0 ? enables & MISR_NOT_PRESENT : 0;
        status |= pending == 0 ? enables & MISR_NONE_PENDING : 0;
        return status | groupStatus(machine, enables);
    }

    /** Bits 4 to 7: VGrp0E, VGrp0D, VGrp1E, VGrp1D. */
    private static int groupStatus(int machine, int enables) {
        int groups = (machine & 1) != 0 ? 1 << 4 : 1 << 5;
        groups |= (machine & 2) != 0 ? 1 << 6 : 1 << 7;
        return groups & enables;
    }

    /** Drives the maintenance line; to be called after anything it depends on has changed. */
    void update(Board board, int cpu, int enables, int machine) {
        boolean asks = (enables & ENABLE) != 0 && status(board, cpu, enables, machine) != 0;
        maintenance.get(cpu).drive(board, asks);
    }

    /**
     * A virtual INTID that two valid list registers of a CPU hold, which is UNPREDICTABLE (here the
     * lower register goes first), or -1.
     */
    int duplicate(Board board, int cpu) {
        for (int n = 0; n < count; n++) {
            long entry = get(board, cpu, n);
            for (int other = 0; other < n && format.isValid(entry); other++) {
                long held = get(board, cpu, other);
                if (format.isValid(held)
                        && format.acknowledged(held) == format.acknowledged(entry)) {
                    return format.virtualId(entry);
                }
            }
        }
        return -1;
    }
}
