package dev.vboard.model.firmware;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.EventType;
import dev.vboard.model.core.Events;
import dev.vboard.model.cpu.Cpu;
import dev.vboard.model.cpu.CpuPower;

/** CPU_SUSPEND and PSCI_SET_SUSPEND_MODE (psci.md 5, 7.2, 7.16). */
final class CpuSuspend {
    private static final int CLUSTER = 1;
    private static final int SYSTEM = 2;

    private CpuSuspend() {}

    static long decide(Psci psci, Board board, Caller by) {
        int asked = psci.format.parse(by.word(board, 1));
        if (asked == Composite.INVALID) {
            return PsciStatus.INVALID_PARAMETERS.code();
        }
        int cpu = by.core().id();
        if (!Composite.isPowerdown(asked) && Composite.highest(asked) == 0) {
            return psci.pending(board, cpu) ? PsciStatus.SUCCESS.code() : PsciFunction.NO_RETURN;
        }
        if (Composite.isPowerdown(asked) && !psci.accepts(by.argument(board, 2))) {
            return psci.invalidAddress();
        }
        if (psci.pending(board, cpu)) {
            return PsciStatus.SUCCESS.code();
        }
        return psci.osInitiated(board)
                ? coordinatedByCaller(psci, board, cpu, asked)
                : PsciFunction.NO_RETURN;
    }

    /** OS-initiated: the caller must be right about its siblings. */
    private static long coordinatedByCaller(Psci psci, Board board, int cpu, int asked) {
        int claimed = Composite.lastAt(asked);
        if (claimed > psci.cores.maximumLevel()) {
            return PsciStatus.INVALID_PARAMETERS.code();
        }
        int request = withoutSystem(asked);
        for (int level = CLUSTER; level <= Composite.highest(request); level++) {
            int domain = psci.domains.ancestor(cpu, level);
            int agreed = psci.cores.vote(board, domain, level, cpu, request);
            if (agreed != Composite.local(request, level)) {
                return PsciStatus.DENIED.code();
            }
        }
        return psci.cores.isLast(board, cpu, claimed)
                ? PsciFunction.NO_RETURN
                : PsciStatus.DENIED.code();
    }

    /** Only SYSTEM_SUSPEND reaches the system level; a wish for it is dropped (psci.md 5). */
    private static int withoutSystem(int composite) {
        return Composite.with(composite, SYSTEM, Composite.RUN);
    }

    static void powerDown(Psci psci, Board board, Caller by) {
        Core core = by.core();
        int request = withoutSystem(psci.format.parse(by.word(board, 1)));
        boolean powerdown = Composite.isPowerdown(request);
        if (powerdown) {
            core.startsAt(
                    board,
                    by.argument(board, 2),
                    by.argument(board, 3),
                    by.cpu().bigEndian(board));
            psci.gic.cpuSleeps(board, core.id());
        }
        core.cpu().waiting(board, false);
        core.cpu().power(board, powerdown ? CpuPower.POWERDOWN : CpuPower.STANDBY);
        psci.cores.enter(board, core.id(), request);
    }

    /** Any interrupt signalled to the core ends it, masked in PSTATE or not (PSCI-T5). */
    static boolean wake(Psci psci, Board board, Core core) {
        if (!psci.pending(board, core.id())) {
            return false;
        }
        end(psci, board, core);
        return true;
    }

    /** Ends it: in place where the core was in standby, else at its entry point. */
    static void end(Psci psci, Board board, Core core) {
        Cpu cpu = core.cpu();
        if (cpu.is(board, CpuPower.STANDBY)) {
            core.request(board, Composite.ALL_RUN);
            psci.domains.on(board, cpu.powerDomain());
            cpu.power(board, CpuPower.ON);
            cpu.gprs().x(0).set(board, PsciStatus.SUCCESS.code());
            EventType.PSCI_RETURNED.emit(
                    board,
                    psci.now(board),
                    cpu.id(),
                    Events.ABSENT,
                    Events.ABSENT,
                    PsciStatus.SUCCESS.code(),
                    PsciFunction.CPU_SUSPEND.name());
        } else {
            psci.release(board, core);
            psci.emitCpuOn(board, core);
        }
    }

    static long setMode(Psci psci, Board board, Caller by) {
        int mode = by.word(board, 1);
        if (mode != 0 && mode != 1) {
            return PsciStatus.INVALID_PARAMETERS.code();
        }
        boolean osInitiated = mode == 1;
        if (osInitiated == psci.osInitiated(board)) {
            return PsciStatus.SUCCESS.code();
        }
        boolean allowed = psci.cores.othersAreOff(board, by.core().id())
                || osInitiated && psci.cores.areOn(board);
        if (!allowed) {
            return PsciStatus.DENIED.code();
        }
        psci.osInitiated(board, osInitiated);
        return PsciStatus.SUCCESS.code();
    }
}
