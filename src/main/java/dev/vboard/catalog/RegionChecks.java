package dev.vboard.catalog;

import dev.vboard.model.profile.BoardProfile;
import dev.vboard.model.profile.BoardProfile.MemoryRange;
import dev.vboard.model.profile.DeviceSpec;
import dev.vboard.model.profile.GicSpec;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Finds regions of the address map that overlap. */
final class RegionChecks {
    private static final long PAGE = 0x1000;
    private static final String VERSION = "/gic/version";

    private final BoardProfile profile;
    private final Findings findings;
    private final List<Region> regions = new ArrayList<>();

    private record Region(String pointer, String sized, String what, long base, long size) {
        boolean overlaps(Region other) {
            return Long.compareUnsigned(base - other.base, other.size) < 0
                    || Long.compareUnsigned(other.base - base, size) < 0;
        }
    }

    RegionChecks(BoardProfile profile, Findings findings) {
        this.profile = profile;
        this.findings = findings;
    }

    /** Notes every region that is empty, wraps, or overlaps an earlier one. */
    void run() {
        gic();
        if (profile.memory().isEmpty()) {
            findings.fault("/memory", "must hold at least one range");
        }
        for (int i = 0; i < profile.memory().size(); i++) {
            MemoryRange range = profile.memory().get(i);
            String pointer = "/memory/" + i;
            if (range.sizeBytes() == 0 || range.base() % PAGE != 0) {
                findings.fault(pointer, "must start at a page and not be empty");
            }
            add(pointer, pointer, "RAM", OptionalLong.of(range.base()), range.sizeBytes());
        }
        for (int i = 0; i < profile.devices().size(); i++) {
            DeviceSpec device = profile.devices().get(i);
            String at = "/devices/" + i;
            add(
                    at + "/address",
                    at + "/size",
                    device.name(),
                    OptionalLong.of(device.address()),
                    device.sizeBytes());
        }
    }

    private void gic() {
        GicSpec gic = profile.gic();
        long interfaceSize = gic.wideAliases() ? 0x20000 : 2 * PAGE;
        boolean v2 = gic.version() == 2;
        add("/gic/gicd", VERSION, "GICD", OptionalLong.of(gic.gicd()), v2 ? PAGE : 0x10000);
        add("/gic/gicc", VERSION, "GICC", gic.gicc(), interfaceSize);
        add("/gic/gich", VERSION, "GICH", gic.gich(), PAGE);
        add("/gic/gicv", VERSION, "GICV", gic.gicv(), interfaceSize);
        add(
                "/gic/gicr",
                VERSION,
                "GICR",
                gic.gicr(),
                0x20000L * Math.max(1, profile.cpus().size()));
        add("/gic/its", VERSION, "ITS", gic.its(), 0x20000);
    }

    private void add(String pointer, String sized, String what, OptionalLong base, long size) {
        if (base.isEmpty() || size == 0) {
            return;
        }
        Region region = new Region(pointer, sized, what, base.getAsLong(), size);
        long last = region.base + size - 1;
        if (Long.compareUnsigned(last, region.base) < 0) {
            findings.fault(pointer, what + " goes past the end of the address space", sized);
            return;
        }
        for (Region other : regions) {
            if (region.overlaps(other)) {
                String message = what + " overlaps " + other.what + " at " + other.pointer;
                findings.fault(pointer, message, sized, other.pointer, other.sized);
            }
        }
        regions.add(region);
    }
}
