package dev.vboard.model.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Where cells are declared and how tightly they are packed. */
class LayoutTest {
    private final Layout layout = Layout.segment("segment", 0);

    @Test
    void aFrozenLayoutTakesNoMoreCells() {
        Layout gic = layout.named("gic");
        layout.build();
        assertThatThrownBy(() -> gic.cell("late", 64))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("segment");
        assertThatThrownBy(() -> layout.bits("late", 1)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aCellHas1Or8Or16Or32Or64Bits() {
        for (int bits : new int[] {1, 8, 16, 32, 64}) {
            assertThat(layout.cell("c" + bits, bits).bits()).isEqualTo(bits);
        }
        for (int bits : new int[] {0, 3, 12, 33, 128}) {
            assertThatThrownBy(() -> layout.cell("odd", bits))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(Integer.toString(bits));
        }
    }

    @Test
    void cellsOfOneWidthShareWords() {
        for (int i = 0; i < 64; i++) {
            layout.flag("f" + i);
        }
        assertThat(layout.cells("b", 8, 8)).hasSize(8);
        assertThat(layout.cells("h", 4, 16)).hasSize(4);
        assertThat(layout.cells("w", 2, 32)).hasSize(2);
        assertThat(layout.build().sizeBytes()).isEqualTo(4 * Long.BYTES);
    }

    @Test
    void cellsOfDifferentPowerDomainsShareNoWord() {
        layout.in(1).flag("a");
        layout.in(2).flag("b");
        layout.in(1).surviving().flag("c");
        assertThat(layout.build().sizeBytes()).isEqualTo(3 * Long.BYTES);
    }

    @Test
    void neighboursKeepOutOfEachOthersBits() {
        Cell[] bytes = layout.cells("b", 16, 8).toArray(new Cell[0]);
        Cell wide = layout.cell("wide", 64);
        Board board = new Board(1);
        board.attach(layout.build());
        for (int i = 0; i < bytes.length; i++) {
            bytes[i].set(board, 0x100 + i + 1);
        }
        wide.set(board, -1);
        for (int i = 0; i < bytes.length; i++) {
            assertThat(bytes[i].get(board)).isEqualTo(i + 1);
        }
    }

    @Test
    void namesAreSpelledFromTheirCursors() {
        assertThat(layout.named("cpu0").named("timer").cell("cval", 64).name())
                .isEqualTo("cpu0.timer.cval");
        assertThat(layout.cells("x", 2, 64).get(1).name()).isEqualTo("x1");
        assertThat(layout.named("cpu0")
                        .deadline("due", Deadline.Kind.WAITING, _ -> {})
                        .name())
                .isEqualTo("cpu0.due");
    }

    @Test
    void resetValuesOfAllWidthsAreKept() {
        Flag flag = layout.flag("flag", true);
        Cell half = layout.cell("half", 16, 0xBEEF);
        Bytes bytes = layout.bytes("bytes", 9, 0xA5);
        Shape shape = layout.build();
        Board board = new Board(1);
        board.attach(shape);
        assertThat(flag.get(board)).isTrue();
        assertThat(half.get(board)).isEqualTo(0xBEEF);
        assertThat(bytes.get(board, 8)).isEqualTo(0xA5);
        assertThat(board.fingerprint()).isEqualTo(board.computeFingerprint());
    }

    @Test
    void signaturesTellLayoutsApart() {
        Layout same = Layout.segment("segment", 0);
        Layout renamed = Layout.segment("segment", 0);
        Layout wider = Layout.segment("segment", 0);
        layout.cell("a", 8);
        same.cell("a", 8);
        renamed.cell("b", 8);
        wider.cell("a", 16);
        long signature = layout.build().signature();
        assertThat(same.build().signature()).isEqualTo(signature);
        assertThat(renamed.build().signature()).isNotEqualTo(signature);
        assertThat(wider.build().signature()).isNotEqualTo(signature);
    }
}
