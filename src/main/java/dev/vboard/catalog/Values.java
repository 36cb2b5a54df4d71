package dev.vboard.catalog;

import tools.jackson.databind.JsonNode;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The forms in which numbers are written. */
final class Values {
    private static final Pattern HEX = Pattern.compile("0[xX][0-9a-fA-F]{1,16}");
    private static final Pattern DURATION =
            Pattern.compile("([0-9]{1,19}(?:\\.[0-9]{1,9})?)(ns|us|ms|s)");
    private static final Pattern INTID = Pattern.compile("(sgi|ppi|spi):([0-9]{1,4})");
    private static final BigInteger PAST_64_BITS = BigInteger.ONE.shiftLeft(64);

    private Values() {}

    /** A 64-bit value: a hexadecimal string or a non-negative integer. */
    static OptionalLong u64(JsonNode node) {
        if (node.isString() && HEX.matcher(node.stringValue()).matches()) {
            return OptionalLong.of(Long.parseUnsignedLong(node.stringValue().substring(2), 16));
        }
        if (node.isIntegralNumber()) {
            BigInteger value = node.bigIntegerValue();
            boolean fits = value.signum() >= 0 && value.compareTo(PAST_64_BITS) < 0;
            return fits ? OptionalLong.of(value.longValue()) : OptionalLong.empty();
        }
        return OptionalLong.empty();
    }

    /** A 64-bit value as the wire has it. */
    static String hex(long value) {
        return "0x" + Long.toHexString(value);
    }

    /** An integer that fits in a long. */
    static OptionalLong whole(JsonNode node) {
        boolean fits = node.isIntegralNumber() && node.canConvertToLong();
        return fits ? OptionalLong.of(node.longValue()) : OptionalLong.empty();
    }

    /** A span of time: whole nanoseconds, or a string like {@code 1.5ms}. */
    static OptionalLong nanos(JsonNode node) {
        if (!node.isString()) {
            OptionalLong whole = whole(node);
            return whole.isPresent() && whole.getAsLong() >= 0 ? whole : OptionalLong.empty();
        }
        Matcher matcher = DURATION.matcher(node.stringValue());
        if (!matcher.matches()) {
            return OptionalLong.empty();
        }
        int exponent = switch (matcher.group(2)) {
            case "s" -> 9;
            case "ms" -> 6;
            case "us" -> 3;
            default -> 0;
        };
        try {
            BigDecimal nanos = new BigDecimal(matcher.group(1)).movePointRight(exponent);
            return OptionalLong.of(nanos.longValueExact());
        } catch (ArithmeticException _) {
            return OptionalLong.empty();
        }
    }

    /** An INTID: an integer, or {@code spi:21}, {@code ppi:11}, {@code sgi:3}. */
    static OptionalInt intid(JsonNode node) {
        if (!node.isString()) {
            OptionalLong whole = whole(node);
            boolean fits = whole.isPresent() && whole.getAsLong() == (int) whole.getAsLong();
            return fits ? OptionalInt.of((int) whole.getAsLong()) : OptionalInt.empty();
        }
        Matcher matcher = INTID.matcher(node.stringValue());
        if (!matcher.matches()) {
            return OptionalInt.empty();
        }
        int number = Integer.parseInt(matcher.group(2));
        return switch (matcher.group(1)) {
            case "sgi" -> number < 16 ? OptionalInt.of(number) : OptionalInt.empty();
            case "ppi" -> number < 16 ? OptionalInt.of(16 + number) : OptionalInt.empty();
            default -> OptionalInt.of(32 + number);
        };
    }
}
