package dev.vboard.model.xen;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.SystemRegisters;
import dev.vboard.model.core.SystemRegisters.SystemRegister;

import java.util.ArrayList;
import java.util.List;

/**
 * The CPU interface of a GICv3 as Xen uses it: Group 1, by system registers that are lost with the
 * core (gic.md 7).
 */
final class IccRegisters {
    private static final int SRE_AND_ENABLE = 0x9;
    private static final int EOI_MODE = 1 << 1;
    private static final int ACTIVE_PRIORITY_WORDS = 4;

    /** HCR_EL2: interrupts are Xen's, and what a guest sees of ICC_* is virtual. */
    private static final long FMO_IMO = 3 << 3;

    private final SystemRegister hcr;
    private final SystemRegister sre;
    private final SystemRegister mask;
    private final SystemRegister point;
    private final SystemRegister control;
    private final SystemRegister group;
    private final SystemRegister iar;
    private final SystemRegister eoir;
    private final SystemRegister dir;
    private final List<SystemRegister> active0;
    private final List<SystemRegister> active1;

    IccRegisters(SystemRegisters registers) {
        hcr = registers.get("HCR_EL2");
        sre = registers.get("ICC_SRE_EL2");
        mask = registers.get("ICC_PMR_EL1");
        point = registers.get("ICC_BPR1_EL1");
        control = registers.get("ICC_CTLR_EL1");
        group = registers.get("ICC_IGRPEN1_EL1");
        iar = registers.get("ICC_IAR1_EL1");
        eoir = registers.get("ICC_EOIR1_EL1");
        dir = registers.get("ICC_DIR_EL1");
        List<SystemRegister> zeros = new ArrayList<>();
        List<SystemRegister> ones = new ArrayList<>();
        for (int n = 0; n < ACTIVE_PRIORITY_WORDS; n++) {
            registers.find("ICC_AP0R" + n + "_EL1").ifPresent(zeros::add);
            registers.find("ICC_AP1R" + n + "_EL1").ifPresent(ones::add);
        }
        active0 = List.copyOf(zeros);
        active1 = List.copyOf(ones);
    }

    /** A CPU that comes up: everything passes, an end drops the priority only. */
    void init(Board board, int cpu) {
        Access by = Access.el2(cpu);
        useSystemRegisters(board, cpu);
        point.write(board, by, 0);
        mask.write(board, by, 0xFF);
        control.write(board, by, EOI_MODE);
        group.write(board, by, 1);
    }

    /** System registers for Xen and for its guests, and the guests' are virtual ones. */
    void useSystemRegisters(Board board, int cpu) {
        Access by = Access.el2(cpu);
        hcr.write(board, by, hcr.read(board, by) | FMO_IMO);
        sre.write(board, by, sre.read(board, by) | SRE_AND_ENABLE);
    }

    /** A CPU that goes down. */
    void off(Board board, int cpu) {
        group.write(board, Access.el2(cpu), 0);
        control.write(board, Access.el2(cpu), 0);
    }

    int acknowledge(Board board, int cpu) {
        return (int) iar.read(board, Access.el2(cpu));
    }

    void drop(Board board, int cpu, int intid) {
        eoir.write(board, Access.el2(cpu), intid);
    }

    void deactivate(Board board, int cpu, int intid) {
        dir.write(board, Access.el2(cpu), intid);
    }

    /** How many words of active priorities each group has: 1, 2 or 4. */
    int activePriorityWords() {
        return active1.size();
    }

    /** The boot CPU's priorities in service, of both groups: 32 levels a word. */
    long activePriorities(Board board, int word) {
        Access by = Access.el2(0);
        long levels = active0.get(word).read(board, by) | active1.get(word).read(board, by);
        return levels & 0xFFFF_FFFFL;
    }

    /** ICC_PMR_EL1 of the boot CPU. */
    SystemRegister priorityMask() {
        return mask;
    }

    /** ICC_BPR1_EL1. */
    SystemRegister binaryPoint() {
        return point;
    }

    /** ICC_CTLR_EL1. */
    SystemRegister control() {
        return control;
    }

    /** ICC_IGRPEN1_EL1. */
    SystemRegister groupEnable() {
        return group;
    }

    /** ICC_SRE_EL2. */
    SystemRegister enable() {
        return sre;
    }
}
