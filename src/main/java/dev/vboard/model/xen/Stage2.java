package dev.vboard.model.xen;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Bus;
import dev.vboard.model.profile.BoardProfile.MemoryRange;
import dev.vboard.model.profile.DeviceSpec;

import java.util.Optional;
import java.util.OptionalLong;

/** What a guest may reach: its RAM, its virtual GIC and its devices (gic.md 10, guest layout). */
public final class Stage2 {
    /** First address of a DomU's RAM. */
    public static final long GUEST_RAM = 0x4000_0000L;

    /** Room a redistributor takes. */
    public static final long REDISTRIBUTOR_BYTES = 0x2_0000L;

    private final Hypervisor xen;
    private final GuestGic gic;
    private final Bus bus;

    /** What an address leads to. */
    private enum Place {
        NOTHING,
        RAM,
        GIC,
        DEVICE
    }

    Stage2(Hypervisor xen, GuestGic gic) {
        this.xen = xen;
        this.gic = gic;
        bus = xen.platform.bus();
    }

    /** Where a domain finds its distributor; the hardware domain has the host's layout. */
    public long distributorOf(Board board, Domain domain) {
        return gic.distributor(board, domain);
    }

    /** Where a domain finds its CPU interface, if that has an address. */
    public OptionalLong interfaceOf(Board board, Domain domain) {
        return gic.cpuInterface(board, domain);
    }

    /** Where a domain finds its redistributors, if it has some. */
    public OptionalLong redistributorsOf(Board board, Domain domain) {
        return gic.redistributors(board, domain);
    }

    /**
     * A load by the guest on a CPU.
     *
     * @return the value, or empty for a data abort
     */
    OptionalLong read(Board board, int cpu, Domain domain, long address, int size) {
        if ((address & size - 1) != 0) {
            return OptionalLong.empty();
        }
        Access by = Access.el1(cpu);
        return switch (place(board, domain, address, size)) {
            case NOTHING -> OptionalLong.empty();
            case RAM -> OptionalLong.of(board.ram().read(space(board, domain), address, size));
            case GIC -> gic.read(board, cpu, domain, address, size);
            case DEVICE -> OptionalLong.of(bus.read(board, by, address, size));
        };
    }

    /**
     * A store by the guest on a CPU.
     *
     * @return false for a data abort
     */
    boolean write(Board board, int cpu, Domain domain, long address, int size, long value) {
        Place place = place(board, domain, address, size);
        Access by = Access.el1(cpu);
        if ((address & size - 1) != 0) {
            return false;
        }
        switch (place) {
            case NOTHING -> {
                return false;
            }
            case RAM -> board.ram().write(space(board, domain), address, size, value);
            case GIC -> {
                return gic.write(board, cpu, domain, address, size, value);
            }
            case DEVICE -> {
                bus.write(board, by, address, size, value);
                if (domain.hardware(board)) {
                    deviceAt(address, size).ifPresent(spec -> xen.devices.written(board, spec));
                }
            }
        }
        return true;
    }

    private Place place(Board board, Domain domain, long address, int size) {
        if (gic.holds(board, domain, address, size)) {
            return Place.GIC;
        }
        if (isRam(board, domain, address, size)) {
            return Place.RAM;
        }
        return deviceAt(address, size)
                        .filter(device -> xen.devices.ownedBy(board, device, domain))
                        .isPresent()
                ? Place.DEVICE
                : Place.NOTHING;
    }

    private Optional<DeviceSpec> deviceAt(long address, int size) {
        for (DeviceSpec device : xen.platform.profile().devices()) {
            if (device.sizeBytes() > 0
                    && GuestGic.within(address, size, device.address(), device.sizeBytes())) {
                return Optional.of(device);
            }
        }
        return Optional.empty();
    }

    private boolean isRam(Board board, Domain domain, long address, int size) {
        long bytes = (long) domain.memoryMiB(board) << 20;
        if (!domain.hardware(board)) {
            return GuestGic.within(address, size, GUEST_RAM, bytes);
        }
        MemoryRange range = xen.platform.profile().memory().getFirst();
        return GuestGic.within(address, size, range.base(), range.sizeBytes());
    }

    /** The hardware domain is mapped one to one; every other one has a space of its own. */
    private static int space(Board board, Domain domain) {
        return domain.hardware(board) ? 0 : domain.slot;
    }
}
