package dev.vboard.model.firmware;

import dev.vboard.model.core.Board;
import dev.vboard.model.cpu.CpuPower;
import dev.vboard.model.profile.PowerSpec.WakeTargeting;

/** SYSTEM_SUSPEND (psci.md 7.15, xen-suspend.md 4.4) and the way back. */
final class SystemSuspend {
    private static final int CLUSTER = 1;
    private static final int SYSTEM = 2;

    /** The power-management node of CPU 0. */
    private static final int FIRST_CORE = 2;

    private SystemSuspend() {}

    static long decide(Psci psci, Board board, Caller by) {
        int cpu = by.core().id();
        if (!psci.cores.othersAreOff(board, cpu)) {
            return PsciStatus.DENIED.code();
        }
        if (!psci.accepts(by.argument(board, 1))) {
            return psci.invalidAddress();
        }
        int system = psci.domains.ancestor(cpu, SYSTEM);
        if (system < 0 || psci.domains.isAlwaysOn(system)) {
            return PsciStatus.DENIED.code();
        }
        return psci.pending(board, cpu) ? PsciStatus.SUCCESS.code() : PsciFunction.NO_RETURN;
    }

    static void powerDown(Psci psci, Board board, Caller by) {
        Core core = by.core();
        int cpu = core.id();
        int system = psci.domains.ancestor(cpu, SYSTEM);
        core.startsAt(
                board, by.argument(board, 1), by.argument(board, 2), by.cpu().bigEndian(board));
        core.request(board, Composite.ALL_OFF);
        core.cpu().waiting(board, false);
        core.cpu().power(board, CpuPower.POWERDOWN);
        psci.gic.cpuSleeps(board, cpu);
        if (psci.eemi.isPresent()) {
            announce(psci.eemi.get(), psci, board, cpu);
        }
        int cluster = psci.domains.ancestor(cpu, CLUSTER);
        int deepest = cluster >= 0 && psci.fullPower.isHeld(board) ? cluster : system;
        psci.wake.begin(board, cpu, deepest, psci.distributor);
        psci.asleepSince(board, psci.now(board));
        if (psci.wake.gicLost(board) && psci.gicSave.isPresent()) {
            psci.gicSave.get().save(board, cpu);
        }
        psci.domains.off(board, deepest);
        wake(psci, board);
    }

    /** EL3 arms the node of each enabled interrupt and tells the power unit (DEV-T18). */
    private static void announce(Eemi eemi, Psci psci, Board board, int cpu) {
        if (psci.profile.power().wakeTargeting() == WakeTargeting.ENABLED_SET) {
            for (int node : psci.wake.nodesOfEnabled(board, psci.distributor)) {
                eemi.emitOwn(board, EemiApi.SET_WAKEUP_SOURCE, node);
            }
        }
        eemi.emitOwn(board, EemiApi.SELF_SUSPEND, FIRST_CORE + cpu);
    }

    /** Starts the way back when an interrupt wakes the board; it takes the profile's wakeNs. */
    static boolean wake(Psci psci, Board board) {
        if (!psci.wake.wakes(board, psci.distributor)) {
            return false;
        }
        psci.sleeper(board).change().arm(board, psci.after(board, psci.timing().wakeNs()));
        return true;
    }

    /** EL3 brings the GIC back, or sets it up anew; ZynqMP's does so also when nothing was lost. */
    static void wakeGic(Psci psci, Board board, int cpu) {
        boolean lost = psci.wake.gicLost(board);
        if (lost && psci.gicSave.isPresent()) {
            psci.gicSave.get().restore(board, cpu);
        } else if (lost || psci.eemi.isPresent()) {
            psci.gic.secureInit(board);
        }
    }

    /** The core stands at its entry point, every other core is off. */
    static void arrive(Psci psci, Board board, Core core) {
        if (psci.profile.counterStopsInSystemSuspend()) {
            psci.clock.stopCounterFor(board, psci.now(board) - psci.asleepSince(board));
        }
        psci.release(board, core);
        psci.wake.end(board);
    }
}
