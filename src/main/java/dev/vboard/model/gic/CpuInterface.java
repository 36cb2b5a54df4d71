package dev.vboard.model.gic;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Bytes;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Clock;
import dev.vboard.model.core.EventType;
import dev.vboard.model.core.Intids;
import dev.vboard.model.core.Layout;
import dev.vboard.model.core.Registers;

import java.util.List;

/**
 * The CPU interfaces of a GICv2 (IHI 0048B 4.4): priority mask, preemption, acknowledge and end of
 * interrupt, for each CPU. GICC_CTLR is stored in its secure form; the other views select from it.
 */
final class CpuInterface {
    static final int ENABLE_GROUP_0 = 1;
    static final int ENABLE_GROUP_1 = 1 << 1;
    static final int FIQ_ENABLE = 1 << 3;

    /** FIQBypDisGrp0, IRQBypDisGrp0, FIQBypDisGrp1, IRQBypDisGrp1. */
    static final int BYPASS_DISABLES = 0xF << 5;

    /** What a secure GICC_IAR answers when the best interrupt is Group 1 and AckCtl is 0. */
    static final int GROUP_1 = 1022;

    private static final int ACK_CTL = 1 << 2;
    private static final int COMMON_BINARY_POINT = 1 << 4;
    private static final int EOI_MODE = 1 << 9;
    private static final int EOI_MODE_NON_SECURE = 1 << 10;
    private static final int SINGLE_CONTROL = 0x3FF;
    private static final int SECURE_CONTROL = 0x7FF;
    private static final int NON_SECURE_CONTROL = 0x261;

    private final Distributor distributor;
    private final Variant variant;
    private final Clock clock;
    private final Intids intids;
    private final List<Cell> control;
    private final Bytes mask;
    private final Bytes binaryPoint;
    private final Bytes binaryPoint1;
    private final ActivePriorities group0;
    private final ActivePriorities group1;
    private final Registers registers;

    CpuInterface(Layout layout, Distributor distributor, Variant variant, Clock clock) {
        this.distributor = distributor;
        this.variant = variant;
        this.clock = clock;
        intids = distributor.interrupts.intids;
        int cpus = intids.cpus();
        Layout gicc = layout.named("gicc");
        int minimum = variant.priorities().minimumBinaryPoint();
        control = gicc.cells("ctlr", cpus, 16);
        mask = gicc.bytes("pmr", cpus, 0);
        binaryPoint = gicc.bytes("bpr", cpus, minimum);
        binaryPoint1 = gicc.bytes("abpr", cpus, minimum + 1);
        group0 = new ActivePriorities(gicc, "apr", cpus, variant.priorities());
        group1 = new ActivePriorities(gicc, "nsapr", cpus, variant.priorities());
        registers = declare();
    }

    private Registers declare() {
        Registers bank = new Registers();
        bank.word(0x0000, "GICC_CTLR").reads(this::control).writes(this::setControl);
        bank.word(0x0004, "GICC_PMR").reads(this::readMask).writes(this::writeMask);
        bank.word(0x0008, "GICC_BPR").reads(this::readBinaryPoint).writes(this::writeBinaryPoint);
        bank.word(0x000C, "GICC_IAR").reads((b, by, _) -> acknowledge(b, by)).sideEffects();
        bank.word(0x0010, "GICC_EOIR").writes((b, by, _, v) -> end(b, by, (int) v));
        bank.word(0x0014, "GICC_RPR").reads(this::readRunning);
        bank.word(0x0018, "GICC_HPPIR").reads((b, by, _) -> highestPending(b, by));
        bank.word(0x001C, "GICC_ABPR").reads(this::readAliased).writes(this::writeAliased);
        bank.word(0x0020, "GICC_AIAR").reads((b, by, _) -> acknowledge1(b, by)).sideEffects();
        bank.word(0x0024, "GICC_AEOIR").writes((b, by, _, v) -> end1(b, by, (int) v));
        bank.word(0x0028, "GICC_AHPPIR").reads((b, by, _) -> highestPending1(b, by));
        bank.word(0x00D0, "GICC_APR").count(4).reads(this::readActive).writes(this::writeActive);
        bank.word(0x00E0, "GICC_NSAPR")
                .count(4)
                .reads(this::readActive1)
                .writes(this::writeActive1);
        bank.word(0x00FC, "GICC_IIDR").constant(variant.interfaceId());
        bank.word(0x1000, "GICC_DIR").writes((b, by, _, v) -> deactivate(b, by, (int) v));
        return bank;
    }

