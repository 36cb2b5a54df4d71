package dev.vboard.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vboard.catalog.Catalog.Entry;
import dev.vboard.model.profile.BoardProfile;
import dev.vboard.model.profile.CpuSpec;
import dev.vboard.model.profile.PowerSpec.PowerDomainSpec;
import dev.vboard.model.profile.PowerSpec.WakeTargeting;

import org.junit.jupiter.api.Test;

import java.util.List;

/** api.md 2.1: profiles as documents. */
class CatalogTest {
    private final Catalog catalog = new Catalog();

    private BoardProfile load(String yaml) {
        return catalog.load(yaml).profile();
    }

    @Test
    void eachShippedProfileIsFoundByItsIdAndItsAliases() {
        assertThat(catalog.ids()).contains("qemu-virt", "zcu102");
        assertThat(catalog.find("qemu-virt-gicv2")).isEqualTo(catalog.find("qemu-virt"));
        assertThat(catalog.find("zcu102")).isPresent();
        assertThat(catalog.find("")).isEmpty();
    }

    @Test
    void aNameThatIsNotThereHasNearOnes() {
        assertThat(catalog.find("zcu103")).isEmpty();
        assertThat(catalog.nearest("zcu103").getFirst()).isEqualTo("zcu102");
        assertThat(catalog.nearest("qemuvirt").getFirst()).isEqualTo("qemu-virt");
        assertThat(catalog.nearest("raspberry")).isEmpty();
    }

    @Test
    void theMergedDocumentReadsBackAsTheSameProfileAndTheSameText() {
        for (Entry entry : catalog.entries()) {
            Entry again = catalog.load(entry.text());
            assertThat(again.profile()).isEqualTo(entry.profile());
            assertThat(again.text()).isEqualTo(entry.text());
            assertThat(again.document()).isEqualTo(entry.document());
        }
    }

    @Test
    void theMergedDocumentIsInTheContractsForm() {
        var document = catalog.find("zcu102").orElseThrow().document();
        assertThat(document.propertyNames())
                .containsExactly(
                        "id",
                        "extends",
                        "aliases",
                        "cpus",
                        "mt",
                        "gic",
                        "counterHz",
                        "counterStopsInSystemSuspend",
                        "firmware",
                        "power",
                        "hooks",
                        "memory",
                        "devices",
                        "console",
                        "timing",
                        "limits");
        assertThat(document.at("/extends").isNull()).isTrue();
        assertThat(document.at("/cpus/1/mpidr").stringValue()).isEqualTo("0x1");
        assertThat(document.at("/gic/gicd").stringValue()).isEqualTo("0xf9010000");
        assertThat(document.at("/gic/its").isNull()).isTrue();
        assertThat(document.at("/memory/0/1").stringValue()).isEqualTo("0x80000000");
        assertThat(document.at("/firmware/stateIds").stringValue()).isEqualTo("null");
        assertThat(document.at("/timing/stepNs/gic-suspend").longValue()).isEqualTo(20_000);
    }

    @Test
    void theDefaultsAreThoseOfTheContract() {
        BoardProfile virt = catalog.find("qemu-virt").orElseThrow().profile();
        assertThat(virt.timing().cpuOnNs()).isEqualTo(200_000);
        assertThat(virt.timing().cpuBootNs()).isEqualTo(300_000);
        assertThat(virt.timing().cpuOffNs()).isEqualTo(50_000);
        assertThat(virt.timing().wakeNs()).isEqualTo(500_000);
        assertThat(virt.timing().step("freeze")).isEqualTo(5_000);
        assertThat(virt.timing().step("el3-system-suspend")).isEqualTo(100_000);
        assertThat(virt.timing().step("irqs-off")).isEqualTo(1_000);
        assertThat(virt.limits().domains()).isEqualTo(8);
        assertThat(virt.limits().firings()).isEqualTo(100_000);
        assertThat(virt.limits().consoleBytes()).isEqualTo(65_536);
        assertThat(virt.hooks().uart()).isFalse();
    }

    @Test
    void objectsMergeFieldByFieldAndArraysReplace() {
        BoardProfile mine = load("""
                        id: mine
                        extends: zcu102
                        power: {wakeTargeting: STRICT_GIC}
                        timing: {stepNs: {freeze: 7us}, wakeNs: 1.5ms}
                        memory: [["0x0", "0x10000000"]]
                        """);
        BoardProfile zcu102 = catalog.find("zcu102").orElseThrow().profile();
        assertThat(mine.id()).isEqualTo("mine");
        assertThat(mine.power().wakeTargeting()).isEqualTo(WakeTargeting.STRICT_GIC);
        assertThat(mine.power().tree()).isEqualTo(zcu102.power().tree());
        assertThat(mine.power().gicLostInSuspend()).isTrue();
        assertThat(mine.timing().wakeNs()).isEqualTo(1_500_000);
        assertThat(mine.timing().step("freeze")).isEqualTo(7_000);
        assertThat(mine.timing().step("thaw")).isEqualTo(5_000);
        assertThat(mine.memory()).hasSize(1);
        assertThat(mine.devices()).isEqualTo(zcu102.devices());
    }

