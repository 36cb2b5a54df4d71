package dev.vboard.model.smmu;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Layout;
import dev.vboard.model.core.Registers;

import java.util.function.Consumer;

/** One context bank of an SMMUv2: a translation regime with its fault registers. */
final class ContextBank {
    private static final long ENABLED = 1;
    private static final long FAULT_INTERRUPT = 1 << 6;
    private static final long TRANSLATION_FAULT = 1 << 1;
    private static final long MULTIPLE = 1L << 31;
    private static final long FAULTS = 0xC000_01FEL;
    private static final long WRITE = 1 << 4;
    private static final long GEOMETRY = 0xFF;
    private static final long ROOT = 0x0000_FFFF_FFFF_F000L;

    private final Consumer<Board> changed;
    private final Cell control;
    private final Cell tables;
    private final Cell geometry;
    private final Cell status;
    private final Cell address;
    private final Cell syndrome;
    private final Registers registers = new Registers();

    /**
     * Declares it.
     *
     * @param number of the bank
     * @param changed told when its interrupt has changed
     */
    ContextBank(Layout unit, int number, Consumer<Board> changed) {
        this.changed = changed;
        Layout layout = unit.named("cb" + number);
        String name = "SMMU_CB" + number + "_";
        control = layout.cell("sctlr", 32);
        tables = layout.cell("ttbr0", 64);
        geometry = layout.cell("tcr", 32);
        status = layout.cell("fsr", 32);
        address = layout.cell("far", 64);
        syndrome = layout.cell("fsynr0", 32);
        registers
                .word(0x00, name + "SCTLR")
                .kept()
                .reads((board, _, _) -> control.get(board))
                .writes((board, _, _, value) -> change(board, control, value & 0x0FFF_FFFFL));
        registers.word(0x10, name + "TCR2").stores(layout.cell("tcr2", 32), 0x0007_FFFFL);
        registers.doubleWord(0x20, name + "TTBR0").stores(tables, -1L);
        registers.word(0x30, name + "TCR").stores(geometry, 0xFFFF_FFFFL);
        registers.word(0x38, name + "MAIR0").stores(layout.cell("mair0", 32), 0xFFFF_FFFFL);
        registers
                .word(0x58, name + "FSR")
                .reads((board, _, _) -> status.get(board))
                .writes((board, _, _, value) ->
                        change(board, status, status.get(board) & ~(value & FAULTS)));
        SmmuV2.record(registers.doubleWord(0x60, name + "FAR"), address, -1L);
        SmmuV2.record(registers.word(0x68, name + "FSYNR0"), syndrome, 0x0000_0FFFL);
    }

    private void change(Board board, Cell register, long value) {
        boolean before = interrupts(board);
        register.set(board, value);
        if (interrupts(board) != before) {
            changed.accept(board);
        }
    }

    Registers registers() {
        return registers;
    }

    boolean translates(Board board) {
        return (control.get(board) & ENABLED) != 0;
    }

    Smmu.Passage passage(Board board, int number) {
        return new Smmu.Passage(
                Smmu.Kind.TRANSLATE,
                tables.get(board) & ROOT,
                geometry.get(board) & GEOMETRY,
                number);
    }

    /** Records a translation fault; of a second one only that there was one. */
    void fault(Board board, long at, boolean write) {
        if (status.get(board) != 0) {
            status.set(board, status.get(board) | MULTIPLE);
            return;
        }
        status.set(board, TRANSLATION_FAULT);
        address.set(board, at);
        syndrome.set(board, write ? WRITE : 0);
    }

    boolean interrupts(Board board) {
        return status.get(board) != 0 && (control.get(board) & FAULT_INTERRUPT) != 0;
    }
}