    /** The register bank, 8 KiB with GICC_DIR at 0x1000. */
    Registers registers() {
        return registers;
    }

    /** The CPU's priority mask as stored. */
    int mask(Board board, int cpu) {
        return mask.get(board, cpu);
    }

    /** The CPU's running priority as stored, or {@link Priorities#IDLE}. */
    int running(Board board, int cpu) {
        return Math.min(group0.running(board, cpu), group1.running(board, cpu));
    }

    /** GICC_CTLR in its secure form. */
    int controlOf(Board board, int cpu) {
        return control.get(cpu).getInt(board);
    }

    /** The best candidate that passes the priority mask, or {@link Candidate#NONE}. */
    int unmasked(Board board, int cpu) {
        int best = distributor.best(board, cpu);
        return Candidate.priorityOf(best) < mask.get(board, cpu) ? best : Candidate.NONE;
    }

    /** The candidate that is signalled to the CPU now, or {@link Candidate#NONE}. */
    int signalled(Board board, int cpu) {
        int best = unmasked(board, cpu);
        if (best == Candidate.NONE) {
            return best;
        }
        boolean isGroup1 = distributor.group1(board, Candidate.indexOf(best));
        int enable = isGroup1 ? ENABLE_GROUP_1 : ENABLE_GROUP_0;
        boolean preempts = groupPriority(board, cpu, best, isGroup1) < running(board, cpu);
        return preempts && (controlOf(board, cpu) & enable) != 0 ? best : Candidate.NONE;
    }

    /** The part of a candidate's priority that decides preemption. */
    private int groupPriority(Board board, int cpu, int candidate, boolean isGroup1) {
        boolean own = isGroup1 && (controlOf(board, cpu) & COMMON_BINARY_POINT) == 0;
        int point = own ? binaryPoint1.get(board, cpu) - 1 : binaryPoint.get(board, cpu);
        return Candidate.priorityOf(candidate) & Priorities.groupMask(point);
    }

    /** GICC_IAR: INTID in 9:0, source of an SGI in 12:10. */
    int acknowledge(Board board, Access by) {
        int candidate = signalled(board, by.cpu());
        int seen = seen(board, by, candidate);
        return seen < GROUP_1 ? take(board, by.cpu(), candidate) : seen;
    }

    /** GICC_AIAR: Group 1 only, whatever AckCtl says. */
    private int acknowledge1(Board board, Access by) {
        int candidate = variant.nonSecure(by) ? Candidate.NONE : signalled(board, by.cpu());
        return isGroup1(board, candidate) ? take(board, by.cpu(), candidate) : nothing(by);
    }

    private int highestPending(Board board, Access by) {
        int candidate = unmasked(board, by.cpu());
        int seen = seen(board, by, candidate);
        return seen < GROUP_1 ? seen | source(board, by.cpu(), candidate) : seen;
    }

    private int highestPending1(Board board, Access by) {
        int candidate = variant.nonSecure(by) ? Candidate.NONE : unmasked(board, by.cpu());
        return isGroup1(board, candidate)
                ? intids.intid(Candidate.indexOf(candidate)) | source(board, by.cpu(), candidate)
                : nothing(by);
    }

    private boolean isGroup1(Board board, int candidate) {
        return candidate != Candidate.NONE
                && distributor.group1(board, Candidate.indexOf(candidate));
    }

    /** The aliased registers are RAZ for non-secure accesses. */
    private int nothing(Access by) {
        return variant.nonSecure(by) ? 0 : Intids.SPURIOUS;
    }

