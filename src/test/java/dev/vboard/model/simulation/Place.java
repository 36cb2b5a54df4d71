package dev.vboard.model.simulation;

import dev.vboard.catalog.Catalog;
import dev.vboard.model.Machine;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A kind of board to run on.
 *
 * @param profile its profile
 * @param rtc INTID of Dom0's clock, or of what stands in for it
 * @param line first of three bare lines: for D1, for D2, and an edge for D3
 * @param cpus how many run Xen
 * @param master a device behind an IOMMU that reaches for memory, if there is one
 */
record Place(String profile, int rtc, int line, int cpus, Optional<String> master) {
    /** All there are: each driver, controller and peculiarity that suspend has to do with. */
    static final List<Place> ALL = List.of(
            zynq("fixture-zcu102", 4),
            virt("fixture-qemu-virt"),
            virt("fixture-qemu-virt-gicv3"),
            virt("fixture-uart-lost"),
            zynq("fixture-slow-cpu-off", 4),
            zynq("fixture-parked", 3),
            zynq("fixture-narrow", 4),
            zynq("fixture-trusted-os", 4),
            zynq("fixture-uniprocessor", 1),
            zynq("fixture-no-suspend", 4),
            new Place("qemu-virt", 34, 162, 4, Optional.of("pcie")),
            new Place("qemu-virt-gicv3", 34, 162, 4, Optional.of("pcie")),
            new Place("rcar-h3", 36, 232, 4, Optional.of("sdhi0")),
            new Place("imx8qm", 209, 332, 4, Optional.of("fec1")),
            new Place("fixture-imx8qm-lines", 209, 332, 4, Optional.of("fec1")),
            new Place("imx8mq", 51, 132, 4, Optional.empty()),
            new Place("fvp-base", 36, 160, 8, Optional.of("virtio-block")),
            zynq("zcu102", 4),
            new Place("fixture-lpuart", 58, 132, 4, Optional.empty()),
            new Place("fixture-scif", 58, 132, 4, Optional.empty()),
            new Place("fixture-nodes", 58, 48, 4, Optional.empty()),
            zynq("fixture-unequal", 3),
            virt("fixture-uniprocessor-gicv3", 1));

    private static final Map<String, Machine> MACHINES = new ConcurrentHashMap<>();

    private static Place zynq(String profile, int cpus) {
        return new Place(profile, 58, 132, cpus, Optional.of("gem0"));
    }

    private static Place virt(String profile) {
        return virt(profile, 4);
    }

    private static Place virt(String profile, int cpus) {
        return new Place(profile, 34, 162, cpus, Optional.empty());
    }

    /** Any, and one in four times the fixture of the scenarios. */
    static Place of(Dice dice) {
        return dice.oneIn(4) ? ALL.getFirst() : dice.of(ALL);
    }

    /** What reads its boards. */
    Machine machine() {
        return MACHINES.computeIfAbsent(
                profile,
                name -> new Machine(new Catalog().find(name).orElseThrow().profile()));
    }
}
