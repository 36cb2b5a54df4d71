package dev.vboard.model.gic;

/**
 * How a GIC keeps priorities and how non-secure software sees them (IHI 0048B 3.5, 4.4.2).
 *
 * @param bits implemented bits, 4 to 8; the low ones are RAZ/WI
 */
record Priorities(int bits) {
    /** Above every priority: no interrupt is active. */
    static final int IDLE = 0x100;

    /** Value of the lowest priority, also the lowest priority mask that lets all else pass. */
    static final int LOWEST = 0xFF;

    private static final int NON_SECURE = 0x80;

    /** The bits that are kept. */
    int mask() {
        return LOWEST << 8 - bits & LOWEST;
    }

    /** The smallest binary point of Group 0; Group 1's is one more. */
    int minimumBinaryPoint() {
        return Math.max(0, 7 - bits);
    }

    /** By how much a priority is shifted to give its place in the active priorities registers. */
    int levelShift() {
        return minimumBinaryPoint() + 1;
    }

    /** How many preemption levels there are. */
    int levels() {
        return IDLE >> levelShift();
    }

    /** What is stored when non-secure software writes a priority. */
    int fromNonSecure(int written) {
        return (NON_SECURE | written >> 1) & mask();
    }

    /** What non-secure software reads of a stored priority of Group 1. */
    static int toNonSecure(int stored) {
        return stored << 1 & LOWEST;
    }

    /** {@link #fromNonSecure} of four bytes at once. */
    int fourFromNonSecure(int written) {
        return (0x8080_8080 | written >>> 1 & 0x7F7F_7F7F) & mask() * InterruptFields.EACH_BYTE;
    }

    /** {@link #toNonSecure} of four bytes at once. */
    static int fourToNonSecure(int stored) {
        return stored << 1 & 0xFEFE_FEFE;
    }

    /** Whether non-secure software may see this priority at all. */
    static boolean isNonSecure(int stored) {
        return stored >= NON_SECURE;
    }

    /** The bits of a priority that decide preemption under a binary point. */
    static int groupMask(int binaryPoint) {
        return LOWEST << binaryPoint + 1;
    }
}
