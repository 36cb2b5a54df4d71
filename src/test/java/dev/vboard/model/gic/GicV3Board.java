package dev.vboard.model.gic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Layout;
import dev.vboard.model.core.SystemRegisters;
import dev.vboard.model.core.SystemRegisters.SystemRegister;
import dev.vboard.model.profile.CpuSpec;
import dev.vboard.model.profile.GicSpec;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** A board of CPUs, wires and a GICv3, and the registers by name to drive it as software would. */
final class GicV3Board extends GicRig<GicV3> {
    static final int CTLR = 0x0000;
    static final int IGROUPR = 0x0080;
    static final int ICENABLER = 0x0180;
    static final int ISPENDR = 0x0200;
    static final int ICPENDR = 0x0280;
    static final int ISACTIVER = 0x0300;
    static final int ICACTIVER = 0x0380;
    static final int IPRIORITYR = 0x0400;
    static final int ICFGR = 0x0C00;
    static final int IGRPMODR = 0x0D00;
    static final int IROUTER = 0x6000;
    static final int WAKER = 0x0014;

    static final long ANY = 1L << 31;

    private static final long GICD = 0x0800_0000L;
    private static final long GICR = 0x080A_0000L;
    private static final long STRIDE = 0x2_0000;
    private static final long SGI_FRAME = 0x1_0000;

    final SystemRegisters registers;
    private final int states;

    GicV3Board(int priorityBits, int states, List<Long> mpidrs) {
        SystemRegisters registers = new SystemRegisters();
        super(
                mpidrs.size(),
                288,
                place -> build(spec(priorityBits, states), mpidrs, registers, place));
        this.registers = registers;
        this.states = states;
    }

    private static GicV3 build(
            GicSpec spec, List<Long> mpidrs, SystemRegisters registers, Place in) {
        registers.stores(
                "HCR_EL2",
                SystemRegisters.encoding(3, 4, 1, 1, 0),
                2,
                in.wiring().cells("hcr", mpidrs.size(), 64));
        List<CpuSpec> cpus = new ArrayList<>();
        List<Layout> cores = new ArrayList<>();
        for (int cpu = 0; cpu < mpidrs.size(); cpu++) {
            cpus.add(new CpuSpec(cpu, mpidrs.get(cpu), "cortex-a57", 0, 44, 8, 0x411F_D070L, 64));
            cores.add(in.hardware().named("cpu" + cpu).in(DOMAIN + 1 + cpu));
        }
        return new GicV3(
                in.hardware().in(DOMAIN),
                cores,
                spec,
                cpus,
                in.clock(),
                in.lines(),
                in.bus(),
                registers,
                in.powered());
    }

    /** One security state, five priority bits, four CPUs in a row, as QEMU has them. */
    static GicV3Board virt() {
        return new GicV3Board(5, 1, List.of(0L, 1L, 2L, 3L));
    }

    /** Two security states, two clusters of two; EL3 has run. */
    static GicV3Board secured() {
        GicV3Board board = new GicV3Board(5, 2, List.of(0L, 1L, 0x100L, 0x101L));
        board.firmware();
        return board;
    }

    private static GicSpec spec(int priorityBits, int states) {
        return new GicSpec(
                3,
                GICD,
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.of(GICR),
                OptionalLong.empty(),
                288,
                priorityBits,
                4,
                states,
                "gic",
                false);
    }

    /**
     * Non-secure software switches everything on: all interrupts in Group 1 where that is its own
     * to say, redistributors awake, distributor and interfaces on, masks wide open.
     */
    GicV3Board on() {
        for (int cpu = 0; cpu < intids.cpus(); cpu++) {
            gicr(cpu, WAKER, 0);
            if (states == 1) {
                sgi(cpu, IGROUPR, 0xFFFF_FFFFL);
            }
            icc(cpu, "PMR", 0xFF);
            icc(cpu, "IGRPEN1", 1);
        }
        for (int n = 1; n < 9 && states == 1; n++) {
            gicd(IGROUPR + 4 * n, 0xFFFF_FFFFL);
        }
        gicd(CTLR, 0x12);
        return this;
    }

    /** As {@link #on}, with end of interrupt split from deactivation. */
    GicV3Board onWithSplitEnd() {
        on();
        for (int cpu = 0; cpu < intids.cpus(); cpu++) {
            icc(cpu, "CTLR", 2);
        }
        return this;
    }

