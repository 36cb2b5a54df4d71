package dev.vboard.model.xen;

import dev.vboard.model.core.Board;
import dev.vboard.model.hazard.CpuHazard;

import java.util.Optional;

/** Whether a CPU that has arrived may run Xen (xen-suspend.md 5.2). */
final class CpuAdmission {
    private final Hypervisor xen;

    CpuAdmission(Hypervisor xen) {
        this.xen = xen;
    }

    /**
     * Compares what a CPU reads of itself with the boot CPU and with what boot has decided.
     *
     * @return why it is to be parked, in a word; empty when it may go on
     */
    Optional<String> refuses(Board board, Pcpu pcpu) {
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
                return Optional.of("midr");
            }
            xen.print(board, "hmp-unsafe turned on so tainting Xen and keep core on!!");
        }
        if (own.dcacheLine() != boot.dcacheLine()) {
            xen.print(
                    board,
                    "CPU" + pcpu.id + " dcache line size (" + own.dcacheLine()
                            + ") does not match the boot CPU (" + boot.dcacheLine() + ")");
            return Optional.of("dcache-line");
        }
        boolean allowed = xen.features.allow(board, own);
        if (!allowed && !xen.suffers(board, CpuHazard.HZ_13)) {
            xen.print(board, "CPU" + pcpu.id + ": cannot support VTCR, disable cpu");
            return Optional.of("vtcr");
        }
        return Optional.empty();
    }
}
