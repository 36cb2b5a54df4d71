package dev.vboard.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.DeviceBench;
import dev.vboard.model.core.Clock;
import dev.vboard.model.core.Intids;
import dev.vboard.model.core.Layout;
import dev.vboard.model.core.Lines;
import dev.vboard.model.profile.BoardProfile;
import dev.vboard.model.profile.DeviceSpec;
import dev.vboard.model.profile.FirmwareSpec;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** devices.md 7, gic.md 9: what the boards are made of, typed from the tables. */
class ShippedProfilesTest {
    private static final Catalog CATALOG = new Catalog();
    private static final BoardProfile ZCU102 = profile("zcu102");
    private static final List<String> SHIPPED = List.of(
            "zcu102",
            "imx8qm",
            "imx8mq",
            "fvp-base",
            "rcar-h3",
            "qemu-virt",
            "qemu-virt-gicv3");

    private static BoardProfile profile(String id) {
        return CATALOG.find(id).orElseThrow().profile();
    }

    @ParameterizedTest
    @CsvSource({
        "qemu-virt, uart0, 0x09000000, 1",
        "qemu-virt, rtc, 0x09010000, 2",
        "qemu-virt, gpio, 0x09030000, 7",
        "qemu-virt, secure-uart, 0x09040000, 8",
        "qemu-virt, smmu, 0x09050000, 74 75 76 77",
        "qemu-virt, ged, 0x09080000, 9",
        "qemu-virt, virtio0, 0x0a000000, 16",
        "qemu-virt, virtio31, 0x0a003e00, 47",
        "qemu-virt, pcie, 0x10000000, 3 4 5 6",
        "zcu102, uart0, 0xff000000, 21",
        "zcu102, uart1, 0xff010000, 22",
        "zcu102, i2c0, 0xff020000, 17",
        "zcu102, i2c1, 0xff030000, 18",
        "zcu102, spi0, 0xff040000, 19",
        "zcu102, spi1, 0xff050000, 20",
        "zcu102, can0, 0xff060000, 23",
        "zcu102, can1, 0xff070000, 24",
        "zcu102, gpio, 0xff0a0000, 16",
        "zcu102, gem0, 0xff0b0000, 57 58",
        "zcu102, gem1, 0xff0c0000, 59 60",
        "zcu102, gem2, 0xff0d0000, 61 62",
        "zcu102, gem3, 0xff0e0000, 63 64",
        "zcu102, qspi, 0xff0f0000, 15",
        "zcu102, nand, 0xff100000, 14",
        "zcu102, ttc0, 0xff110000, 36 37 38",
        "zcu102, ttc3, 0xff140000, 45 46 47",
        "zcu102, lpd-swdt, 0xff150000, 52",
        "zcu102, sd0, 0xff160000, 48 50",
        "zcu102, sd1, 0xff170000, 49 51",
        "zcu102, ipi, 0xff300000, 35",
        "zcu102, adma0, 0xffa80000, 77",
        "zcu102, adma7, 0xffaf0000, 84",
        "zcu102, rtc, 0xffa60000, 26 27",
        "zcu102, bbram, 0xffcd0000, 11",
        "zcu102, efuse, 0xffcc0000, 87",
        "zcu102, usb0, 0xfe200000, 65 66 67 68 69 75 76",
        "zcu102, usb1, 0xfe300000, 70 71 72 73 74",
        "zcu102, ddrc, 0xfd070000, 112",
        "zcu102, sata, 0xfd0c0000, 133",
        "zcu102, pcie, 0xfd0e0000, 114 115 116 117 118",
        "zcu102, crf-apb, 0xfd1a0000, 120",
        "zcu102, dp, 0xfd4a0000, 119",
        "zcu102, fpd-swdt, 0xfd4d0000, 113",
        "zcu102, gdma0, 0xfd500000, 124",
        "zcu102, gdma7, 0xfd570000, 131",
        "zcu102, apu, 0xfd5c0000, 153",
        "zcu102, cci, 0xfd6e0000, 123",
        "zcu102, smmu, 0xfd800000, 155",
        "zcu102, cpu-pmu, 0x0, 143 144 145 146",
        "imx8qm, smmu, 0x51400000, 32",
        "imx8qm, lpuart0, 0x5a060000, 225",
        "imx8qm, lpuart3, 0x5a090000, 228",
        "imx8qm, i2c0, 0x5a800000, 220",
        "imx8qm, i2c3, 0x5a830000, 223",
        "imx8qm, gpio0, 0x5d080000, 136",
        "imx8qm, gpio7, 0x5d0f0000, 143",
        "imx8qm, mu0, 0x5d1b0000, 176",
        "imx8qm, mu1, 0x5d1c0000, 177",
        "imx8mq, uart1, 0x30860000, 26",
        "imx8mq, uart2, 0x30890000, 27",
        "imx8mq, uart3, 0x30880000, 28",
        "imx8mq, gpio1, 0x30200000, 64 65",
        "imx8mq, gpio5, 0x30240000, 72 73",
        "imx8mq, wdog1, 0x30280000, 78",
        "imx8mq, wdog2, 0x30290000, 79",
        "imx8mq, wdog3, 0x302a0000, 10",
        "imx8mq, snvs-rtc, 0x30370000, 19 20",
        "imx8mq, power-key, 0x0, 4",
        "imx8mq, src, 0x30390000, 89",
        "imx8mq, gpc, 0x303a0000, 87",
        "imx8mq, system-counter, 0x306a0000, 47",
        "fvp-base, uart0, 0x1c090000, 5",
        "fvp-base, uart3, 0x1c0c0000, 8",
        "fvp-base, watchdog, 0x1c0f0000, 0",
        "fvp-base, timer01, 0x1c110000, 2",
        "fvp-base, timer23, 0x1c120000, 3",
        "fvp-base, rtc, 0x1c170000, 4",
        "fvp-base, sbsa-watchdog, 0x2a440000, 27",
        "fvp-base, smmu, 0x2b400000, 74 75 77 79",
        "fvp-base, virtio-block, 0x1c130000, 42",
        "fvp-base, ethernet, 0x1a000000, 15",
        "rcar-h3, scif2, 0xe6e88000, 164",
        "rcar-h3, gpio0, 0xe6050000, 4",
        "rcar-h3, gpio7, 0xe6055800, 11",
        "rcar-h3, intc-ex, 0xe61c0000, 0 1 2 3 18 161",
        "rcar-h3, cmt0, 0xe60f0000, 142 143",
        "rcar-h3, sdhi0, 0xee100000, 165",
        "rcar-h3, pcie0, 0xfe000000, 116 117 118",
        "rcar-h3, pmu-a57, 0x0, 72 73 74 75",
        "rcar-h3, pmu-a53, 0x0, 84 85 86 87",
        "rcar-h3, ipmmu, 0xe67b0000, 196 197",
    })
    void aDeviceHasTheInterruptsOfTheTableEachThirtyTwoAboveItsSpiNumber(
            String id, String name, String address, String spis) {
        DeviceSpec device = profile(id).device(name).orElseThrow();
        List<Integer> intids =
                IntStream.of(numbers(spis)).mapToObj(spi -> spi + 32).toList();
        assertThat(device.intids()).isEqualTo(intids);
        assertThat(device.address()).isEqualTo(Long.decode(address));
    }

