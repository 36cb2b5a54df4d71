package dev.vboard.model.gic;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Intids;
import dev.vboard.model.core.Registers;

/**
 * The virtual CPU interface of a GICv2 (GICV, IHI 0048B 5.5): what the guest on a CPU takes for its
 * GICC. It has no state of its own: GICH's list registers, GICH_VMCR and GICH_APR are it.
 */
final class VirtualCpuInterface {
    private static final int ACK_CTL = 1 << 2;
    private static final int COMMON_BINARY_POINT = 1 << 4;
    private static final int EOI_MODE = 1 << 9;
    private static final int CONTROL = 0x21F;
    private static final int NONE = ListRegisters.NONE;

    private static final ListFormat FORMAT = ListFormat.GICH;

    private final VirtualInterface hypervisor;
    private final ListRegisters lists;
    private final Registers registers;

    VirtualCpuInterface(VirtualInterface hypervisor, Variant variant) {
        this.hypervisor = hypervisor;
        lists = hypervisor.lists;
        Registers bank = new Registers();
        declareFields(bank);
        bank.word(0x000C, "GICV_IAR").reads((b, by, _) -> acknowledge(b, by)).sideEffects();
        bank.word(0x0010, "GICV_EOIR").writes((b, by, _, v) -> end(b, by.cpu(), (int) v));
        bank.word(0x0014, "GICV_RPR")
                .reads((b, by, _) -> Math.min(hypervisor.running(b, by.cpu()), Priorities.LOWEST));
        bank.word(0x0018, "GICV_HPPIR")
                .reads((b, by, _) -> seen(b, by.cpu(), unmasked(b, by.cpu())));
        bank.word(0x0020, "GICV_AIAR").reads((b, by, _) -> acknowledge1(b, by)).sideEffects();
        bank.word(0x0024, "GICV_AEOIR").writes((b, by, _, v) -> end(b, by.cpu(), (int) v));
        bank.word(0x0028, "GICV_AHPPIR")
                .reads((b, by, _) -> seen1(b, by.cpu(), unmasked(b, by.cpu())));
        bank.word(0x00D0, "GICV_APR")
                .reads((b, by, _) -> hypervisor.active(b, by.cpu()))
                .writes((b, by, _, v) -> hypervisor.setActive(b, by.cpu(), (int) v));
        bank.word(0x00FC, "GICV_IIDR").constant(variant.interfaceId());
        bank.word(0x1000, "GICV_DIR").writes((b, by, _, v) -> deactivate(b, by.cpu(), (int) v));
        registers = bank;
    }

    /** The registers that are fields of GICH_VMCR. */
    private void declareFields(Registers bank) {
        bank.word(0x0000, "GICV_CTLR")
                .reads((b, by, _) -> field(b, by.cpu(), 0, CONTROL))
                .writes((b, by, _, v) -> setField(b, by.cpu(), 0, CONTROL, (int) v));
        bank.word(0x0004, "GICV_PMR")
                .reads((b, by, _) -> field(b, by.cpu(), 27, 0x1F) << 3)
                .writes((b, by, _, v) -> setField(b, by.cpu(), 27, 0x1F, (int) v >>> 3));
        bank.word(0x0008, "GICV_BPR")
                .reads((b, by, _) -> field(b, by.cpu(), 21, 7))
                .writes((b, by, _, v) -> setField(b, by.cpu(), 21, 7, (int) v));
        bank.word(0x001C, "GICV_ABPR")
                .reads((b, by, _) -> field(b, by.cpu(), 18, 7))
                .writes((b, by, _, v) -> setField(b, by.cpu(), 18, 7, (int) v));
    }

    /** The register bank, 8 KiB with GICV_DIR at 0x1000. */
    Registers registers() {
        return registers;
    }

    private int field(Board board, int cpu, int shift, int mask) {
        return hypervisor.machineControl(board, cpu) >>> shift & mask;
    }

    private void setField(Board board, int cpu, int shift, int mask, int value) {
        int others = hypervisor.machineControl(board, cpu) & ~(mask << shift);
        hypervisor.setMachineControl(board, cpu, others | (value & mask) << shift);
    }

