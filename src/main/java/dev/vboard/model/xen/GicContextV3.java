package dev.vboard.model.xen;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Bytes;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Intids;
import dev.vboard.model.core.Layout;
import dev.vboard.model.core.SystemRegisters.SystemRegister;
import dev.vboard.model.core.Words;

import java.util.function.Consumer;

/**
 * What Xen saves of a GICv3: the distributor, the boot CPU's redistributor and its interface, which
 * is lost with the core (gic.md 8.1). A route is kept as the number of the CPU it names.
 */
final class GicContextV3 implements GicContext {
    private static final int ETIMEDOUT = -110;
    private static final Access BOOT_CPU = Access.el2(0);
    private static final int ANY = 0xFF;
    private static final int NOBODY = 0xFE;
    private static final long ANY_ROUTE = 1L << 31;
    private static final long NO_ROUTE = 0xFF_00FF_FFFFL;

    private final HostGicV3 gic;
    private final Words enabled;
    private final Words active;
    private final Words priority;
    private final Words config;
    private final Bytes route;
    private final Cell control;
    private final Cell privateGroup;
    private final Cell redistributorControl;
    private final Cell propertyTable;
    private final Cell pendingTable;
    private final Cell priorityMask;
    private final Cell binaryPoint;
    private final Cell interfaceControl;
    private final Cell groupEnable;
    private final Cell systemRegisterEnable;

    GicContextV3(HostGicV3 gic, Layout layout) {
        this.gic = gic;
        Layout saved = layout.named("saved-gic");
        enabled = saved.words("enabled", gic.intids() / 32);
        active = saved.words("active", gic.intids() / 32);
        priority = saved.words("priority", gic.intids() / 4);
        config = saved.words("config", gic.intids() / 16);
        route = saved.bytes("route", gic.spis(), 0);
        control = saved.cell("gicd-ctlr", 32);
        privateGroup = saved.cell("gicr-igroupr0", 32);
        redistributorControl = saved.cell("gicr-ctlr", 32);
        propertyTable = saved.cell("gicr-propbaser", 64);
        pendingTable = saved.cell("gicr-pendbaser", 64);
        priorityMask = saved.cell("icc-pmr", 8);
        binaryPoint = saved.cell("icc-bpr1", 8);
        interfaceControl = saved.cell("icc-ctlr", 32);
        groupEnable = saved.cell("icc-igrpen1", 8);
        systemRegisterEnable = saved.cell("icc-sre-el2", 8);
    }

    @Override
    public void save(Board board) {
        saveControls(board);
        saveLines(board);
    }

    private void saveControls(Board board) {
        keep(board, priorityMask, gic.icc.priorityMask());
        keep(board, binaryPoint, gic.icc.binaryPoint());
        keep(board, interfaceControl, gic.icc.control());
        keep(board, groupEnable, gic.icc.groupEnable());
        keep(board, systemRegisterEnable, gic.icc.enable());
        control.set(board, gic.readDistributor(board, HostGicV3.CTLR));
    }

    private static void keep(Board board, Cell cell, SystemRegister register) {
        cell.set(board, register.read(board, BOOT_CPU));
    }

    private static void give(Board board, SystemRegister register, Cell cell) {
        register.write(board, BOOT_CPU, cell.get(board));
    }

    private void saveLines(Board board) {
        save(board, enabled, HostGicV3.ISENABLER);
        save(board, active, HostGicV3.ISACTIVER);
        save(board, priority, HostGicV3.IPRIORITYR);
        save(board, config, HostGicV3.ICFGR);
        for (int i = 0; i < gic.spis(); i++) {
            route.set(board, i, routed(gic.readRoute(board, i + Intids.PRIVATE)));
        }
        Redistributors own = gic.redistributors;
        privateGroup.set(board, own.readPrivate(board, 0, HostGicV3.IGROUPR));
        redistributorControl.set(board, own.read(board, 0, Redistributors.CTLR));
        propertyTable.set(board, own.readWide(board, 0, Redistributors.PROPBASER));
        pendingTable.set(board, own.readWide(board, 0, Redistributors.PENDBASER));
    }

    /** The number of the CPU a route names. */
    private int routed(long value) {
        for (int cpu = 0; cpu < gic.cpus(); cpu++) {
            if (value == gic.affinity(cpu)) {
                return cpu;
            }
        }
        return (value & ANY_ROUTE) != 0 ? ANY : NOBODY;
    }

    private long route(int routed) {
        return switch (routed) {
            case ANY -> ANY_ROUTE;
            case NOBODY -> NO_ROUTE;
            default -> gic.affinity(routed);
        };
    }

    /** The first words are the boot CPU's own, in its redistributor. */
    private void save(Board board, Words words, long offset) {
        for (int i = 0; i < words.count(); i++) {
            words.set(board, i, read(board, words, offset, i));
        }
    }

