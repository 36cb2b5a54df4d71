package dev.vboard.model.report;

/**
 * A 64-bit register, address, MPIDR or PSCI argument; on the wire {@code "0x40080000"}.
 *
 * @param value the 64 bits; to be read as an unsigned number
 */
public record U64(long value) implements Comparable<U64> {

    /** The value zero. */
    public static final U64 ZERO = new U64(0);

    /** Wraps 64 bits; all of them are legal. */
    public static U64 of(long value) {
        return value == 0 ? ZERO : new U64(value);
    }

    /** The wire form of 64 bits: lowercase hexadecimal, {@code 0x} in front, no leading zeros. */
    public static String hex(long value) {
        return "0x" + Long.toHexString(value);
    }

    /** Orders as unsigned numbers. */
    @Override
    public int compareTo(U64 other) {
        return Long.compareUnsigned(value, other.value);
    }

    /** The wire form. */
    @Override
    public String toString() {
        return hex(value);
    }
}
