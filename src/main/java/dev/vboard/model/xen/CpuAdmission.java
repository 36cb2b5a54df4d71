package dev.vboard.model.xen;

import dev.vboard.model.core.Board;
import dev.vboard.model.hazard.CpuHazard;

/** Which CPUs may come online, by what they read of themselves (xen-suspend.md 5.2, D2). */
final class CpuAdmission {
    private final Hypervisor xen;

    CpuAdmission(Hypervisor xen) {
        this.xen = xen;
    }

    /**
     * Compares a CPU with the boot CPU and with what boot has decided, and says on the console what
     * speaks against it.
     *
     * @return what it is to be parked for, in a word, or an empty text
     */
    String objection(Board board, Pcpu pcpu) {
        CpuIdentity own = xen.features.identity(board, pcpu.id);
        CpuIdentity boot = xen.features.identity(board, 0);
        if (own.midr() != boot.midr()) {
            xen.print(
                    board,
                    "CPU" + pcpu.id + " MIDR (0x" + Long.toHexString(own.midr())
                            + ") does not match boot CPU MIDR (0x"
                            + Long.toHexString(boot.midr()) + "),");
            if (!xen.hmpUnsafe(board)) {
                xen.print(board, "disable cpu (see big.LITTLE.txt under docs/).");
                return "midr";
            }
            xen.print(board, "hmp-unsafe turned on so tainting Xen and keep core on!!");
        }
        if (own.dcacheLine() != boot.dcacheLine()) {
            xen.print(
                    board,
                    "CPU" + pcpu.id + " dcache line size (" + own.dcacheLine()
                            + ") does not match the boot CPU (" + boot.dcacheLine() + ")");
            return "dcache-line";
        }
        if (!xen.features.allow(board, own) && !xen.suffers(board, CpuHazard.HZ_13)) {
            xen.print(board, "CPU" + pcpu.id + ": cannot support VTCR, disable cpu");
            return "vtcr";
        }
        return "";
    }
}
