package dev.vboard.model.xen;

import dev.vboard.model.core.Board;
import dev.vboard.model.hazard.DeviceHazard;
import dev.vboard.model.profile.DeviceSpec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Xen's IOMMU layer: each master reaches the memory of its owner. What is needed to set the units
 * up again after they lost their power is who owns which device, so nothing else is saved.
 */
public final class HostIommu {
    private static final long ROOTS_OFFSET = 0x10_0000;
    private static final long ROOT_BYTES = 0x2000;

    private final Hypervisor xen;
    private final List<IommuDriver> drivers;

    HostIommu(Hypervisor xen) {
        this.xen = xen;
        List<IommuDriver> all = new ArrayList<>();
        for (DeviceSpec device : xen.platform.profile().devices()) {
            switch (device.deviceType()) {
                case MMU_500 -> all.add(new SmmuV2Driver(xen, device));
                case SMMU_V3 -> all.add(new SmmuV3Driver(xen, device, all.size()));
                case IPMMU -> all.add(new IpmmuDriver(xen, device));
                default -> {
                    // no IOMMU
                }
            }
        }
        drivers = List.copyOf(all);
    }

    /** Whether Xen drives any. */
    boolean isThere() {
        return !drivers.isEmpty();
    }

    /** Whether none lets a domain's master pass untranslated, or stops it. */
    boolean translates(Board board) {
        for (IommuDriver driver : drivers) {
            if (!driver.translates(board)) {
                return false;
            }
        }
        return true;
    }

    /** Where a domain's stage-2 tables begin: known, though the tables themselves are not. */
    static long root(Platform platform, int slot) {
        return platform.xenBase() + ROOTS_OFFSET + slot * ROOT_BYTES;
    }

    /** Sets all units up and takes their interrupts. */
    void boot(Board board) {
        for (IommuDriver driver : drivers) {
            driver.reset(board);
            DeviceSpec unit = driver.unit();
            for (int intid : unit.intids()) {
                xen.irqs.claim(board, intid, unit.trigger().equals("edge"));
            }
        }
    }

    private Optional<IommuDriver> before(DeviceSpec master) {
        for (IommuDriver driver : drivers) {
            if (master.dma() && master.smmu().equals(Optional.of(driver.unit().name()))) {
                return Optional.of(driver);
            }
        }
        return Optional.empty();
    }

    /** A device has a new owner. */
    void map(Board board, DeviceSpec master, Domain domain) {
        before(master).ifPresent(driver -> driver.map(board, master, domain));
    }

    /** A domain is gone. */
    void release(Board board, Domain domain) {
        drivers.forEach(driver -> driver.release(board, domain));
    }

    /**
     * Stops the units; when one fails it and those before it work again.
     *
     * @return 0 or a negative errno
     */
    int suspend(Board board) {
        for (int i = 0; i < drivers.size(); i++) {
            int error = drivers.get(i).suspend(board);
            if (error != 0) {
                for (int back = i; back >= 0; back--) {
                    resume(board, drivers.get(back));
                }
                return error;
            }
        }
        return 0;
    }

    /** Sets the units up anew, before any guest runs again (R11). */
    void resume(Board board) {
        drivers.forEach(driver -> resume(board, driver));
    }

    private void resume(Board board, IommuDriver driver) {
        boolean rootLast =
                driver.unit().type().equals("ipmmu") && xen.suffers(board, DeviceHazard.HZ_73);
        if (rootLast) {
            // The root unit has nothing of what the cache units already ask it for.
            mapAll(board, driver);
            driver.resetShared(board);
            return;
        }
        driver.reset(board);
        if (!xen.suffers(board, DeviceHazard.HZ_45)) {
            mapAll(board, driver);
        }
    }

    private void mapAll(Board board, IommuDriver driver) {
        for (DeviceSpec master : xen.platform.profile().mastersBehind(driver.unit())) {
            int owner = xen.devices.ownerSlot(board, master);
            if (owner != 0) {
                driver.map(board, master, xen.domains.inSlot(board, owner));
            }
        }
    }

    /** Handles the interrupt of a unit; false when it is not one's. */
    boolean handle(Board board, int intid) {
        for (IommuDriver driver : drivers) {
            if (driver.unit().intids().contains(intid)) {
                driver.handle(board);
                return true;
            }
        }
        return false;
    }
}
