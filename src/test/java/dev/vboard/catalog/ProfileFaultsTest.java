package dev.vboard.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vboard.catalog.ProfileException.Fault;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** api.md 2.1: a broken profile is refused with every fault named. */
class ProfileFaultsTest {
    private static final Catalog CATALOG = new Catalog();
    private static final String CPU = "mpidr: 0x0, core: cortex-a53, paBits: 40, midr: 0x1";

    private static void refuses(String yaml, String pointer, String message) {
        assertThatThrownBy(() -> CATALOG.load(yaml))
                .isInstanceOfSatisfying(ProfileException.class, refused -> {
                    assertThat(refused.faults())
                            .extracting(Fault::pointer)
                            .as(refused.getMessage())
                            .contains(pointer);
                    assertThat(refused).hasMessageContaining(message);
                });
    }

    private static void extensionRefuses(String fields, String pointer, String message) {
        refuses("id: mine\nextends: zcu102\n" + fields, pointer, message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "counterHz: 1.5 | /counterHz | integer",
                "counterHz: -1 | /counterHz | integer",
                "counterHz: 99999999999999999999 | /counterHz | integer",
                "counterHz: null | /counterHz | integer",
                "gic: [] | /gic | object",
                "gic: {gicd: '0x1ffffffffffffffff'} | /gic/gicd | 64 bits",
                "gic: {gicd: -1} | /gic/gicd | 64 bits",
                "gic: {gicd: '4096'} | /gic/gicd | hexadecimal",
                "gic: {intids: 100} | /gic/intids | multiple of 32",
                "gic: {intids: 2048} | /gic/intids | 1024",
                "gic: {gicc: null} | /gic/gicc | required",
                "gic: {version: 3} | /gic/gicr | required",
                "gic: {version: 3, gicr: '0xf9108000'} | /gic/gicr | 64 KiB",
                "gic: {version: 3, gicd: '0xf9011000'} | /gic/gicd | 64 KiB",
                "gic: {version: 3, priorityBits: 4} | /gic/priorityBits | 5 or more",
                "gic: {version: 3, gicr: '0xff000000'} | /devices/0/address | overlaps GICR",
                "gic: {powerDomain: fdp} | /gic/powerDomain | mean fpd",
                "gic: {piorityBits: 5} | /gic/piorityBits | mean priorityBits",
                "firmware: {powerStateFormat: new} | /firmware/powerStateFormat | extended",
                "firmware: {stateIds: null} | /firmware/stateIds | one of null",
                "firmware: {entryRanges: [[2, 1]]} | /firmware/entryRanges/0 | end",
                "firmware: {entryRanges: [[2]]} | /firmware/entryRanges/0 | two values",
                "firmware: {trustedOsCpu: 4} | /firmware/trustedOsCpu | no such CPU",
                "power: {wakeTargeting: ALL} | /power/wakeTargeting | STRICT_GIC",
                "memory: [] | /memory | at least one",
                "memory: [[0, 0]] | /memory/0 | empty",
                "memory: [[1, 4096]] | /memory/0 | page",
                "memory: [['0xfffffffffffff000', 8192]] | /memory/0 | address space",
                "memory: [[0, 8192], [4096, 4096]] | /memory/1 | overlaps RAM at /memory/0",
                "timing: {wakeNs: soon} | /timing/wakeNs | nanoseconds",
                "timing: {wakeNs: 0.5ns} | /timing/wakeNs | nanoseconds",
                "timing: {stepNs: {freezes: 1}} | /timing/stepNs/freezes | mean freeze",
                "limits: {events: 0} | /limits/events | from 16",
                "limits: {domains: 1000} | /limits/domains | to 29",
                "console: uart7 | /console | there is no UART uart7",
                "console: rtc | /console | there is no UART rtc",
                "cpus: [] | /cpus | at least one",
                "hooks: {uart: 'true'} | /hooks/uart | true or false",
                "aliases: zc | /aliases | array",
            })
    void aFieldIsWrong(String fields, String pointer, String message) {
        extensionRefuses(fields, pointer, message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "type: abacus, intids: [] | /devices/0/type | one of bare",
                "type: pl101, intids: [] | /devices/0/type | mean pl011",
                "type: bare, intids: [spi:500] | /devices/0/intids/0 | 192 INTIDs",
                "type: bare, intids: [spi:x] | /devices/0/intids/0 | INTID",
                "type: bare, intids: [3] | /devices/0/intids/0 | INTID",
                "type: bare, intids: [132, 132] | /devices/0/intids/1 | SPI 100 (INTID 132)",
                "type: bare, wakeIntids: [200] | /devices/0/wakeIntids/0 | 192 INTIDs",
                "type: bare, address: 0xf9010800, size: 4096 | /devices/0/address | GICD",
                "type: bare, address: 0x1000, size: 4096 | /devices/0/address | RAM",
                "type: bare, powerDomain: ldp | /devices/0/powerDomain | mean lpd",
                "type: bare, smmu: smmu | /devices/0/smmu | no device smmu",
                "type: bare, trigger: falling | /devices/0/trigger | level, edge",
                "type: bare, wakeNode: x | /devices/0/wakeNode | integer",
                "type: pl031, intids: [33] | /devices/0/size | register window",
                "type: pl011, intids: [] | /devices/0/intids | cannot have 0",
                "type: zynqmp-rtc, intids: [33] | /devices/0/intids | cannot have 1",
                "type: bare, dmaa: true | /devices/0/dmaa | mean dma",
            })
    void aDeviceIsWrong(String fields, String pointer, String message) {
        extensionRefuses("devices: [{name: d, " + fields + "}]", pointer, message);
    }

