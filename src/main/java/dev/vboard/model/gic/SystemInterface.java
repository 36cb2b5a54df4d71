package dev.vboard.model.gic;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Clock;
import dev.vboard.model.core.EventType;
import dev.vboard.model.core.Flag;
import dev.vboard.model.core.Intids;
import dev.vboard.model.core.Layout;

import java.util.ArrayList;
import java.util.List;

/**
 * The CPU interfaces of a GICv3 (IHI 0069 4.8, 12.2): priority mask, preemption, acknowledge and
 * end of interrupt, for each CPU and group. They are part of the CPU and lost with it.
 */
final class SystemInterface {
    /** What EL3 reads for an interrupt of Secure Group 1. */
    static final int SECURE = 1020;

    /** What EL3 reads for an interrupt of Non-secure Group 1. */
    static final int NON_SECURE = 1021;

    /** ICC_CTLR_EL3: CBPR of the secure and of the non-secure view. */
    static final int COMMON_POINT_S = 1;

    static final int COMMON_POINT_NS = 1 << 1;

    /** ICC_CTLR_EL3: EOImode of EL3, of the secure and of the non-secure view. */
    static final int EOI_MODE_EL3 = 1 << 2;

    static final int EOI_MODE_S = 1 << 3;
    static final int EOI_MODE_NS = 1 << 4;

    private static final int INTID = 0xFF_FFFF;
    private static final int EL3 = 3;

    final DistributorV3 distributor;
    final Priorities priorities;

    private final Clock clock;
    private final Intids intids;
    private final List<Interface> cpus;

    /**
     * What one CPU keeps.
     *
     * @param control CBPR, EOImode and PMHE as ICC_CTLR_EL3 has them
     * @param mask ICC_PMR_EL1
     * @param enables a bit for each of {@link Groups}
     * @param points binary point by group
     * @param active active priorities by group
     * @param lowerEnable ICC_SRE_EL2.Enable
     */
    record Interface(
            Cell control,
            Cell mask,
            Cell enables,
            List<Cell> points,
            List<ActivePriorities> active,
            Flag lowerEnable) {}

    /**
     * Declares the interfaces.
     *
     * @param cores a cursor for each CPU, in the power domain of its core
     */
    SystemInterface(
            List<Layout> cores, DistributorV3 distributor, Priorities priorities, Clock clock) {
        this.distributor = distributor;
        this.priorities = priorities;
        this.clock = clock;
        intids = distributor.interrupts.intids;
        List<Interface> all = new ArrayList<>();
        for (Layout core : cores) {
            all.add(declare(core.named("icc"), priorities, distributor.twoStates()));
        }
        cpus = List.copyOf(all);
    }

    private static Interface declare(Layout icc, Priorities priorities, boolean twoStates) {
        int minimum = priorities.minimumBinaryPoint();
        List<Cell> points = new ArrayList<>();
        points.add(icc.cell("bpr0", 8, minimum));
        points.add(icc.cell("bpr1-ns", 8, minimum + 1));
        List<ActivePriorities> active = new ArrayList<>();
        active.add(new ActivePriorities(icc, "ap0r", 1, priorities));
        active.add(new ActivePriorities(icc, "ap1r-ns", 1, priorities));
        if (twoStates) {
            points.add(icc.cell("bpr1-s", 8, minimum));
            active.add(new ActivePriorities(icc, "ap1r-s", 1, priorities));
        }
        return new Interface(
                icc.cell("ctlr", 8),
                icc.cell("pmr", 8),
                icc.cell("igrpen", 8),
                List.copyOf(points),
                List.copyOf(active),
                icc.flag("sre-enable", true));
    }

    Interface of(int cpu) {
        return cpus.get(cpu);
    }

    int control(Board board, int cpu) {
        return of(cpu).control.getInt(board);
    }

    /** The Group 1 that an access means by it. */
    int group1(Board board, Access by) {
        return by.secure() && !distributor.single(board) ? Groups.SECURE_1 : Groups.NON_SECURE_1;
    }

    /** Whether a CPU's interface signals a group. */
    boolean enabled(Board board, int cpu, int group) {
        return (of(cpu).enables.getInt(board) & Groups.bit(group)) != 0;
    }

    void enable(Board board, int cpu, int group, boolean on) {
        int others = of(cpu).enables.getInt(board) & ~Groups.bit(group);
        of(cpu).enables.set(board, on ? others | Groups.bit(group) : others);
    }

    /** The group with the highest active priority, or {@link Groups#NONE}. */
    int highestActive(Board board, int cpu) {
        int highest = Groups.NONE;
        int running = Priorities.IDLE;
        List<ActivePriorities> active = of(cpu).active;
        for (int group = 0; group < active.size(); group++) {
            int level = active.get(group).running(board, 0);
            if (level < running) {
                highest = group;
                running = level;
            }
        }
        return highest;
    }

    /** The running priority as stored, or {@link Priorities#IDLE}. */
    int running(Board board, int cpu) {
        int group = highestActive(board, cpu);
        return group == Groups.NONE
                ? Priorities.IDLE
                : of(cpu).active.get(group).running(board, 0);
    }

    /** The best candidate that passes the priority mask, or {@link Candidate#NONE}. */
    int unmasked(Board board, int cpu) {
        int best = distributor.best(board, cpu);
        return Candidate.priorityOf(best) < of(cpu).mask.getInt(board) ? best : Candidate.NONE;
    }

    /** The candidate that is signalled to the CPU now, or {@link Candidate#NONE}. */
    int signalled(Board board, int cpu) {
        int best = unmasked(board, cpu);
        if (best == Candidate.NONE) {
            return best;
        }
        int group = distributor.group(board, Candidate.indexOf(best));
        return enabled(board, cpu, group)
                        && groupPriority(board, cpu, best, group) < running(board, cpu)
                ? best
                : Candidate.NONE;
    }

