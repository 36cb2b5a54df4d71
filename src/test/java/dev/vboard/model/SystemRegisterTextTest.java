package dev.vboard.model;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vboard.model.SystemRegisterText.View;
import dev.vboard.model.core.Access;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Layout;
import dev.vboard.model.core.SystemRegisters;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;

/** The checker of system registers finds what a table and a register disagree about. */
class SystemRegisterTextTest {
    private final Layout layout = Layout.segment("planted", 0);
    private final List<Cell> cells = layout.cells("cell", 2, 8);
    private final Cell shared = layout.cell("shared", 8);
    private final SystemRegisters registers = new SystemRegisters();

    @Test
    void registersThatAreAsTheirTableSaysPass() throws IOException {
        registers.stores("PLANTED_EL1", SystemRegisters.encoding(3, 0, 15, 0, 0), 1, cells);
        registers.readOnly(
                "CONSTANT_EL1", SystemRegisters.encoding(3, 0, 15, 0, 1), 1, (_, _) -> 7);
        registers.absent("ABSENT_EL1", SystemRegisters.encoding(3, 0, 15, 0, 2));
        SystemRegisterText.named("planted-system").check(view());
    }

    @Test
    void aWrongValueBankingOrPermissionIsFound() throws IOException {
        registers.stores(
                "PLANTED_EL1",
                SystemRegisters.encoding(3, 0, 15, 0, 0),
                1,
                List.of(shared, shared));
        registers.declare(
                "CONSTANT_EL1",
                SystemRegisters.encoding(3, 0, 15, 0, 1),
                1,
                (_, _) -> 6,
                (_, _, _) -> {});
        registers.readOnly("ABSENT_EL1", SystemRegisters.encoding(3, 0, 15, 0, 3), 1, (_, _) -> 0);
        SystemRegisterText table = SystemRegisterText.named("planted-system");
        assertThatThrownBy(() -> table.check(view()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("PLANTED_EL1 the other CPU's")
                .hasMessageContaining("CONSTANT_EL1 may be written")
                .hasMessageContaining("CONSTANT_EL1 in reset")
                .hasMessageContaining("ABSENT_EL1 by encoding")
                .hasMessageContaining("ABSENT_EL1 may be read");
    }

    private View view() {
        return new View(0, "planted", registers, this::fresh, Access::el2);
    }

    private Board fresh() {
        Board board = new Board(1);
        board.attach(layout.build());
        return board;
    }
}
