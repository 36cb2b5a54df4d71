package dev.vboard.model.xen;

/**
 * The shape of stage 2 for what CPUs can do (devices.md 6).
 *
 * @param range the field PARange
 * @param vmidBits 8 or 16
 */
record StageTwoGeometry(int range, int vmidBits) {
    private static final int[] PA_BITS = {32, 36, 40, 42, 44, 48, 52};
    private static final int[] T0SZ = {32, 28, 24, 22, 20, 16, 12};
    private static final int[] SL0 = {1, 1, 1, 1, 2, 2, 2};
    private static final int[] ROOT_ORDER = {0, 0, 1, 3, 0, 0, 4};
    private static final long RES1_AND_CACHEABLE = 0x8000_3500L;
    private static final long WIDE_VMID = 0x8_0000L;

    /** For 32 to 52 bits of physical address. */
    static StageTwoGeometry of(int paBits, int vmidBits) {
        int range = 0;
        while (range < PA_BITS.length - 1 && PA_BITS[range] < paBits) {
            range++;
        }
        return new StageTwoGeometry(range, vmidBits);
    }

    /** VTCR_EL2. */
    long vtcr() {
        return RES1_AND_CACHEABLE
                | (vmidBits == 16 ? WIDE_VMID : 0)
                | (long) range << 16
                | (long) SL0[range] << 6
                | T0SZ[range];
    }

    /** Levels of its tables. */
    int levels() {
        return 2 + SL0[range];
    }

    /** Its root table has two to the power of that pages. */
    int rootOrder() {
        return ROOT_ORDER[range];
    }

    /** Whether a CPU can work with a value of VTCR_EL2. */
    static boolean fits(long vtcr, int paBits, int vmidBits) {
        boolean wide = (vtcr & WIDE_VMID) != 0;
        return PA_BITS[(int) (vtcr >>> 16) & 7] <= paBits && (!wide || vmidBits == 16);
    }
}
