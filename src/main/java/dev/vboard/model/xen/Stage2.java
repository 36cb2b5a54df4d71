package dev.vboard.model.xen;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Bus;
import dev.vboard.model.profile.BoardProfile.MemoryRange;
import dev.vboard.model.profile.DeviceSpec;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What a guest may reach: its RAM, its virtual GIC and its devices (gic.md 10, guest layout). */
public final class Stage2 {
    /** First address of a DomU's RAM. */
    public static final long GUEST_RAM = 0x4000_0000L;

    /** Room a redistributor takes. */
    public static final long REDISTRIBUTOR_BYTES = 0x2_0000L;

    private static final long DOM0_BYTES = 1L << 30;
    private static final long SHARE_ALIGN = 0x20_0000;

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
        return switch (place(board, cpu, domain, address, size)) {
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
        Place place = place(board, cpu, domain, address, size);
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
                if (domain.slot == xen.devices.keeper(board).slot) {
                    deviceAt(address, size).ifPresent(spec -> xen.devices.written(board, spec));
                }
            }
        }
        return true;
    }

    /** Whether a store there would need a page of RAM that the board may not have. */
    public boolean lacksRoom(Board board, Domain domain, long address, int size) {
        return !board.ram().hasRoomFor(space(board, domain), address)
                && place(board, domain, address, size) == Place.RAM;
    }

    /** A CPU whose VTCR_EL2 is not the system's finds no way through the tables. */
    private Place place(Board board, int cpu, Domain domain, long address, int size) {
        Place place = place(board, domain, address, size);
        boolean walks = place == Place.RAM || place == Place.DEVICE;
        return walks && !xen.features.translates(board, cpu) ? Place.NOTHING : place;
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

    /**
     * Where a translation leads.
     *
     * @param space the address space of {@link dev.vboard.model.core.Ram}
     * @param address the address in it
     * @param physical the address on the bus
     */
    public record Mapped(int space, long address, long physical) {}

    /** Whether an address is in the RAM of the domain in a slot. */
    public boolean reaches(Board board, int slot, long address) {
        return isRam(board, xen.domains.inSlot(board, slot), address, Long.BYTES);
    }

    /** What the tables that begin at {@code root} map an address to. */
    public Optional<Mapped> walk(Board board, long root, long address, int size) {
        for (Domain domain : xen.domains.live(board)) {
            if (HostIommu.root(xen.platform, domain.slot) == root) {
                return isRam(board, domain, address, size)
                        ? Optional.of(new Mapped(
                                space(board, domain), address, hostAddress(board, domain, address)))
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /**
     * Where a byte of a guest is on the bus: each DomU has an equal share of the last range of RAM.
     * Only answers show it: guests' RAM is kept apart, not at these addresses.
     */
    private long hostAddress(Board board, Domain domain, long address) {
        if (domain.hardware(board)) {
            return address;
        }
        List<MemoryRange> ranges = xen.platform.profile().memory();
        MemoryRange last = ranges.getLast();
        long skipped = ranges.size() == 1 ? Math.min(DOM0_BYTES, last.sizeBytes() / 2) : 0;
        int most = xen.platform.profile().limits().domains();
        long share = (last.sizeBytes() - skipped) / most & -SHARE_ALIGN;
        long begin = last.base() + skipped + (domain.slot - Board.FIRST_DOMAIN) * share;
        return begin + address - GUEST_RAM;
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
