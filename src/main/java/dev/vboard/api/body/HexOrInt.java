package dev.vboard.api.body;

import java.math.BigInteger;

/**
 * A 64-bit number as a request gives it: {@code "0x40080000"} or a non-negative JSON integer.
 *
 * @param value the 64 bits; to be read as an unsigned number
 */
public record HexOrInt(long value) {

    private static final int DIGITS = 16;

    /** Reads {@code 0x} and 1 to 16 hexadecimal digits; refuses everything else. */
    public static HexOrInt parse(String text) {
        if (!text.startsWith("0x") || text.length() == 2) {
            throw new IllegalArgumentException("must be an integer or a string such as \"0x4000\"");
        }
        for (int i = 2; i < text.length(); i++) {
            if (!isHexDigit(text.charAt(i))) {
                throw new IllegalArgumentException("has a character that is no hexadecimal digit");
            }
        }
        if (text.length() > 2 + DIGITS) {
            throw new IllegalArgumentException("must be within 0..2^64-1");
        }
        return new HexOrInt(Long.parseUnsignedLong(text, 2, text.length(), 16));
    }

    /** Takes 0 to 2^64-1. */
    public static HexOrInt of(BigInteger number) {
        if (number.signum() < 0 || number.bitLength() > Long.SIZE) {
            throw new IllegalArgumentException("must be within 0..2^64-1");
        }
        return new HexOrInt(number.longValue());
    }

    // Character.digit also takes digits of other scripts.
    private static boolean isHexDigit(char c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
    }
}
