package dev.vboard.model.profile;

import java.util.OptionalLong;

/**
 * The interrupt controller.
 *
 * @param version 2 or 3
 * @param gicd address of the distributor
 * @param gicc address of the CPU interface
 * @param gich address of the virtual interface control block
 * @param gicv address of the virtual CPU interface
 * @param gicr address of the redistributors
 * @param its address of the ITS
 * @param intids how many INTIDs, a multiple of 32
 * @param priorityBits implemented priority bits, 4 to 8
 * @param listRegisters how many list registers a CPU has
 * @param securityStates 1, or 2 on a board whose EL3 uses the secure view
 * @param powerDomain name of the power domain it sits in
 * @param wideAliases whether GICC and GICV have their second page 64 KiB up, as ZynqMP has
 */
public record GicSpec(
        int version,
        long gicd,
        OptionalLong gicc,
        OptionalLong gich,
        OptionalLong gicv,
        OptionalLong gicr,
        OptionalLong its,
        int intids,
        int priorityBits,
        int listRegisters,
        int securityStates,
        String powerDomain,
        boolean wideAliases) {
    private static final int TARGET_BITS = 8;
    private static final int MODELLED = 32;

    /** The most CPUs it serves: a bit each in a GICv2's targets; no such limit in a GICv3. */
    public int mostCpus() {
        return version == 2 ? TARGET_BITS : MODELLED;
    }
}
