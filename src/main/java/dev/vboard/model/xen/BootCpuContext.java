package dev.vboard.model.xen;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Flag;
import dev.vboard.model.core.Layout;
import dev.vboard.model.core.SystemRegisters.SystemRegister;
import dev.vboard.model.hazard.CpuHazard;
import dev.vboard.model.hazard.HostHazard;

import java.util.ArrayList;
import java.util.List;

/**
 * How the boot CPU goes to sleep and comes back: its EL2 registers, the page tables it resumes
 * with, and what it does before anything else (xen-suspend.md 4.2 rows 12 to 14, R1 to R6).
 */
public final class BootCpuContext {
    private static final long SYSTEM_SUSPEND = 0xC400_000EL;
    private static final long RESUME_OFFSET = 0x1000;
    private static final List<String> EL2 = List.of(
            "VBAR_EL2",
            "VTCR_EL2",
            "VTTBR_EL2",
            "TPIDR_EL2",
            "MDCR_EL2",
            "HSTR_EL2",
            "CPTR_EL2",
            "HCR_EL2",
            "SCTLR_EL2",
            "TTBR0_EL2",
            "TCR_EL2",
            "MAIR_EL2",
            "CNTHCTL_EL2");

    private final Hypervisor xen;
    private final List<SystemRegister> el2 = new ArrayList<>();
    private final List<Cell> savedEl2;
    private final Flag rootPublished;
    private final Flag identityMap;
    private final Flag writeImpliesExecuteNever;

    BootCpuContext(Hypervisor xen, Layout layout) {
        this.xen = xen;
        for (String name : EL2) {
            el2.add(xen.platform.registers().get(name));
        }
        savedEl2 = layout.cells("el2", EL2.size(), 64);
        rootPublished = layout.flag("resume-root-published");
        identityMap = layout.flag("identity-map");
        writeImpliesExecuteNever = layout.flag("wxn");
    }

    /** Whether Xen is mapped at its physical address too. */
    public boolean identityMap(Board board) {
        return identityMap.get(board);
    }

    /** Whether nothing of Xen that can be written can be executed. */
    public boolean writeImpliesExecuteNever(Board board) {
        return writeImpliesExecuteNever.get(board);
    }

    /** The end of boot: the mappings have their final rights. */
    void booted(Board board) {
        writeImpliesExecuteNever.set(board, true);
    }

    /** Publishes the page tables for the way back, and saves the registers of EL2. */
    void save(Board board) {
        boolean alone = xen.pcpus.size() == 1;
        boolean unset = alone && xen.suffers(board, HostHazard.HZ_49);
        rootPublished.set(board, !unset);
        identityMap.set(board, xen.flavour(board).mapsIdentity());
        for (int i = 0; i < EL2.size(); i++) {
            savedEl2.get(i).set(board, el2.get(i).read(board, Access.el2(0)));
        }
    }

    /** The last instruction before sleep; comes back when EL3 refuses or something is pending. */
    long callFirmware(Board board) {
        Pcpu boot = xen.pcpus.getFirst();
        xen.checks.sleep.toSleep(board, 0, xen.hostSuspend.initiatorDomain(board));
        boot.state.set(board, Pcpu.State.SUSPENDED);
        xen.platform.timerKept().accept(board, xen.timers.leftRunning(board));
        long entry = xen.platform.xenBase() + RESUME_OFFSET;
        long result = xen.platform.smc(board, 0, SYSTEM_SUSPEND, entry, 0, 0);
        if (result == Platform.NOT_RETURNED) {
            boot.errataApplied.set(board, false);
            writeImpliesExecuteNever.set(board, false);
        } else {
            xen.platform.timerKept().accept(board, SoftTimers.STOPPED);
            boot.state.set(board, Pcpu.State.ONLINE);
            abandon(board);
        }
        return result;
    }

    /** The machine does not go to sleep after all. */
    void abandon(Board board) {
        identityMap.set(board, false);
    }

    /** R1 to R6: the boot CPU stands at the resume entry with its MMU off. */
    void resume(Board board) {
        xen.checks.sleep.atResumeEntry(board, rootPublished.get(board));
        if (!rootPublished.get(board)) {
            xen.bug(board, "Unexpected trap at the resume entry: no page tables");
            return;
        }
        restore(board);
        Pcpu boot = xen.pcpus.getFirst();
        boot.state.set(board, Pcpu.State.ONLINE);
        boot.errataApplied.set(board, !xen.suffers(board, CpuHazard.HZ_10));
        if (!xen.suffers(board, HostHazard.HZ_50)) {
            identityMap.set(board, false);
            writeImpliesExecuteNever.set(board, true);
        }
        xen.checks.cpus.errata(board, boot);
    }

    /** Whether the registers are as they were saved, but for the guests' access to the timers. */
    boolean isRestored(Board board) {
        boolean same = true;
        for (int i = 0; i < EL2.size() - 1; i++) {
            same &= el2.get(i).read(board, Access.el2(0)) == savedEl2.get(i).get(board);
        }
        return same;
    }

    private void restore(Board board) {
        int shift = xen.suffers(board, HostHazard.HZ_51) ? 1 : 0;
        boolean keepsTraps = !xen.suffers(board, HostHazard.HZ_52);
        for (int i = 0; i < EL2.size(); i++) {
            long saved = savedEl2.get((i + shift) % EL2.size()).get(board);
            if (!keepsTraps && EL2.get(i).equals("CNTHCTL_EL2")) {
                // What a core comes up with is unknown: here everything traps.
                el2.get(i).write(board, Access.el2(0), 0);
            } else {
                el2.get(i).write(board, Access.el2(0), saved);
            }
        }
        xen.checks.sleep.contextRestored(board);
        xen.checks.sleep.timersBack(board, savedEl2.getLast().get(board));
    }
}
