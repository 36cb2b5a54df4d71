package dev.vboard.trace;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing run of bytes that small numbers fill sparingly. */
final class Packer {
    private static final int FIRST_CAPACITY = 96;
    private static final byte[] NOTHING = {};

    private byte[] bytes = NOTHING;
    private int used;
    private boolean shared;

    Packer() {}

    private Packer(Packer other) {
        bytes = other.bytes;
        used = other.used;
        shared = true;
    }

    /** One with the same content; whichever writes first takes a copy. */
    Packer fork() {
        shared = true;
        return new Packer(this);
    }

    /** The bytes so far, cut to length; this packer is empty afterwards. */
    byte[] take() {
        byte[] taken = Arrays.copyOf(bytes, used);
        bytes = NOTHING;
        used = 0;
        shared = false;
        return taken;
    }

    /** The bytes so far; valid until the next write, and longer than what is used. */
    byte[] view() {
        return bytes;
    }

    int used() {
        return used;
    }

    int capacity() {
        return bytes.length;
    }

    void octet(int value) {
        room(1);
        bytes[used++] = (byte) value;
    }

    void octets(byte[] more) {
        room(more.length);
        System.arraycopy(more, 0, bytes, used, more.length);
        used += more.length;
    }

    /** 7 bits a byte, low ones first: a number below 128 is one byte. */
    void unsigned(long value) {
        room(10);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes[used++] = (byte) (rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        bytes[used++] = (byte) rest;
    }

    /** As {@link #unsigned}, with small negative numbers small too. */
    void signed(long value) {
        unsigned(value << 1 ^ value >> 63);
    }

    void text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        unsigned(utf8.length);
        octets(utf8);
    }

    private void room(int more) {
        int needed = used + more;
        if (shared || needed > bytes.length) {
            int capacity = bytes.length;
            if (needed > capacity) {
                capacity = Math.max(FIRST_CAPACITY, Math.max(needed, used * 3 / 2));
            }
            bytes = Arrays.copyOf(bytes, capacity);
            shared = false;
        }
    }
}
