package dev.vboard.model.xen;

import dev.vboard.model.core.Bits;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Bytes;
import dev.vboard.model.core.Layout;
import dev.vboard.model.core.Refusal;
import dev.vboard.model.profile.BoardProfile;
import dev.vboard.model.profile.DeviceSpec;
import dev.vboard.model.profile.DeviceType;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Who owns each device of the board: Xen, the hardware domain, or a domain it is passed to. */
public final class PassthroughDevices {
    private static final int XEN = 1;

    private final Hypervisor xen;
    private final List<DeviceSpec> devices;
    private final Bytes owner;
    private final Bits touched;

    PassthroughDevices(Hypervisor xen, Layout layout) {
        this.xen = xen;
        devices = xen.platform.profile().devices();
        owner = layout.named("devices").bytes("owner", Math.max(devices.size(), 1), 0);
        touched = layout.named("devices").bits("touched", Math.max(devices.size(), 1));
    }

    /** Whether a device is one that Xen drives to keep DMA apart. */
    static boolean isIommu(DeviceSpec device) {
        return device.deviceType().isIommu();
    }

    /**
     * Whether every IOMMU of a board has a driver that can suspend it: the series itself brings
     * that of the SMMUv3, HEAD has none (xen-suspend.md 4.4, 6).
     */
    static boolean iommusSuspend(BoardProfile profile) {
        boolean can = true;
        for (DeviceSpec device : profile.devices()) {
            can &= device.deviceType() != DeviceType.MMU_500 || profile.hooks().iommu();
        }
        return can;
    }

    /** Whether a board has one. */
    static boolean hasIommu(BoardProfile profile) {
        for (DeviceSpec device : profile.devices()) {
            if (isIommu(device)) {
                return true;
            }
        }
        return false;
    }

    /** Xen keeps its console and the IOMMUs; all else goes to Dom0, whatever its roles. */
    void distribute(Board board, Domain dom0) {
        for (int i = 0; i < devices.size(); i++) {
            DeviceSpec device = devices.get(i);
            boolean console = xen.platform.profile().console().equals(Optional.of(device.name()));
            owner.set(board, i, XEN);
            if (console) {
                for (int intid : device.spis()) {
                    xen.irqs.claim(board, intid, device.trigger().equals("edge"));
                }
            } else if (!isIommu(device)) {
                give(board, device, dom0);
            }
        }
    }

    /** Whether a domain owns a device. */
    boolean ownedBy(Board board, DeviceSpec device, Domain domain) {
        return ownerSlot(board, device) == domain.slot;
    }

    /** Slot of the domain that owns a device, or 0 when Xen keeps it. */
    public int ownerSlot(Board board, DeviceSpec device) {
        int who = owner.get(board, devices.indexOf(device));
        return who < Board.FIRST_DOMAIN ? 0 : who;
    }

    /** Why a device cannot be given to a domain, if so. */
    public Optional<Refusal> refuses(Board board, DeviceSpec device, Domain domain) {
        if (ownedBy(board, device, domain)) {
            return Optional.empty();
        }
        Optional<Refusal> taken = inUse(board, device);
        if (taken.isPresent()) {
            return taken;
        }
        for (int intid : device.spis()) {
            if (!domain.intids.has(intid)) {
                return conflict(
                        "domain " + domain.id(board) + " was created without room for interrupt "
                                + intid + "; name the device at its creation",
                        "interrupt " + intid,
                        "POST /domains");
            }
        }
        return Optional.empty();
    }

    /** Why a device cannot be taken from who has it, if so. */
    public Optional<Refusal> inUse(Board board, DeviceSpec device) {
        int who = owner.get(board, devices.indexOf(device));
        if (who == XEN) {
            return conflict("Xen keeps " + device.name() + " for itself", "xen", "");
        }
        Domain holder = xen.domains.inSlot(board, who);
        if (holder.slot != keeper(board).slot) {
            return conflict(
                    device.name() + " belongs to domain " + holder.id(board),
                    "domain " + holder.id(board),
                    "DELETE /domains/" + holder.id(board));
        }
        return usedBy(board, device, holder);
    }

    private Optional<Refusal> usedBy(Board board, DeviceSpec device, Domain holder) {
        int id = holder.id(board);
        String who = "Dom" + id;
        for (int intid : device.spis()) {
            if (holder.vgic.enabled.get(board, holder.intids.index(0, intid))) {
                return conflict(
                        who + " has interrupt " + intid + " of " + device.name() + " enabled",
                        "interrupt " + intid,
                        "PUT /domains/" + id + "/vcpus/0/interrupts/" + intid);
            }
        }
        return touched.get(board, devices.indexOf(device))
                ? conflict(
                        who + " has written to " + device.name() + " since boot",
                        who.toLowerCase(Locale.ROOT),
                        "POST /reset")
                : Optional.empty();
    }

    private static Optional<Refusal> conflict(String why, String holder, String remedy) {
        List<String> remedies = remedy.isEmpty() ? List.of() : List.of(remedy);
        return Optional.of(Refusal.conflict("device-in-use", why, List.of(holder), remedies));
    }

    /** The domain that keeps a device has written to it. */
    void written(Board board, DeviceSpec device) {
        touched.set(board, devices.indexOf(device), true);
    }

    /** Gives a device and its lines to a domain. */
    public void give(Board board, DeviceSpec device, Domain domain) {
        owner.set(board, devices.indexOf(device), domain.slot);
        for (int intid : device.spis()) {
            boolean edge = device.trigger().equals("edge");
            domain.vgic.edge.set(board, domain.intids.index(0, intid), edge);
            xen.irqs.assign(board, intid, domain);
        }
        xen.iommu.map(board, device, domain);
    }

    /** The domain that has what is passed to nobody: the first hardware domain, else Dom0. */
    Domain keeper(Board board) {
        Domain keeper = xen.domains.inSlot(board, Board.FIRST_DOMAIN);
        for (Domain domain : xen.domains.byId(board)) {
            if (domain.hardware(board) && !domain.dying(board) && !keeper.hardware(board)) {
                keeper = domain;
            }
        }
        return keeper;
    }

    /** A hardware domain has come: it gets what Dom0, which is none, had for want of it. */
    void handOver(Board board, Domain hardware) {
        Domain dom0 = xen.domains.inSlot(board, Board.FIRST_DOMAIN);
        for (int i = 0; i < devices.size() && keeper(board).slot == hardware.slot; i++) {
            if (owner.get(board, i) == dom0.slot
                    && usedBy(board, devices.get(i), dom0).isEmpty()) {
                give(board, devices.get(i), hardware);
            }
        }
    }

    /** The hardware domain has again what a domain had. */
    void takeBack(Board board, Domain from) {
        for (int i = 0; i < devices.size(); i++) {
            if (owner.get(board, i) == from.slot) {
                give(board, devices.get(i), keeper(board));
            }
        }
        xen.iommu.release(board, from);
    }

    /** Names of the devices passed to a domain. */
    public List<String> namesOf(Board board, Domain domain) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < devices.size(); i++) {
            if (owner.get(board, i) == domain.slot) {
                names.add(devices.get(i).name());
            }
        }
        return names;
    }
}
