package dev.vboard.trace;

import java.nio.charset.StandardCharsets;

/** Reads what a {@link Packer} wrote. */
final class Unpacker {
    private final byte[] bytes;
    private final int end;
    private int at;

    Unpacker(byte[] bytes, int end) {
        this.bytes = bytes;
        this.end = end;
    }

    boolean more() {
        return at < end;
    }

    int octet() {
        return bytes[at++] & 0xff;
    }

    long unsigned() {
        long value = 0;
        int shift = 0;
        byte next;
        do {
            next = bytes[at++];
            value |= (next & 0x7fL) << shift;
            shift += 7;
        } while (next < 0);
        return value;
    }

    long signed() {
        long value = unsigned();
        return value >>> 1 ^ -(value & 1);
    }

    String text() {
        int length = (int) unsigned();
        String text = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }

    void skip(int count) {
        at += count;
    }
}
