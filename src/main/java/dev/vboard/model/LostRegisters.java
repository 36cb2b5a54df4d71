package dev.vboard.model;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Bits;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Flag;
import dev.vboard.model.core.Layout;
import dev.vboard.model.core.Registers;
import dev.vboard.model.core.Registers.Register;
import dev.vboard.model.core.Shape;
import dev.vboard.model.report.PowerDomainReport.RegisterBits;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * What the GIC lost with its power, and what software has written back (contract, section 4). A
 * register is lost when it comes back with another value than it had; it is restored when software
 * writes it or its set or clear twin. The bookkeeping is a segment of its own, which a board has
 * only once its GIC has lost power.
 */
final class LostRegisters {
    /** The registers that hold state; each with the twin that writes it as well. */
    private static final List<List<String>> KEPT = List.of(
            List.of("GICD_CTLR"),
            List.of("GICD_ISENABLER", "GICD_ICENABLER"),
            List.of("GICD_ISACTIVER", "GICD_ICACTIVER"),
            List.of("GICD_IPRIORITYR"),
            List.of("GICD_ITARGETSR"),
            List.of("GICD_ICFGR"),
            List.of("GICD_IROUTER"),
            List.of("GICR_ISENABLER0", "GICR_ICENABLER0"),
            List.of("GICR_ISACTIVER0", "GICR_ICACTIVER0"),
            List.of("GICR_IPRIORITYR"),
            List.of("GICR_ICFGR1"),
            List.of("GICC_CTLR"),
            List.of("GICC_PMR"),
            List.of("GICC_BPR"));

    private static final int WORD_BYTES = 4;

    private final List<Tracked> tracked = new ArrayList<>();
    private final List<Cell> before;
    private final Bits lost;
    private final Bits written;
    private final Flag cameBack;
    private final Shape shape;

    /** A 32-bit register, or four byte registers that make one. */
    private record Tracked(String name, Register register, int first, int units) {
        long value(Board board) {
            Access by = Access.el2(0);
            return units == 1
                    ? register.read(board, by, first)
                    : register.readWord(board, by, first);
        }
    }

    /**
     * Declares the bookkeeping.
     *
     * @param slot the slot of its segment
     * @param intids how many INTIDs the GIC has: registers past those hold nothing
     * @param banks the GIC's registers
     */
    LostRegisters(int slot, int intids, List<Registers> banks) {
        for (List<String> names : KEPT) {
            track(names, intids, banks);
        }
        Layout layout = Layout.segment("lost", slot);
        before = layout.cells("before", tracked.size(), 32);
        lost = layout.bits("lost", tracked.size());
        written = layout.bits("written", tracked.size());
        cameBack = layout.flag("came-back");
        shape = layout.build();
        for (Registers bank : banks) {
            if (isTracked(bank)) {
                bank.recordWrites(written);
            }
        }
    }

    private static boolean isTracked(Registers bank) {
        for (Register register : bank.all()) {
            for (List<String> names : KEPT) {
                if (names.contains(register.name())) {
                    return true;
                }
            }
        }
        return false;
    }

    private void track(List<String> names, int intids, List<Registers> banks) {
        int base = tracked.size();
        for (Registers bank : banks) {
            for (Register register : bank.all()) {
                if (names.contains(register.name())) {
                    register.track(base, words(names.getFirst(), intids), banked(register.name()));
                    if (register.name().equals(names.getFirst())) {
                        add(register, intids);
                    }
                }
            }
        }
    }

    /** How many of an array's first registers each CPU has a copy of. */
    private static int banked(String name) {
        return switch (name) {
            case "GICD_CTLR" -> 0;
            case "GICD_IPRIORITYR", "GICD_ITARGETSR" -> 32;
            case "GICD_ICFGR" -> 2;
            case "GICR_IPRIORITYR" -> 32;
            case "GICD_IROUTER" -> 0;
            default -> 1;
        };
    }

    /** How many 32-bit words of an array there is an interrupt for. */
    private static int words(String name, int intids) {
        return switch (name) {
            case "GICD_ISENABLER", "GICD_ISACTIVER" -> intids / 32;
            case "GICD_IPRIORITYR", "GICD_ITARGETSR" -> intids / 4;
            case "GICD_ICFGR" -> intids / 16;
            case "GICD_IROUTER" -> Math.min(intids, 1020);
            case "GICR_IPRIORITYR" -> 8;
            default -> 1;
        };
    }

    private void add(Register register, int intids) {
        int units = register.unit() == 1 ? WORD_BYTES : 1;
        for (int n = 0; n < words(register.name(), intids); n++) {
            String name = register.count() == 1 ? register.name() : register.name() + n;
            tracked.add(new Tracked(name, register, n * units, units));
        }
    }

    /** The layout of the bookkeeping. */
    Shape shape() {
        return shape;
    }

    /** The GIC is about to lose its power. */
    void goingOff(Board board) {
        board.attach(shape);
        for (int i = 0; i < tracked.size(); i++) {
            before.get(i).set(board, tracked.get(i).value(board));
        }
    }

    /** The GIC has its power again and EL3 has set it up. */
    void cameBack(Board board) {
        if (!board.has(shape.slot()) || cameBack.get(board)) {
            return;
        }
        cameBack.set(board, true);
        written.clear(board);
        for (int i = 0; i < tracked.size(); i++) {
            lost.set(board, i, tracked.get(i).value(board) != before.get(i).get(board));
        }
    }

    private boolean isLost(Board board, int i) {
        return cameBack.get(board)
                ? lost.get(board, i)
                : tracked.get(i).value(board) != before.get(i).get(board);
    }

    private boolean isRestored(Board board, int i) {
        return cameBack.get(board) && written.get(board, i);
    }

    /** Which registers are meant. */
    enum Kind {
        LOST,
        NOT_RESTORED,
        CHANGED
    }

    private boolean is(Board board, int i, Kind kind) {
        boolean differs = tracked.get(i).value(board) != before.get(i).get(board);
        return isLost(board, i)
                && switch (kind) {
                    case LOST -> true;
                    case NOT_RESTORED -> !isRestored(board, i);
                    case CHANGED -> isRestored(board, i) && differs;
                };
    }

    /** Names of the registers of that kind. */
    List<String> names(Board board, Kind kind) {
        List<String> names = new ArrayList<>();
        for (int i = 0; board.has(shape.slot()) && i < tracked.size(); i++) {
            if (is(board, i, kind)) {
                names.add(tracked.get(i).name());
            }
        }
        return names;
    }

    /** The registers of that kind with the bits that had another value. */
    List<RegisterBits> bits(Board board, Kind kind) {
        List<RegisterBits> list = new ArrayList<>();
        for (int i = 0; board.has(shape.slot()) && i < tracked.size(); i++) {
            if (is(board, i, kind)) {
                long had = before.get(i).get(board);
                long comparison = kind == Kind.CHANGED ? tracked.get(i).value(board) : 0;
                list.add(new RegisterBits(
                        tracked.get(i).name(), OptionalInt.empty(), bitsOf(had ^ comparison)));
            }
        }
        return list;
    }

    private static List<Integer> bitsOf(long value) {
        List<Integer> bits = new ArrayList<>();
        for (long rest = value; rest != 0; rest &= rest - 1) {
            bits.add(Long.numberOfTrailingZeros(rest));
        }
        return bits;
    }
}
