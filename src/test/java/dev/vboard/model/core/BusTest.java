package dev.vboard.model.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** The physical address map. */
class BusTest {
    private static final Access EL2 = Access.el2(0);
    private static final long RAM = 0x4000_0000L;

    private final Bus bus = new Bus();
    private final Board board = new Board(1);

    BusTest() {
        bus.map("uart", 0x900_0000L, 0x1000, echo());
        bus.map("gicd", 0x800_0000L, 0x1000, echo());
        bus.map("top", -0x1000L, 0x1000, echo());
        bus.memory(RAM, 0x1000_0000L);
    }

    private static Registers echo() {
        Registers registers = new Registers();
        registers.word(0, "R").count(1024).reads((_, _, i) -> i);
        return registers;
    }

    @Test
    void anAddressReachesTheRangeThatHoldsIt() {
        assertThat(bus.read32(board, EL2, 0x900_0010L)).isEqualTo(4);
        assertThat(bus.read32(board, EL2, -4L)).isEqualTo(1023);
        assertThat(bus.nameAt(0x800_0FFFL)).isEqualTo("gicd");
        assertThat(bus.nameAt(0x800_1000L)).isEmpty();
        assertThat(bus.window(0x900_0010L).name()).isEqualTo("uart");
        assertThat(bus.window(0x900_0000L).read32(board, EL2, 0x20)).isEqualTo(8);
        assertThat(bus.windows())
                .extracting(Bus.Window::name)
                .containsExactly("gicd", "uart", "memory", "top");
    }

    @Test
    void nothingAnswersWhereThereIsNothing() {
        assertThat(bus.answers(0, 4)).isFalse();
        assertThat(bus.answers(0x900_0002L, 4)).as("not aligned").isFalse();
        assertThat(bus.answers(0x900_0FFCL, 4)).isTrue();
        assertThat(bus.answers(0x900_0FFCL, 8)).isFalse();
        assertThat(bus.read(board, EL2, 0x123, 4)).isZero();
        bus.write(board, EL2, 0x123, 4, 1);
        assertThat(board.ram().pages()).isZero();
    }

    @Test
    void rangesMayNotOverlap() {
        for (long base : new long[] {0x900_0000L, 0x900_0FFFL, 0x8FF_F001L, RAM + 1, -1L}) {
            assertThatThrownBy(() -> bus.map("new", base, 0x1000, echo()))
                    .as("at %x", base)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("new");
        }
        bus.map("neighbour", 0x900_1000L, 0x1000, echo());
        bus.map("before", 0x8FF_F000L, 0x1000, echo());
    }

    @Test
    void memoryIsRam() {
        bus.write(board, EL2, RAM + 8, 8, 0x1122_3344_5566_7788L);
        assertThat(bus.read(board, EL2, RAM + 12, 4)).isEqualTo(0x1122_3344L);
        assertThat(board.ram().read(0, RAM + 8, 8)).isEqualTo(0x1122_3344_5566_7788L);
        bus.write32(board, EL2, RAM, -1);
        assertThat(bus.read(board, EL2, RAM, 8)).isEqualTo(0xFFFF_FFFFL);
    }
}