    @Test
    void aliasesAreNotInherited() {
        assertThat(catalog.load("{id: mine, extends: qemu-virt}").aliases()).isEmpty();
    }

    @Test
    void theFixturesExtendTheShippedBoards() {
        BoardProfile b = catalog.find("fixture-zcu102").orElseThrow().profile();
        assertThat(b.deviceOfIntid(132)).isEmpty();
        assertThat(b.hooks().iommu()).isTrue();
        BoardProfile one = catalog.find("fixture-uniprocessor").orElseThrow().profile();
        assertThat(one.cpus()).hasSize(1);
        assertThat(one.devices()).isEqualTo(b.devices());
        assertThat(one.power().tree()).isEqualTo(b.power().tree());
    }

    @Test
    void cpusWithoutATreeDeriveItFromTheirClusters() {
        BoardProfile mine = load("""
                        id: mine
                        extends: zcu102
                        cpus:
                          - {id: 0, mpidr: 0x0, core: cortex-a53, paBits: 40, midr: 0x410fd034}
                          - {id: 1, mpidr: 0x100, core: cortex-a72, cluster: 1, paBits: 44,
                             midr: 0x410fd081}
                        """);
        PowerDomainSpec last = mine.power().tree().getLast();
        assertThat(last.name()).isEqualTo("cluster1");
        assertThat(last.parent()).hasValue("fpd");
        assertThat(last.level()).isEqualTo(1);
        assertThat(last.clusters()).containsExactly(1);
        assertThat(mine.power().tree()).hasSize(5);
    }

    @Test
    void aDocumentOfItsOwnGetsATreeBelowASystemDomain() {
        BoardProfile mine = load("""
                        {"id":"mine","counterHz":1000000,"memory":[["0x80000000","0x1000000"]],
                         "cpus":[{"id":0,"mpidr":"0x0","core":"a53","paBits":40,"midr":"0x1"},
                                 {"id":1,"mpidr":"0x1","core":"a53","paBits":40,"midr":"0x1",
                                  "cluster":1}],
                         "gic":{"version":2,"gicd":"0x1000","gicc":"0x2000","gich":"0x4000",
                                "gicv":"0x6000","intids":64,"priorityBits":5,"listRegisters":4,
                                "securityStates":1,"powerDomain":"system"}}
                        """);
        assertThat(mine.power().tree().stream().map(PowerDomainSpec::name))
                .isEqualTo(List.of("system", "cluster0", "cluster1").stream().toList());
        assertThat(mine.devices()).isEmpty();
        assertThat(mine.console()).isEmpty();
    }

    @Test
    void coresWithThreadsHaveTheirAffinitiesALevelUp() {
        Entry revC = catalog.load("{id: revc, extends: fvp-base, mt: true}");
        assertThat(revC.profile().cpus()).allMatch(CpuSpec::mt);
        assertThat(revC.profile().cpus().get(5).mpidr()).isEqualTo(0x1_0100);
        assertThat(revC.document().at("/cpus/5/mpidr").stringValue()).isEqualTo("0x101");
        Entry again = catalog.load(revC.text());
        assertThat(again.profile()).isEqualTo(revC.profile());
        assertThat(Threads.up(0x12_3456)).isEqualTo(0x12_0034_5600L);
        assertThat(Threads.down(0x12_0034_5600L)).isEqualTo(0x12_3456);
        Entry back = catalog.load(revC.text().replace("\"mt\":true", "\"mt\":false"));
        assertThat(back.profile().cpus().get(5).mpidr()).isEqualTo(0x101);
    }

    @Test
    void aRefusalNamesEveryFault() {
        assertThatThrownBy(() -> load("""
                                        id: Mine
                                        extends: zcu102
                                        counterHz: fast
                                        hooks: {uart: 1}
                                        colour: blue
                                        """))
                .isInstanceOfSatisfying(
                        ProfileException.class,
                        refused -> assertThat(refused.faults())
                                .extracting(ProfileException.Fault::pointer)
                                .containsExactlyInAnyOrder(
                                        "/id", "/counterHz", "/hooks/uart", "/colour"))
                .hasMessageContaining("/hooks/uart: must be true or false");
    }
}
