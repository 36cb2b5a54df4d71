package dev.vboard.model.xen;

import dev.vboard.model.core.Bits;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Bytes;
import dev.vboard.model.core.Flag;
import dev.vboard.model.core.Intids;
import dev.vboard.model.core.Layout;

/**
 * The state of a domain's virtual interrupts, by index: Xen's pending_irq flags, the inflight and
 * lr_pending lists, and what the guest configured (gic.md 10).
 */
public final class VGicState {
    /** Reset priority of a virtual interrupt. */
    static final int DEFAULT_PRIORITY = 0;

    final Intids intids;
    final Flag on;
    final Bits enabled;
    final Bits queued;
    final Bits handled;
    final Bits visible;
    final Bits migrating;
    final Bits inflight;
    final Bits lrPending;
    final Bits edge;
    final Bytes priority;
    final Bytes inflightPriority;
    final Bytes arrival;
    final Bytes target;

    VGicState(Layout layout, Intids intids) {
        this.intids = intids;
        on = layout.flag("on");
        int count = intids.count();
        enabled = layout.bits("enabled", count);
        queued = layout.bits("queued", count);
        handled = layout.bits("handled", count);
        visible = layout.bits("visible", count);
        migrating = layout.bits("migrating", count);
        inflight = layout.bits("inflight", count);
        lrPending = layout.bits("lr-pending", count);
        edge = layout.bits("edge", count);
        priority = layout.bytes("priority", count, DEFAULT_PRIORITY);
        inflightPriority = layout.bytes("inflight-priority", count, 0);
        arrival = layout.bytes("arrival", count, 0);
        target = layout.bytes("target", Math.max(intids.intids() - Intids.PRIVATE, 1), 0);
    }

    /** Whether the guest switched its distributor on. */
    public boolean on(Board board) {
        return on.get(board);
    }

    /** Whether the guest enabled that interrupt. */
    public boolean enabled(Board board, int index) {
        return enabled.get(board, index);
    }

    /** The priority the guest gave it. */
    public int priority(Board board, int index) {
        return priority.get(board, index);
    }

    /** Whether the guest configured it as edge triggered. */
    public boolean edge(Board board, int index) {
        return edge.get(board, index);
    }

    /** The vCPU an SPI goes to. */
    public int target(Board board, int virq) {
        return target.get(board, virq - Intids.PRIVATE);
    }

    /** The list order: lower priority value first, then earlier arrival. */
    int rank(Board board, int index) {
        return inflightPriority.get(board, index) << 8 | arrival.get(board, index);
    }

    /** The index of {@code list} that comes first for that vCPU, or -1. */
    int first(Board board, Bits list, int vcpu) {
        int best = -1;
        int bestRank = Integer.MAX_VALUE;
        for (int i = list.next(board, 0); i >= 0; i = list.next(board, i + 1)) {
            int rank = rank(board, i);
            if (rank < bestRank && owner(board, i) == vcpu) {
                best = i;
                bestRank = rank;
            }
        }
        return best;
    }

    /** Whether one in flight was not acknowledged yet, or was asserted again since. */
    boolean pending(Board board, int index) {
        return !handled.get(board, index) || queued.get(board, index);
    }

    /** Drops an interrupt in whatever state it is. */
    void forget(Board board, int index) {
        inflight.set(board, index, false);
        queued.set(board, index, false);
        handled.set(board, index, false);
        visible.set(board, index, false);
        migrating.set(board, index, false);
        lrPending.set(board, index, false);
    }

    /** Numbers the arrivals of those in flight anew, in their order; answers how many there are. */
    int renumber(Board board, int limit) {
        int next = 0;
        for (int old = 0; old <= limit; old++) {
            for (int i = inflight.next(board, 0); i >= 0; i = inflight.next(board, i + 1)) {
                if (arrival.get(board, i) == old) {
                    arrival.set(board, i, next++);
                }
            }
        }
        return Math.min(next, limit);
    }

    /** The vCPU an interrupt is for. */
    int owner(Board board, int index) {
        int cpu = intids.cpu(index);
        return cpu >= 0 ? cpu : target(board, intids.intid(index));
    }
}
