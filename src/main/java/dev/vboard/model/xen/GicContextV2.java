package dev.vboard.model.xen;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Layout;

import java.util.List;
import java.util.function.Consumer;

/** What Xen saves of a GICv2, as the boot CPU reads it (gic.md 8.2). */
final class GicContextV2 implements GicContext {
    private final HostGicV2 gic;
    private final List<Cell> enabled;
    private final List<Cell> active;
    private final List<Cell> priority;
    private final List<Cell> target;
    private final List<Cell> config;
    private final Cell distributorControl;
    private final Cell interfaceControl;
    private final Cell priorityMask;
    private final Cell binaryPoint;

    GicContextV2(HostGicV2 gic, Layout layout) {
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

    @Override
    public void save(Board board) {
        saveControls(board);
        saveLines(board);
    }

    private void saveControls(Board board) {
        interfaceControl.set(board, gic.readInterface(board, HostGicV2.CTLR));
        priorityMask.set(board, gic.readInterface(board, HostGicV2.PMR));
        binaryPoint.set(board, gic.readInterface(board, HostGicV2.BPR));
        distributorControl.set(board, gic.readDistributor(board, HostGicV2.CTLR));
    }

    private void saveLines(Board board) {
        save(board, enabled, HostGicV2.ISENABLER);
        save(board, active, HostGicV2.ISACTIVER);
        save(board, priority, HostGicV2.IPRIORITYR);
        save(board, target, HostGicV2.ITARGETSR);
        save(board, config, HostGicV2.ICFGR);
    }

    private void save(Board board, List<Cell> cells, long offset) {
        for (int i = 0; i < cells.size(); i++) {
            cells.get(i).set(board, gic.readDistributor(board, offset + 4L * i));
        }
    }

    @Override
    public int suspend(Board board, boolean refusesActive) {
        if (refusesActive && gic.anyActivePriority(board)) {
            return CpuHotplug.EBUSY;
        }
        saveControls(board);
        gic.writeInterface(board, HostGicV2.CTLR, 0);
        gic.writeDistributor(board, HostGicV2.CTLR, 0);
        saveLines(board);
        return 0;
    }

    @Override
    public String busyText(Board board) {
        int word = 0;
        while (word < 3 && gic.activePriorities(board, word) == 0) {
            word++;
        }
        String value = Integer.toHexString(gic.activePriorities(board, word));
        return "GICv2: suspend aborted: GICC_APR" + word + "=0x" + "0".repeat(8 - value.length())
                + value;
    }

    @Override
    public void abort(Board board) {
        gic.writeDistributor(board, HostGicV2.CTLR, distributorControl.getInt(board));
        gic.writeInterface(board, HostGicV2.CTLR, interfaceControl.getInt(board));
    }

    @Override
    public void restore(Board board, boolean enablesFirst, Consumer<Board> enabledNow) {
        gic.writeInterface(board, HostGicV2.CTLR, 0);
        gic.writeDistributor(board, HostGicV2.CTLR, 0);
        for (int i = 0; i < enabled.size(); i++) {
            gic.writeDistributor(board, HostGicV2.ICENABLER + 4L * i, -1);
        }
        if (enablesFirst) {
            enables(board);
            enabledNow.accept(board);
        }
        for (int i = 0; i < config.size(); i++) {
            long at = HostGicV2.ICFGR + 4L * i;
            int ignored = enablesFirst ? configsOfEnabled(board, i) : 0;
            int kept = ignored == 0 ? 0 : gic.readDistributor(board, at) & ignored;
            gic.writeDistributor(board, at, config.get(i).getInt(board) & ~ignored | kept);
        }
        write(board, priority, HostGicV2.IPRIORITYR);
        write(board, target, HostGicV2.ITARGETSR);
        if (!enablesFirst) {
            enables(board);
            enabledNow.accept(board);
        }
        gic.writeDistributor(board, HostGicV2.CTLR, distributorControl.getInt(board));
        gic.writeInterface(board, HostGicV2.PMR, priorityMask.getInt(board));
        gic.writeInterface(board, HostGicV2.BPR, binaryPoint.getInt(board));
        gic.writeInterface(board, HostGicV2.CTLR, interfaceControl.getInt(board));
    }

    /** The fields of a configuration word that a GIC ignores: those of enabled interrupts. */
    private int configsOfEnabled(Board board, int word) {
        return GicContext.spread(enabled.get(word / 2).getInt(board) >>> word % 2 * 16);
    }

    private void enables(Board board) {
        write(board, enabled, HostGicV2.ISENABLER);
        for (int i = 0; i < active.size(); i++) {
            gic.writeDistributor(board, HostGicV2.ICACTIVER + 4L * i, -1);
        }
        write(board, active, HostGicV2.ISACTIVER);
    }

    private void write(Board board, List<Cell> cells, long offset) {
        for (int i = 0; i < cells.size(); i++) {
            gic.writeDistributor(board, offset + 4L * i, cells.get(i).getInt(board));
        }
    }
}
