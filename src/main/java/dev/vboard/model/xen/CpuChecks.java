package dev.vboard.model.xen;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.SystemRegisters.SystemRegister;
import dev.vboard.model.hazard.CpuInvariant;
import dev.vboard.model.hazard.GuestInvariant;
import dev.vboard.model.hazard.SignalInvariant;

/** What must hold for each physical CPU: I12 to I16, I31, I34, and parts of I5 and I6. */
final class CpuChecks {
    private final Hypervisor xen;
    private final Checks checks;
    private final SystemRegister vtcr;

    CpuChecks(Hypervisor xen, Checks checks) {
        this.xen = xen;
        this.checks = checks;
        vtcr = xen.platform.registers().get("VTCR_EL2");
    }

    /** A CPU has become ONLINE. */
    void online(Board board, Pcpu pcpu) {
        if (checks.leftOut) {
            return;
        }
        int id = pcpu.id;
        checks.expect(
                board, !pcpu.parked.get(board), CpuInvariant.I31, Finding.PARKED_IS_BACK, id, 0);
        boolean fit = xen.features.allow(board, xen.features.identity(board, id))
                && xen.platform.probe().interfaceOn(board, id);
        checks.expect(board, fit, CpuInvariant.I31, Finding.TO_BE_PARKED, id, 0);
        errata(board, pcpu);
        translation(board, pcpu);
        handlers(board, pcpu);
    }

    /** A CPU has come up again. */
    void errata(Board board, Pcpu pcpu) {
        boolean applied = pcpu.errataApplied.get(board);
        checks.expect(board, applied, CpuInvariant.I16, Finding.ERRATA_NOT_APPLIED, pcpu.id, 0);
    }

    /** Stage 2 as the system has chosen it, on a CPU that can do so. */
    void translation(Board board, Pcpu pcpu) {
        if (checks.leftOut) {
            return;
        }
        long chosen = xen.features.vtcr(board);
        boolean same = vtcr.read(board, Access.el2(pcpu.id)) == chosen || xen.booting(board);
        checks.expect(board, same, CpuInvariant.I14, Finding.VTCR_DIFFERS, pcpu.id, 0);
        CpuIdentity own = xen.features.identity(board, pcpu.id);
        boolean can = xen.features.allow(board, own);
        checks.expect(board, can, CpuInvariant.I14, Finding.VTCR_TOO_WIDE, pcpu.id, own.paBits());
    }

    /** Each expected handler once, its interrupt enabled at an interface that works. */
    void handlers(Board board, Pcpu pcpu) {
        if (checks.leftOut) {
            return;
        }
        int count = pcpu.ppiHandlers.getInt(board);
        boolean exact = count == xen.handlers.expected();
        checks.expect(board, exact, CpuInvariant.I13, Finding.HANDLERS, pcpu.id, count);
        Probe probe = xen.platform.probe();
        boolean enabled = true;
        for (int ppi : PpiHandlers.PPIS) {
            enabled &= probe.enabled(board, pcpu.id, ppi);
        }
        checks.expect(board, enabled, CpuInvariant.I13, Finding.PPI_DISABLED, pcpu.id, 0);
        boolean works = probe.interfaceOn(board, pcpu.id);
        checks.expect(board, works, CpuInvariant.I13, Finding.INTERFACE_OFF, pcpu.id, 0);
    }

    /** What Xen holds for a CPU between two operations. */
    void resources(Board board, Pcpu pcpu) {
        boolean alive = pcpu.state.is(board, Pcpu.State.ONLINE);
        int one = alive ? 1 : 0;
        int area = pcpu.percpuArea.getInt(board);
        boolean kept = !alive && area == 1 && !xen.active(board);
        expectCount(board, pcpu, area, area == one || kept);
        expectCount(board, pcpu, pcpu.siblingMap.getInt(board), one);
        expectCount(board, pcpu, pcpu.coreMap.getInt(board), one);
        expectCount(board, pcpu, pcpu.pageTables.getInt(board), one);
        int handlers = pcpu.ppiHandlers.getInt(board);
        int expected = alive ? xen.handlers.expected() : 0;
        expectCount(board, pcpu, handlers, handlers == expected);
    }

    private void expectCount(Board board, Pcpu pcpu, int count, int expected) {
        expectCount(board, pcpu, count, count == expected);
    }

    private void expectCount(Board board, Pcpu pcpu, int count, boolean right) {
        checks.expect(board, right, CpuInvariant.I12, Finding.RESOURCE_COUNT, pcpu.id, count);
    }

    /** A CPU was to go or to come, and that has failed: one that is off holds nothing any more. */
    void stayedAway(Board board, Pcpu pcpu) {
        if (!checks.leftOut && !pcpu.state.is(board, Pcpu.State.ONLINE)) {
            expectCount(board, pcpu, pcpu.percpuArea.getInt(board), 0);
            expectCount(board, pcpu, pcpu.siblingMap.getInt(board), 0);
            expectCount(board, pcpu, pcpu.coreMap.getInt(board), 0);
            expectCount(board, pcpu, pcpu.pageTables.getInt(board), 0);
            expectCount(board, pcpu, pcpu.ppiHandlers.getInt(board), 0);
        }
    }

    /** What belongs to a CPU is taken away from it. */
    void takenApart(Board board, int cpu) {
        if (checks.leftOut) {
            return;
        }
        boolean off = xen.platform.probe().off(board, cpu)
                || !xen.pcpus.get(cpu).executes.get(board);
        checks.expect(board, off, CpuInvariant.I12, Finding.FREED_IN_USE, cpu, 0);
    }

    /** A CPU is about to leave for good: nothing signalled to it alone may be left behind. */
    void leaving(Board board, int cpu) {
        if (checks.leftOut) {
            return;
        }
        int intid = xen.platform.probe().pendingPrivate(board, cpu);
        boolean none = intid == Probe.NONE;
        checks.expect(board, none, SignalInvariant.I5, Finding.LEFT_ON_CPU, intid, cpu);
    }

    /** A CPU's interface has been switched off. */
    void interfaceCut(Board board, int cpu) {
        if (checks.leftOut) {
            return;
        }
        boolean bypass = xen.platform.probe().bypasses(board, cpu);
        checks.expect(board, !bypass, GuestInvariant.I6, Finding.LEGACY_BYPASS, cpu, 0);
    }

    /** The heap is used on a CPU. */
    void heapUsed(Board board, int cpu) {
        if (checks.leftOut || !irqsOff(board, cpu)) {
            return;
        }
        int online = 0;
        for (Pcpu pcpu : xen.pcpus) {
            online += pcpu.online(board) ? 1 : 0;
        }
        checks.expect(board, online <= 1, CpuInvariant.I34, Finding.HEAP_IRQS_OFF, cpu, 0);
    }

    /** One that comes or goes takes no interrupts, nor does the boot CPU around a sleep. */
    private boolean irqsOff(Board board, int cpu) {
        return switch (xen.pcpus.get(cpu).state.get(board)) {
            case ONLINE -> cpu == 0 && xen.hostSuspend.steps().irqsOff(board);
            case OFF, ON_PENDING, STARTING, DYING, STOPPING, SPINNING, PARKED -> true;
            case NEVER_ONLINE, SUSPENDED, RESUMING -> true;
        };
    }

    /** A CPU executes code of the boot, which is there or gone. */
    void initTextTouched(Board board, int cpu, boolean gone) {
        checks.expect(board, !gone, CpuInvariant.I15, Finding.INIT_TEXT, cpu, 0);
    }
}
