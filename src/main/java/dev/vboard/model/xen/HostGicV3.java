package dev.vboard.model.xen;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Bus;
import dev.vboard.model.core.Layout;
import dev.vboard.model.core.SystemRegisters;
import dev.vboard.model.core.SystemRegisters.SystemRegister;
import dev.vboard.model.profile.CpuSpec;
import dev.vboard.model.profile.GicSpec;

import java.util.ArrayList;
import java.util.List;

/**
 * Xen's GICv3 driver: distributor and redistributors through the bus, CPU interfaces and list
 * registers as system registers (gic.md 5, 7 and 10).
 */
final class HostGicV3 implements HostGic {
    static final int CTLR = 0x000;
    static final int IGROUPR = 0x080;
    static final int ISENABLER = 0x100;
    static final int ICENABLER = 0x180;
    static final int ISACTIVER = 0x300;
    static final int ICACTIVER = 0x380;
    static final int IPRIORITYR = 0x400;
    static final int ICFGR = 0xC00;

    /** GICD_CTLR: affinity routing. */
    static final int ARE = 1 << 4;

    /** GICD_CTLR: one security state only. */
    static final int DS = 1 << 6;

    private static final int IROUTER = 0x6000;
    private static final int GROUPS_ON = 3;
    private static final int IRQ_PRIORITIES = 0xA0A0_A0A0;
    private static final int IPI_PRIORITIES = 0x9090_9090;
    private static final int HCR_EN = 1;
    private static final int HCR_UIE = 2;

    final Redistributors redistributors;
    final IccRegisters icc;
    private final Bus.Window gicd;
    private final int intids;
    private final List<CpuSpec> cpus;
    private final SystemRegister virtualControl;
    private final SystemRegister machineControl;
    private final SystemRegister virtualPriorities0;
    private final SystemRegister virtualPriorities1;
    private final List<SystemRegister> entries;

    HostGicV3(Platform platform, Layout layout) {
        GicSpec spec = platform.profile().gic();
        gicd = platform.bus().window(spec.gicd());
        intids = spec.intids();
        cpus = platform.profile().cpus();
        redistributors = new Redistributors(platform, layout, spec.gicr().orElseThrow());
        SystemRegisters registers = platform.registers();
        icc = new IccRegisters(registers);
        virtualControl = registers.get("ICH_HCR_EL2");
        machineControl = registers.get("ICH_VMCR_EL2");
        virtualPriorities0 = registers.get("ICH_AP0R0_EL2");
        virtualPriorities1 = registers.get("ICH_AP1R0_EL2");
        List<SystemRegister> lists = new ArrayList<>();
        for (int n = 0; n < spec.listRegisters(); n++) {
            lists.add(registers.get("ICH_LR" + n + "_EL2"));
        }
        entries = List.copyOf(lists);
    }

    @Override
    public void distributorInit(Board board) {
        writeDistributor(board, CTLR, 0);
        for (int word = 2; word < intids / 16; word++) {
            writeDistributor(board, ICFGR + 4L * word, 0);
        }
        for (int word = 8; word < intids / 4; word++) {
            writeDistributor(board, IPRIORITYR + 4L * word, IRQ_PRIORITIES);
        }
        for (int word = 1; word < intids / 32; word++) {
            writeDistributor(board, ICENABLER + 4L * word, -1);
            writeDistributor(board, ICACTIVER + 4L * word, -1);
        }
        ownAllSpis(board);
        writeDistributor(board, CTLR, ARE | GROUPS_ON);
        for (int intid = 32; intid < intids; intid++) {
            route(board, intid, 0);
        }
    }

    /** All SPIs Group 1, which matters where there is one security state. */
    void ownAllSpis(Board board) {
        for (int word = 1; word < intids / 32; word++) {
            writeDistributor(board, IGROUPR + 4L * word, -1);
        }
    }

    @Override
    public boolean cpuInit(Board board, int cpu) {
        if (!redistributors.find(board, cpu) || !redistributors.wake(board, cpu)) {
            return false;
        }
        for (int word = 0; word < 8; word++) {
            int priorities = word < 4 ? IPI_PRIORITIES : IRQ_PRIORITIES;
            redistributors.writePrivate(board, cpu, IPRIORITYR + 4L * word, priorities);
        }
        redistributors.writePrivate(board, cpu, ICACTIVER, -1);
        redistributors.writePrivate(board, cpu, ICENABLER, 0xFFFF_0000);
        redistributors.writePrivate(board, cpu, ISENABLER, 0x0000_FFFF);
        redistributors.writePrivate(board, cpu, IGROUPR, -1);
        icc.init(board, cpu);
        virtualOff(board, cpu);
        return true;
    }

    @Override
    public void cpuDisable(Board board, int cpu) {
        icc.off(board, cpu);
        virtualOff(board, cpu);
    }

