package dev.vboard.model.firmware;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Intids;
import dev.vboard.model.core.Layout;
import dev.vboard.model.core.Register;
import dev.vboard.model.core.Registers;
import dev.vboard.model.gic.Gic;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The GIC's registers as a firmware keeps them over SYSTEM_SUSPEND that restores them itself, as
 * i.MX8QM's does (gic.md 8.5): the distributor, and the redistributor of the CPU that suspends;
 * those of the others are lost. The fields Aff3 of the routing registers are not kept.
 */
final class GicSave {
    private static final int DOUBLE = 8;
    private static final int WORD_BITS = 32;

    /** In the order of their restoration; the control registers last. */
    private static final List<String> KEPT = List.of(
            "GICD_IGROUPR",
            "GICD_IGRPMODR",
            "GICD_IPRIORITYR",
            "GICD_ICFGR",
            "GICD_ITARGETSR",
            "GICD_IROUTER",
            "GICD_ISENABLER",
            "GICD_ISPENDR",
            "GICD_ISACTIVER",
            "GICD_CTLR",
            "GICR_PROPBASER",
            "GICR_PENDBASER",
            "GICR_IGROUPR0",
            "GICR_IGRPMODR0",
            "GICR_IPRIORITYR",
            "GICR_ICFGR1",
            "GICR_ISPENDR0",
            "GICR_ISACTIVER0",
            "GICR_ISENABLER0",
            "GICR_CTLR");

    private final List<Kept> kept = new ArrayList<>();

    /** Registers of one array from the first that is kept on. */
    private record Kept(Register register, int first, List<Cell> cells) {}

    /** Declares where they are kept. */
    GicSave(Layout layout, Gic gic) {
        Layout own = layout.named("gic-save");
        for (String name : KEPT) {
            for (Registers bank : gic.registers()) {
                for (Register register : bank.all()) {
                    if (register.name().equals(name)) {
                        keep(own, register, gic.intids().intids());
                    }
                }
            }
        }
    }

    /** Private interrupts of a distributor are banked and not kept. */
    private void keep(Layout layout, Register register, int intids) {
        boolean shared = register.name().startsWith("GICD_") && register.count() > 1;
        int each = perRegister(register.name());
        int first = shared ? Intids.PRIVATE / each : 0;
        int end = shared ? Math.min(intids / each, register.count()) : register.count();
        int bits = register.unit() == DOUBLE ? WORD_BITS : 8 * register.unit();
        Layout own = layout.named(register.name().toLowerCase(Locale.ROOT));
        kept.add(new Kept(register, first, own.cells("", end - first, bits)));
    }

    /** How many interrupts one register is about. */
    private static int perRegister(String name) {
        return switch (name) {
            case "GICD_IPRIORITYR", "GICD_ITARGETSR", "GICD_IROUTER" -> 1;
            case "GICD_ICFGR" -> 16;
            default -> 32;
        };
    }

    /** What EL3 does before it lets the GIC lose its power. */
    void save(Board board, int cpu) {
        Access el3 = Access.el3(cpu);
        for (Kept array : kept) {
            for (int i = 0; i < array.cells.size(); i++) {
                array.cells.get(i).set(board, array.register.read(board, el3, array.first + i));
            }
        }
    }

    /** What it does once the GIC has power again. */
    void restore(Board board, int cpu) {
        Access el3 = Access.el3(cpu);
        for (Kept array : kept) {
            for (int i = 0; i < array.cells.size(); i++) {
                long value = array.cells.get(i).get(board);
                array.register.write(board, el3, array.first + i, value);
            }
        }
    }
}
