package dev.vboard.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.RegisterText.View;
import dev.vboard.model.core.Access;
import dev.vboard.model.core.Register;
import dev.vboard.model.core.Registers;
import dev.vboard.model.profile.DeviceType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** devices.md 2, 3 and 7.2: reset values, access and writable bits, as typed from the manuals. */
class DeviceRegistersTest {
    /** Type, number of interrupts, number of the bank, file. */
    private static final String BANKS = """
            pl011         | 1 | 0 | pl011
            cadence-uart  | 1 | 0 | cadence-uart
            lpuart        | 1 | 0 | lpuart
            scif          | 1 | 0 | scif
            pl031         | 1 | 0 | pl031
            zynqmp-rtc    | 2 | 0 | zynqmp-rtc
            cadence-gem   | 2 | 0 | cadence-gem
            sdhci         | 2 | 0 | sdhci
            pl061         | 1 | 0 | pl061
            zynqmp-gpio   | 1 | 0 | zynqmp-gpio
            sp805         | 1 | 0 | sp805
            sbsa-watchdog | 1 | 0 | sbsa-watchdog
            sbsa-watchdog | 1 | 1 | sbsa-watchdog-refresh
            zynqmp-wdt    | 1 | 0 | zynqmp-wdt
            imx-wdog      | 1 | 0 | imx-wdog
            rcar-rwdt     | 0 | 0 | rcar-rwdt
            zynqmp-lpd-slcr | 0 | 0 | zynqmp-lpd-slcr
            zynqmp-iou-slcr | 0 | 0 | zynqmp-iou-slcr
            imx-gpc       | 0 | 0 | imx-gpc
            imx-irq-steer | 0 | 0 | imx-irq-steer
            mmu-500       | 1 | 0 | mmu-500-gr0
            mmu-500       | 1 | 1 | mmu-500-gr1
            mmu-500       | 1 | 2 | mmu-500-cb0
            ipmmu         | 2 | 0 | ipmmu
            smmu-v3       | 4 | 0 | smmu-v3-page0
            smmu-v3       | 4 | 1 | smmu-v3-page1
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = BANKS)
    void aBlockHasTheRegistersOfItsFileAndNoOthers(
            String type, int interrupts, int bank, String file) throws IOException {
        Registers registers =
                new DeviceBench(type, interrupts).device().registers().get(bank);
        List<String> declared = new ArrayList<>();
        for (Register register : registers.all()) {
            for (int i = 0; i < register.count(); i++) {
                long offset = register.offset() + (long) register.unit() * i;
                declared.add(register.name(i) + "@0x" + Long.toHexString(offset));
            }
        }
        assertThat(RegisterText.named(file).declared()).isEqualTo(declared);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = BANKS)
    void aRegisterResetsAndTakesAccessesAsItsFileSays(
            String type, int interrupts, int bank, String file) throws IOException {
        DeviceBench bench = new DeviceBench(type, interrupts);
        Registers registers = bench.device().registers().get(bank);
        RegisterText.named(file).check(new View(0, file, registers, bench::fresh, Access::el2));
    }

    @Test
    void everyTypeOfDeviceWithRegistersHasAFile() {
        for (DeviceType type : DeviceType.values()) {
            if (type.needsRegisters()) {
                assertThat(BANKS).contains(type.wire() + " ");
            }
        }
    }
}
