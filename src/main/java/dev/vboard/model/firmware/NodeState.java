package dev.vboard.model.firmware;

import dev.vboard.model.core.Board;
import dev.vboard.model.cpu.Cpu;
import dev.vboard.model.report.PowerState;

/**
 * AFFINITY_INFO, what EL3 believes, and NODE_HW_STATE, what the hardware does (psci.md 7.5 and
 * 7.14).
 */
final class NodeState {
    private static final int ON = 0;
    private static final int OFF = 1;
    private static final int ON_PENDING = 2;
    private static final int HIGHEST_CONTROLLED = 1;

    private NodeState() {}

    static long affinityInfo(Psci psci, Board board, Caller by) {
        long target = by.argument(board, 1);
        int level = by.word(board, 2);
        if (level != 0 && psci.version() < PsciVersion.V1_0 && level > 0 && level <= 3) {
            return affinityOfNode(psci, board, target, level);
        }
        int cpu = psci.cores.find(target);
        if (cpu < 0 || level != 0) {
            return PsciStatus.INVALID_PARAMETERS.code();
        }
        return affinity(psci.cores.get(cpu).cpu(), board);
    }

    /** A CPU in CPU_SUSPEND is ON, powered or not (PSCI-T2). */
    private static int affinity(Cpu cpu, Board board) {
        return switch (cpu.power(board)) {
            case OFF -> OFF;
            case ON_PENDING -> ON_PENDING;
            case ON, STANDBY, POWERDOWN -> ON;
        };
    }

    /** Firmware before 1.0 must know about clusters: ON wins over ON_PENDING, that over OFF. */
    private static long affinityOfNode(Psci psci, Board board, long target, int level) {
        long fields = Cores.AFFINITY_FIELDS & -1L << 8 * level + (level == 3 ? 8 : 0);
        boolean known = false;
        boolean pending = false;
        for (Core core : psci.cores.all()) {
            if ((core.cpu().spec().mpidr() & fields) == (target & fields)) {
                known = true;
                int state = affinity(core.cpu(), board);
                if (state == ON) {
                    return ON;
                }
                pending |= state == ON_PENDING;
            }
        }
        if (!known) {
            return PsciStatus.INVALID_PARAMETERS.code();
        }
        return pending ? ON_PENDING : OFF;
    }

    static long hardware(Psci psci, Board board, Caller by) {
        int cpu = psci.cores.find(by.argument(board, 1));
        int level = by.word(board, 2);
        if (cpu < 0 || level < 0 || level > HIGHEST_CONTROLLED) {
            return PsciStatus.INVALID_PARAMETERS.code();
        }
        int domain = psci.domains.ancestor(cpu, level);
        if (domain < 0) {
            return PsciStatus.INVALID_PARAMETERS.code();
        }
        return psci.domains.state(board, domain) == PowerState.OFF ? OFF : ON;
    }
}
