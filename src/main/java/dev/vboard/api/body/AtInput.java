package dev.vboard.api.body;

import java.math.BigInteger;

/**
 * A moment of virtual time as a request gives it: {@code "+120us"} from now, else since creation.
 *
 * @param relative counted from now
 * @param nanos 0 to 2^63-1 ns
 */
public record AtInput(boolean relative, long nanos) {

    /** Reads a duration, relative to now when it begins with a plus sign. */
    public static AtInput parse(String text) {
        boolean relative = text.startsWith("+");
        String length = relative ? text.substring(1) : text;
        return new AtInput(relative, DurationInput.parse(length).nanos());
    }

    /** Takes 0 to 2^63-1 nanoseconds since creation. */
    public static AtInput of(BigInteger nanos) {
        return new AtInput(false, DurationInput.of(nanos).nanos());
    }

    /** The moment in ns since creation; refuses one before {@code nowNs} or beyond 2^63-1. */
    public long resolve(long nowNs) {
        long at = relative ? nowNs + nanos : nanos;
        if (at < 0) {
            throw new IllegalArgumentException("must not be past 2^63-1 ns");
        }
        if (at < nowNs) {
            throw new IllegalArgumentException("must not be in the past; now is " + nowNs + " ns");
        }
        return at;
    }
}
