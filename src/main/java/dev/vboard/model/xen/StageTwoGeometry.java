package dev.vboard.model.xen;

/** VTCR_EL2 for a physical address width (devices.md 6). */
final class StageTwoGeometry {
    private static final int[] PA_BITS = {32, 36, 40, 42, 44, 48, 52};
    private static final int[] T0SZ = {32, 28, 24, 22, 20, 16, 12};
    private static final int[] SL0 = {1, 1, 1, 1, 2, 2, 2};
    private static final long RES1_AND_CACHEABLE = 0x8000_3500L;

    private StageTwoGeometry() {}

    /** The register value for 32 to 52 bits and 8-bit VMIDs. */
    static long vtcr(int paBits) {
        int range = 0;
        while (range < PA_BITS.length - 1 && PA_BITS[range] < paBits) {
            range++;
        }
        return RES1_AND_CACHEABLE | (long) range << 16 | (long) SL0[range] << 6 | T0SZ[range];
    }

    /** Whether a CPU with so many physical address bits can work with a value of VTCR_EL2. */
    static boolean fits(long vtcr, int paBits) {
        return PA_BITS[(int) (vtcr >>> 16) & 7] <= paBits;
    }
}
