package dev.vboard.api.body;

import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An interrupt as a request gives it: {@code 53}, {@code "spi:21"}, {@code "ppi:11"} or
 * {@code "sgi:3"}.
 *
 * @param intid the INTID, 0 to 2^24-1; whether the board has it is not looked at
 */
public record IntidInput(int intid) {

    private static final int MAX_INTID = 0xff_ffff;
    private static final Pattern FORM = Pattern.compile("(spi|ppi|sgi):([0-9]{1,3})");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,8}");

    /** Reads {@code spi:0} to {@code spi:987}, {@code ppi:0} to 15, {@code sgi:0} to 15. */
    public static IntidInput parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "must be an integer INTID or a string such as \"spi:21\" or \"ppi:11\"");
        }
        int number = Integer.parseInt(form.group(2));
        return switch (form.group(1)) {
            case "spi" -> named("spi", number, 987, 32);
            case "ppi" -> named("ppi", number, 15, 16);
            default -> named("sgi", number, 15, 0);
        };
    }

    /** Reads a path segment: as {@link #parse}, or the INTID in decimal. */
    public static IntidInput parsePath(String segment) {
        return NUMBER.matcher(segment).matches()
                ? of(BigInteger.valueOf(Long.parseLong(segment)))
                : parse(segment);
    }

    /** Takes 0 to 2^24-1. */
    public static IntidInput of(BigInteger intid) {
        if (intid.signum() < 0 || intid.compareTo(BigInteger.valueOf(MAX_INTID)) > 0) {
            throw new IllegalArgumentException("must be within 0..16777215");
        }
        return new IntidInput(intid.intValue());
    }

    private static IntidInput named(String kind, int number, int max, int first) {
        if (number > max) {
            throw new IllegalArgumentException(kind + " numbers are 0.." + max);
        }
        return new IntidInput(first + number);
    }
}