    /** The part of a candidate's priority that decides preemption. */
    private int groupPriority(Board board, int cpu, int candidate, int group) {
        return Candidate.priorityOf(candidate) & Priorities.groupMask(point(board, cpu, group));
    }

    private int point(Board board, int cpu, int group) {
        int common = group == Groups.SECURE_1 ? COMMON_POINT_S : COMMON_POINT_NS;
        if (group == Groups.GROUP_0 || (control(board, cpu) & common) != 0) {
            return of(cpu).points.get(Groups.GROUP_0).getInt(board);
        }
        int own = of(cpu).points.get(group).getInt(board);
        return group == Groups.NON_SECURE_1 ? own - 1 : own;
    }

    /** ICC_IAR0_EL1 or ICC_IAR1_EL1. */
    int acknowledge(Board board, Access by, boolean zero) {
        int candidate = signalled(board, by.cpu());
        int seen = seen(board, by, zero, candidate);
        if (intids.has(seen)) {
            take(board, by.cpu(), Candidate.indexOf(candidate), candidate);
        }
        return seen;
    }

    /** ICC_HPPIR0_EL1 or ICC_HPPIR1_EL1. */
    int highestPending(Board board, Access by, boolean zero) {
        return seen(board, by, zero, unmasked(board, by.cpu()));
    }

    /** The INTID of a candidate as an access sees it: 1023 when it is of another group. */
    private int seen(Board board, Access by, boolean zero, int candidate) {
        if (candidate == Candidate.NONE) {
            return Intids.SPURIOUS;
        }
        int index = Candidate.indexOf(candidate);
        int group = distributor.group(board, index);
        if (group == (zero ? Groups.GROUP_0 : group1(board, by))) {
            return intids.intid(index);
        }
        boolean firmware = by.exceptionLevel() == EL3 && !distributor.single(board);
        if (!zero || !firmware) {
            return Intids.SPURIOUS;
        }
        return group == Groups.SECURE_1 ? SECURE : NON_SECURE;
    }

    private void take(Board board, int cpu, int index, int candidate) {
        int group = distributor.group(board, index);
        int level = groupPriority(board, cpu, candidate, group);
        of(cpu).active.get(group).activate(board, 0, level);
        distributor.acknowledge(board, index);
        EventType.IRQ_ACKED.emit(board, clock.now(board), cpu, intids.intid(index), "");
    }

    /**
     * ICC_EOIR0_EL1 or ICC_EOIR1_EL1: drops the running priority and, unless EOImode is set,
     * deactivates. Ignored for INTIDs that do not exist, and when the highest active priority
     * belongs to another group.
     */
    void end(Board board, Access by, boolean zero, long value) {
        int intid = (int) value & INTID;
        int cpu = by.cpu();
        int group = highestActive(board, cpu);
        if (!intids.has(intid) || group == Groups.NONE || !ends(board, by, zero, group)) {
            return;
        }
        of(cpu).active.get(group).drop(board, 0);
        EventType.IRQ_ENDED.emit(board, clock.now(board), cpu, intid, "");
        if (!splitsEnd(board, by)) {
            deactivate(board, by, intid);
        }
    }

    private boolean ends(Board board, Access by, boolean zero, int group) {
        if (zero) {
            return group == Groups.GROUP_0;
        }
        return group == group1(board, by) || group != Groups.GROUP_0 && by.exceptionLevel() == EL3;
    }

    /** ICC_DIR_EL1; without EOImode it is UNPREDICTABLE, here ignored. */
    void directDeactivate(Board board, Access by, long value) {
        int intid = (int) value & INTID;
        if (intids.has(intid) && splitsEnd(board, by)) {
            deactivate(board, by, intid);
        }
    }

    private void deactivate(Board board, Access by, int intid) {
        if (distributor.permits(board, by, intids.index(by.cpu(), intid))) {
            distributor.interrupts.deactivate(board, by.cpu(), intid);
        }
    }

    private boolean splitsEnd(Board board, Access by) {
        return (control(board, by.cpu()) & endMode(board, by)) != 0;
    }

    /** The EOImode bit that an access has. */
    int endMode(Board board, Access by) {
        if (!by.secure() || distributor.single(board)) {
            return EOI_MODE_NS;
        }
        return by.exceptionLevel() == EL3 ? EOI_MODE_EL3 : EOI_MODE_S;
    }

    /** The priority mask as an access reads it. */
    int maskSeen(Board board, Access by) {
        int stored = of(by.cpu()).mask.getInt(board);
        if (!distributor.nonSecure(board, by)) {
            return stored;
        }
        return Priorities.isNonSecure(stored) ? Priorities.toNonSecure(stored) : 0;
    }

    /** Non-secure software cannot touch a mask that EL3 keeps in the secure half. */
    void setMask(Board board, Access by, long value) {
        Cell mask = of(by.cpu()).mask;
        if (!distributor.nonSecure(board, by)) {
            mask.set(board, value & priorities.mask());
        } else if (Priorities.isNonSecure(mask.getInt(board))) {
            mask.set(board, priorities.fromNonSecure((int) value & Priorities.LOWEST));
        }
    }

    /** The running priority as an access reads it. */
    int runningSeen(Board board, Access by) {
        int running = Math.min(running(board, by.cpu()), Priorities.LOWEST);
        if (!distributor.nonSecure(board, by) || running == Priorities.LOWEST) {
            return running;
        }
        return Priorities.isNonSecure(running) ? Priorities.toNonSecure(running) : 0;
    }
}
