package dev.vboard.model.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A device.
 *
 * @param name unique name on the board
 * @param type which model implements it, for example {@code pl011}; {@code bare} has lines only
 * @param address physical address of its registers
 * @param sizeBytes length of its register window in bytes, 0 for none
 * @param intids its interrupts, INTIDs
 * @param trigger {@code level} or {@code edge}
 * @param powerDomain name of its power domain, empty for always on
 * @param wakeNode the power-management node that enabling one of its interrupts arms, if any
 * @param wakeIntids the lines that wake the board once the node is armed, INTIDs; a device's wake
 *     line need not be its data line
 * @param wakeAlways whether its wake lines wake without being armed
 * @param smmu the SMMU its DMA goes through, if any
 * @param streamId what the SMMU knows its DMA by; its place in the profile when it is left out
 * @param dma whether it masters the bus
 */
public record DeviceSpec(
        String name,
        String type,
        long address,
        long sizeBytes,
        List<Integer> intids,
        String trigger,
        Optional<String> powerDomain,
        OptionalInt wakeNode,
        List<Integer> wakeIntids,
        boolean wakeAlways,
        Optional<String> smmu,
        OptionalInt streamId,
        boolean dma) {
    private static final int FIRST_SPI = 32;

    /** Those of its interrupts that go to any CPU, and so can be given to a guest: its SPIs. */
    public List<Integer> spis() {
        List<Integer> shared = new ArrayList<>();
        for (int intid : intids) {
            if (intid >= FIRST_SPI) {
                shared.add(intid);
            }
        }
        return shared;
    }

    /** What implements it; a profile holds types that exist only. */
    public DeviceType deviceType() {
        return DeviceType.named(type).orElseThrow();
    }
}