    /** System registers leave no way around the interface: it is off, whoever does it. */
    @Override
    public void selectBypass(Board board, int cpu) {
        icc.off(board, cpu);
    }

    @Override
    public void enable(Board board, int cpu, int intid) {
        writeBit(board, cpu, ISENABLER, intid);
    }

    @Override
    public void disable(Board board, int cpu, int intid) {
        writeBit(board, cpu, ICENABLER, intid);
    }

    @Override
    public void clearActive(Board board, int intid) {
        writeBit(board, 0, ICACTIVER, intid);
    }

    private void writeBit(Board board, int cpu, int register, int intid) {
        if (intid < 32) {
            redistributors.writePrivate(board, cpu, register, 1 << intid);
        } else {
            writeDistributor(board, register + 4L * (intid / 32), 1 << intid % 32);
        }
    }

    @Override
    public boolean enabled(Board board, int cpu, int intid) {
        int word = intid < 32
                ? redistributors.readPrivate(board, cpu, ISENABLER)
                : readDistributor(board, ISENABLER + 4L * (intid / 32));
        return (word >>> intid % 32 & 1) != 0;
    }

    @Override
    public void route(Board board, int intid, int cpu) {
        writeRoute(board, intid, affinity(cpu));
    }

    /** Aff3 in 39:32, Aff2, Aff1 and Aff0 in 23:0, as in MPIDR_EL1 and GICD_IROUTER. */
    long affinity(int cpu) {
        return cpus.get(cpu).mpidr() & 0xFF_00FF_FFFFL;
    }

    /** How many CPUs SPIs may be routed to. */
    int cpus() {
        return cpus.size();
    }

    /** Writes GICD_IROUTERn of an SPI. */
    void writeRoute(Board board, int intid, long value) {
        gicd.target().write(board, Access.el2(0), IROUTER + 8L * intid, 8, value);
    }

    /** Reads GICD_IROUTERn of an SPI. */
    long readRoute(Board board, int intid) {
        return gicd.target().read(board, Access.el2(0), IROUTER + 8L * intid, 8);
    }

    @Override
    public void configure(Board board, int intid, boolean edge) {
        long offset = ICFGR + 4L * (intid / 16);
        int shift = intid % 16 * 2;
        int old = readDistributor(board, offset);
        writeDistributor(board, offset, old & ~(3 << shift) | (edge ? 2 : 0) << shift);
    }

    int readDistributor(Board board, long offset) {
        return gicd.read32(board, Access.el2(0), offset);
    }

    void writeDistributor(Board board, long offset, int value) {
        gicd.write32(board, Access.el2(0), offset, value);
    }

    @Override
    public int acknowledge(Board board, int cpu) {
        return icc.acknowledge(board, cpu);
    }

    @Override
    public void drop(Board board, int cpu, int iar) {
        icc.drop(board, cpu, iar);
    }

    @Override
    public void deactivate(Board board, int cpu, int iar) {
        icc.deactivate(board, cpu, iar);
    }

    @Override
    public void virtualOn(Board board, int cpu, boolean underflow) {
        int value = underflow ? HCR_EN | HCR_UIE : HCR_EN;
        virtualControl.write(board, Access.el2(cpu), value);
    }

    @Override
    public void virtualOff(Board board, int cpu) {
        virtualControl.write(board, Access.el2(cpu), 0);
    }

    @Override
    public long listRegister(Board board, Access by, int n) {
        return entries.get(n).read(board, by);
    }

    @Override
    public void listRegister(Board board, int cpu, int n, long value) {
        entries.get(n).write(board, Access.el2(cpu), value);
    }

    @Override
    public long virtualMachineControl(Board board, Access by) {
        return machineControl.read(board, by);
    }

    @Override
    public void virtualMachineControl(Board board, int cpu, long value) {
        machineControl.write(board, Access.el2(cpu), value);
    }

    /** Those of Group 0 in the upper half, those of Group 1 in the lower. */
    @Override
    public long virtualActivePriorities(Board board, int cpu) {
        Access by = Access.el2(cpu);
        long group1 = virtualPriorities1.read(board, by) & 0xFFFF_FFFFL;
        return virtualPriorities0.read(board, by) << 32 | group1;
    }

    @Override
    public void virtualActivePriorities(Board board, int cpu, long value) {
        Access by = Access.el2(cpu);
        virtualPriorities0.write(board, by, value >>> 32);
        virtualPriorities1.write(board, by, value & 0xFFFF_FFFFL);
    }

    @Override
    public ListFormat lists() {
        return ListFormat.V3;
    }

    @Override
    public GicContext context(Layout layout) {
        return new GicContextV3(this, layout);
    }

    @Override
    public int intids() {
        return intids;
    }
}