    @ParameterizedTest
    @CsvSource({
        "zcu102, 4 x a53, 40, 2, 0xf9010000, 100000000, fpd, false, 1.1",
        "imx8qm, 4 x a53 2 x a72, 40 44, 3, 0x51a00000, 8000000, system, false, 1.1",
        "imx8mq, 4 x a53, 40, 3, 0x38800000, 8333333, system, true, 1.1",
        "fvp-base, 8 x aemv8-a, 48, 3, 0x2f000000, 100000000, system, false, 1.1",
        "rcar-h3, 4 x a57 4 x a53, 44 40, 2, 0xf1010000, 16660000, platform, false, 1.0",
        "qemu-virt, 4 x a57, 44, 2, 0x08000000, 62500000, system, false, 1.1",
        "qemu-virt-gicv3, 4 x a57, 44, 3, 0x08000000, 62500000, system, false, 1.1",
    })
    void aBoardHasTheCpusTheGicTheCounterAndTheFirmwareOfTheText(
            String id,
            String cores,
            String paBits,
            int gic,
            String gicd,
            long counterHz,
            String gicDomain,
            boolean counterStops,
            String psci) {
        BoardProfile board = profile(id);
        Map<String, Integer> counted = new LinkedHashMap<>();
        board.cpus()
                .forEach(cpu -> counted.merge(cpu.core().replace("cortex-", ""), 1, Integer::sum));
        assertThat(counted.entrySet().stream()
                        .map(entry -> entry.getValue() + " x " + entry.getKey())
                        .collect(Collectors.joining(" ")))
                .isEqualTo(cores);
        assertThat(board.cpus().stream()
                        .map(cpu -> String.valueOf(cpu.paBits()))
                        .distinct()
                        .collect(Collectors.joining(" ")))
                .isEqualTo(paBits);
        assertThat(board.cpus()).allMatch(cpu -> cpu.mpidr() >>> 8 == cpu.cluster());
        assertThat(board.gic().version()).isEqualTo(gic);
        assertThat(board.gic().gicd()).isEqualTo(Long.decode(gicd));
        assertThat(board.gic().powerDomain()).isEqualTo(gicDomain);
        assertThat(board.counterHz()).isEqualTo(counterHz);
        assertThat(board.counterStopsInSystemSuspend()).isEqualTo(counterStops);
        assertThat(board.firmware().psci()).isEqualTo(psci);
        assertThat(board.firmware().systemSuspend()).isTrue();
    }

