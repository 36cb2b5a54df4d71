package dev.vboard.model.gic;

/**
 * How a list register is laid out: one interrupt of a guest, as GICH_LRn (IHI 0048B 5.3.10) and
 * ICH_LRn_EL2 (IHI 0069 12.4.8) have it.
 */
enum ListFormat {
    /** 32 bits; an SGI knows its source CPU. */
    GICH(32, 10, 0xFF8F_FFFFL, 0xFF88_1FFFL, 10, 19, 23, 28, 30, 31),

    /** 64 bits; INTIDs of 16 bits and physical ones of 13, priorities in the top 5 of 8 bits. */
    ICH(64, 16, 0xF0F8_1FFF_0000_FFFFL, 0xF0F8_0200_0000_FFFFL, 32, 41, 51, 62, 60, 61);

    /** State: pending, active or both; zero is an empty register. */
    static final int PENDING = 1;

    static final int ACTIVE = 2;

    private static final int SOURCE = 0x1C00;
    private static final int SGIS = 16;

    private final int bits;
    private final int idBits;
    private final long hardwareWritable;
    private final long softwareWritable;
    private final int physicalShift;
    private final int endShift;
    private final int priorityShift;
    private final int stateShift;
    private final int groupShift;
    private final int hardwareShift;

    ListFormat(
            int bits,
            int idBits,
            long hardwareWritable,
            long softwareWritable,
            int physicalShift,
            int endShift,
            int priorityShift,
            int stateShift,
            int groupShift,
            int hardwareShift) {
        this.bits = bits;
        this.idBits = idBits;
        this.hardwareWritable = hardwareWritable;
        this.softwareWritable = softwareWritable;
        this.physicalShift = physicalShift;
        this.endShift = endShift;
        this.priorityShift = priorityShift;
        this.stateShift = stateShift;
        this.groupShift = groupShift;
        this.hardwareShift = hardwareShift;
    }

    /** Width of a register. */
    int bits() {
        return bits;
    }

    /** What is stored of a written value. */
    long kept(long value) {
        return value & (isHardware(value) ? hardwareWritable : softwareWritable);
    }

    int virtualId(long value) {
        return (int) (value & (1L << idBits) - 1);
    }

    /** The physical interrupt to deactivate with it, when {@link #isHardware}. */
    int physicalId(long value) {
        int width = this == GICH ? 10 : 13;
        return (int) (value >>> physicalShift & (1L << width) - 1);
    }

    /** What an acknowledge answers: the INTID and, for an SGI of GICv2, its source in 12:10. */
    int acknowledged(long value) {
        boolean hasSource = this == GICH && !isHardware(value);
        return virtualId(value) | (hasSource ? (int) value & SOURCE : 0);
    }

    /** Whether ending what was acknowledged ends this one; only SGIs look at the source. */
    boolean matches(long value, int acknowledged) {
        return this == GICH && virtualId(value) < SGIS
                ? acknowledged(value) == (acknowledged & (SOURCE | 0x3FF))
                : virtualId(value) == (acknowledged & (1 << idBits) - 1);
    }

    /** The priority as a byte, its low three bits zero. */
    int priority(long value) {
        return (int) (value >>> priorityShift & 0x1F) << 3;
    }

    boolean isHardware(long value) {
        return (value >>> hardwareShift & 1) != 0;
    }

    boolean isGroup1(long value) {
        return (value >>> groupShift & 1) != 0;
    }

    private int state(long value) {
        return (int) (value >>> stateShift & 3);
    }

    /** The same register in another state. */
    long withState(long value, int state) {
        return value & ~(3L << stateShift) | (long) state << stateShift;
    }

    /** The same register, no longer active. */
    long ended(long value) {
        return value & ~((long) ACTIVE << stateShift);
    }

    /** Whether it holds an interrupt at all. */
    boolean isValid(long value) {
        return state(value) != 0;
    }

    /** Pending and not active: one that may be acknowledged. */
    boolean isPending(long value) {
        return state(value) == PENDING;
    }

    boolean isActive(long value) {
        return (state(value) & ACTIVE) != 0;
    }

    /** Done with, and the hypervisor asked to be told: a bit of EISR. */
    boolean hasEnded(long value) {
        return !isValid(value) && !isHardware(value) && (value >>> endShift & 1) != 0;
    }
}
