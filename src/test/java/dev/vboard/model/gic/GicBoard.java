package dev.vboard.model.gic;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Registers;
import dev.vboard.model.profile.GicSpec;

import java.util.OptionalLong;

/** A board of CPUs, wires and a GICv2, and the registers by name to drive it as software would. */
final class GicBoard extends GicRig<GicV2> {
    static final int CTLR = 0x000;
    static final int IGROUPR = 0x080;
    static final int ICENABLER = 0x180;
    static final int ISPENDR = 0x200;
    static final int ICPENDR = 0x280;
    static final int ISACTIVER = 0x300;
    static final int ICACTIVER = 0x380;
    static final int IPRIORITYR = 0x400;
    static final int ITARGETSR = 0x800;
    static final int ICFGR = 0xC00;
    static final int SGIR = 0xF00;
    static final int CPENDSGIR = 0xF10;
    static final int SPENDSGIR = 0xF20;

    static final int PMR = 0x04;
    static final int BPR = 0x08;
    static final int IAR = 0x0C;
    static final int EOIR = 0x10;
    static final int RPR = 0x14;
    static final int HPPIR = 0x18;
    static final int APR = 0xD0;
    static final int DIR = 0x1000;

    GicBoard(GicSpec spec, int cpus) {
        super(cpus, spec.intids(), place -> build(spec, place));
    }

    private static GicV2 build(GicSpec spec, Place in) {
        return new GicV2(
                in.hardware().in(DOMAIN), spec, in.clock(), in.lines(), in.bus(), in.powered());
    }

    /** GIC-400 as on the ZCU102: five priority bits, two security states, EL3 has run. */
    static GicBoard gic400() {
        GicBoard board = new GicBoard(gic400Spec(), 4);
        board.firmware();
        return board;
    }

    /** QEMU's GIC as on the virt board: eight priority bits, one security state. */
    static GicBoard virt() {
        return new GicBoard(virtSpec(1), 4);
    }

    static GicSpec gic400Spec() {
        return spec(0xF901_0000L, 0xF902_0000L, 0xF904_0000L, 0xF906_0000L, 192, 5, 2, true);
    }

    static GicSpec virtSpec(int states) {
        return spec(0x0800_0000L, 0x0801_0000L, 0x0803_0000L, 0x0804_0000L, 288, 8, states, false);
    }

    private static GicSpec spec(
            long gicd,
            long gicc,
            long gich,
            long gicv,
            int intids,
            int bits,
            int states,
            boolean wide) {
        return new GicSpec(
                2,
                gicd,
                OptionalLong.of(gicc),
                OptionalLong.of(gich),
                OptionalLong.of(gicv),
                OptionalLong.empty(),
                OptionalLong.empty(),
                intids,
                bits,
                4,
                states,
                "gic",
                wide);
    }

    /** Non-secure software switches everything on: distributor, interfaces, masks wide open. */
    GicBoard on() {
        gicd(0, CTLR, 1);
        for (int cpu = 0; cpu < intids.cpus(); cpu++) {
            gicc(cpu, PMR, 0xFF);
            gicc(cpu, 0, 1);
        }
        return this;
    }

    /** As {@link #on}, with end of interrupt split from deactivation. */
    GicBoard onWithSplitEnd() {
        on();
        for (int cpu = 0; cpu < intids.cpus(); cpu++) {
            gicc(cpu, 0, 0x201);
        }
        return this;
    }

    void gicd(int cpu, int offset, long value) {
        write(gic.distributor().registers(), cpu, offset, value);
    }

    long gicd(int cpu, int offset) {
        return read(gic.distributor().registers(), cpu, offset);
    }

    void gicc(int cpu, int offset, long value) {
        write(gic.cpuInterface().registers(), cpu, offset, value);
    }

    long gicc(int cpu, int offset) {
        return read(gic.cpuInterface().registers(), cpu, offset);
    }

    void gich(int cpu, int offset, long value) {
        write(gic.virtualInterface().registers(), cpu, offset, value & 0xFFFF_FFFFL);
    }

    long gich(int cpu, int offset) {
        return read(gic.virtualInterface().registers(), cpu, offset);
    }

    void gicv(int cpu, int offset, long value) {
        write(gic.virtualCpuInterface().registers(), cpu, offset, value);
    }

    long gicv(int cpu, int offset) {
        return read(gic.virtualCpuInterface().registers(), cpu, offset);
    }

    private void write(Registers bank, int cpu, int offset, long value) {
        bank.write(board, Access.el2(cpu), offset, 4, value);
    }

    private long read(Registers bank, int cpu, int offset) {
        return bank.read(board, Access.el2(cpu), offset, 4);
    }

    /** The same by EL3. */
    void secureGicd(int cpu, int offset, long value) {
        gic.distributor().registers().write(board, Access.el3(cpu), offset, 4, value);
    }

    long secureGicd(int cpu, int offset) {
        return gic.distributor().registers().read(board, Access.el3(cpu), offset, 4);
    }

    void secureGicc(int cpu, int offset, long value) {
        gic.cpuInterface().registers().write(board, Access.el3(cpu), offset, 4, value);
    }

    long secureGicc(int cpu, int offset) {
        return gic.cpuInterface().registers().read(board, Access.el3(cpu), offset, 4);
    }

    private static int word(int intid) {
        return intid / 32 * 4;
    }

    private static int bit(int intid) {
        return 1 << intid % 32;
    }

    @Override
    void set(int cpu, int bank, int intid) {
        gicd(cpu, bank + word(intid), bit(intid) & 0xFFFF_FFFFL);
    }

    boolean get(int cpu, int bank, int intid) {
        return (gicd(cpu, bank + word(intid)) & bit(intid)) != 0;
    }

    @Override
    void priority(int cpu, int intid, int value) {
        gic.distributor().registers().write(board, Access.el2(cpu), IPRIORITYR + intid, 1, value);
    }

    long priority(int cpu, int intid) {
        return gic.distributor().registers().read(board, Access.el2(cpu), IPRIORITYR + intid, 1);
    }

    void targets(int intid, int mask) {
        gic.distributor().registers().write(board, Access.el2(0), ITARGETSR + intid, 1, mask);
    }

    void edge(int intid) {
        int at = ICFGR + intid / 16 * 4;
        gicd(0, at, gicd(0, at) | 2L << intid % 16 * 2);
    }

    /** Enables an SPI for some CPUs at a priority. */
    void spi(int intid, int targets, int priority) {
        targets(intid, targets);
        priority(0, intid, priority);
        set(0, ISENABLER, intid);
    }

    /** Sends an SGI to some CPUs. */
    void sgi(int from, int targets, int intid) {
        gicd(from, SGIR, targets << 16 | intid);
    }

    long ack(int cpu) {
        return gicc(cpu, IAR);
    }

    void end(int cpu, long acknowledged) {
        gicc(cpu, EOIR, acknowledged);
    }
}
