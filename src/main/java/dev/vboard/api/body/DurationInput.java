package dev.vboard.api.body;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A length of virtual time as a request gives it: {@code "250us"}, {@code "1.5s"} or integer ns.
 *
 * @param nanos 0 to 2^63-1 ns
 */
public record DurationInput(long nanos) {

    private static final Pattern FORM =
            Pattern.compile("([0-9]{1,19})(\\.[0-9]{1,9})?(ns|us|ms|s)");

    /** Reads a decimal number with a unit ns, us, ms or s; the result must be whole nanoseconds. */
    public static DurationInput parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "must be integer nanoseconds or a string such as \"250us\" or \"1.5s\"");
        }
        String fraction = form.group(2) == null ? "" : form.group(2);
        BigDecimal nanos =
                new BigDecimal(form.group(1) + fraction).scaleByPowerOfTen(exponent(form.group(3)));
        if (nanos.stripTrailingZeros().scale() > 0) {
            throw new IllegalArgumentException("must be a whole number of nanoseconds");
        }
        return of(nanos.toBigIntegerExact());
    }

    /** Takes 0 to 2^63-1 nanoseconds. */
    public static DurationInput of(BigInteger nanos) {
        if (nanos.signum() < 0 || nanos.bitLength() >= Long.SIZE) {
            throw new IllegalArgumentException("must be within 0..2^63-1 ns");
        }
        return new DurationInput(nanos.longValue());
    }

    private static int exponent(String unit) {
        return switch (unit) {
            case "ns" -> 0;
            case "us" -> 3;
            case "ms" -> 6;
            default -> 9;
        };
    }
}
