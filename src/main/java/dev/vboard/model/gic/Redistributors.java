package dev.vboard.model.gic;

import dev.vboard.model.core.Bits;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Layout;

import java.util.List;

/**
 * What the redistributors of a GICv3 keep for each CPU besides its private interrupts (IHI 0069
 * 12.11): whether it sleeps, and the registers of LPIs, which hold what is written and do nothing.
 * They share the power of the distributor.
 */
final class Redistributors {
    final Bits awake;
    final Bits lpisEnabled;
    final List<Cell> properties;
    final List<Cell> pendings;

    Redistributors(Layout layout, int cpus) {
        Layout gicr = layout.named("gicr");
        awake = gicr.bits("awake", cpus);
        lpisEnabled = gicr.bits("enable-lpis", cpus);
        properties = gicr.cells("propbaser", cpus, 64);
        pendings = gicr.cells("pendbaser", cpus, 64);
    }

    /**
     * Whether GICR_WAKER.ProcessorSleep is zero. ChildrenAsleep follows at once, so this is also
     * whether interrupts are forwarded.
     */
    boolean awake(Board board, int cpu) {
        return awake.get(board, cpu);
    }

    void awake(Board board, int cpu, boolean value) {
        awake.set(board, cpu, value);
    }
}
