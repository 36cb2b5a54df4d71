package dev.vboard.model.firmware;

import dev.vboard.model.core.Bits;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Bytes;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Layout;
import dev.vboard.model.cpu.CpuPower;
import dev.vboard.model.profile.EemiNode;
import dev.vboard.model.profile.EemiNode.Kind;

/**
 * The nodes of ZynqMP's power unit (devices.md 7.2, 7.8). Processors are forced off, active, asleep
 * or suspending; peripherals are on from the boot until their owner lets go of them. A peripheral
 * that is off keeps its registers: it has no clock, so it does nothing.
 */
public final class EemiNodes {
    private static final int FORCED_OFF = 0;
    private static final int ACTIVE = 1;
    private static final int SLEEP = 2;
    private static final int SUSPENDING = 3;

    private static final int FULL_ACCESS = 1;
    private static final int USED_BY_CALLER = 1;
    private static final int FIRST_CORE = 2;
    private static final int RPU = 1 << 7;

    private final Bits off;
    private final Bits requested;
    private final Bytes capabilities;
    private final Cell suspending;
    private final Cell started;

    EemiNodes(Layout layout) {
        off = layout.bits("off", EemiNode.COUNT);
        requested = layout.bits("requested", EemiNode.COUNT);
        capabilities = layout.bytes("capabilities", EemiNode.COUNT, 0);
        suspending = layout.cell("suspending", 8);
        started = layout.cell("started", 8);
    }

    void reset(Board board) {
        off.clear(board);
        requested.clear(board);
        capabilities.fill(board, 0, EemiNode.COUNT, 0);
        suspending.set(board, 0);
        started.set(board, 0);
    }

    /** Whether a peripheral has been switched off. */
    public boolean isOff(Board board, int node) {
        return node >= 0 && node < off.count() && off.get(board, node);
    }

    /** Whether a core has announced that its next WFI is a power-down. */
    boolean suspending(Board board, int cpu) {
        return (suspending.get(board) >>> cpu & 1) != 0;
    }

    boolean anySuspending(Board board) {
        return suspending.get(board) != 0;
    }

    void suspending(Board board, int cpu, boolean on) {
        mark(suspending, board, 1L << cpu, on);
    }

    /** A core has been started: what keeps it off since the boot or by force is over. */
    void started(Board board, int cpu) {
        mark(started, board, 1L << cpu, true);
    }

    private static void mark(Cell cell, Board board, long bit, boolean on) {
        cell.set(board, on ? cell.get(board) | bit : cell.get(board) & ~bit);
    }

    private static EemiNode node(Board board, Core by, int argument) {
        return EemiNode.of(Eemi.argument(board, by, argument)).orElse(EemiNode.PLD);
    }

    private static boolean isSlave(EemiNode node) {
        return node.kind() == Kind.SLAVE;
    }

    /** The CPU a node stands for, or -1. */
    private static int cpu(Eemi eemi, EemiNode node) {
        int cpu = node.id() - FIRST_CORE;
        return cpu >= 0 && cpu < eemi.psci.cores.all().size() && node.compareTo(EemiNode.RPU) < 0
                ? cpu
                : -1;
    }

    private static boolean isRpu(EemiNode node) {
        return node.kind() == Kind.PROCESSOR && node.compareTo(EemiNode.RPU) >= 0;
    }

    static EemiStatus status(Eemi eemi, Board board, Core by) {
        EemiNode node = node(board, by, 0);
        EemiNodes nodes = eemi.nodes;
        switch (node.kind()) {
            case PROCESSOR -> Eemi.reply(board, by, nodes.processor(eemi, board, node), 0, 0);
            case SLAVE ->
                Eemi.reply(
                        board,
                        by,
                        nodes.off.get(board, node.id()) ? 0 : 1,
                        nodes.capabilities.get(board, node.id()),
                        nodes.requested.get(board, node.id()) ? USED_BY_CALLER : 0);
            case POWER -> {
                if (node == EemiNode.PLD) {
                    return EemiStatus.INVALID_NODE;
                }
                // A caller of EL3 is an application core, so its domains are on, and so is the LPD.
                Eemi.reply(board, by, 1, 0, 0);
            }
        }
        return EemiStatus.SUCCESS;
    }

    private int processor(Eemi eemi, Board board, EemiNode node) {
        int cpu = cpu(eemi, node);
        if (cpu < 0) {
            return (started.get(board) & RPU) != 0 ? ACTIVE : FORCED_OFF;
        }
        Core core = eemi.psci.cores.get(cpu);
        if (suspending(board, cpu) || core.goingDown(board)) {
            return SUSPENDING;
        }
        return switch (core.cpu().power(board)) {
            case ON, ON_PENDING, STANDBY -> ACTIVE;
            case POWERDOWN -> SLEEP;
            case OFF -> (started.get(board) >>> cpu & 1) != 0 ? SLEEP : FORCED_OFF;
        };
    }

    /**
     * Asks a processor of another master to suspend, which the real-time ones do at once. A
     * peripheral is taken for one whose user has done with it: it goes off.
     */
    static EemiStatus requestSuspend(Eemi eemi, Board board, Core by) {
        EemiNode node = node(board, by, 0);
        if (isSlave(node)) {
            eemi.nodes.release(board, node);
            return EemiStatus.SUCCESS;
        }
        return stopRpu(eemi, board, node);
    }

    private static EemiStatus stopRpu(Eemi eemi, Board board, EemiNode node) {
        if (!isRpu(node)) {
            return node == EemiNode.PLD ? EemiStatus.INVALID_NODE : EemiStatus.CONFLICT;
        }
        mark(eemi.nodes.started, board, RPU, false);
        eemi.psci.fullPower.required(board, false);
        return EemiStatus.SUCCESS;
    }

