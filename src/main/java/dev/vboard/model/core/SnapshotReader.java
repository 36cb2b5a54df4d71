package dev.vboard.model.core;

import dev.vboard.model.core.SnapshotException.Reason;

import java.util.List;

/** Reads what a {@link SnapshotWriter} wrote, and never past its end. */
public final class SnapshotReader {
    private final byte[] bytes;
    private final int end;
    private int at;

    /** Reads sealed bytes up to their checksum. */
    public SnapshotReader(byte[] bytes) {
        this.bytes = bytes;
        end = bytes.length - Long.BYTES;
    }

    /** Whether the checksum is that of the bytes before it. */
    public boolean intact() {
        long stored = 0;
        for (int i = Math.max(end, 0); i < bytes.length; i++) {
            stored = stored << 8 | bytes[i] & 0xFF;
        }
        return end >= 0 && stored == SnapshotWriter.checksum(bytes, end);
    }

    /** Whether nothing is left. */
    public boolean atEnd() {
        return at == end;
    }

    /** A byte, 0 to 255. */
    public int octet() {
        if (at >= end) {
            throw new SnapshotException(Reason.LENGTH, "the snapshot ends too early");
        }
        return bytes[at++] & 0xFF;
    }

    /** A truth value. */
    public boolean flag() {
        return octet() != 0;
    }

    /** 32 bits. */
    public int number() {
        int value = 0;
        for (int i = 0; i < Integer.BYTES; i++) {
            value = value << 8 | octet();
        }
        return value;
    }

    /** How many things follow that take at least that many bits each. */
    public int count(int bitsEach) {
        int count = number();
        if (count < 0 || (long) count * bitsEach > 8L * (end - at)) {
            throw new SnapshotException(Reason.LENGTH, "the snapshot ends too early");
        }
        return count;
    }

    /** 64 bits. */
    public long word() {
        long high = number();
        return high << 32 | number() & 0xFFFF_FFFFL;
    }

    /** A text. */
    public String text() {
        char[] text = new char[count(Short.SIZE)];
        for (int i = 0; i < text.length; i++) {
            text[i] = (char) (octet() << 8 | octet());
        }
        return new String(text);
    }

    /** A run of words. */
    public long[] words() {
        long[] words = new long[count(1)];
        for (int first = 0; first < words.length; first += Long.SIZE) {
            long present = word();
            for (int i = first; i < Math.min(first + Long.SIZE, words.length); i++) {
                words[i] = (present >>> i - first & 1) != 0 ? word() : 0;
            }
        }
        return words;
    }

    /** One of the constants of an enum, by its number. */
    public <E> E constant(List<E> constants) {
        int number = octet();
        if (number >= constants.size()) {
            throw new SnapshotException(Reason.CONTENT, "no option has the number " + number);
        }
        return constants.get(number);
    }
}
