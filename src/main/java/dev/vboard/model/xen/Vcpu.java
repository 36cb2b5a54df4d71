package dev.vboard.model.xen;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Flag;
import dev.vboard.model.core.Gprs;
import dev.vboard.model.core.Layout;

import java.util.ArrayList;
import java.util.List;

/**
 * One virtual CPU: what Xen keeps about it, and its registers while it is not on a physical CPU
 * (xen-suspend.md 1.6).
 */
public final class Vcpu {
    /** Pause flag: waits for an interrupt or event. */
    static final int BLOCKED = 1;

    /** Pause flag: never started, or CPU_OFF. */
    static final int DOWN = 2;

    /** The EL1 registers a switch saves and loads, by architectural name. */
    public static final List<String> EL1 = List.of(
            "SCTLR_EL1",
            "TTBR0_EL1",
            "TTBR1_EL1",
            "TCR_EL1",
            "VBAR_EL1",
            "MAIR_EL1",
            "AMAIR_EL1",
            "CONTEXTIDR_EL1",
            "TPIDR_EL0",
            "TPIDRRO_EL0",
            "TPIDR_EL1",
            "CPACR_EL1",
            "CSSELR_EL1",
            "PAR_EL1",
            "FAR_EL1",
            "ESR_EL1",
            "AFSR0_EL1",
            "AFSR1_EL1",
            "ELR_EL1",
            "SPSR_EL1");

    final int slot;
    final int id;
    final Gprs gprs;
    final List<Cell> el1;
    final Cell flags;
    final Cell pauseCount;
    final Cell assigned;
    final Cell affinity;
    final Cell waiting;
    final Cell since;
    final Cell unservedSince;
    final Cell ranNanos;
    final Flag inCpuSuspend;
    final Flag pausedForShutdown;
    final Flag deferShutdown;
    final Cell cntvCval;
    final Cell cntvCtl;
    final Cell vtimerExpiry;
    final Cell cntpCval;
    final Cell cntpCtl;
    final Cell ptimerExpiry;
    final List<Cell> listRegisters;
    final Cell usedListRegisters;
    final Cell vmcr;
    final Cell apr;

    Vcpu(Layout domain, int slot, int id, int listRegisters, ListFormat format) {
        this.slot = slot;
        this.id = id;
        Layout layout = domain.named("v" + id);
        gprs = new Gprs(layout);
        List<Cell> cells = new ArrayList<>();
        for (String name : EL1) {
            cells.add(layout.cell(name, 64));
        }
        el1 = List.copyOf(cells);
        flags = layout.cell("pause-flags", 8, DOWN);
        pauseCount = layout.cell("pause-count", 8);
        assigned = layout.cell("assigned", 8, NO_CPU);
        affinity = layout.cell("affinity", 32);
        waiting = layout.cell("waiting", 32);
        since = layout.cell("since", 64);
        unservedSince = layout.cell("unserved-since", 64, SoftTimers.STOPPED);
        ranNanos = layout.cell("ran", 64);
        inCpuSuspend = layout.flag("in-cpu-suspend");
        pausedForShutdown = layout.flag("paused-for-shutdown");
        deferShutdown = layout.flag("defer-shutdown");
        cntvCval = layout.cell("cntv-cval", 64);
        cntvCtl = layout.cell("cntv-ctl", 8);
        vtimerExpiry = layout.cell("vtimer-expiry", 64, SoftTimers.STOPPED);
        cntpCval = layout.cell("cntp-cval", 64);
        cntpCtl = layout.cell("cntp-ctl", 8);
        ptimerExpiry = layout.cell("ptimer-expiry", 64, SoftTimers.STOPPED);
        this.listRegisters = layout.cells("lr", listRegisters, format.bits());
        usedListRegisters = layout.cell("lr-used", 16);
        vmcr = layout.cell("vmcr", 32);
        apr = layout.cell("apr", format.bits());
    }

    static final int NO_CPU = 0xFF;

    /** Number in its domain. */
    public int id() {
        return id;
    }

    /** What tells it from all other vCPUs of the board; never 0, which means idle. */
    int tag() {
        return slot << 8 | id;
    }

    /** MPIDR_EL1 as the guest reads it (psci.md 4). */
    public long mpidr() {
        return 0x8000_0000L | affinityFields();
    }

    long affinityFields() {
        return (id >> 4) << 8 | id & 0xF;
    }

    /** Whether it was never started, or is off. */
    public boolean down(Board board) {
        return (flags.getInt(board) & DOWN) != 0;
    }

    /** Whether it waits for an interrupt or event. */
    public boolean blocked(Board board) {
        return (flags.getInt(board) & BLOCKED) != 0;
    }

    /** Holders that keep this vCPU off the CPU, beyond those of its domain. */
    public int pauseCount(Board board) {
        return pauseCount.getInt(board);
    }

    void setFlag(Board board, int flag, boolean on) {
        int old = flags.getInt(board);
        flags.set(board, on ? old | flag : old & ~flag);
    }

    /** The pCPU it is assigned to, or -1. */
    public int assigned(Board board) {
        int cpu = assigned.getInt(board);
        return cpu == NO_CPU ? -1 : cpu;
    }

    /** The pCPUs it may run on, as a mask. */
    public int affinity(Board board) {
        return affinity.getInt(board);
    }

    /** Its registers while it is not on a pCPU. */
    public Gprs saved() {
        return gprs;
    }

    /** The saved value of an {@link #EL1} register, by its place in that list. */
    public Cell savedEl1(int index) {
        return el1.get(index);
    }

    /** CNTV_CVAL and CNTV_CTL while it is not on a pCPU. */
    public Cell savedTimerValue() {
        return cntvCval;
    }

    /** CNTV_CTL while it is not on a pCPU, without ISTATUS. */
    public Cell savedTimerControl() {
        return cntvCtl;
    }
}
