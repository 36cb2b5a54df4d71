package dev.vboard.model.core;

import java.util.Arrays;

/** Numbers and texts as bytes, high byte first. */
public final class SnapshotWriter {
    private static final int FIRST_CAPACITY = 4096;

    private byte[] bytes = new byte[FIRST_CAPACITY];
    private int used;

    /** A byte. */
    public void octet(int value) {
        if (used == bytes.length) {
            bytes = Arrays.copyOf(bytes, used * 2);
        }
        bytes[used++] = (byte) value;
    }

    /** A truth value as one byte. */
    public void flag(boolean value) {
        octet(value ? 1 : 0);
    }

    /** 32 bits. */
    public void number(int value) {
        for (int shift = 24; shift >= 0; shift -= 8) {
            octet(value >>> shift);
        }
    }

    /** 64 bits. */
    public void word(long value) {
        number((int) (value >>> 32));
        number((int) value);
    }

    /** A text: its length, then two bytes a character. */
    public void text(String text) {
        number(text.length());
        for (int i = 0; i < text.length(); i++) {
            octet(text.charAt(i) >>> 8);
            octet(text.charAt(i));
        }
    }

    /** Words, most of which are zero: a bit for each tells whether it follows. */
    public void words(long[] words) {
        number(words.length);
        for (int first = 0; first < words.length; first += Long.SIZE) {
            int end = Math.min(first + Long.SIZE, words.length);
            long present = 0;
            for (int i = first; i < end; i++) {
                present |= words[i] != 0 ? 1L << i - first : 0;
            }
            word(present);
            for (int i = first; i < end; i++) {
                if (words[i] != 0) {
                    word(words[i]);
                }
            }
        }
    }

    /** All bytes so far, and a checksum of them. */
    public byte[] sealed() {
        word(checksum(bytes, used));
        return Arrays.copyOf(bytes, used);
    }

    /** FNV-1a of the first bytes. */
    public static long checksum(byte[] bytes, int length) {
        long sum = 0xCBF2_9CE4_8422_2325L;
        for (int i = 0; i < length; i++) {
            sum = (sum ^ bytes[i] & 0xFF) * 0x100_0000_01B3L;
        }
        return sum;
    }
}
