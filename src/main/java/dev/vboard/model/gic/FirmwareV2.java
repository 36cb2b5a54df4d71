package dev.vboard.model.gic;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Intids;
import dev.vboard.model.core.Registers;

/**
 * What EL3 does to a GICv2, by the registers it uses (gic.md 5 and 8.5, after TF-A). With one
 * security state it does nothing but switch an interface off before its CPU goes down.
 */
final class FirmwareV2 {
    /** SGIs 8 to 15 and the secure physical timer, PPI 29. */
    private static final int SECURE_PRIVATE = 0x2000_FF00;

    /** The highest non-secure priority. */
    private static final int PRIORITY = 0x80;

    private static final int ALL = -1;
    private static final int CTLR = 0x000;
    private static final int GICC_PMR = 0x004;
    private static final int IGROUPR = 0x080;
    private static final int ISENABLER = 0x100;
    private static final int ICENABLER = 0x180;
    private static final int ICFGR = 0xC00;

    private final boolean twoStates;
    private final Interrupts interrupts;
    private final Intids intids;
    private final CpuInterface cpus;
    private final Registers gicd;
    private final Registers gicc;

    FirmwareV2(Distributor distributor, CpuInterface cpus, boolean twoStates) {
        this.twoStates = twoStates;
        this.cpus = cpus;
        interrupts = distributor.interrupts;
        intids = interrupts.intids;
        gicd = distributor.registers();
        gicc = cpus.registers();
    }

    void secureInit(Board board) {
        if (!twoStates) {
            return;
        }
        writeDistributor(board, 0, CTLR, 0);
        Access by = Access.el3(0);
        gicd.writeAll(board, by, IGROUPR + 4, intids.intids() / 32 - 1, (_, _) -> ALL);
        int firstSpi = intids.index(0, Intids.PRIVATE);
        interrupts.priority.fill(board, firstSpi, intids.count(), PRIORITY);
        gicd.writeAll(board, by, ICFGR + 8, intids.intids() / 16 - 2, (_, _) -> 0);
        for (int cpu = 0; cpu < intids.cpus(); cpu++) {
            cpuInit(board, cpu);
        }
        writeDistributor(board, 0, CTLR, CpuInterface.ENABLE_GROUP_0);
    }

    void cpuInit(Board board, int cpu) {
        if (!twoStates) {
            return;
        }
        writeDistributor(board, cpu, ICENABLER, ALL);
        interrupts.privatePriorities(board, cpu, PRIORITY, SECURE_PRIVATE);
        writeDistributor(board, cpu, IGROUPR, ~SECURE_PRIVATE);
        writeDistributor(board, cpu, ISENABLER, SECURE_PRIVATE);
    }

    void cpuInterfaceUp(Board board, int cpu) {
        if (twoStates) {
            writeInterface(board, cpu, GICC_PMR, Priorities.LOWEST);
            writeInterface(
                    board,
                    cpu,
                    CTLR,
                    CpuInterface.ENABLE_GROUP_0
                            | CpuInterface.FIQ_ENABLE
                            | CpuInterface.BYPASS_DISABLES);
        }
    }

    void cpuInterfaceDown(Board board, int cpu) {
        int enables = CpuInterface.ENABLE_GROUP_0 | CpuInterface.ENABLE_GROUP_1;
        int control = cpus.controlOf(board, cpu) & ~enables;
        writeInterface(board, cpu, CTLR, control | CpuInterface.BYPASS_DISABLES);
    }

    private void writeDistributor(Board board, int cpu, int offset, int value) {
        gicd.write(board, Access.el3(cpu), offset, Integer.BYTES, value & 0xFFFF_FFFFL);
    }

    private void writeInterface(Board board, int cpu, int offset, int value) {
        gicc.write(board, Access.el3(cpu), offset, Integer.BYTES, value);
    }
}
