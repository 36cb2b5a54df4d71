package dev.vboard.model.xen;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Bus;
import dev.vboard.model.core.Layout;
import dev.vboard.model.core.Words;
import dev.vboard.model.profile.GicSpec;

/** Xen's GICv2 driver: the register accesses it makes, through the bus (gic.md 5 and 10). */
final class HostGicV2 implements HostGic {
    /** Of the distributor and of the CPU interface. */
    static final int CTLR = 0x000;

    static final int ISENABLER = 0x100;
    static final int ICENABLER = 0x180;
    static final int ISACTIVER = 0x300;
    static final int ICACTIVER = 0x380;
    static final int IPRIORITYR = 0x400;
    static final int ITARGETSR = 0x800;
    static final int ICFGR = 0xC00;

    static final int PMR = 0x004;
    static final int BPR = 0x008;

    private static final int IAR = 0x00C;
    private static final int EOIR = 0x010;
    private static final int APR = 0x0D0;
    private static final int NSAPR = 0x0E0;
    private static final int DIR_PAGE = 0x1000;
    private static final int WIDE_DIR_PAGE = 0x1_0000;
    private static final int GICH_HCR = 0x00;
    private static final int GICH_VMCR = 0x08;
    private static final int GICH_APR = 0xF0;
    private static final int GICH_LR = 0x100;

    /** Group 1 enable in the non-secure view. */
    static final int ENABLE = 1;

    private static final int EOI_MODE = 1 << 9;
    private static final int BYPASS_DISABLE = 3 << 5;
    private static final int IRQ_PRIORITIES = 0xA0A0_A0A0;
    private static final int IPI_PRIORITIES = 0x9090_9090;

    /** Four words of SGIs, four of PPIs. */
    private static final Bus.Values PRIVATE_PRIORITIES =
            (_, word) -> word < 4 ? IPI_PRIORITIES : IRQ_PRIORITIES;

    private static final int HCR_EN = 1;
    private static final int HCR_UIE = 2;
    private static final int ACTIVE_PRIORITY_WORDS = 4;
    private static final long WORD = 0xFFFF_FFFFL;

    private final Bus bus;
    private final Bus.Window gicd;
    private final Bus.Window gicc;
    private final Bus.Window gich;
    private final long dir;
    private final int intids;

    HostGicV2(Bus bus, GicSpec spec) {
        this.bus = bus;
        gicd = bus.window(spec.gicd());
        gicc = bus.window(spec.gicc().orElseThrow());
        gich = bus.window(spec.gich().orElseThrow());
        dir = gicc.base() + (spec.wideAliases() ? WIDE_DIR_PAGE : DIR_PAGE);
        intids = spec.intids();
    }

    @Override
    public void distributorInit(Board board) {
        Access by = Access.el2(0);
        gicd.write32(board, by, CTLR, 0);
        int self = gicd.read32(board, by, ITARGETSR) & 0xFF;
        int targets = self * 0x0101_0101;
        gicd.writeAll(board, by, ICENABLER + 4, intids / 32 - 1, (_, _) -> -1);
        gicd.writeAll(board, by, ITARGETSR + 32, intids / 4 - 8, (_, _) -> targets);
        gicd.writeAll(board, by, IPRIORITYR + 32, intids / 4 - 8, (_, _) -> IRQ_PRIORITIES);
        gicd.writeAll(board, by, ICFGR + 8, intids / 16 - 2, (_, _) -> 0);
        gicd.write32(board, by, CTLR, ENABLE);
    }

    @Override
    public boolean cpuInit(Board board, int cpu) {
        Access by = Access.el2(cpu);
        gicd.write32(board, by, ICACTIVER, -1);
        gicd.write32(board, by, ICENABLER, 0xFFFF_0000);
        gicd.write32(board, by, ISENABLER, 0x0000_FFFF);
        gicd.writeAll(board, by, IPRIORITYR, 8, PRIVATE_PRIORITIES);
        gicc.write32(board, by, PMR, 0xFF);
        gicc.write32(board, by, BPR, 0);
        gicc.write32(board, by, CTLR, ENABLE | EOI_MODE);
        gich.write32(board, by, GICH_HCR, 0);
        return true;
    }

    @Override
    public void cpuDisable(Board board, int cpu) {
        Access by = Access.el2(cpu);
        gicc.write32(board, by, CTLR, BYPASS_DISABLE);
        gich.write32(board, by, GICH_HCR, 0);
    }

    @Override
    public void selectBypass(Board board, int cpu) {
        gicc.write32(board, Access.el2(cpu), CTLR, 0);
    }

