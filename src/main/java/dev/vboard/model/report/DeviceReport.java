package dev.vboard.model.report;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A device, as {@code GET .../devices/{name}} shows it.
 *
 * @param name as the profile names it
 * @param type the kind of block, {@code pl011}
 * @param state power of the device: that of its power domain
 * @param address base of its registers
 * @param size bytes its registers take
 * @param intids its interrupts in the profile's order
 * @param trigger how its lines are sampled
 * @param powerDomain the domain it lives in
 * @param owner Xen or a domain; empty without Xen
 * @param canWake it can wake the suspended board
 * @param dma it masters the bus
 * @param registers by the manual's name; reading them here has no side effect
 */
public record DeviceReport(
        String name,
        String type,
        PowerState state,
        U64 address,
        U64 size,
        List<Integer> intids,
        Trigger trigger,
        String powerDomain,
        Optional<Owner> owner,
        boolean canWake,
        boolean dma,
        SortedMap<String, U64> registers) {}