    /** Takes a core's power away, and with it its interfaces. */
    void loseCore(int cpu) {
        board.loseContents(DOMAIN + 1 + cpu);
        gic.coreLost(board, cpu);
    }

    void gicd(long offset, long value) {
        bus.write(board, Access.el2(0), GICD + offset, 4, value);
    }

    long gicd(long offset) {
        return bus.read(board, Access.el2(0), GICD + offset, 4);
    }

    /** The same by EL3. */
    void secureGicd(long offset, long value) {
        bus.write(board, Access.el3(0), GICD + offset, 4, value);
    }

    long secureGicd(long offset) {
        return bus.read(board, Access.el3(0), GICD + offset, 4);
    }

    /** A register of a CPU's RD frame. */
    void gicr(int cpu, long offset, long value) {
        bus.write(board, Access.el2(0), GICR + cpu * STRIDE + offset, 4, value);
    }

    long gicr(int cpu, long offset) {
        return bus.read(board, Access.el2(0), GICR + cpu * STRIDE + offset, 4);
    }

    long secureGicr(int cpu, long offset) {
        return bus.read(board, Access.el3(0), GICR + cpu * STRIDE + offset, 4);
    }

    long gicrTyper(int cpu) {
        return bus.read(board, Access.el2(0), GICR + cpu * STRIDE + 8, 8);
    }

    /** A register of a CPU's SGI frame. */
    void sgi(int cpu, long offset, long value) {
        gicr(cpu, SGI_FRAME + offset, value);
    }

    long sgi(int cpu, long offset) {
        return gicr(cpu, SGI_FRAME + offset);
    }

    long secureSgi(int cpu, long offset) {
        return secureGicr(cpu, SGI_FRAME + offset);
    }

    /** Writes {@code ICC_<name>_EL1} as EL2 of a CPU. */
    void icc(int cpu, String name, long value) {
        write(Access.el2(cpu), "ICC_" + name + "_EL1", value);
    }

    long icc(int cpu, String name) {
        return read(Access.el2(cpu), "ICC_" + name + "_EL1");
    }

    void ich(int cpu, String name, long value) {
        write(Access.el2(cpu), "ICH_" + name + "_EL2", value);
    }

    long ich(int cpu, String name) {
        return read(Access.el2(cpu), "ICH_" + name + "_EL2");
    }

    /** An MSR that must be defined. */
    void write(Access by, String name, long value) {
        SystemRegister register = registers.get(name);
        assertThat(register.permits(board, by, true)).as("MSR " + name).isTrue();
        register.write(board, by, value);
    }

    /** An MRS that must be defined. */
    long read(Access by, String name) {
        SystemRegister register = registers.get(name);
        assertThat(register.permits(board, by, false)).as("MRS " + name).isTrue();
        return register.read(board, by);
    }

    @Override
    void set(int cpu, int bank, int intid) {
        long bit = 1L << intid % 32;
        if (intid < 32) {
            sgi(cpu, bank, bit);
        } else {
            gicd(bank + intid / 32 * 4, bit);
        }
    }

    boolean get(int cpu, int bank, int intid) {
        long word = intid < 32 ? sgi(cpu, bank) : gicd(bank + intid / 32 * 4);
        return (word >>> intid % 32 & 1) != 0;
    }

    private long priorityAt(int cpu, int intid) {
        long base = intid < 32 ? GICR + cpu * STRIDE + SGI_FRAME : GICD;
        return base + IPRIORITYR + intid;
    }

    @Override
    void priority(int cpu, int intid, int value) {
        bus.write(board, Access.el2(cpu), priorityAt(cpu, intid), 1, value);
    }

    long priority(int cpu, int intid) {
        return bus.read(board, Access.el2(cpu), priorityAt(cpu, intid), 1);
    }

    void route(int intid, long value) {
        bus.write(board, Access.el2(0), GICD + IROUTER + 8L * intid, 8, value);
    }

    long route(int intid) {
        return bus.read(board, Access.el2(0), GICD + IROUTER + 8L * intid, 8);
    }

    void edge(int intid) {
        int at = ICFGR + intid / 16 * 4;
        gicd(at, gicd(at) | 2L << intid % 16 * 2);
    }

    /** Enables an SPI with a route at a priority. */
    void spi(int intid, long route, int priority) {
        route(intid, route);
        priority(0, intid, priority);
        set(0, ISENABLER, intid);
    }

    long ack(int cpu) {
        return icc(cpu, "IAR1");
    }

    void end(int cpu, long intid) {
        icc(cpu, "EOIR1", intid);
    }
}
