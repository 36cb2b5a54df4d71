package dev.vboard.model.gic;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Intids;

/**
 * The virtual CPU interface of a GICv3 (ICV_*, IHI 0069 12.3): what the guest on a CPU reaches by
 * the names ICC_* while HCR_EL2.IMO or FMO is set. It has no state of its own: the list registers,
 * ICH_VMCR_EL2 and the ICH_APnR are it.
 */
final class GuestInterface {
    private static final int COMMON_POINT = 1 << 4;
    private static final int EOI_MODE = 1 << 9;
    private static final int INTID = 0xFF_FFFF;
    private static final int FIRST_SPECIAL = 1020;
    private static final int LAST_SPECIAL = 1023;
    private static final int NONE = ListRegisters.NONE;
    private static final ListFormat FORMAT = ListFormat.ICH;

    private final HypervisorInterface hypervisor;
    private final ListRegisters lists;

    GuestInterface(HypervisorInterface hypervisor) {
        this.hypervisor = hypervisor;
        lists = hypervisor.lists;
    }

    private int field(Board board, int cpu, int shift, int mask) {
        return hypervisor.machineControl(board, cpu) >>> shift & mask;
    }

    private void setField(Board board, int cpu, int shift, int mask, long value) {
        int others = hypervisor.machineControl(board, cpu) & ~(mask << shift);
        hypervisor.setMachineControl(board, cpu, others | ((int) value & mask) << shift);
    }

    /** ICV_PMR_EL1. */
    int mask(Board board, int cpu) {
        return field(board, cpu, 24, 0xFF);
    }

    void setMask(Board board, int cpu, long value) {
        setField(board, cpu, 24, 0xFF, value);
    }

    /** ICV_CTLR_EL1: CBPR in 0, EOImode in 1, five bits of priority. */
    int control(Board board, int cpu) {
        int modes = field(board, cpu, 4, 1) | field(board, cpu, 9, 1) << 1;
        return modes | ListRegisters.PRIORITIES.bits() - 1 << 8;
    }

    void setControl(Board board, int cpu, long value) {
        int modes = ((int) value & 1) << 4 | ((int) value & 2) << 8;
        int others = hypervisor.machineControl(board, cpu) & ~(COMMON_POINT | EOI_MODE);
        hypervisor.setMachineControl(board, cpu, others | modes);
    }

    /** ICV_IGRPEN0_EL1 or ICV_IGRPEN1_EL1. */
    int enabled(Board board, int cpu, boolean zero) {
        return field(board, cpu, zero ? 0 : 1, 1);
    }

    void enable(Board board, int cpu, boolean zero, long value) {
        setField(board, cpu, zero ? 0 : 1, 1, value);
    }

    private boolean common(Board board, int cpu) {
        return field(board, cpu, 0, COMMON_POINT) != 0;
    }

    /** ICV_BPR0_EL1 or ICV_BPR1_EL1; with CBPR the latter is one more than the former. */
    int point(Board board, int cpu, boolean zero) {
        int point0 = field(board, cpu, 21, 7);
        if (zero) {
            return point0;
        }
        return common(board, cpu) ? Math.min(point0 + 1, 7) : field(board, cpu, 18, 7);
    }

    void setPoint(Board board, int cpu, boolean zero, long value) {
        if (zero) {
            setField(board, cpu, 21, 7, value);
        } else if (!common(board, cpu)) {
            setField(board, cpu, 18, 7, value);
        }
    }

    /** ICV_RPR_EL1. */
    int running(Board board, int cpu) {
        return Math.min(hypervisor.running(board, cpu), Priorities.LOWEST);
    }

    /** The list register whose interrupt passes the guest's priority mask, or -1. */
    private int unmasked(Board board, int cpu) {
        int best = hypervisor.on(board, cpu) ? lists.best(board, cpu) : NONE;
        return best != NONE && FORMAT.priority(lists.get(board, cpu, best)) < mask(board, cpu)
                ? best
                : NONE;
    }