    @Override
    public void enable(Board board, int cpu, int intid) {
        long word = ISENABLER + 4L * (intid / 32);
        gicd.write32(board, Access.el2(cpu), word, 1 << intid % 32);
    }

    @Override
    public void disable(Board board, int cpu, int intid) {
        long word = ICENABLER + 4L * (intid / 32);
        gicd.write32(board, Access.el2(cpu), word, 1 << intid % 32);
    }

    @Override
    public boolean enabled(Board board, int cpu, int intid) {
        long word = ISENABLER + 4L * (intid / 32);
        return (gicd.read32(board, Access.el2(cpu), word) >>> intid % 32 & 1) != 0;
    }

    @Override
    public void route(Board board, int intid, int cpu) {
        gicd.target().write(board, Access.el2(0), ITARGETSR + intid, 1, 1L << cpu);
    }

    @Override
    public void configure(Board board, int intid, boolean edge) {
        long address = ICFGR + 4L * (intid / 16);
        int shift = intid % 16 * 2;
        int old = gicd.read32(board, Access.el2(0), address);
        int bits = edge ? 2 : 0;
        gicd.write32(board, Access.el2(0), address, old & ~(3 << shift) | bits << shift);
    }

    @Override
    public int acknowledge(Board board, int cpu) {
        return gicc.read32(board, Access.el2(cpu), IAR);
    }

    @Override
    public void drop(Board board, int cpu, int iar) {
        gicc.write32(board, Access.el2(cpu), EOIR, iar);
    }

    @Override
    public void deactivate(Board board, int cpu, int iar) {
        bus.write32(board, Access.el2(cpu), dir, iar);
    }

    @Override
    public void clearActive(Board board, int intid) {
        long word = ICACTIVER + 4L * (intid / 32);
        gicd.write32(board, Access.el2(0), word, 1 << intid % 32);
    }

    int readDistributor(Board board, long offset) {
        return gicd.read32(board, Access.el2(0), offset);
    }

    void writeDistributor(Board board, long offset, int value) {
        gicd.write32(board, Access.el2(0), offset, value);
    }

    void readDistributor(Board board, long offset, Words to) {
        gicd.readAll(board, Access.el2(0), offset, to);
    }

    void writeDistributor(Board board, long offset, int count, Bus.Values values) {
        gicd.writeAll(board, Access.el2(0), offset, count, values);
    }

    int readInterface(Board board, long offset) {
        return gicc.read32(board, Access.el2(0), offset);
    }

    void writeInterface(Board board, long offset, int value) {
        gicc.write32(board, Access.el2(0), offset, value);
    }

    @Override
    public void virtualOn(Board board, int cpu, boolean underflow) {
        int hcr = underflow ? HCR_EN | HCR_UIE : HCR_EN;
        gich.write32(board, Access.el2(cpu), GICH_HCR, hcr);
    }

    @Override
    public void virtualOff(Board board, int cpu) {
        gich.write32(board, Access.el2(cpu), GICH_HCR, 0);
    }

    @Override
    public long listRegister(Board board, Access by, int n) {
        return gich.read32(board, by, GICH_LR + 4L * n) & WORD;
    }

    @Override
    public void listRegister(Board board, int cpu, int n, long value) {
        gich.write32(board, Access.el2(cpu), GICH_LR + 4L * n, (int) value);
    }

    @Override
    public long virtualMachineControl(Board board, Access by) {
        return gich.read32(board, by, GICH_VMCR) & WORD;
    }

    @Override
    public void virtualMachineControl(Board board, int cpu, long value) {
        gich.write32(board, Access.el2(cpu), GICH_VMCR, (int) value);
    }

    @Override
    public long virtualActivePriorities(Board board, int cpu) {
        return gich.read32(board, Access.el2(cpu), GICH_APR) & WORD;
    }

    @Override
    public void virtualActivePriorities(Board board, int cpu, long value) {
        gich.write32(board, Access.el2(cpu), GICH_APR, (int) value);
    }

    @Override
    public int intids() {
        return intids;
    }

    /** Whether an acknowledged interrupt of the boot CPU's was not ended yet. */
    boolean anyActivePriority(Board board) {
        int busy = 0;
        for (int word = 0; word < ACTIVE_PRIORITY_WORDS; word++) {
            busy |= activePriorities(board, word);
        }
        return busy != 0;
    }

    /** The boot CPU's priorities in service, of both groups. */
    int activePriorities(Board board, int word) {
        return readInterface(board, APR + 4L * word) | readInterface(board, NSAPR + 4L * word);
    }

    @Override
    public ListFormat lists() {
        return ListFormat.V2;
    }

    @Override
    public GicContext context(Layout layout) {
        return new GicContextV2(this, layout);
    }
}