    @Test
    void anSpiIsUsedTwice() {
        extensionRefuses(
                "devices: [{name: a, type: bare, intids: [132]}, "
                        + "{name: b, type: bare, intids: [spi:100]}]",
                "/devices/1/intids/0",
                "used by a too");
    }

    @Test
    void twoDevicesHaveOneNameOrOverlap() {
        String two = "devices: [{name: a, type: bare, address: 0xff000000, size: 0x1000}, "
                + "{name: a, type: bare, address: 0xff000800, size: 0x1000}]";
        extensionRefuses(two, "/devices/1/name", "another device a");
        extensionRefuses(two, "/devices/1/address", "overlaps a at /devices/0/address");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "id: 1, CPU | /cpus/0/id | must be 0",
                "id: 0, CPU, paBits: 41 | /cpus/0/paBits | Duplicate",
                "id: 0, CPU, cluster: 9, vmidBits: 12 | /cpus/0/vmidBits | 8 or 16",
                "id: 0, CPU, dcacheLine: 48 | /cpus/0/dcacheLine | power of two",
                "id: 0, CPU, cores: 2 | /cpus/0/cores | not a field",
                "id: 0, mpidr: 0x80000000, core: x, paBits: 41, midr: 1 | /cpus/0/mpidr | affinity",
                "id: 0, mpidr: 0x80000000, core: x, paBits: 41, midr: 1 | /cpus/0/paBits | one of",
                "id: 0 | /cpus/0/midr | required",
            })
    void aCpuIsWrong(String fields, String pointer, String message) {
        String cpu = fields.replace("CPU", CPU);
        extensionRefuses("cpus: [{" + cpu + "}]", pointer, message);
    }

    @Test
    void aMpidrIsUsedTwice() {
        String two = "cpus: [{id: 0, " + CPU + "}, {id: 1, " + CPU + "}]";
        extensionRefuses(two, "/cpus/1/mpidr", "CPU 0 too");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{name: fpd, parent: x, level: 2} | /power/tree/0/parent | no power domain x",
                "{name: fpd, parent: fpd, level: 2} | /power/tree/0/parent | feeds itself",
                "{name: fpd, parent: b, level: 2}, {name: b, parent: fpd, level: 1}"
                        + " | /power/tree/1/parent | feeds itself",
                "{name: fpd, level: 2}, {name: fpd, level: 2} | /power/tree/1/name | another",
                "{name: cpu0, level: 2} | /power/tree/0/name | own power domain",
                "{name: fpd, level: 2} | /cpus/0/cluster | in no power domain",
                "{name: fpd, level: 2, clusters: [0, 0]} | /power/tree/0/clusters | fpd too",
                "{name: fpd, level: 7} | /power/tree/0/level | from 0 to 2",
            })
    void thePowerTreeIsWrong(String domains, String pointer, String message) {
        extensionRefuses("power: {tree: [" + domains + "]}", pointer, message);
    }

    @Test
    void theProfileItExtendsIsNotThere() {
        refuses("{id: mine, extends: zcu101}", "/extends", "did you mean zcu102");
        refuses("{id: mine, extends: 7}", "/extends", "must be a string or null");
    }

    @Test
    void aFieldIsMissing() {
        refuses("{id: mine}", "/cpus", "required");
        refuses("{id: mine}", "/gic", "required");
        refuses("{extends: zcu102}", "/id", "required");
    }

    @Test
    void theTextIsNoSuchDocument() {
        refuses("", "", "object");
        refuses("[]", "", "object");
        refuses("{id: a, id: b}", "/id", "Duplicate");
        refuses("{id: a, gic: {gicd: 1, gicd: 2}}", "/gic/gicd", "Duplicate");
        refuses("id: a\n---\nid: b\n", "", "followed");
        refuses("{id: ", "/id", "expected the node content");
        refuses("x: " + "[".repeat(40) + "]".repeat(40), "/x" + "/0".repeat(15), "depth");
    }
}