    @Test
    void theFvpsFirmwareHasAllThatPsciLeavesOpen() {
        FirmwareSpec firmware = profile("fvp-base").firmware();
        assertThat(firmware.stateIds()).isEqualTo("recommended");
        assertThat(List.of(
                        firmware.stat(),
                        firmware.nodeHwState(),
                        firmware.osInitiated(),
                        firmware.reset2(),
                        firmware.memProtect()))
                .containsOnly(true);
    }

    @Test
    void onlyTheConsoleAndTheIommuOfRcarHaveDriversThatCanSuspend() {
        for (String id : SHIPPED) {
            boolean rcar = id.equals("rcar-h3");
            assertThat(profile(id).hooks().uart()).as(id).isEqualTo(rcar);
            assertThat(profile(id).hooks().iommu()).as(id).isEqualTo(rcar);
        }
    }

    @Test
    void eachBoardHasTheWatchdogsOfItsOwn() {
        Map<String, List<String>> types = Map.of(
                "zcu102", List.of("zynqmp-wdt", "zynqmp-wdt"),
                "imx8qm", List.of(),
                "imx8mq", List.of("imx-wdog", "imx-wdog", "imx-wdog"),
                "fvp-base", List.of("sp805", "sbsa-watchdog"),
                "rcar-h3", List.of("rcar-rwdt"),
                "qemu-virt", List.of(),
                "qemu-virt-gicv3", List.of());
        assertThat(types.keySet()).containsExactlyInAnyOrderElementsOf(SHIPPED);
        types.forEach((id, watchdogs) -> assertThat(profile(id).devices().stream()
                        .map(DeviceSpec::type)
                        .filter(type -> type.matches(".*(wd|watchdog|sp805).*"))
                        .toList())
                .as(id)
                .isEqualTo(watchdogs));
    }

    private static int[] numbers(String text) {
        return List.of(text.split(" ")).stream().mapToInt(Integer::parseInt).toArray();
    }

    @Test
    void qemuVirtIsAGicv2BoardWithSyntheticFirmware() {
        BoardProfile virt = profile("qemu-virt");
        assertThat(virt.cpus()).hasSize(4);
        assertThat(virt.gic().version()).isEqualTo(2);
        assertThat(virt.gic().intids()).isEqualTo(288);
        assertThat(virt.gic().gicd()).isEqualTo(0x0800_0000L);
        assertThat(virt.gic().gicc()).hasValue(0x0801_0000L);
        assertThat(virt.gic().gich()).hasValue(0x0803_0000L);
        assertThat(virt.gic().gicv()).hasValue(0x0804_0000L);
        assertThat(virt.counterHz()).isEqualTo(62_500_000);
        assertThat(virt.firmware().synthetic()).isTrue();
        assertThat(virt.firmware().systemSuspend()).isTrue();
        assertThat(virt.power().gicLostInSuspend()).isFalse();
        assertThat(virt.console()).hasValue("uart0");
    }

    @Test
    void zcu102IsAGic400BoardWhoseFullPowerDomainGoesOff() {
        assertThat(ZCU102.cpus()).hasSize(4).allMatch(cpu -> cpu.paBits() == 40);
        assertThat(ZCU102.cpus()).allMatch(cpu -> cpu.midr() == 0x410F_D034L);
        assertThat(ZCU102.gic().intids()).isEqualTo(192);
        assertThat(ZCU102.gic().priorityBits()).isEqualTo(5);
        assertThat(ZCU102.gic().wideAliases()).isTrue();
        assertThat(ZCU102.gic().powerDomain()).isEqualTo("fpd");
        assertThat(ZCU102.device("smmu").orElseThrow().powerDomain()).hasValue("fpd");
        assertThat(ZCU102.device("rtc").orElseThrow().powerDomain()).hasValue("battery");
        assertThat(ZCU102.firmware().powerStateFormat()).isEqualTo("extended");
        assertThat(accepts(0x7FFF_FFFFL)).isTrue();
        assertThat(accepts(0x8000_0000L)).isFalse();
        assertThat(accepts(0xFFFE_A000L)).isFalse();
        assertThat(accepts(0x1_0000_0000L)).isFalse();
        assertThat(accepts(0x8_0000_0000L)).isTrue();
    }

