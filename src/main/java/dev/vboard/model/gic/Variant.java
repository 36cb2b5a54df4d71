package dev.vboard.model.gic;

import dev.vboard.model.core.Access;
import dev.vboard.model.profile.GicSpec;

/**
 * What differs between GICv2 implementations: Arm's GIC-400 and QEMU's model, told apart by their
 * priority bits.
 *
 * @param gic400 whether it is a GIC-400
 * @param twoStates whether secure and non-secure software have views of their own
 * @param priorities how it keeps priorities
 */
record Variant(boolean gic400, boolean twoStates, Priorities priorities) {
    private static final int QEMU_PRIORITY_BITS = 8;

    static Variant of(GicSpec spec) {
        return new Variant(
                spec.priorityBits() != QEMU_PRIORITY_BITS,
                spec.securityStates() == 2,
                new Priorities(spec.priorityBits()));
    }

    /** Whether an access has the non-secure view: Group 0 is hidden from it. */
    boolean nonSecure(Access by) {
        return twoStates && !by.secure();
    }

    /** GICD_IIDR. */
    int distributorId() {
        return gic400 ? 0x0200_143B : 0x0000_043B;
    }

    /** GICC_IIDR and GICV_IIDR. */
    int interfaceId() {
        return gic400 ? 0x0202_143B : 0x0002_043B;
    }
}