    /** The INTID of a candidate as an access sees it: 1023 when hidden, 1022 when Group 1. */
    private int seen(Board board, Access by, int candidate) {
        if (candidate == Candidate.NONE) {
            return Intids.SPURIOUS;
        }
        boolean isGroup1 = isGroup1(board, candidate);
        if (variant.nonSecure(by)) {
            return isGroup1 ? intids.intid(Candidate.indexOf(candidate)) : Intids.SPURIOUS;
        }
        boolean hidden = isGroup1 && (controlOf(board, by.cpu()) & ACK_CTL) == 0;
        return hidden ? GROUP_1 : intids.intid(Candidate.indexOf(candidate));
    }

    private int source(Board board, int cpu, int candidate) {
        int index = Candidate.indexOf(candidate);
        if (!distributor.interrupts.isSgi(index)) {
            return 0;
        }
        int sources = distributor.sgis.get(board, cpu, intids.intid(index));
        return Integer.numberOfTrailingZeros(sources) << 10;
    }

    private int take(Board board, int cpu, int candidate) {
        int index = Candidate.indexOf(candidate);
        boolean isGroup1 = distributor.group1(board, index);
        int level = groupPriority(board, cpu, candidate, isGroup1);
        (isGroup1 ? group1 : group0).activate(board, cpu, level);
        int source = distributor.acknowledge(board, cpu, index);
        int intid = intids.intid(index);
        EventType.IRQ_ACKED.emit(board, clock.now(board), cpu, intid, "");
        return intid | source << 10;
    }

    /**
     * GICC_EOIR: drops the running priority of the INTID's group and, unless EOImode is set,
     * deactivates. Unknown INTIDs, and anything while no interrupt is active, are ignored.
     */
    void end(Board board, Access by, int value) {
        int intid = value & Intids.SPURIOUS;
        int cpu = by.cpu();
        if (!intids.has(intid) || running(board, cpu) == Priorities.IDLE) {
            return;
        }
        int index = intids.index(cpu, intid);
        if (!distributor.permits(board, by, index)) {
            return;
        }
        (distributor.group1(board, index) ? group1 : group0).drop(board, cpu);
        EventType.IRQ_ENDED.emit(board, clock.now(board), cpu, intid, "");
        if (!splitsEnd(board, by)) {
            distributor.interrupts.deactivate(board, cpu, intid);
        }
    }

    /** GICC_AEOIR: Group 1 only. */
    private void end1(Board board, Access by, int value) {
        int intid = value & Intids.SPURIOUS;
        if (!variant.nonSecure(by)
                && intids.has(intid)
                && distributor.group1(board, intids.index(by.cpu(), intid))) {
            end(board, by, value);
        }
    }

    /** GICC_DIR; without EOImode it is UNPREDICTABLE, here ignored. */
    private void deactivate(Board board, Access by, int value) {
        int intid = value & Intids.SPURIOUS;
        if (intids.has(intid)
                && splitsEnd(board, by)
                && distributor.permits(board, by, intids.index(by.cpu(), intid))) {
            distributor.interrupts.deactivate(board, by.cpu(), intid);
        }
    }

    private boolean splitsEnd(Board board, Access by) {
        int mode = variant.nonSecure(by) ? EOI_MODE_NON_SECURE : EOI_MODE;
        return (controlOf(board, by.cpu()) & mode) != 0;
    }

    /** Non-secure view: 0 EnableGrp1, 5 and 6 the Group 1 bypass disables, 9 EOImodeNS. */
    private long control(Board board, Access by, int index) {
        int stored = controlOf(board, by.cpu());
        return variant.nonSecure(by) ? toNonSecure(stored) : stored;
    }

    private void setControl(Board board, Access by, int index, long value) {
        int stored = controlOf(board, by.cpu());
        int next;
        if (variant.nonSecure(by)) {
            next = stored & ~fromNonSecure(NON_SECURE_CONTROL) | fromNonSecure((int) value);
        } else {
            next = (int) value & (variant.twoStates() ? SECURE_CONTROL : SINGLE_CONTROL);
        }
        control.get(by.cpu()).set(board, next);
    }

