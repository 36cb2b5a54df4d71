package dev.vboard.model.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** Many registers in one go: the same as one by one, wherever the run begins and ends. */
class RegistersSideBySideTest {
    private static final Access EL2 = Access.el2(0);
    private static final int MOST = 9;

    /** The same loop over registers side by side, once as one access and once as many. */
    @Test
    void registersSideBySideAreWrittenAndReadAsOneByOne() {
        for (int offset = 0; offset <= 0x48; offset += 2) {
            for (int count = 0; count <= MOST; count++) {
                Sides atOnce = new Sides();
                Sides each = new Sides();
                Bus.Values values = (_, i) -> -1 - i;
                atOnce.bank.writeAll(atOnce.own, Access.el2(1), offset, count, values);
                each.oneByOne.writeAll(each.own, Access.el2(1), offset, count, values);
                Words to = atOnce.read.get(count);
                atOnce.bank.readAll(atOnce.own, EL2, offset, to);
                each.oneByOne.readAll(each.own, EL2, offset, to);
                assertThat(atOnce.told).isEqualTo(each.told);
                assertThat(atOnce.own.dump()).isEqualTo(each.own.dump());
            }
        }
    }

    /** Six words of which two are banked, twelve bytes, a hole and a double word. */
    private static final class Sides {
        final Registers bank = new Registers();
        final List<Words> read = new ArrayList<>();
        final List<String> told;
        final Board own = new Board(Board.FIRST_DOMAIN);

        /** The bank through a target that has no way of its own. */
        final Bus.Target oneByOne = new Bus.Target() {
            @Override
            public long read(Board on, Access by, long offset, int size) {
                return bank.read(on, by, offset, size);
            }

            @Override
            public void write(Board on, Access by, long offset, int size, long value) {
                bank.write(on, by, offset, size, value);
            }
        };

        Sides() {
            Layout layout = Layout.segment("side", Board.HARDWARE);
            List<Cell> words = layout.cells("w", 6, 32);
            Bytes bytes = layout.bytes("b", 12, 0);
            Cell wide = layout.cell("d", 64);
            for (int i = 0; i <= MOST; i++) {
                read.add(layout.words("read" + i, i));
            }
            bank.word(0, "W")
                    .count(6)
                    .reads((board, by, i) -> words.get(i).get(board) + by.cpu())
                    .writes((board, _, i, value) -> words.get(i).set(board, value))
                    .kept();
            bank.bytes(0x20, "B", 12)
                    .reads((board, _, i) -> bytes.get(board, i))
                    .writes((board, _, i, value) -> bytes.set(board, i, (int) value))
                    .kept();
            bank.doubleWord(0x30, "D").stores(wide, -1L);
            bank.all().get(0).track(100, 5, 2, 2);
            bank.all().get(1).track(200, 3, 0, 2);
            bank.all().get(2).track(300, 1, 0, 2);
            own.attach(layout.build());
            told = RegistersTest.watched(bank);
        }
    }
}
