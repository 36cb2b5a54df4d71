package dev.vboard.model;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vboard.model.RegisterText.View;
import dev.vboard.model.core.Access;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Layout;
import dev.vboard.model.core.Registers;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;

/** The reader of register tables finds each kind of difference between a table and a bank. */
class RegisterTextTest {

    private final Layout layout = Layout.segment("planted", 0);
    private final List<Cell> banked = layout.cells("banked", 2, 32);
    private final Cell shared = layout.cell("shared", 32);
    private final Registers bank = new Registers();

    RegisterTextTest() {
        layout.build();
    }

    @Test
    void aBankThatIsAsItsTableSaysPasses() throws IOException {
        bank.word(0, "CONTROL").stores(shared, 0xF);
        bank.word(4, "BANKED")
                .reads((b, by, _) -> banked.get(by.cpu()).get(b))
                .writes((b, by, _, v) -> banked.get(by.cpu()).set(b, v));
        bank.bytes(8, "BYTES", 4);
        RegisterText.named("planted").check(view());
    }

    @Test
    void aWrongMaskResetBankingOrSizeIsFound() throws IOException {
        bank.word(0, "CONTROL").stores(shared, 0x1F);
        bank.word(4, "BANKED").stores(shared, -1L);
        bank.word(8, "BYTES").constant(1);
        RegisterText table = RegisterText.named("planted");
        assertThatThrownBy(() -> table.check(view()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("CONTROL @0x0 after writing ones")
                .hasMessageContaining("BANKED @0x4 the other CPU's")
                .hasMessageContaining("BYTES @0x8 by 4");
    }

    private View view() {
        return new View(0, "planted", bank, this::fresh, Access::el2);
    }

    private Board fresh() {
        Board board = new Board(1);
        board.attach(layout.build());
        return board;
    }
}
