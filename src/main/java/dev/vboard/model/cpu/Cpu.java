package dev.vboard.model.cpu;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Choice;
import dev.vboard.model.core.Flag;
import dev.vboard.model.core.Gprs;
import dev.vboard.model.core.Layout;
import dev.vboard.model.profile.CpuSpec;

import java.util.ArrayList;
import java.util.List;

/**
 * One physical CPU. Its registers live in the power domain of the core and are lost with it; what
 * EL3 and the machine know about it is always on.
 */
public final class Cpu {
    /** PSTATE at EL2h with debug, SError, IRQ and FIQ masked (psci.md 8). */
    public static final long PSTATE_EL2 = 0x3C9;

    /** PSTATE at EL1h with debug, SError, IRQ and FIQ masked (psci.md 8). */
    public static final long PSTATE_EL1 = 0x3C5;

    private static final long PSTATE_I = 1 << 7;
    private static final long SCTLR_M = 1;
    private static final long SCTLR_EE = 1 << 25;

    private final CpuSpec spec;
    private final int powerDomain;
    private final Gprs gprs;
    private final List<Cell> registers;
    private final Choice<CpuPower> power;
    private final CpuMasks masks;
    private final Cell otherMidr;
    private final Cell otherPaBits;
    private final Cell otherDcacheLine;
    private final Flag waiting;

    /**
     * Declares a CPU.
     *
     * @param layout a cursor over the hardware's segment
     * @param masks the bits it shares with the other CPUs
     * @param spec the CPU as its profile describes it
     * @param powerDomain index of the power domain {@code cpu<n>}
     */
    public Cpu(Layout layout, CpuMasks masks, CpuSpec spec, int powerDomain) {
        this.masks = masks;
        this.spec = spec;
        this.powerDomain = powerDomain;
        Layout alwaysOn = layout.named("cpu" + spec.id());
        power = alwaysOn.choice("power", CpuPower.class);
        waiting = alwaysOn.flag("waiting");
        otherMidr = alwaysOn.cell("other-midr", 64);
        otherPaBits = alwaysOn.cell("other-pa-bits", 8);
        otherDcacheLine = alwaysOn.cell("other-dcache-line", 16);
        Layout core = alwaysOn.in(powerDomain);
        gprs = new Gprs(core);
        List<Cell> cells = new ArrayList<>();
        for (CpuRegister register : CpuRegister.values()) {
            cells.add(core.cell(register.name(), register.bits(), reset(register)));
        }
        registers = List.copyOf(cells);
    }

    private long reset(CpuRegister register) {
        if (register == CpuRegister.VPIDR_EL2) {
            return spec.midr();
        }
        return register == CpuRegister.VMPIDR_EL2 ? mpidr() : register.reset();
    }

    /** Its logical number; 0 boots. */
    public int id() {
        return spec.id();
    }

    /** The CPU as its profile describes it. */
    public CpuSpec spec() {
        return spec;
    }

    /** Index of the power domain its registers are lost with. */
    public int powerDomain() {
        return powerDomain;
    }

    /** MPIDR_EL1: the affinity fields and bit 31, which is RES1. */
    public long mpidr() {
        return spec.mpidr() | 1L << 31 | (spec.mt() ? 1L << 24 : 0);
    }

    /** MIDR_EL1: the profile's, unless the core has been exchanged. */
    public long midr(Board board) {
        long other = otherMidr.get(board);
        return other == 0 ? spec.midr() : other;
    }

    /** Physical address bits: the profile's, unless the core has been exchanged. */
    public int paBits(Board board) {
        int other = otherPaBits.getInt(board);
        return other == 0 ? spec.paBits() : other;
    }

    /** Data cache line in bytes: the profile's, unless the core has been exchanged. */
    public int dcacheLine(Board board) {
        int other = otherDcacheLine.getInt(board);
        return other == 0 ? spec.dcacheLine() : other;
    }

