package dev.vboard.model.gic;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Bus;
import dev.vboard.model.core.Intids;

/**
 * What EL3 does to a GICv3, by the registers it uses (gic.md 5, 7 and 8.5, after TF-A). With one
 * security state it does nothing but send a redistributor to sleep before its CPU loses power.
 */
final class FirmwareV3 {
    /** SGIs 8 to 15 and the secure physical timer, PPI 29. */
    private static final int SECURE_PRIVATE = 0x2000_FF00;

    /** Those of them in Group 0: SGIs 8 and 14. */
    private static final int GROUP_0_PRIVATE = 0x4100;

    /** The highest non-secure priority. */
    private static final int PRIORITY = 0x80;

    private static final int ALL = -1;
    private static final int GICD_CTLR = 0x0000;
    private static final int IGROUPR = 0x0080;
    private static final int ISENABLER = 0x0100;
    private static final int ICENABLER = 0x0180;
    private static final int ICFGR = 0x0C00;
    private static final int IGRPMODR = 0x0D00;
    private static final long WAKER = 0x0014;
    private static final long SGI_FRAME = 0x1_0000;
    private static final int PROCESSOR_SLEEP = 1 << 1;
    private static final int SECURE_GROUPS =
            Groups.bit(Groups.GROUP_0) | Groups.bit(Groups.SECURE_1);

    private final DistributorV3 distributor;
    private final Interrupts interrupts;
    private final Intids intids;
    private final SystemInterface cpus;
    private final Bus.Target gicd;
    private final Bus.Target gicr;

    FirmwareV3(DistributorV3 distributor, SystemInterface cpus, Bus.Target gicd, Bus.Target gicr) {
        this.distributor = distributor;
        this.cpus = cpus;
        this.gicd = gicd;
        this.gicr = gicr;
        interrupts = distributor.interrupts;
        intids = interrupts.intids;
    }

    void secureInit(Board board) {
        if (!distributor.twoStates()) {
            return;
        }
        writeDistributor(board, GICD_CTLR, 0);
        for (int n = 1; n < intids.intids() / 32; n++) {
            writeDistributor(board, IGROUPR + 4 * n, ALL);
            writeDistributor(board, IGRPMODR + 4 * n, 0);
        }
        int firstSpi = intids.index(0, Intids.PRIVATE);
        interrupts.priority.fill(board, firstSpi, intids.count(), PRIORITY);
        for (int n = 2; n < intids.intids() / 16; n++) {
            writeDistributor(board, ICFGR + 4 * n, 0);
        }
        for (int cpu = 0; cpu < intids.cpus(); cpu++) {
            cpuInit(board, cpu);
        }
        writeDistributor(board, GICD_CTLR, SECURE_GROUPS);
    }

    void cpuInit(Board board, int cpu) {
        if (!distributor.twoStates()) {
            return;
        }
        writeFrame(board, cpu, ICENABLER, ALL);
        interrupts.privatePriorities(board, cpu, PRIORITY, SECURE_PRIVATE);
        writeFrame(board, cpu, IGROUPR, ~SECURE_PRIVATE);
        writeFrame(board, cpu, IGRPMODR, SECURE_PRIVATE & ~GROUP_0_PRIVATE);
        writeFrame(board, cpu, ICFGR + 4, 0);
        writeFrame(board, cpu, ISENABLER, SECURE_PRIVATE);
    }

    private void writeDistributor(Board board, int offset, int value) {
        gicd.write(board, Access.el3(0), offset, 4, value & 0xFFFF_FFFFL);
    }

    private void writeFrame(Board board, int cpu, int offset, int value) {
        long at = cpu * RedistributorRegisters.STRIDE + SGI_FRAME + offset;
        gicr.write(board, Access.el3(cpu), at, 4, value & 0xFFFF_FFFFL);
    }

    private void writeWaker(Board board, int cpu, int value) {
        long at = cpu * RedistributorRegisters.STRIDE + WAKER;
        gicr.write(board, Access.el3(cpu), at, 4, value);
    }

    void cpuInterfaceUp(Board board, int cpu) {
        if (distributor.twoStates()) {
            writeWaker(board, cpu, 0);
            cpus.setMask(board, Access.el3(cpu), Priorities.LOWEST);
            cpus.enable(board, cpu, Groups.GROUP_0, true);
            cpus.enable(board, cpu, Groups.SECURE_1, true);
        }
    }

    void cpuInterfaceDown(Board board, int cpu) {
        for (int group = 0; group < Groups.COUNT; group++) {
            cpus.enable(board, cpu, group, false);
        }
        writeWaker(board, cpu, PROCESSOR_SLEEP);
    }
}
