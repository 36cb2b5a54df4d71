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
import org.junit.jupiter.params.provider.CsvFileSource;
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
            "zcu102", "imx8qm", "imx8mq", "fvp-base", "rcar-h3", "qemu-virt", "qemu-virt-gicv3");

    private static BoardProfile profile(String id) {
        return CATALOG.find(id).orElseThrow().profile();
    }

    @ParameterizedTest
    @CsvFileSource(files = "src/test/resources/boards/devices.csv")
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

    /** The node whose device has that interrupt among its own, if any. */
    private static OptionalInt wakeNodeOf(int intid) {
        return ZCU102.deviceOfIntid(intid).map(DeviceSpec::wakeNode).orElse(OptionalInt.empty());
    }

    /** The lines through which a node wakes the board. */
    private static List<Integer> wakeIntidsOf(int node) {
        return ZCU102.devices().stream()
                .filter(device -> device.wakeNode().equals(OptionalInt.of(node)))
                .flatMap(device -> device.wakeIntids().stream())
                .toList();
    }

    @Test
    void devT10_aGemWakesByItsWakeLineNotByItsDataLine() {
        for (int gem = 0; gem < 4; gem++) {
            int data = 57 + 2 * gem + 32;
            assertThat(wakeNodeOf(data)).as("enabling it arms the node").hasValue(29 + gem);
            assertThat(wakeNodeOf(data + 1)).hasValue(29 + gem);
            assertThat(wakeIntidsOf(29 + gem)).containsExactly(data + 1);
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
            assertThat(wakeNodeOf(spi + 32))
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
    void devT22_theDmaEnginesWakeThroughTheLinesTheFirmwareArms() {
        List<Integer> armed =
                IntStream.rangeClosed(76, 83).mapToObj(spi -> spi + 32).toList();
        assertThat(wakeIntidsOf(43)).isEqualTo(armed);
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
