package dev.vboard.model.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** A block's registers: sizes, arrays, what is RAZ/WI (IHI 0048B 4.1.3 for byte access). */
class RegistersTest {
    private static final Access EL2 = Access.el2(0);

    private final Layout layout = Layout.segment("segment", 0);
    private final Cell control = layout.cell("control", 32);
    private final Cell base = layout.cell("base", 64);
    private final Bytes priority = layout.bytes("priority", 8, 0);
    private final Registers registers = new Registers();
    private final Board board = new Board(1);

    RegistersTest() {
        registers.word(0x000, "CTLR").stores(control, 0xFF);
        registers.word(0x004, "TYPER").constant(0x1234_5678);
        registers
                .doubleWord(0x010, "BASER")
                .reads((b, _, _) -> base.get(b))
                .writes((b, _, _, value) -> base.set(b, value));
        registers
                .bytes(0x400, "IPRIORITYR", 6)
                .reads((b, _, i) -> priority.get(b, i))
                .writes((b, _, i, value) -> priority.set(b, i, (int) value));
        registers.word(0x800, "ROUTER").count(3).reads((_, by, i) -> 10 * i + by.cpu());
        board.attach(layout.build());
    }

    private long read(long offset, int size) {
        return registers.read(board, EL2, offset, size);
    }

    private void write(long offset, int size, long value) {
        registers.write(board, EL2, offset, size, value);
    }

    @Test
    void aRegisterStoresTheBitsItHas() {
        write(0, 4, 0xABCD);
        assertThat(read(0, 4)).isEqualTo(0xCD);
        write(4, 4, 0);
        assertThat(read(4, 4)).as("read-only").isEqualTo(0x1234_5678);
    }

    @Test
    void offsetsNobodyDeclaredAreRazWi() {
        long before = board.fingerprint();
        for (long offset : new long[] {8, 0x3FC, 0x406, 0x80C, 0xFFC, 0x10_0000, -4, 1L << 40}) {
            write(offset, 4, -1);
            assertThat(read(offset, 4)).as("offset %x", offset).isZero();
        }
        assertThat(board.fingerprint()).isEqualTo(before);
    }

    @Test
    void sizesARegisterDoesNotHaveAreRazWi() {
        write(0, 1, 0xFF);
        write(0, 2, 0xFF);
        assertThat(control.get(board)).isZero();
        assertThat(read(4, 1)).isZero();
        assertThat(read(0x401, 4)).as("not aligned").isZero();
    }

    @Test
    void aNarrowRegisterTakesItsLowBytes() {
        Registers narrow = new Registers();
        narrow.word(0, "DR").constant(0xABCD).narrow();
        assertThat(narrow.read(board, EL2, 0, 1)).isEqualTo(0xCD);
        assertThat(narrow.read(board, EL2, 0, 2)).isEqualTo(0xABCD);
        assertThat(narrow.read(board, EL2, 1, 1)).isZero();
    }

    @Test
    void bytesAreReachedAsWordsAndTheReverse() {
        write(0x400, 4, 0x4433_2211L);
        assertThat(read(0x402, 1)).isEqualTo(0x33);
        write(0x404, 4, 0x8877_6655L);
        assertThat(read(0x404, 4)).as("only six of them exist").isEqualTo(0x6655);
        assertThat(priority.get(board, 6)).isZero();
        write(0x401, 1, 0xEE);
        assertThat(read(0x400, 4)).isEqualTo(0x4433_EE11L);
    }

    @Test
    void aDoubleWordIsReachedAsTwoWordsAndTwoWordsAsOne() {
        write(0x010, 8, 0x1122_3344_5566_7788L);
        assertThat(read(0x014, 4)).isEqualTo(0x1122_3344L);
        write(0x010, 4, 0xFFFF_FFFFL);
        assertThat(read(0x010, 8)).isEqualTo(0x1122_3344_FFFF_FFFFL);
        assertThat(read(0x800, 8)).isEqualTo(10L << 32);
        assertThat(read(0x808, 8)).as("the last has no neighbour").isZero();
    }

    @Test
    void anArrayIsIndexedFromItsFirst() {
        assertThat(registers.read(board, Access.el2(3), 0x808, 4)).isEqualTo(23);
        assertThat(registers.all().getLast().name(2)).isEqualTo("ROUTER2");
        assertThat(registers.all().getFirst().name(0)).isEqualTo("CTLR");
    }

    @Test
    void fourBytesAtOnceMayHaveAWayOfTheirOwn() {
        Registers quick = new Registers();
        quick.bytes(0, "Q", 8)
                .reads((_, _, i) -> i)
                .words((_, _, i) -> 0x100 + i, (b, _, i, value) -> control.set(b, value + i));
        assertThat(quick.read(board, EL2, 4, 4)).isEqualTo(0x104);
        assertThat(quick.all().getFirst().readWord(board, EL2, 4)).isEqualTo(0x104);
        assertThat(quick.read(board, EL2, 5, 1)).isEqualTo(5);
        quick.write(board, EL2, 4, 4, 0x20);
        assertThat(control.get(board)).isEqualTo(0x24);
    }

    @Test
    void accessesAreToldWhereTheArrayIsTrackedAndEachCpuHasItsOwnPlaces() {
        Registers bank = new Registers();
        bank.word(0, "ICENABLER").count(32);
        bank.bytes(0x400, "IPRIORITYR", 64);
        bank.word(0x800, "OTHER");
        bank.all().get(0).track(10, 3, 1, 2);
        bank.all().get(1).track(20, 4, 0, 2);
        List<String> told = watched(bank);
        bank.write(board, EL2, 12, 4, 0);
        bank.write(board, EL2, 124, 4, 0);
        bank.write(board, EL2, 0x800, 4, 0);
        assertThat(told).isEmpty();
        bank.write(board, EL2, 0, 8, 0);
        bank.write(board, Access.el2(1), 0, 4, 0);
        bank.write(board, EL2, 8, 4, 0);
        bank.read(board, EL2, 0x40F, 1);
        bank.read(board, EL2, 0x408, 4);
        assertThat(told).containsExactly("w10", "w12", "w11", "w13", "r23", "r22");
    }

    /** What the watch of a bank is told, from now on. */
    static List<String> watched(Registers bank) {
        List<String> told = new ArrayList<>();
        bank.watch(new RegisterWatch() {
            @Override
            public void read(Board on, Access by, int place) {
                told.add("r" + place);
            }

            @Override
            public void written(Board on, Access by, int first, int count) {
                for (int i = 0; i < count; i++) {
                    told.add("w" + (first + i));
                }
            }
        });
        return told;
    }

    @Test
    void twoDeclarationsOfOneWordAreRefused() {
        assertThatThrownBy(() -> registers.word(0x804, "OTHER"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ROUTER");
        assertThatThrownBy(() -> registers.word(0x7FC, "LONG").count(2))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