    /** The list register whose interrupt passes the guest's priority mask, or -1. */
    private int unmasked(Board board, int cpu) {
        int best = hypervisor.on(board, cpu) ? lists.best(board, cpu) : NONE;
        boolean passes = best != NONE
                && FORMAT.priority(lists.get(board, cpu, best)) < field(board, cpu, 27, 0x1F) << 3;
        return passes ? best : NONE;
    }

    /** The list register whose interrupt is signalled to the guest now, or -1. */
    int signalled(Board board, int cpu) {
        int best = unmasked(board, cpu);
        if (best == NONE) {
            return NONE;
        }
        long entry = lists.get(board, cpu, best);
        int enable = FORMAT.isGroup1(entry) ? 2 : 1;
        boolean enabled = (hypervisor.machineControl(board, cpu) & enable) != 0;
        return enabled && groupPriority(board, cpu, entry) < hypervisor.running(board, cpu)
                ? best
                : NONE;
    }

    private int groupPriority(Board board, int cpu, long entry) {
        boolean common = field(board, cpu, 0, COMMON_BINARY_POINT) != 0;
        int point = FORMAT.isGroup1(entry) && !common
                ? field(board, cpu, 18, 7) - 1
                : field(board, cpu, 21, 7);
        return FORMAT.priority(entry) & Priorities.groupMask(point);
    }

    /** What GICV_IAR or GICV_HPPIR answers for a list register. */
    private int seen(Board board, int cpu, int n) {
        if (n == NONE) {
            return Intids.SPURIOUS;
        }
        long entry = lists.get(board, cpu, n);
        boolean hidden = FORMAT.isGroup1(entry) && field(board, cpu, 0, ACK_CTL) == 0;
        return hidden ? CpuInterface.GROUP_1 : FORMAT.acknowledged(entry);
    }

    /** What the aliased registers answer: Group 1 only, whatever AckCtl says. */
    private int seen1(Board board, int cpu, int n) {
        long entry = n == NONE ? 0 : lists.get(board, cpu, n);
        return FORMAT.isGroup1(entry) ? FORMAT.acknowledged(entry) : Intids.SPURIOUS;
    }

    /** GICV_IAR. */
    int acknowledge(Board board, Access by) {
        int n = signalled(board, by.cpu());
        return take(board, by.cpu(), n, seen(board, by.cpu(), n));
    }

    private int acknowledge1(Board board, Access by) {
        int n = signalled(board, by.cpu());
        return take(board, by.cpu(), n, seen1(board, by.cpu(), n));
    }

    private int take(Board board, int cpu, int n, int answer) {
        if ((answer & Intids.SPURIOUS) < CpuInterface.GROUP_1) {
            long entry = lists.get(board, cpu, n);
            int level = groupPriority(board, cpu, entry);
            int bit = 1 << (level >> ListRegisters.PRIORITIES.levelShift());
            hypervisor.setActive(board, cpu, hypervisor.active(board, cpu) | bit);
            lists.activate(board, cpu, n);
            hypervisor.update(board, cpu);
        }
        return answer;
    }

    /**
     * GICV_EOIR: drops the guest's running priority and, unless EOImode is set, deactivates. An end
     * that matches no list register is counted for the hypervisor, if a priority was dropped.
     */
    void end(Board board, int cpu, int value) {
        if ((value & Intids.SPURIOUS) >= 1020) {
            return;
        }
        int levels = hypervisor.active(board, cpu);
        hypervisor.setActive(board, cpu, levels & levels - 1);
        if (field(board, cpu, 0, EOI_MODE) == 0) {
            int n = lists.findActive(board, cpu, value);
            if (n != NONE) {
                lists.deactivate(board, cpu, n);
            } else if (levels != 0) {
                hypervisor.countLostEnd(board, cpu);
            }
        }
        hypervisor.update(board, cpu);
    }

    /** GICV_DIR; without EOImode it is UNPREDICTABLE, here ignored. */
    private void deactivate(Board board, int cpu, int value) {
        if ((value & Intids.SPURIOUS) >= 1020 || field(board, cpu, 0, EOI_MODE) == 0) {
            return;
        }
        int n = lists.findActive(board, cpu, value);
        if (n != NONE) {
            lists.deactivate(board, cpu, n);
        } else {
            hypervisor.countLostEnd(board, cpu);
        }
        hypervisor.update(board, cpu);
    }
}
