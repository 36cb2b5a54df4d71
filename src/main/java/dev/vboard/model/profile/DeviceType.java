package dev.vboard.model.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The kinds of device there are. */
public enum DeviceType {
    /** Interrupt lines, and registers that read as zero. */
    BARE("bare", 0, 1024, Role.LINES),
    /** Arm's UART. */
    PL011("pl011", 1, 1, Role.CONSOLE),
    /** Cadence's UART, as ZynqMP has it. */
    CADENCE_UART("cadence-uart", 1, 1, Role.CONSOLE),
    /** NXP's UART, as i.MX8QM has it. */
    LPUART("lpuart", 1, 1, Role.CONSOLE),
    /** Renesas' UART, as R-Car has it. */
    SCIF("scif", 1, 1, Role.CONSOLE),
    /** Arm's real-time clock. */
    PL031("pl031", 1, 1, Role.OTHER),
    /** ZynqMP's real-time clock: the alarm's line and the seconds' line. */
    ZYNQMP_RTC("zynqmp-rtc", 2, 2, Role.OTHER),
    /** ZynqMP's low-power control registers, with the GIC proxy. */
    ZYNQMP_LPD_SLCR("zynqmp-lpd-slcr", 0, 1, Role.OTHER),
    /** ZynqMP's peripheral control registers, with the masters' coherency. */
    ZYNQMP_IOU_SLCR("zynqmp-iou-slcr", 0, 1, Role.OTHER),
    /** ZynqMP's real-time processors, as another master of the power unit. */
    ZYNQMP_RPU("zynqmp-rpu", 0, 0, Role.LINES),
    /** The general power controller of i.MX8M. */
    IMX_GPC("imx-gpc", 0, 1, Role.OTHER),
    /** The wake-up interrupt steering block of i.MX8QM. */
    IMX_IRQ_STEER("imx-irq-steer", 0, 1, Role.OTHER),
    /** Cadence's Ethernet interface: the data line, and the wake line where it has one. */
    CADENCE_GEM("cadence-gem", 1, 2, Role.OTHER),
    /** A standard SD host controller: its line, and the wake line where it has one. */
    SDHCI("sdhci", 1, 2, Role.OTHER),
    /** Arm's GPIO with eight pins, the power key on pin 3. */
    PL061("pl061", 1, 1, Role.OTHER),
    /** ZynqMP's GPIO, its first bank, a button on pin 22. */
    ZYNQMP_GPIO("zynqmp-gpio", 1, 1, Role.OTHER),
    /** A key with an interrupt line and nothing else. */
    POWER_KEY("power-key", 1, 1, Role.LINES),
    /** Arm's watchdog. */
    SP805("sp805", 1, 1, Role.OTHER),
    /** The generic watchdog of server systems. */
    SBSA_WATCHDOG("sbsa-watchdog", 1, 1, Role.OTHER),
    /** ZynqMP's watchdog, of either power domain. */
    ZYNQMP_WDT("zynqmp-wdt", 1, 1, Role.OTHER),
    /** A watchdog of i.MX8M. */
    IMX_WDOG("imx-wdog", 1, 1, Role.OTHER),
    /** R-Car's watchdog, which has no interrupt. */
    RCAR_RWDT("rcar-rwdt", 0, 0, Role.OTHER),
    /** Arm's MMU-500, an SMMUv2. */
    MMU_500("mmu-500", 1, 1, Role.IOMMU),
    /** Arm's SMMUv3: lines for events, page requests, command syncs, global errors. */
    SMMU_V3("smmu-v3", 4, 4, Role.IOMMU),
    /** Renesas' IPMMU: the line of its faults first. */
    IPMMU("ipmmu", 1, 2, Role.IOMMU);

    private final String wire;
    private final int fewestLines;
    private final int mostLines;
    private final Role role;

    private enum Role {
        LINES,
        CONSOLE,
        IOMMU,
        OTHER
    }

    DeviceType(String wire, int fewestLines, int mostLines, Role role) {
        this.wire = wire;
        this.fewestLines = fewestLines;
        this.mostLines = mostLines;
        this.role = role;
    }

    /** The type with that name in a profile. */
    public static Optional<DeviceType> named(String wire) {
        for (DeviceType type : values()) {
            if (type.wire.equals(wire)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /** The names of all types. */
    public static List<String> names() {
        List<String> names = new ArrayList<>();
        for (DeviceType type : values()) {
            names.add(type.wire);
        }
        return List.copyOf(names);
    }

    /** The name in a profile, for example {@code pl011}. */
    public String wire() {
        return wire;
    }

    /** Whether that is a possible number of interrupt lines. */
    public boolean mayHaveLines(int count) {
        return count >= fewestLines && count <= mostLines;
    }

    /** Whether its lines may be PPIs, one for each CPU. */
    public boolean mayHavePpis() {
        return this == BARE;
    }

    /** Whether it cannot be without a register window. */
    public boolean needsRegisters() {
        return role != Role.LINES;
    }

    /** Whether DMA goes through it. */
    public boolean isIommu() {
        return role == Role.IOMMU;
    }

    /** What its register window must be like, in words; empty when that size will do. */
    public String wrongWindow(long sizeBytes) {
        boolean pages = sizeBytes >= 0x4000 && sizeBytes <= 0x10_0000;
        if (this == MMU_500 && (!pages || Long.bitCount(sizeBytes) != 1)) {
            return "a register window of 16 KiB to 1 MiB, a power of two";
        }
        return needsRegisters() && sizeBytes == 0 ? "a register window" : "";
    }

    /** Whether Xen can print on it. */
    public boolean isConsole() {
        return role == Role.CONSOLE;
    }
}