    /**
     * Puts another core in its place, until the board loses its power or is reset; 0 leaves what it
     * was.
     */
    public void exchange(Board board, long midr, int paBits, int dcacheLine) {
        otherMidr.set(board, midr == 0 ? otherMidr.get(board) : midr);
        otherPaBits.set(board, paBits == 0 ? otherPaBits.get(board) : paBits);
        otherDcacheLine.set(board, dcacheLine == 0 ? otherDcacheLine.get(board) : dcacheLine);
        register(CpuRegister.VPIDR_EL2).set(board, midr(board));
    }

    /** x0 to x30, SP_EL0, SP_EL1, PC and PSTATE. */
    public Gprs gprs() {
        return gprs;
    }

    /** The cell of a system register. */
    public Cell register(CpuRegister register) {
        return registers.get(register.ordinal());
    }

    /** What EL3 thinks of it. */
    public CpuPower power(Board board) {
        return power.get(board);
    }

    /** Whether that is what EL3 thinks of it. */
    public boolean is(Board board, CpuPower state) {
        return power.is(board, state);
    }

    /** Whether it is in CPU_SUSPEND or SYSTEM_SUSPEND. */
    public boolean suspended(Board board) {
        return masks.suspended(board, id());
    }

    /** Stores EL3's view. */
    public void power(Board board, CpuPower state) {
        power.set(board, state);
        masks.suspended(board, id(), state == CpuPower.STANDBY || state == CpuPower.POWERDOWN);
    }

    /** Whether it stands at an entry point and its software has not been started yet. */
    public boolean released(Board board) {
        return masks.released(board, id());
    }

    /** States whether its software is still to be started. */
    public void released(Board board, boolean value) {
        masks.released(board, id(), value);
    }

    /** Whether it waits in WFI. */
    public boolean waiting(Board board) {
        return waiting.get(board);
    }

    /** States whether it waits in WFI. */
    public void waiting(Board board, boolean value) {
        waiting.set(board, value);
    }

    /** PSTATE.I: whether it takes no interrupts. */
    public boolean irqMasked(Board board) {
        return (gprs.pstate().get(board) & PSTATE_I) != 0;
    }

    /** Sets PSTATE.I. */
    public void irqMasked(Board board, boolean masked) {
        long rest = gprs.pstate().get(board) & ~PSTATE_I;
        gprs.pstate().set(board, masked ? rest | PSTATE_I : rest);
    }

    /** The exception level it executes at, 1 to 3; of a CPU that is off the level it starts at. */
    public int exceptionLevel(Board board) {
        int level = (int) (gprs.pstate().get(board) >>> 2 & 3);
        return level == 0 ? 2 : level;
    }

    /** Whether stage 1 translation of its exception level is on. */
    public boolean mmuEnabled(Board board) {
        return (sctlr(board) & SCTLR_M) != 0;
    }

    /** SCTLR.EE of its exception level: whether its data accesses are big-endian. */
    public boolean bigEndian(Board board) {
        return (sctlr(board) & SCTLR_EE) != 0;
    }

    private long sctlr(Board board) {
        boolean el1 = exceptionLevel(board) == 1;
        return register(el1 ? CpuRegister.SCTLR_EL1 : CpuRegister.SCTLR_EL2).get(board);
    }

    /**
     * Puts it at an entry point in the state psci.md 8 describes: MMU and caches off, everything
     * masked, x0 the context and all other general registers zero. Everything else keeps its value,
     * which is the reset value when the core was off.
     *
     * @param level exception level, 1 or 2
     * @param entry the PC
     * @param context x0
     * @param bigEndian SCTLR.EE, which EL3 copies from the caller that named the entry
     */
    public void enter(Board board, int level, long entry, long context, boolean bigEndian) {
        gprs.clear(board);
        gprs.x(0).set(board, context);
        gprs.pc().set(board, entry);
        gprs.pstate().set(board, level == 2 ? PSTATE_EL2 : PSTATE_EL1);
        CpuRegister sctlr = level == 2 ? CpuRegister.SCTLR_EL2 : CpuRegister.SCTLR_EL1;
        register(sctlr).set(board, sctlr.reset() | (bigEndian ? SCTLR_EE : 0));
    }
}