    private static boolean accepts(long entry) {
        return ZCU102.firmware().entryRanges().stream().anyMatch(range -> range.holds(entry));
    }

    @Test
    void devT10_aGemWakesByItsWakeLineNotByItsDataLine() {
        for (int gem = 0; gem < 4; gem++) {
            int data = 57 + 2 * gem + 32;
            assertThat(ZCU102.wakeNodeOf(data)).as("enabling it arms the node").hasValue(29 + gem);
            assertThat(ZCU102.wakeNodeOf(data + 1)).hasValue(29 + gem);
            assertThat(ZCU102.wakeIntidsOf(29 + gem)).containsExactly(data + 1);
        }
    }

    @Test
    void devT17_theNodeMapGoesByDeviceTreeSpiNumbers() {
        int[] nodeOfSpi = new int[192];
        node(nodeOfSpi, 44, 14, 14);
        node(nodeOfSpi, 45, 15, 15);
        node(nodeOfSpi, 46, 16, 16);
        node(nodeOfSpi, 37, 17, 17);
        node(nodeOfSpi, 38, 18, 18);
        node(nodeOfSpi, 35, 19, 19);
        node(nodeOfSpi, 36, 20, 20);
        node(nodeOfSpi, 33, 21, 21);
        node(nodeOfSpi, 34, 22, 22);
        node(nodeOfSpi, 47, 23, 23);
        node(nodeOfSpi, 48, 24, 24);
        node(nodeOfSpi, 61, 26, 27);
        node(nodeOfSpi, 24, 36, 38);
        node(nodeOfSpi, 25, 39, 41);
        node(nodeOfSpi, 26, 42, 44);
        node(nodeOfSpi, 27, 45, 47);
        node(nodeOfSpi, 39, 48, 48);
        node(nodeOfSpi, 40, 49, 49);
        node(nodeOfSpi, 39, 50, 50);
        node(nodeOfSpi, 40, 51, 51);
        node(nodeOfSpi, 29, 57, 58);
        node(nodeOfSpi, 30, 59, 60);
        node(nodeOfSpi, 31, 61, 62);
        node(nodeOfSpi, 32, 63, 64);
        node(nodeOfSpi, 22, 65, 69);
        node(nodeOfSpi, 23, 70, 74);
        node(nodeOfSpi, 22, 75, 76);
        node(nodeOfSpi, 43, 77, 84);
        for (int spi = 0; spi < 160; spi++) {
            int node = nodeOfSpi[spi];
            assertThat(ZCU102.wakeNodeOf(spi + 32))
                    .as("SPI " + spi)
                    .isEqualTo(node == 0 ? OptionalInt.empty() : OptionalInt.of(node));
        }
    }

    private static void node(int[] nodeOfSpi, int node, int first, int last) {
        for (int spi = first; spi <= last; spi++) {
            nodeOfSpi[spi] = node;
        }
    }

    @Test
    void theInterprocessorInterruptAlwaysWakesAndNothingElseDoes() {
        List<DeviceSpec> always =
                ZCU102.devices().stream().filter(DeviceSpec::wakeAlways).toList();
        assertThat(always).hasSize(1);
        assertThat(always.getFirst().wakeIntids()).containsExactly(35 + 32);
    }

    @Test
    void theDmaEnginesWakeThroughTheLinesTheFirmwareArms() {
        List<Integer> armed =
                IntStream.rangeClosed(76, 83).mapToObj(spi -> spi + 32).toList();
        assertThat(ZCU102.wakeIntidsOf(43)).isEqualTo(armed);
    }

    @Test
    void theDevicesOfABoardTakeAtMostTwoKilobytes() {
        for (String id : List.of("zcu102", "qemu-virt")) {
            BoardProfile board = profile(id);
            Layout layout = Layout.segment("devices", 0);
            Layout elsewhere = Layout.segment("elsewhere", 1);
            Clock clock = new Clock(elsewhere, 1);
            Lines lines = new Lines(elsewhere, new Intids(1, board.gic().intids()));
            for (DeviceSpec device : board.devices()) {
                DeviceBench.device(device, layout.in(0), lines, clock);
            }
            assertThat(layout.build().sizeBytes()).as(id).isBetween(1, 2048);
        }
    }
}