    /** A core announces its own power-down only; where it resumes are arguments 3 and 4. */
    static EemiStatus selfSuspend(Eemi eemi, Board board, Core by) {
        if (cpu(eemi, node(board, by, 0)) != by.id()) {
            return EemiStatus.NO_ACCESS;
        }
        long low = Eemi.argument(board, by, 3) & 0xFFFF_FFFFL;
        long address = (long) Eemi.argument(board, by, 4) << 32 | low;
        by.startsAt(board, address, 0, by.cpu().bigEndian(board));
        eemi.nodes.suspending(board, by.id(), true);
        return EemiStatus.SUCCESS;
    }

    static EemiStatus abortSuspend(Eemi eemi, Board board, Core by) {
        eemi.nodes.suspending(board, by.id(), false);
        return EemiStatus.SUCCESS;
    }

    /** Another core of the caller's, or the real-time ones, lose their power at once. */
    static EemiStatus forcePowerdown(Eemi eemi, Board board, Core by) {
        EemiNode node = node(board, by, 0);
        int cpu = cpu(eemi, node);
        if (cpu < 0) {
            return isSlave(node) ? EemiStatus.INVALID_NODE : stopRpu(eemi, board, node);
        }
        if (cpu == by.id()) {
            return EemiStatus.CONFLICT;
        }
        Core core = eemi.psci.cores.get(cpu);
        mark(eemi.nodes.started, board, 1L << cpu, false);
        eemi.nodes.suspending(board, cpu, false);
        if (!core.cpu().is(board, CpuPower.OFF)) {
            core.change().cancel(board);
            CpuOff.arrive(eemi.psci, board, core);
        }
        return EemiStatus.SUCCESS;
    }

    /** Wakes a core that sleeps, where arguments 1 and 2 say if bit 0 is set. EL3 starts others. */
    static EemiStatus requestWakeup(Eemi eemi, Board board, Core by) {
        EemiNode node = node(board, by, 0);
        int cpu = cpu(eemi, node);
        if (cpu < 0) {
            if (!isRpu(node)) {
                return EemiStatus.INVALID_NODE;
            }
            mark(eemi.nodes.started, board, RPU, true);
            return EemiStatus.SUCCESS;
        }
        Core core = eemi.psci.cores.get(cpu);
        return switch (core.cpu().power(board)) {
            case ON, ON_PENDING -> EemiStatus.SUCCESS;
            case OFF -> EemiStatus.CONFLICT;
            case STANDBY, POWERDOWN -> {
                long low = Eemi.argument(board, by, 1) & 0xFFFF_FFFFL;
                if ((low & 1) != 0) {
                    long address = (long) Eemi.argument(board, by, 2) << 32 | low & ~1L;
                    core.startsAt(board, address, 0, core.bigEndian(board));
                }
                CpuSuspend.end(eemi.psci, board, core);
                yield EemiStatus.SUCCESS;
            }
        };
    }

    /** Arguments: the core that shall wake, the node that wakes it, on or off. */
    static EemiStatus setWakeupSource(Eemi eemi, Board board, Core by) {
        EemiNode source = node(board, by, 1);
        if (cpu(eemi, node(board, by, 0)) < 0 || !isSlave(source)) {
            return EemiStatus.INVALID_NODE;
        }
        boolean on = Eemi.argument(board, by, 2) != 0;
        eemi.psci.wake.nodes().arm(board, source.id(), on);
        return EemiStatus.SUCCESS;
    }

    /** Arguments: node, capabilities, quality, acknowledge. */
    static EemiStatus requestNode(Eemi eemi, Board board, Core by) {
        EemiNode node = node(board, by, 0);
        if (!isSlave(node)) {
            return EemiStatus.INVALID_NODE;
        }
        if (eemi.nodes.requested.get(board, node.id())) {
            return EemiStatus.DOUBLE_REQUEST;
        }
        eemi.nodes.requested.set(board, node.id(), true);
        eemi.nodes.require(board, node, Eemi.argument(board, by, 1));
        return EemiStatus.SUCCESS;
    }

    static EemiStatus releaseNode(Eemi eemi, Board board, Core by) {
        EemiStatus held = eemi.nodes.held(board, node(board, by, 0));
        if (held == EemiStatus.SUCCESS) {
            eemi.nodes.release(board, node(board, by, 0));
        }
        return held;
    }

    static EemiStatus setRequirement(Eemi eemi, Board board, Core by) {
        EemiNode node = node(board, by, 0);
        EemiStatus held = eemi.nodes.held(board, node);
        if (held == EemiStatus.SUCCESS) {
            eemi.nodes.require(board, node, Eemi.argument(board, by, 1));
        }
        return held;
    }

    static EemiStatus setMaxLatency(Eemi eemi, Board board, Core by) {
        return eemi.nodes.held(board, node(board, by, 0));
    }

    private EemiStatus held(Board board, EemiNode node) {
        if (!isSlave(node)) {
            return EemiStatus.INVALID_NODE;
        }
        return requested.get(board, node.id()) ? EemiStatus.SUCCESS : EemiStatus.NO_ACCESS;
    }

    private void release(Board board, EemiNode node) {
        requested.set(board, node.id(), false);
        require(board, node, 0);
    }

    /** A node without any capability is off; one that wakes or keeps its context stays on. */
    private void require(Board board, EemiNode node, int wanted) {
        capabilities.set(board, node.id(), wanted);
        off.set(board, node.id(), (wanted & 7) < FULL_ACCESS);
    }
}