    private static int toNonSecure(int control) {
        return control >> 1 & 1 | control >> 2 & 0x60 | control >> 1 & 0x200;
    }

    private static int fromNonSecure(int control) {
        return (control & 1) << 1 | (control & 0x60) << 2 | (control & 0x200) << 1;
    }

    private long readMask(Board board, Access by, int index) {
        return maskSeen(board, by);
    }

    /** The priority mask as an access reads it. */
    int maskSeen(Board board, Access by) {
        int stored = mask.get(board, by.cpu());
        if (!variant.nonSecure(by)) {
            return stored;
        }
        return Priorities.isNonSecure(stored) ? Priorities.toNonSecure(stored) : 0;
    }

    /** Non-secure software cannot touch a mask that EL3 keeps in the secure half. */
    private void writeMask(Board board, Access by, int index, long value) {
        int cpu = by.cpu();
        Priorities priorities = variant.priorities();
        if (!variant.nonSecure(by)) {
            mask.set(board, cpu, (int) value & priorities.mask());
        } else if (Priorities.isNonSecure(mask.get(board, cpu))) {
            mask.set(board, cpu, priorities.fromNonSecure((int) value & Priorities.LOWEST));
        }
    }

    private long readRunning(Board board, Access by, int index) {
        return runningSeen(board, by);
    }

    /** The running priority as an access reads it. */
    int runningSeen(Board board, Access by) {
        int running = Math.min(running(board, by.cpu()), Priorities.LOWEST);
        if (!variant.nonSecure(by) || running == Priorities.LOWEST) {
            return running;
        }
        return Priorities.isNonSecure(running) ? Priorities.toNonSecure(running) : 0;
    }

    /** Non-secure: Group 1's own, or with CBPR one more than Group 0's, which it cannot write. */
    private long readBinaryPoint(Board board, Access by, int index) {
        int cpu = by.cpu();
        if (!variant.nonSecure(by)) {
            return binaryPoint.get(board, cpu);
        }
        boolean common = (controlOf(board, cpu) & COMMON_BINARY_POINT) != 0;
        return common ? Math.min(binaryPoint.get(board, cpu) + 1, 7) : binaryPoint1.get(board, cpu);
    }

    private void writeBinaryPoint(Board board, Access by, int index, long value) {
        int cpu = by.cpu();
        int minimum = variant.priorities().minimumBinaryPoint();
        if (!variant.nonSecure(by)) {
            binaryPoint.set(board, cpu, Math.max((int) value & 7, minimum));
        } else if ((controlOf(board, cpu) & COMMON_BINARY_POINT) == 0) {
            binaryPoint1.set(board, cpu, Math.max((int) value & 7, minimum + 1));
        }
    }

    private long readAliased(Board board, Access by, int index) {
        return variant.nonSecure(by) ? 0 : binaryPoint1.get(board, by.cpu());
    }

    private void writeAliased(Board board, Access by, int index, long value) {
        int minimum = variant.priorities().minimumBinaryPoint() + 1;
        if (!variant.nonSecure(by)) {
            binaryPoint1.set(board, by.cpu(), Math.max((int) value & 7, minimum));
        }
    }

    /** Non-secure accesses see the non-secure half of the Group 1 levels. */
    private long readActive(Board board, Access by, int n) {
        return variant.nonSecure(by)
                ? group1.upperHalf(board, by.cpu(), n)
                : group0.word(board, by.cpu(), n);
    }

    private void writeActive(Board board, Access by, int n, long value) {
        if (variant.nonSecure(by)) {
            group1.setUpperHalf(board, by.cpu(), n, (int) value);
        } else {
            group0.setWord(board, by.cpu(), n, (int) value);
        }
    }

    private long readActive1(Board board, Access by, int n) {
        return variant.nonSecure(by) ? 0 : group1.word(board, by.cpu(), n);
    }

    private void writeActive1(Board board, Access by, int n, long value) {
        if (!variant.nonSecure(by)) {
            group1.setWord(board, by.cpu(), n, (int) value);
        }
    }
}
