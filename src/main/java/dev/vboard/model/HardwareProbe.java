package dev.vboard.model;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Intids;
import dev.vboard.model.cpu.CpuPower;
import dev.vboard.model.gic.Gic;
import dev.vboard.model.power.WakeAudit;
import dev.vboard.model.report.CpuReport;
import dev.vboard.model.xen.Probe;

/** Hardware and firmware as they are, for the checks of invariants. */
final class HardwareProbe implements Probe {
    private static final int BYPASS_DISABLE = 3 << 5;
    private static final long MIX = 0x9E37_79B9_7F4A_7C15L;

    private final Hardware hardware;
    private final WakeAudit audit;

    HardwareProbe(Hardware hardware) {
        this.hardware = hardware;
        audit = new WakeAudit(hardware.wake);
    }

    private Gic gic() {
        return hardware.gic;
    }

    @Override
    public CpuReport.Power power(Board board, int cpu) {
        return switch (hardware.cpus.get(cpu).power(board)) {
            case OFF -> CpuReport.Power.OFF;
            case ON_PENDING -> CpuReport.Power.ON_PENDING;
            case ON -> CpuReport.Power.ON;
            case STANDBY -> CpuReport.Power.STANDBY;
            case POWERDOWN -> CpuReport.Power.POWERDOWN;
        };
    }

    @Override
    public boolean off(Board board, int cpu) {
        return hardware.cpus.get(cpu).is(board, CpuPower.OFF);
    }

    @Override
    public boolean withoutPower(Board board, int cpu) {
        return !hardware.domains.isOn(board, hardware.cpus.get(cpu).powerDomain());
    }

    @Override
    public int runningPriority(Board board, int cpu) {
        return gic().runningPriority(board, cpu);
    }

    @Override
    public boolean enabled(Board board, int cpu, int intid) {
        return gic().enabled(board, gic().intids().index(cpu, intid));
    }

    @Override
    public int enabledElsewhere(Board board, int cpu) {
        Intids intids = gic().intids();
        int first = intids.index(0, Intids.PRIVATE);
        for (int word = first >> 6; word << 6 < intids.count(); word++) {
            for (long rest = gic().enabledWord(board, word); rest != 0; rest &= rest - 1) {
                int index = (word << 6) + Long.numberOfTrailingZeros(rest);
                boolean shared = intids.intid(index) >= Intids.PRIVATE;
                if (shared && (gic().targets(board, index) >>> cpu & 1) == 0) {
                    return intids.intid(index);
                }
            }
        }
        return NONE;
    }

    @Override
    public int stranded(Board board, int fromIntid) {
        Intids intids = gic().intids();
        int from = intids.index(0, fromIntid);
        long words = gic().pendingWords(board) & -1L << (from >> 6);
        for (; words != 0; words &= words - 1) {
            int word = Long.numberOfTrailingZeros(words);
            long wanted = word == from >> 6 ? -1L << (from & 63) : -1L;
            long rest = gic().askingWord(board, word) & wanted;
            for (; rest != 0; rest &= rest - 1) {
                int index = (word << 6) + Long.numberOfTrailingZeros(rest);
                if (allOff(board, gic().targets(board, index))) {
                    return intids.intid(index);
                }
            }
        }
        return NONE;
    }

    /** Whether a set of CPUs has some, and EL3 counts each as off. */
    private boolean allOff(Board board, int cpus) {
        for (int rest = cpus; rest != 0; rest &= rest - 1) {
            if (!off(board, Integer.numberOfTrailingZeros(rest))) {
                return false;
            }
        }
        return cpus != 0;
    }

    @Override
    public int pendingPrivate(Board board, int cpu) {
        Intids intids = gic().intids();
        for (int intid = 0; gic().anyPending(board) && intid < Intids.PRIVATE; intid++) {
            int index = intids.index(cpu, intid);
            if (gic().pending(board, index) && gic().enabled(board, index)) {
                return intid;
            }
        }
        return NONE;
    }

    @Override
    public boolean interfaceOn(Board board, int cpu) {
        return gic().interfaceOn(board, cpu);
    }

    @Override
    public boolean bypasses(Board board, int cpu) {
        if (hardware.profile.gic().version() != 2 || gic().interfaceOn(board, cpu)) {
            return false;
        }
        long address = hardware.profile.gic().gicc().orElseThrow();
        int control = hardware.bus.read32(board, Access.look(cpu), address);
        return (control & BYPASS_DISABLE) != BYPASS_DISABLE;
    }

    @Override
    public long lineState(Board board) {
        Intids intids = gic().intids();
        long digest = 0;
        int first = intids.index(0, Intids.PRIVATE) >> 6;
        for (int word = first; word << 6 < intids.count(); word++) {
            long shared = sharedBits(intids, word);
            long enabled = gic().enabledWord(board, word) & shared;
            digest = mix(digest, enabled);
            digest = mix(digest, gic().activeWord(board, word) & shared);
            for (long rest = enabled; rest != 0; rest &= rest - 1) {
                digest = mix(digest, one(board, (word << 6) + Long.numberOfTrailingZeros(rest)));
            }
        }
        return digest;
    }

    @Override
    public int controlState(Board board) {
        int on = gic().interfaceOn(board, 0) ? 1 : 0;
        return gic().enabledGroups(board) << 16 | gic().pmr(board, 0) << 1 | on;
    }

    /** Which bits of a word are those of SPIs. */
    private static long sharedBits(Intids intids, int word) {
        int first = intids.index(0, Intids.PRIVATE);
        int inWord = first - (word << 6);
        return inWord <= 0 ? -1L : inWord >= 64 ? 0 : -1L << inWord;
    }

    private long one(Board board, int index) {
        return (long) gic().priority(board, index) << 32
                | (long) gic().targets(board, index) << 1
                | (gic().edge(board, index) ? 1 : 0);
    }

    private static long mix(long digest, long value) {
        long sum = (digest ^ value) * MIX;
        return sum ^ sum >>> 29;
    }

    @Override
    public int missedWake(Board board) {
        return audit.missed(board);
    }

    @Override
    public int wokenBy(Board board) {
        return hardware.wake.cause(board);
    }

    @Override
    public int keptEdge(Board board) {
        return audit.kept(board);
    }
}
