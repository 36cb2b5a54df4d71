package dev.vboard.model.xen;

/**
 * Where the fields of a list register and of the virtual machine control register stand: 32 bits
 * wide in a GICv2 (GICH_LRn, GICH_VMCR), 64 and 32 in a GICv3 (ICH_LRn_EL2, ICH_VMCR_EL2); gic.md 6
 * and 7. Guests of a GICv2 get everything as Group 0, which their single enable bit governs; those
 * of a GICv3 get Group 1, because Group 0 would reach them as FIQ.
 */
enum ListFormat {
    V2(32, 10, 0x3FF, 23, 3, 28, 0, 27),
    V3(64, 32, 0x1FFF, 48, 0, 62, 1L << 60, 24);

    private static final int PENDING = 1;
    private static final int ACTIVE = 2;
    private static final long VIRTUAL_ID = 0x3FF;
    private static final int GROUPS_ON = 3;

    private final int bits;
    private final int physicalShift;
    private final int physicalMask;
    private final int priorityShift;
    private final int priorityBitsDropped;
    private final int stateShift;
    private final long group;
    private final int maskShift;

    ListFormat(
            int bits,
            int physicalShift,
            int physicalMask,
            int priorityShift,
            int priorityBitsDropped,
            int stateShift,
            long group,
            int maskShift) {
        this.bits = bits;
        this.physicalShift = physicalShift;
        this.physicalMask = physicalMask;
        this.priorityShift = priorityShift;
        this.priorityBitsDropped = priorityBitsDropped;
        this.stateShift = stateShift;
        this.group = group;
        this.maskShift = maskShift;
    }

    /** Bits in a list register. */
    int bits() {
        return bits;
    }

    /** A list register with a pending interrupt behind which no hardware stands. */
    long pending(int virq, int priority) {
        return (long) PENDING << stateShift
                | group
                | (long) (priority >> priorityBitsDropped) << priorityShift
                | virq;
    }

    /** The same, tied to a physical interrupt that the guest's end deactivates. */
    long tied(int virq, int priority, int physical) {
        return pending(virq, priority) | hardware() | (long) physical << physicalShift;
    }

    /** The hardware bit: the one below the state in a GICv3, above it in a GICv2. */
    private long hardware() {
        return bits == 32 ? 1L << 31 : 1L << 61;
    }

    /** The same entry, pending once more. */
    long again(long entry) {
        return entry | (long) PENDING << stateShift;
    }

    int virq(long entry) {
        return (int) (entry & VIRTUAL_ID);
    }

    /** Whether it holds an interrupt. */
    boolean valid(long entry) {
        return pending(entry) || active(entry);
    }

    boolean pending(long entry) {
        return (entry >>> stateShift & PENDING) != 0;
    }

    boolean active(long entry) {
        return (entry >>> stateShift & ACTIVE) != 0;
    }

    boolean tied(long entry) {
        return (entry & hardware()) != 0;
    }

    /** The physical INTID it is tied to, or -1. */
    int physical(long entry) {
        return tied(entry) ? (int) (entry >>> physicalShift) & physicalMask : -1;
    }

    /** Its priority as a byte. */
    int priority(long entry) {
        int field = (int) (entry >>> priorityShift) & 0xFF >> priorityBitsDropped;
        return field << priorityBitsDropped;
    }

    /** The guest's priority mask as a byte. */
    int priorityMask(long machineControl) {
        return (int) (machineControl >>> maskShift) << priorityBitsDropped & 0xFF;
    }

    /** Whether the guest switched its CPU interface on. */
    boolean interfaceOn(long machineControl) {
        return (machineControl & (group == 0 ? GROUPS_ON : 2)) != 0;
    }
}
