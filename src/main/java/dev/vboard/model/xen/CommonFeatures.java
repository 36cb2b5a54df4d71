package dev.vboard.model.xen;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Layout;
import dev.vboard.model.core.SystemRegisters.SystemRegister;
import dev.vboard.model.hazard.CpuHazard;

import java.util.Locale;

/**
 * What all CPUs that Xen keeps can do, and the stage 2 that follows from it (devices.md 6,
 * xen-suspend.md 5.2). It is decided once, when every CPU has come or has been given up, and then
 * holds for CPUs that come later, too.
 */
final class CommonFeatures {
    private static final long UNDECIDED = 0;

    private final Hypervisor xen;
    private final Cell chosen;
    private final SystemRegister vtcr;
    private final CpuIdentity.Reader identity;

    CommonFeatures(Hypervisor xen, Layout layout) {
        this.xen = xen;
        chosen = layout.cell("vtcr", 64);
        vtcr = xen.platform.registers().get("VTCR_EL2");
        identity = new CpuIdentity.Reader(xen.platform.registers());
    }

    /** What a CPU reads of itself. */
    CpuIdentity identity(Board board, int cpu) {
        return identity.of(board, cpu);
    }

    /** The stage 2 that was decided, as VTCR_EL2 has it. */
    long vtcr(Board board) {
        return chosen.get(board);
    }

    /** Forgets what was decided: the machine boots. */
    void forget(Board board) {
        chosen.set(board, UNDECIDED);
    }

    /** Decides for the CPUs that are online now, says so, and programs them all. */
    void decide(Board board) {
        int paBits = Integer.MAX_VALUE;
        int vmidBits = Integer.MAX_VALUE;
        boolean bootCpuAlone = xen.suffers(board, CpuHazard.HZ_12);
        for (Pcpu pcpu : xen.pcpus) {
            if (pcpu.online(board) && (pcpu.id == 0 || !bootCpuAlone)) {
                CpuIdentity own = identity(board, pcpu.id);
                paBits = Math.min(paBits, own.paBits());
                vmidBits = Math.min(vmidBits, own.vmidBits());
            }
        }
        StageTwoGeometry geometry = StageTwoGeometry.of(paBits, vmidBits);
        chosen.set(board, geometry.vtcr());
        xen.print(
                board,
                "P2M: " + paBits + "-bit IPA with " + paBits + "-bit PA and " + vmidBits
                        + "-bit VMID");
        xen.print(
                board,
                String.format(
                        Locale.ROOT,
                        "P2M: %d levels with order-%d root, VTCR 0x%016x",
                        geometry.levels(),
                        geometry.rootOrder(),
                        geometry.vtcr()));
        for (Pcpu pcpu : xen.pcpus) {
            if (pcpu.online(board)) {
                program(board, pcpu.id);
                xen.checks.cpus.translation(board, pcpu);
            }
        }
    }

    /** Whether a CPU can work with what was decided; all can while nothing is. */
    boolean allow(Board board, CpuIdentity cpu) {
        long decided = chosen.get(board);
        return decided == UNDECIDED || StageTwoGeometry.fits(decided, cpu.paBits(), cpu.vmidBits());
    }

    /** Whether stage 2 works on a CPU: it has the value that was decided, and can do with it. */
    boolean translates(Board board, int cpu) {
        return vtcr.read(board, Access.el2(cpu)) == chosen.get(board)
                && allow(board, identity(board, cpu));
    }

    /** Gives a CPU the stage 2 that was decided, if one was. */
    void program(Board board, int cpu) {
        boolean late = !xen.booting(board);
        if (late && xen.suffers(board, CpuHazard.HZ_11)) {
            return;
        }
        if (chosen.get(board) != UNDECIDED) {
            vtcr.write(board, Access.el2(cpu), chosen.get(board));
        }
    }
}
