package dev.vboard.model.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.BitSet;
import java.util.Random;

/** The typed views of cells: numbers, flags, bits, bytes, registers. */
class ViewsTest {
    private static final int COUNT = 150;

    private final Layout layout = Layout.segment("segment", 0);
    private final Cell word = layout.cell("word", 32);
    private final Cell wide = layout.cell("wide", 64);
    private final Cell octet = layout.cell("octet", 8);
    private final Bits bits = layout.bits("bits", COUNT);
    private final Bytes bytes = layout.bytes("bytes", COUNT, 0);
    private final Words words = layout.words("words", 7);
    private final Gprs here = new Gprs(layout.named("here"));
    private final Gprs there = new Gprs(layout.named("there"));
    private final Board board = new Board(1);

    ViewsTest() {
        board.attach(layout.build());
    }

    @Test
    void numbersReadZeroExtendedAndIntsKeepTheSign() {
        word.set(board, -1);
        assertThat(word.get(board)).isEqualTo(0xFFFF_FFFFL);
        assertThat(word.getInt(board)).isEqualTo(-1);
        wide.set(board, Long.MIN_VALUE);
        assertThat(wide.get(board)).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void addingWrapsAtTheWidth() {
        octet.set(board, 0xFE);
        assertThat(octet.add(board, 3)).isEqualTo(1);
        assertThat(octet.add(board, -2)).isEqualTo(0xFF);
        assertThat(wide.add(board, -1)).isEqualTo(-1);
    }

    @Test
    void bitsAreWhatABitSetIs() {
        Random random = new Random(2);
        BitSet model = new BitSet();
        for (int i = 0; i < 2000; i++) {
            int at = random.nextInt(COUNT);
            boolean value = random.nextBoolean();
            bits.set(board, at, value);
            model.set(at, value);
            int from = random.nextInt(COUNT);
            assertThat(bits.next(board, from)).isEqualTo(model.nextSetBit(from));
            assertThat(bits.get(board, from)).isEqualTo(model.get(from));
            assertThat(bits.any(board)).isEqualTo(!model.isEmpty());
        }
        for (int i = 0; i < bits.words(); i++) {
            long[] words = model.toLongArray();
            assertThat(bits.word(board, i)).isEqualTo(i < words.length ? words[i] : 0);
        }
        bits.clear(board);
        assertThat(bits.any(board)).isFalse();
        assertThat(bits.next(board, 0)).isEqualTo(-1);
    }

    @Test
    void halvesOfBitsDropWhatLiesPastTheEnd() {
        bits.setWord32(board, 4, -1);
        assertThat(bits.word32(board, 4)).isEqualTo((1 << COUNT - 128) - 1);
        bits.setWord32(board, 1, 0x8000_0001);
        assertThat(bits.get(board, 32)).isTrue();
        assertThat(bits.get(board, 63)).isTrue();
        assertThat(bits.word32(board, 0)).isZero();
        assertThat(bits.word32(board, 1)).isEqualTo(0x8000_0001);
    }

    @Test
    void bytesAreReadOneByOneOrFourAtATime() {
        for (int i = 0; i < COUNT; i++) {
            bytes.set(board, i, 0x300 + i);
        }
        for (int i = 0; i < COUNT; i++) {
            assertThat(bytes.get(board, i)).isEqualTo(i);
        }
        assertThat(bytes.word32(board, 4)).isEqualTo(0x0706_0504);
        assertThat(bytes.word32(board, 8)).isEqualTo(0x0B0A_0908);
        bytes.setWord32(board, 12, 0xFFEE_DDCC);
        assertThat(bytes.get(board, 11)).isEqualTo(11);
        assertThat(bytes.get(board, 12)).isEqualTo(0xCC);
        assertThat(bytes.get(board, 15)).isEqualTo(0xFF);
        assertThat(bytes.get(board, 16)).isEqualTo(16);
        assertThat(board.fingerprint()).isEqualTo(board.computeFingerprint());
    }

    @Test
    void aRunOfBytesIsFilledAndSearched() {
        assertThat(bytes.next(board, 0)).isEqualTo(-1);
        bytes.fill(board, 16, 32, 0x1A0);
        assertThat(bytes.get(board, 15)).isZero();
        assertThat(bytes.get(board, 16)).isEqualTo(0xA0);
        assertThat(bytes.get(board, 31)).isEqualTo(0xA0);
        assertThat(bytes.get(board, 32)).isZero();
        assertThat(bytes.next(board, 0)).isEqualTo(16);
        assertThat(bytes.next(board, 17)).isEqualTo(17);
        assertThat(bytes.next(board, 32)).isEqualTo(-1);
        bytes.set(board, COUNT - 1, 1);
        assertThat(bytes.next(board, 32)).isEqualTo(COUNT - 1);
    }

    @Test
    void registersAreCopiedAndClearedAsAWhole() {
        for (int i = 0; i < Gprs.COUNT; i++) {
            there.all().get(i).set(board, i + 1);
        }
        here.copyFrom(board, there);
        there.clear(board);
        assertThat(here.x(30).get(board)).isEqualTo(31);
        assertThat(here.spEl0().get(board)).isEqualTo(32);
        assertThat(here.spEl1().get(board)).isEqualTo(33);
        assertThat(here.pc().get(board)).isEqualTo(34);
        assertThat(here.pstate().get(board)).isEqualTo(35);
        assertThat(there.all()).allMatch(cell -> cell.get(board) == 0);
        assertThat(board.fingerprint()).isEqualTo(board.computeFingerprint());
    }

    @Test
    void aRangeOfBitsIsStoredAndNoOtherBit() {
        for (boolean value : new boolean[] {true, false}) {
            for (int from = 0; from < COUNT; from += 13) {
                for (int end = from; end <= COUNT; end += 7) {
                    bits.set(board, 0, COUNT, !value);
                    bits.set(board, from, end, value);
                    for (int bit = 0; bit < COUNT; bit++) {
                        boolean inside = bit >= from && bit < end;
                        assertThat(bits.get(board, bit)).isEqualTo(inside == value);
                    }
                }
            }
        }
        assertThat(board.fingerprint()).isEqualTo(board.computeFingerprint());
    }

    @Test
    void wordsKeepThirtyTwoBitsEachBesideEachOther() {
        for (int i = 0; i < words.count(); i++) {
            words.set(board, i, -1 - i);
        }
        words.set(board, 1, 5);
        assertThat(words.at(board, 0)).isEqualTo(-1);
        assertThat(words.at(board, 1)).isEqualTo(5);
        assertThat(words.at(board, words.count() - 1)).isEqualTo(-words.count());
        assertThat(board.fingerprint()).isEqualTo(board.computeFingerprint());
    }
}