    private int read(Board board, Words words, long offset, int i) {
        long at = offset + 4L * i;
        return isPrivate(words, i)
                ? gic.redistributors.readPrivate(board, 0, at)
                : gic.readDistributor(board, at);
    }

    private void write(Board board, Words words, long offset, int i, int value) {
        long at = offset + 4L * i;
        if (isPrivate(words, i)) {
            gic.redistributors.writePrivate(board, 0, at, value);
        } else {
            gic.writeDistributor(board, at, value);
        }
    }

    private boolean isPrivate(Words words, int i) {
        return i * gic.intids() < words.count() * Intids.PRIVATE;
    }

    @Override
    public int suspend(Board board, boolean refusesActive) {
        if (refusesActive && busyWord(board) >= 0) {
            return CpuHotplug.EBUSY;
        }
        saveControls(board);
        gic.icc.groupEnable().write(board, BOOT_CPU, 0);
        boolean oursToSleep = (control.getInt(board) & HostGicV3.DS) != 0;
        if (oursToSleep && !gic.redistributors.sleep(board, 0)) {
            return ETIMEDOUT;
        }
        gic.writeDistributor(board, HostGicV3.CTLR, HostGicV3.ARE);
        saveLines(board);
        return 0;
    }

    @Override
    public String busyText(Board board) {
        int word = Math.max(busyWord(board), 0);
        String value = Long.toHexString(gic.icc.activePriorities(board, word));
        return "GICv3: suspend aborted: ICC_AP1R" + word + "_EL1=0x"
                + "0".repeat(8 - value.length()) + value;
    }

    /** The first word with an active priority, or -1. */
    private int busyWord(Board board) {
        for (int word = 0; word < gic.icc.activePriorityWords(); word++) {
            if (gic.icc.activePriorities(board, word) != 0) {
                return word;
            }
        }
        return -1;
    }

    @Override
    public void abort(Board board) {
        gic.writeDistributor(board, HostGicV3.CTLR, control.getInt(board));
        gic.redistributors.wake(board, 0);
        give(board, gic.icc.groupEnable(), groupEnable);
    }

    @Override
    public void restore(Board board, boolean enablesFirst, Consumer<Board> enabledNow) {
        gic.icc.useSystemRegisters(board, 0);
        give(board, gic.icc.enable(), systemRegisterEnable);
        gic.icc.groupEnable().write(board, BOOT_CPU, 0);
        gic.writeDistributor(board, HostGicV3.CTLR, HostGicV3.ARE);
        gic.redistributors.wake(board, 0);
        restoreLines(board, enablesFirst, enabledNow);
        gic.writeDistributor(board, HostGicV3.CTLR, control.getInt(board));
        give(board, gic.icc.priorityMask(), priorityMask);
        give(board, gic.icc.binaryPoint(), binaryPoint);
        give(board, gic.icc.control(), interfaceControl);
        give(board, gic.icc.groupEnable(), groupEnable);
    }

    private void restoreLines(Board board, boolean enablesFirst, Consumer<Board> enabledNow) {
        Redistributors own = gic.redistributors;
        fill(board, enabled, HostGicV3.ICENABLER);
        own.write(board, 0, Redistributors.CTLR, 0);
        own.writePrivate(board, 0, HostGicV3.IGROUPR, privateGroup.getInt(board));
        gic.ownAllSpis(board);
        if (enablesFirst) {
            enables(board);
            enabledNow.accept(board);
        }
        for (int i = 0; i < config.count(); i++) {
            int lines = enabled.at(board, i / 2) >>> i % 2 * 16;
            int ignored = enablesFirst ? GicContext.spread(lines) : 0;
            int kept = ignored == 0 ? 0 : read(board, config, HostGicV3.ICFGR, i) & ignored;
            int value = config.at(board, i) & ~ignored | kept;
            write(board, config, HostGicV3.ICFGR, i, value);
        }
        write(board, priority, HostGicV3.IPRIORITYR);
        for (int i = 0; i < gic.spis(); i++) {
            gic.writeRoute(board, i + Intids.PRIVATE, route(route.get(board, i)));
        }
        if (!enablesFirst) {
            enables(board);
            enabledNow.accept(board);
        }
        own.writeWide(board, 0, Redistributors.PROPBASER, propertyTable.get(board));
        own.writeWide(board, 0, Redistributors.PENDBASER, pendingTable.get(board));
        own.write(board, 0, Redistributors.CTLR, redistributorControl.getInt(board));
    }

    private void enables(Board board) {
        write(board, enabled, HostGicV3.ISENABLER);
        fill(board, active, HostGicV3.ICACTIVER);
        write(board, active, HostGicV3.ISACTIVER);
    }

    private void write(Board board, Words words, long offset) {
        for (int i = 0; i < words.count(); i++) {
            write(board, words, offset, i, words.at(board, i));
        }
    }

    private void fill(Board board, Words words, long offset) {
        for (int i = 0; i < words.count(); i++) {
            write(board, words, offset, i, -1);
        }
    }
}
