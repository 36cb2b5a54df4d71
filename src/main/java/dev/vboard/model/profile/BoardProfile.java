package dev.vboard.model.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A board as data, merged: what {@code extends} named is already in here.
 *
 * @param id the profile's id
 * @param cpus the physical CPUs, numbered from 0; CPU 0 boots
 * @param gic the interrupt controller
 * @param counterHz frequency of the system counter in Hz
 * @param counterStopsInSystemSuspend whether the counter stands still in SYSTEM_SUSPEND
 * @param firmware what EL3 can do
 * @param power power domains and wake-up
 * @param hooks which of Xen's drivers have suspend hooks
 * @param memory ranges of RAM, each a base and a size in bytes
 * @param devices the devices
 * @param console name of the device Xen uses as its console, if the board has one
 * @param timing durations in virtual nanoseconds
 * @param limits what a board may hold at most
 */
public record BoardProfile(
        String id,
        List<CpuSpec> cpus,
        GicSpec gic,
        long counterHz,
        boolean counterStopsInSystemSuspend,
        FirmwareSpec firmware,
        PowerSpec power,
        HooksSpec hooks,
        List<MemoryRange> memory,
        List<DeviceSpec> devices,
        Optional<String> console,
        TimingSpec timing,
        Limits limits) {

    /** The device with that name. */
    public Optional<DeviceSpec> device(String name) {
        for (DeviceSpec device : devices) {
            if (device.name().equals(name)) {
                return Optional.of(device);
            }
        }
        return Optional.empty();
    }

    /** The device that has that interrupt among its own. */
    public Optional<DeviceSpec> deviceOfIntid(int intid) {
        for (DeviceSpec device : devices) {
            if (device.intids().contains(intid)) {
                return Optional.of(device);
            }
        }
        return Optional.empty();
    }

    /**
     * A range of RAM.
     *
     * @param base first physical address
     * @param sizeBytes length in bytes
     */
    public record MemoryRange(long base, long sizeBytes) {}

    /**
     * Which of Xen's drivers can suspend.
     *
     * @param uart the console driver has suspend hooks
     * @param iommu the IOMMU driver has suspend hooks
     */
    public record HooksSpec(boolean uart, boolean iommu) {}

    /** What the SMMU in front of a master knows it by. */
    public int streamOf(DeviceSpec master) {
        return master.streamId().orElse(devices.indexOf(master));
    }

    /** The masters whose DMA goes through an SMMU, in the profile's order. */
    public List<DeviceSpec> mastersBehind(DeviceSpec smmu) {
        List<DeviceSpec> masters = new ArrayList<>();
        for (DeviceSpec device : devices) {
            if (device.dma() && device.smmu().equals(Optional.of(smmu.name()))) {
                masters.add(device);
            }
        }
        return List.copyOf(masters);
    }
}
