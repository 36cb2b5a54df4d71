package dev.vboard.model.profile;

import java.util.List;
import java.util.Optional;

/** The power-management nodes of ZynqMP (devices.md 7.2), by number. */
public enum EemiNode {
    APU(1, Kind.POWER, ""),
    APU_0(2, Kind.PROCESSOR, ""),
    APU_1(3, Kind.PROCESSOR, ""),
    APU_2(4, Kind.PROCESSOR, ""),
    APU_3(5, Kind.PROCESSOR, ""),
    RPU(6, Kind.PROCESSOR, ""),
    RPU_0(7, Kind.PROCESSOR, ""),
    RPU_1(8, Kind.PROCESSOR, ""),
    PLD(9, Kind.POWER, ""),
    FPD(10, Kind.POWER, ""),
    L2(19, Kind.SLAVE, ""),
    USB_0(22, Kind.SLAVE, "usb0"),
    USB_1(23, Kind.SLAVE, "usb1"),
    TTC_0(24, Kind.SLAVE, "ttc0"),
    TTC_1(25, Kind.SLAVE, "ttc1"),
    TTC_2(26, Kind.SLAVE, "ttc2"),
    TTC_3(27, Kind.SLAVE, "ttc3"),
    SATA(28, Kind.SLAVE, "sata"),
    ETH_0(29, Kind.SLAVE, "gem0"),
    ETH_1(30, Kind.SLAVE, "gem1"),
    ETH_2(31, Kind.SLAVE, "gem2"),
    ETH_3(32, Kind.SLAVE, "gem3"),
    UART_0(33, Kind.SLAVE, "uart0"),
    UART_1(34, Kind.SLAVE, "uart1"),
    SPI_0(35, Kind.SLAVE, "spi0"),
    SPI_1(36, Kind.SLAVE, "spi1"),
    I2C_0(37, Kind.SLAVE, "i2c0"),
    I2C_1(38, Kind.SLAVE, "i2c1"),
    SD_0(39, Kind.SLAVE, "sd0"),
    SD_1(40, Kind.SLAVE, "sd1"),
    DP(41, Kind.SLAVE, "dp"),
    GDMA(42, Kind.SLAVE, "gdma"),
    ADMA(43, Kind.SLAVE, "adma"),
    NAND(44, Kind.SLAVE, "nand"),
    QSPI(45, Kind.SLAVE, "qspi"),
    GPIO(46, Kind.SLAVE, "gpio"),
    CAN_0(47, Kind.SLAVE, "can0"),
    CAN_1(48, Kind.SLAVE, "can1"),
    EXTERN(49, Kind.SLAVE, ""),
    DDR(55, Kind.SLAVE, "ddrc"),
    IPI_APU(56, Kind.SLAVE, "ipi"),
    GPU(58, Kind.SLAVE, "gpu"),
    PCIE(59, Kind.SLAVE, "pcie"),
    RTC(61, Kind.SLAVE, "rtc"),
    LPD(62, Kind.POWER, "");

    /** One more than the highest number. */
    public static final int COUNT = 64;

    private static final List<EemiNode> ALL = List.of(values());

    private final int id;
    private final Kind kind;
    private final String device;

    /** What a node stands for. */
    public enum Kind {
        /** A core, or the pair of real-time cores. */
        PROCESSOR,
        /** A power domain. */
        POWER,
        /** A peripheral or memory. */
        SLAVE
    }

    EemiNode(int id, Kind kind, String device) {
        this.id = id;
        this.kind = kind;
        this.device = device;
    }

    /** Its number. */
    public int id() {
        return id;
    }

    /** What it stands for. */
    public Kind kind() {
        return kind;
    }

    /** The node with that number. */
    public static Optional<EemiNode> of(int id) {
        for (EemiNode node : ALL) {
            if (node.id == id) {
                return Optional.of(node);
            }
        }
        return Optional.empty();
    }

    /**
     * Whether a device is the node's, or one of several that share it: by the profile's wake node,
     * else by the device's name.
     */
    public boolean covers(DeviceSpec of) {
        if (of.wakeNode().isPresent()) {
            return of.wakeNode().getAsInt() == id;
        }
        boolean several = this == GDMA || this == ADMA;
        return !device.isEmpty()
                && (several ? of.name().startsWith(device) : of.name().equals(device));
    }
}
