package dev.vboard.model.xen;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Layout;
import dev.vboard.model.report.AttemptState;
import dev.vboard.model.report.AttemptState.AttemptCpu;
import dev.vboard.model.report.AttemptState.AttemptDomain;
import dev.vboard.model.report.AttemptState.RunstateCount;
import dev.vboard.model.report.CpuReport;
import dev.vboard.model.report.HostReport;
import dev.vboard.model.report.Observables;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How Xen stood at one moment, kept for the report of an attempt: a word for the machine, half a
 * word for each CPU and a word for each domain.
 */
final class KeptState {
    private static final int TAKEN = 1;
    private static final int STATE = 1;
    private static final int SCHEDULER_ON = 4;
    private static final int IRQS_ON = 5;
    private static final int TIMERS_ON = 6;
    private static final int CONSOLE_ON = 7;
    private static final int GIC_ON = 8;
    private static final int IOMMU_THERE = 9;
    private static final int IOMMU_ON = 10;
    private static final int SPIS_AWAY = 11;

    private static final int POWER = 4;
    private static final int RUNNING = 8;

    private static final int PAUSES = 16;
    private static final int CONTROLLER_PAUSES = 26;
    private static final int SHUTDOWN_STATE = 34;
    private static final int SHUTDOWN_CODE = 36;
    private static final int NO_CODE = 7;
    private static final int RUNSTATES = 39;
    private static final int RUNSTATE_BITS = 6;
    private static final long THERE = 1L << 63;

    private final Hypervisor xen;
    private final Cell at;
    private final Cell host;
    private final List<Cell> cpus;
    private final List<Cell> domains;

    KeptState(Hypervisor xen, Layout layout) {
        this.xen = xen;
        at = layout.cell("at", 64);
        host = layout.cell("host", 32);
        cpus = layout.cells("cpu", xen.platform.cpus(), 32);
        domains = layout.cells("domain", xen.platform.profile().limits().domains(), 64);
    }

    /** Nothing is kept. */
    void forget(Board board) {
        host.set(board, 0);
    }

    /** Keeps how Xen stands now. */
    void take(Board board) {
        at.set(board, xen.now(board));
        host.set(board, machine(board));
        for (Pcpu pcpu : xen.pcpus) {
            int power = xen.platform.probe().power(board, pcpu.id).ordinal();
            int running = pcpu.current.getInt(board);
            long word = pcpu.state(board).ordinal() | power << POWER | running << RUNNING;
            cpus.get(pcpu.id).set(board, word);
        }
        for (Cell domain : domains) {
            if (domain.get(board) != 0) {
                domain.set(board, 0);
            }
        }
        for (Domain domain : xen.domains.live(board)) {
            domains.get(domain.slot - Board.FIRST_DOMAIN).set(board, word(board, domain));
        }
    }

    private int machine(Board board) {
        return TAKEN
                | xen.systemState(board).ordinal() << STATE
                | bit(xen.scheduler.isOn(board), SCHEDULER_ON)
                | bit(!xen.hostSuspend.steps().irqsOff(board), IRQS_ON)
                | bit(!xen.timers.quiet(board), TIMERS_ON)
                | bit(xen.console.reachesWire(board), CONSOLE_ON)
                | bit(xen.platform.probe().interfaceOn(board, 0), GIC_ON)
                | bit(xen.iommu.isThere(), IOMMU_THERE)
                | bit(xen.iommu.translates(board), IOMMU_ON)
                | xen.irqs.away(board) << SPIS_AWAY;
    }

    private static int bit(boolean set, int place) {
        return set ? 1 << place : 0;
    }

    private long word(Board board, Domain domain) {
        int code = domain.shutdownCode(board);
        long word = THERE
                | domain.id(board)
                | (long) domain.pauseCount(board) << PAUSES
                | (long) domain.controllerPauseCount(board) << CONTROLLER_PAUSES
                | (long) domain.shutdownState(board).ordinal() << SHUTDOWN_STATE
                | (long) Math.min(code, NO_CODE) << SHUTDOWN_CODE;
        for (Vcpu vcpu : domain.vcpus) {
            word += 1L << RUNSTATES + RUNSTATE_BITS * runstate(board, domain, vcpu);
        }
        return word;
    }

    /** Xen's number of a vCPU's runstate. */
    private int runstate(Board board, Domain domain, Vcpu vcpu) {
        if (xen.scheduler.running(board, vcpu)) {
            return 0;
        }
        if (vcpu.down(board)) {
            return 3;
        }
        if (vcpu.blocked(board)) {
            return 2;
        }
        return vcpu.pauseCount(board) > 0 || domain.pauseCount(board) > 0 ? 3 : 1;
    }

    /** What is kept; empty before anything was. */
    Optional<AttemptState> report(Board board) {
        int word = host.getInt(board);
        if ((word & TAKEN) == 0) {
            return Optional.empty();
        }
        List<AttemptCpu> seen = new ArrayList<>();
        for (int id = 0; id < cpus.size(); id++) {
            seen.add(cpu(board, id, cpus.get(id).getInt(board)));
        }
        List<AttemptDomain> had = new ArrayList<>();
        for (Cell domain : domains) {
            if (domain.get(board) != 0) {
                had.add(domain(domain.get(board)));
            }
        }
        had.sort(Comparator.comparingInt(AttemptDomain::domain));
        return Optional.of(new AttemptState(
                at.get(board),
                constant(HostReport.SystemState.values(), word >>> STATE & 7),
                isSet(word, SCHEDULER_ON),
                isSet(word, IRQS_ON),
                isSet(word, TIMERS_ON),
                isSet(word, CONSOLE_ON),
                isSet(word, GIC_ON),
                isSet(word, IOMMU_THERE) ? Optional.of(isSet(word, IOMMU_ON)) : Optional.empty(),
                word >>> SPIS_AWAY,
                seen,
                had));
    }

    private static boolean isSet(int word, int place) {
        return (word >>> place & 1) != 0;
    }

    /** A stored board may hold numbers that no constant has. */
    private static <E> E constant(E[] constants, int number) {
        return constants[Math.min(number, constants.length - 1)];
    }

    private AttemptCpu cpu(Board board, int id, int word) {
        int tag = word >>> RUNNING;
        int place = (tag >> 8) - Board.FIRST_DOMAIN;
        boolean runs = place >= 0 && place < domains.size();
        int domain = runs ? (int) domains.get(place).get(board) & 0xFFFF : 0;
        return new AttemptCpu(
                id,
                constant(CpuReport.XenState.values(), word & 0xF),
                constant(CpuReport.Power.values(), word >>> POWER & 7),
                runs
                        ? Optional.of(new CpuReport.RunningVcpu(domain, tag & 0xFF))
                        : Optional.empty());
    }

    private static AttemptDomain domain(long word) {
        int code = field(word, SHUTDOWN_CODE, 3);
        return new AttemptDomain(
                field(word, 0, 16),
                field(word, PAUSES, 10),
                field(word, CONTROLLER_PAUSES, 8),
                constant(Observables.ShutdownState.values(), field(word, SHUTDOWN_STATE, 2)),
                code == NO_CODE ? OptionalInt.empty() : OptionalInt.of(code),
                new RunstateCount(count(word, 0), count(word, 1), count(word, 2), count(word, 3)));
    }

    private static int count(long word, int which) {
        return field(word, RUNSTATES + RUNSTATE_BITS * which, RUNSTATE_BITS);
    }

    private static int field(long word, int from, int bits) {
        return (int) (word >>> from) & (1 << bits) - 1;
    }
}
