package dev.vboard.model.core;

/**
 * The contribution of one word to a board's fingerprint. A fingerprint is the sum of its words'
 * contributions, so it does not depend on the order of writes and can be kept up write by write.
 */
final class Fingerprint {
    private static final long ODD = 0x9E37_79B9_7F4A_7C15L;
    private static final long MIX = 0xD6E8_FEB8_6659_FD93L;

    private Fingerprint() {}

    static long of(int slot, int word, long value) {
        return of(slot * 0x1_0001 + word, value);
    }

    /** A digest of a text. */
    static long of(String text) {
        long digest = text.length();
        for (int i = 0; i < text.length(); i++) {
            digest = of(i, digest ^ text.charAt(i));
        }
        return digest;
    }

    /** A number in which each bit depends on all bits of place and value. */
    static long of(int place, long value) {
        long h = value + (place + 1L) * ODD;
        h = (h ^ (h >>> 32)) * MIX;
        h = (h ^ (h >>> 32)) * MIX;
        return h ^ (h >>> 32);
    }
}
