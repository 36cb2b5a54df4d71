package dev.vboard.model.report;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A power domain, as {@code GET .../power-domains} lists it.
 *
 * @param name as the profile names it
 * @param state its state now
 * @param parent the domain that feeds it; empty for the root
 * @param contains CPUs ({@code cpu0}), blocks ({@code gic}) and devices that live in it
 * @param lost what its last power-off lost
 * @param notRestored the part of {@code lost} that nobody has written since
 * @param changed written since, and left different from before
 * @param byFirmware registers EL3 re-initialises, and those of CPUs that stay off
 */
public record PowerDomainReport(
        String name,
        PowerState state,
        Optional<String> parent,
        List<String> contains,
        List<RegisterBits> lost,
        List<RegisterBits> notRestored,
        List<RegisterBits> changed,
        List<RegisterBits> byFirmware) {

    /**
     * Bits of one register.
     *
     * @param register by the manual's name, {@code GICD_ISENABLER3}
     * @param cpu the CPU of a banked or per-CPU copy; empty for a shared register
     * @param bits bit numbers, ascending
     */
    public record RegisterBits(String register, OptionalInt cpu, List<Integer> bits) {}
}
