package dev.vboard.model.xen;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Layout;

import java.util.List;

/** What Xen saves of the GIC before it may lose power, and how it writes it back (gic.md 8.2). */
final class GicContext {
    private final HostGic gic;
    private final List<Cell> enabled;
    private final List<Cell> active;
    private final List<Cell> priority;
    private final List<Cell> target;
    private final List<Cell> config;
    private final Cell distributorControl;
    private final Cell interfaceControl;
    private final Cell priorityMask;
    private final Cell binaryPoint;

    GicContext(HostGic gic, Layout layout) {
        this.gic = gic;
        Layout saved = layout.named("saved-gic");
        enabled = saved.cells("enabled", gic.intids() / 32, 32);
        active = saved.cells("active", gic.intids() / 32, 32);
        priority = saved.cells("priority", gic.intids() / 4, 32);
        target = saved.cells("target", gic.intids() / 4, 32);
        config = saved.cells("config", gic.intids() / 16, 32);
        distributorControl = saved.cell("gicd-ctlr", 32);
        interfaceControl = saved.cell("gicc-ctlr", 32);
        priorityMask = saved.cell("gicc-pmr", 8);
        binaryPoint = saved.cell("gicc-bpr", 8);
    }

    /** Copies the registers; pending bits are deliberately not among them. */
    void save(Board board) {
        interfaceControl.set(board, gic.interfaceControl(board));
        priorityMask.set(board, gic.priorityMask(board));
        binaryPoint.set(board, gic.binaryPoint(board));
        distributorControl.set(board, gic.distributorControl(board));
        save(board, enabled, HostGic.ISENABLER);
        save(board, active, HostGic.ISACTIVER);
        save(board, priority, HostGic.IPRIORITYR);
        save(board, target, HostGic.ITARGETSR);
        save(board, config, HostGic.ICFGR);
    }

    private void save(Board board, List<Cell> cells, long offset) {
        for (int i = 0; i < cells.size(); i++) {
            cells.get(i).set(board, gic.readDistributor(board, offset + 4L * i));
        }
    }

    /**
     * Writes the registers back in the required order (xen-suspend.md R8).
     *
     * @param enablesFirst enables and active bits before what they depend on (HZ-40)
     */
    void restore(Board board, boolean enablesFirst) {
        gic.interfaceControl(board, 0);
        gic.distributorControl(board, 0);
        for (int i = 0; i < enabled.size(); i++) {
            gic.writeDistributor(board, HostGic.ICENABLER + 4L * i, -1);
        }
        if (enablesFirst) {
            enables(board);
        }
        write(board, config, HostGic.ICFGR);
        write(board, priority, HostGic.IPRIORITYR);
        write(board, target, HostGic.ITARGETSR);
        if (!enablesFirst) {
            enables(board);
        }
        gic.distributorControl(board, distributorControl.getInt(board));
        gic.priorityMask(board, priorityMask.getInt(board));
        gic.binaryPoint(board, binaryPoint.getInt(board));
        gic.interfaceControl(board, interfaceControl.getInt(board));
    }

    private void enables(Board board) {
        write(board, enabled, HostGic.ISENABLER);
        for (int i = 0; i < active.size(); i++) {
            gic.writeDistributor(board, HostGic.ICACTIVER + 4L * i, -1);
        }
        write(board, active, HostGic.ISACTIVER);
    }

    private void write(Board board, List<Cell> cells, long offset) {
        for (int i = 0; i < cells.size(); i++) {
            gic.writeDistributor(board, offset + 4L * i, cells.get(i).getInt(board));
        }
    }
}