    /** The list register whose interrupt is signalled to the guest now, or -1. */
    int signalled(Board board, int cpu) {
        int best = unmasked(board, cpu);
        if (best == NONE) {
            return NONE;
        }
        long entry = lists.get(board, cpu, best);
        return enabled(board, cpu, !FORMAT.isGroup1(entry)) != 0
                        && groupPriority(board, cpu, entry) < hypervisor.running(board, cpu)
                ? best
                : NONE;
    }

    private int groupPriority(Board board, int cpu, long entry) {
        boolean own = FORMAT.isGroup1(entry) && !common(board, cpu);
        int point = own ? field(board, cpu, 18, 7) - 1 : field(board, cpu, 21, 7);
        return FORMAT.priority(entry) & Priorities.groupMask(point);
    }

    /** The virtual INTID of a list register of that group, else 1023. */
    private int seen(Board board, int cpu, int n, boolean zero) {
        long entry = n == NONE ? 0 : lists.get(board, cpu, n);
        return n != NONE && FORMAT.isGroup1(entry) != zero
                ? FORMAT.virtualId(entry)
                : Intids.SPURIOUS;
    }

    /** ICV_HPPIR0_EL1 or ICV_HPPIR1_EL1. */
    int highestPending(Board board, int cpu, boolean zero) {
        return seen(board, cpu, unmasked(board, cpu), zero);
    }

    /** ICV_IAR0_EL1 or ICV_IAR1_EL1. */
    int acknowledge(Board board, int cpu, boolean zero) {
        int n = signalled(board, cpu);
        int seen = seen(board, cpu, n, zero);
        if (!isSpecial(seen)) {
            int level = groupPriority(board, cpu, lists.get(board, cpu, n));
            int bit = 1 << (level >> ListRegisters.PRIORITIES.levelShift());
            hypervisor.setActive(board, cpu, zero, hypervisor.active(board, cpu, zero) | bit);
            lists.activate(board, cpu, n);
            hypervisor.update(board, cpu);
        }
        return seen;
    }

    private static boolean isSpecial(int intid) {
        return intid >= FIRST_SPECIAL && intid <= LAST_SPECIAL;
    }

    /**
     * ICV_EOIR0_EL1 or ICV_EOIR1_EL1: drops the guest's running priority and, unless EOImode is
     * set, deactivates. Ignored when the highest active priority belongs to the other group. An end
     * that matches no list register is counted for the hypervisor, if a priority was dropped.
     */
    void end(Board board, int cpu, boolean zero, long value) {
        int intid = (int) value & INTID;
        int levels = hypervisor.active(board, cpu, zero);
        boolean idle = hypervisor.running(board, cpu) == Priorities.IDLE;
        if (isSpecial(intid) || !idle && hypervisor.runsGroup0(board, cpu) != zero) {
            return;
        }
        hypervisor.setActive(board, cpu, zero, levels & levels - 1);
        if (field(board, cpu, 0, EOI_MODE) == 0) {
            int n = lists.findActive(board, cpu, intid);
            if (n != NONE) {
                lists.deactivate(board, cpu, n);
            } else if (levels != 0) {
                hypervisor.countLostEnd(board, cpu);
            }
        }
        hypervisor.update(board, cpu);
    }

    /** ICV_DIR_EL1; without EOImode it is UNPREDICTABLE, here ignored. */
    void deactivate(Board board, int cpu, long value) {
        int intid = (int) value & INTID;
        if (isSpecial(intid) || field(board, cpu, 0, EOI_MODE) == 0) {
            return;
        }
        int n = lists.findActive(board, cpu, intid);
        if (n != NONE) {
            lists.deactivate(board, cpu, n);
        } else {
            hypervisor.countLostEnd(board, cpu);
        }
        hypervisor.update(board, cpu);
    }
}
