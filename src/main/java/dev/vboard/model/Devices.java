package dev.vboard.model;

import dev.vboard.model.bare.BareDevice;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Clock;
import dev.vboard.model.core.Device;
import dev.vboard.model.core.Layout;
import dev.vboard.model.core.Lines;
import dev.vboard.model.gpio.Pl061;
import dev.vboard.model.gpio.ZynqmpGpio;
import dev.vboard.model.peripheral.CadenceGem;
import dev.vboard.model.peripheral.Sdhci;
import dev.vboard.model.profile.DeviceSpec;
import dev.vboard.model.rtc.Pl031;
import dev.vboard.model.rtc.ZynqmpRtc;
import dev.vboard.model.smmu.Ipmmu;
import dev.vboard.model.smmu.SmmuV2;
import dev.vboard.model.smmu.SmmuV3;
import dev.vboard.model.uart.CadenceUart;
import dev.vboard.model.uart.Lpuart;
import dev.vboard.model.uart.Pl011;
import dev.vboard.model.uart.Scif;
import dev.vboard.model.watchdog.ImxWatchdog;
import dev.vboard.model.watchdog.RcarWatchdog;
import dev.vboard.model.watchdog.SbsaWatchdog;
import dev.vboard.model.watchdog.Sp805;
import dev.vboard.model.watchdog.ZynqmpWatchdog;

import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The surroundings devices are built into.
 *
 * @param lines the interrupt wires
 * @param clock virtual time and the system counter
 * @param reset the board's reset line, which watchdogs pull
 * @param power builds the blocks of the power unit
 */
record Devices(
        Lines lines, Clock clock, Consumer<Board> reset, Function<DeviceSpec, Device> power) {

    /**
     * Builds the device that a line of a profile stands for.
     *
     * @param own where its cells go: named after it, in its power domain
     * @param port how many UARTs come before it
     */
    Device build(Layout own, DeviceSpec spec, int port) {
        return switch (spec.deviceType()) {
            case BARE, POWER_KEY -> new BareDevice(own, spec, lines, clock);
            case PL011 -> new Pl011(own, spec, lines, clock, port);
            case CADENCE_UART -> new CadenceUart(own, spec, lines, clock, port);
            case LPUART -> new Lpuart(own, spec, lines, clock, port);
            case SCIF -> new Scif(own, spec, lines, clock, port);
            case PL031 -> new Pl031(own, spec, lines, clock);
            case ZYNQMP_RTC -> new ZynqmpRtc(own, spec, lines, clock);
            case CADENCE_GEM -> new CadenceGem(own, spec, lines);
            case SDHCI -> new Sdhci(own, spec, lines);
            case PL061 -> new Pl061(own, spec, lines);
            case ZYNQMP_GPIO -> new ZynqmpGpio(own, spec, lines);
            case SP805 -> new Sp805(own, spec, lines, clock, reset);
            case SBSA_WATCHDOG -> new SbsaWatchdog(own, spec, lines, clock, reset);
            case ZYNQMP_WDT -> new ZynqmpWatchdog(own, spec, lines, clock, reset);
            case IMX_WDOG -> new ImxWatchdog(own, spec, lines, clock, reset);
            case MMU_500 -> new SmmuV2(own, spec, lines);
            case SMMU_V3 -> new SmmuV3(own, spec, lines);
            case IPMMU -> new Ipmmu(own, spec, lines);
            case RCAR_RWDT -> new RcarWatchdog(own, spec, clock, reset);
            case ZYNQMP_LPD_SLCR, ZYNQMP_IOU_SLCR, ZYNQMP_RPU, IMX_GPC, IMX_IRQ_STEER ->
                power.apply(spec);
        };
    }
}
