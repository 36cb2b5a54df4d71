package dev.vboard.model.gic;

/** The fields of a GICv2 list register, GICH_LRn (IHI 0048B 5.3.10). */
final class ListRegister {
    /** State, bits 29:28: pending, active or both; zero is an empty register. */
    static final int PENDING = 1 << 28;

    static final int ACTIVE = 1 << 29;
    static final int STATE = PENDING | ACTIVE;

    private static final int HARDWARE = 1 << 31;
    private static final int GROUP_1 = 1 << 30;
    private static final int EOI = 1 << 19;
    private static final int HARDWARE_WRITABLE = 0xFF8F_FFFF;
    private static final int SOFTWARE_WRITABLE = 0xFF88_1FFF;

    private ListRegister() {}

    /** What is stored of a written value. */
    static int kept(int value) {
        return value & (isHardware(value) ? HARDWARE_WRITABLE : SOFTWARE_WRITABLE);
    }

    static int virtualId(int value) {
        return value & 0x3FF;
    }

    /** The physical interrupt to deactivate with it, when {@link #isHardware}. */
    static int physicalId(int value) {
        return value >>> 10 & 0x3FF;
    }

    /** The INTID and, for an SGI, the source CPU in 12:10: what an acknowledge answers. */
    static int acknowledged(int value) {
        return value & (isHardware(value) ? 0x3FF : 0x1FFF);
    }

    /** The priority as a byte, its low three bits zero. */
    static int priority(int value) {
        return (value >>> 23 & 0x1F) << 3;
    }

    static boolean isHardware(int value) {
        return (value & HARDWARE) != 0;
    }

    static boolean isGroup1(int value) {
        return (value & GROUP_1) != 0;
    }

    /** Whether it holds an interrupt at all. */
    static boolean isValid(int value) {
        return (value & STATE) != 0;
    }

    /** Pending and not active: one that may be acknowledged. */
    static boolean isPending(int value) {
        return (value & STATE) == PENDING;
    }

    static boolean isActive(int value) {
        return (value & ACTIVE) != 0;
    }

    /** Done with, and the hypervisor asked to be told: a bit of GICH_EISR. */
    static boolean hasEnded(int value) {
        return !isValid(value) && !isHardware(value) && (value & EOI) != 0;
    }
}
