package dev.vboard.model.xen;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Bus;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Layout;
import dev.vboard.model.core.Words;

import java.util.function.Consumer;

/** What Xen saves of a GICv2, as the boot CPU reads it (gic.md 8.2). */
final class GicContextV2 implements GicContext {
    private static final Bus.Values ALL = (_, _) -> -1;

    private final HostGicV2 gic;
    private final Words enabled;
    private final Words active;
    private final Words priority;
    private final Words target;
    private final Words config;
    private final Cell distributorControl;
    private final Cell interfaceControl;
    private final Cell priorityMask;
    private final Cell binaryPoint;

    GicContextV2(HostGicV2 gic, Layout layout) {
        this.gic = gic;
        Layout saved = layout.named("saved-gic");
        enabled = saved.words("enabled", gic.intids() / 32);
        active = saved.words("active", gic.intids() / 32);
        priority = saved.words("priority", gic.intids() / 4);
        target = saved.words("target", gic.intids() / 4);
        config = saved.words("config", gic.intids() / 16);
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
        gic.readDistributor(board, HostGicV2.ISENABLER, enabled);
        gic.readDistributor(board, HostGicV2.ISACTIVER, active);
        gic.readDistributor(board, HostGicV2.IPRIORITYR, priority);
        gic.readDistributor(board, HostGicV2.ITARGETSR, target);
        gic.readDistributor(board, HostGicV2.ICFGR, config);
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
        gic.writeDistributor(board, HostGicV2.ICENABLER, enabled.count(), ALL);
        if (enablesFirst) {
            enables(board);
            enabledNow.accept(board);
            configureDisabled(board);
        } else {
            write(board, HostGicV2.ICFGR, config);
        }
        write(board, HostGicV2.IPRIORITYR, priority);
        write(board, HostGicV2.ITARGETSR, target);
        if (!enablesFirst) {
            enables(board);
            enabledNow.accept(board);
        }
        gic.writeDistributor(board, HostGicV2.CTLR, distributorControl.getInt(board));
        gic.writeInterface(board, HostGicV2.PMR, priorityMask.getInt(board));
        gic.writeInterface(board, HostGicV2.BPR, binaryPoint.getInt(board));
        gic.writeInterface(board, HostGicV2.CTLR, interfaceControl.getInt(board));
    }

    /** A GIC ignores the fields of a configuration word whose interrupts are enabled. */
    private void configureDisabled(Board board) {
        for (int i = 0; i < config.count(); i++) {
            long at = HostGicV2.ICFGR + 4L * i;
            int ignored = GicContext.spread(enabled.at(board, i / 2) >>> i % 2 * 16);
            int kept = ignored == 0 ? 0 : gic.readDistributor(board, at) & ignored;
            gic.writeDistributor(board, at, config.at(board, i) & ~ignored | kept);
        }
    }

    private void enables(Board board) {
        write(board, HostGicV2.ISENABLER, enabled);
        gic.writeDistributor(board, HostGicV2.ICACTIVER, active.count(), ALL);
        write(board, HostGicV2.ISACTIVER, active);
    }

    private void write(Board board, long offset, Words saved) {
        gic.writeDistributor(board, offset, saved.count(), saved);
    }
}
