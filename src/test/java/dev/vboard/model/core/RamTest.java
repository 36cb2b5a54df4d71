package dev.vboard.model.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Random;
import java.util.TreeMap;

/** Sparse RAM: pages exist once written, forks share them, each space has its own. */
class RamTest {
    private static final long BASE = 0x8000_0000L;

    private final Board board = new Board(1);

    private long read(Board any, long address, int size) {
        return any.ram().read(0, address, size);
    }

    @Test
    void whatWasNeverWrittenReadsZeroAndTakesNoPage() {
        assertThat(read(board, BASE, 8)).isZero();
        assertThat(board.ram().pages()).isZero();
        assertThat(board.fingerprint()).isEqualTo(new Board(1).fingerprint());
    }

    @Test
    void bytesLieLittleEndianAcrossPages() {
        long address = BASE + Ram.PAGE_BYTES - 3;
        board.ram().write(0, address, 8, 0x8877_6655_4433_2211L);
        assertThat(board.ram().pages()).isEqualTo(2);
        assertThat(read(board, address, 8)).isEqualTo(0x8877_6655_4433_2211L);
        assertThat(read(board, address, 1)).isEqualTo(0x11);
        assertThat(read(board, BASE + Ram.PAGE_BYTES, 4)).isEqualTo(0x7766_5544L);
        assertThat(read(board, BASE + Ram.PAGE_BYTES + 4, 2)).isEqualTo(0x88);
    }

    @Test
    void itIsWhatAMapOfBytesIs() {
        Random random = new Random(3);
        TreeMap<Long, Byte> model = new TreeMap<>();
        for (int i = 0; i < 3000; i++) {
            long address = BASE + random.nextInt(5 * Ram.PAGE_BYTES);
            int size = 1 << random.nextInt(4);
            long value = random.nextLong();
            board.ram().write(0, address, size, value);
            for (int b = 0; b < size; b++) {
                model.put(address + b, (byte) (value >>> 8 * b));
            }
            long at = BASE + random.nextInt(5 * Ram.PAGE_BYTES);
            assertThat((byte) read(board, at, 1)).isEqualTo(model.getOrDefault(at, (byte) 0));
        }
        assertThat(board.fingerprint()).isEqualTo(board.computeFingerprint());
    }

    @Test
    void forksSharePagesUntilEitherWrites() {
        board.ram().write(0, BASE, 4, 1);
        Board fork = board.fork();
        fork.ram().write(0, BASE, 4, 2);
        board.ram().write(0, BASE + 8, 4, 3);
        assertThat(read(board, BASE, 4)).isEqualTo(1);
        assertThat(read(fork, BASE, 4)).isEqualTo(2);
        assertThat(read(fork, BASE + 8, 4)).isZero();
        assertThat(board.fingerprint()).isEqualTo(board.computeFingerprint());
        assertThat(fork.fingerprint()).isEqualTo(fork.computeFingerprint());
        assertThat(fork.fingerprint()).isNotEqualTo(board.fingerprint());
    }

    @Test
    void spacesKeepApartAndAreForgottenOneByOne() {
        board.ram().write(0, BASE, 4, 1);
        board.ram().write(5, BASE, 4, 2);
        board.ram().write(6, BASE, 4, 3);
        assertThat(board.ram().read(5, BASE, 4)).isEqualTo(2);
        board.ram().clear(5);
        assertThat(board.ram().read(5, BASE, 4)).isZero();
        assertThat(board.ram().read(6, BASE, 4)).isEqualTo(3);
        assertThat(read(board, BASE, 4)).isEqualTo(1);
        assertThat(board.fingerprint()).isEqualTo(board.computeFingerprint());
        board.clearRam();
        assertThat(board.ram().pages()).isZero();
        assertThat(board.fingerprint()).isEqualTo(new Board(1).fingerprint());
    }

    @Test
    void exchangedPagesHaveAnotherFingerprint() {
        Board other = new Board(1);
        board.ram().write(0, BASE, 8, 0x1234);
        board.ram().write(0, BASE + Ram.PAGE_BYTES, 8, 0x5678);
        other.ram().write(0, BASE, 8, 0x5678);
        other.ram().write(0, BASE + Ram.PAGE_BYTES, 8, 0x1234);
        assertThat(other.fingerprint()).isNotEqualTo(board.fingerprint());
    }

    @Test
    void storedPagesMakeTheSameRam() {
        board.ram().write(0, BASE, 8, 42);
        board.ram().write(7, 0, 8, 43);
        Board other = new Board(1);
        for (int i = 0; i < board.ram().pages(); i++) {
            other.ram().restorePage(board.ram().key(i), board.ram().copyOfPage(i));
        }
        assertThat(other.ram().read(7, 0, 8)).isEqualTo(43);
        assertThat(other.fingerprint()).isEqualTo(board.fingerprint());
    }
}
