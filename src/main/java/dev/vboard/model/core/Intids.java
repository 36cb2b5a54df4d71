package dev.vboard.model.core;

/**
 * Numbers the interrupts of a board: SGIs and PPIs once per CPU, SPIs once. The private ones of CPU
 * c are indices 32c to 32c+31, the SPIs follow, so that 32 neighbours are one word of a
 * {@link Bits}.
 */
public final class Intids {
    /** SGIs and PPIs a CPU has. */
    public static final int PRIVATE = 32;

    /** The answer of an acknowledge when nothing is signalled. */
    public static final int SPURIOUS = 1023;

    private final int cpus;
    private final int intids;

    /**
     * The numbering of a board.
     *
     * @param cpus how many CPUs
     * @param intids how many INTIDs, SGIs and PPIs included; a multiple of 32, at most 1024
     */
    public Intids(int cpus, int intids) {
        this.cpus = cpus;
        this.intids = intids;
    }

    /** How many CPUs. */
    public int cpus() {
        return cpus;
    }

    /** How many INTIDs, SGIs and PPIs counted once. */
    public int intids() {
        return intids;
    }

    /** How many indices: private interrupts counted per CPU. */
    public int count() {
        return cpus * PRIVATE + intids - PRIVATE;
    }

    /** Whether the board has that INTID. */
    public boolean has(int intid) {
        return intid >= 0 && intid < Math.min(intids, 1020);
    }

    /** Index of an INTID; {@code cpu} matters for SGIs and PPIs only. */
    public int index(int cpu, int intid) {
        return intid < PRIVATE ? cpu * PRIVATE + intid : (cpus - 1) * PRIVATE + intid;
    }

    /** Index of the 32-bit word that holds INTIDs 32n to 32n+31 as that CPU sees them. */
    public int word32(int cpu, int n) {
        return n == 0 ? cpu : cpus - 1 + n;
    }

    /** The INTID of an index. */
    public int intid(int index) {
        return index < cpus * PRIVATE ? index % PRIVATE : index - (cpus - 1) * PRIVATE;
    }

    /** The CPU of a private interrupt's index, or -1 for an SPI. */
    public int cpu(int index) {
        return index < cpus * PRIVATE ? index / PRIVATE : -1;
    }
}
