package dev.vboard.api;

/** Numbers in addresses: decimal digits, nothing else. */
final class Digits {
    private static final int MOST = 18;

    private Digits() {}

    /** The number, or -1 when the text is none or has more than 18 digits. */
    static long parse(String text) {
        if (text.isEmpty() || text.length() > MOST) {
            return -1;
        }
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = value * 10 + (c - '0');
        }
        return value;
    }
}
