package dev.vboard.model.firmware;

import static dev.vboard.model.FirmwareRig.ENTRY;
import static dev.vboard.model.firmware.PsciFunction.CPU_OFF;
import static dev.vboard.model.firmware.PsciFunction.CPU_SUSPEND;
import static dev.vboard.model.firmware.PsciFunction.PSCI_STAT_COUNT;
import static dev.vboard.model.firmware.PsciFunction.PSCI_STAT_RESIDENCY;
import static dev.vboard.model.firmware.PsciFunction.SYSTEM_SUSPEND;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.FirmwareRig;
import dev.vboard.model.TestProfiles;

import org.junit.jupiter.api.Test;

/** PSCI_STAT_RESIDENCY and PSCI_STAT_COUNT (psci.md 7.17). */
class PsciStatsTest {
    private static final long CORE_STANDBY = 0x0000_0001L;
    private static final long CORE_OFF = 0x0001_0002L;
    private static final long CLUSTER_OFF = 0x0101_0022L;
    private static final long SYSTEM_POWERDOWN = 0x0201_0222L;
    private static final int SPI = 40;

    private final FirmwareRig rig = new FirmwareRig(TestProfiles.fvp());

    private void sleep(long powerState, long nanos) {
        rig.enable(SPI, 1);
        assertThat(rig.smc(0, CPU_SUSPEND, powerState, ENTRY, 0)).isFalse();
        rig.run(nanos);
        rig.drive(SPI, true);
        rig.drive(SPI, false);
    }

    @Test
    void eachLevelCountsWhatItEntered() {
        sleep(CORE_STANDBY, 1_000_000);
        sleep(CORE_STANDBY, 2_500);
        sleep(CORE_OFF, 7_000);
        sleep(CLUSTER_OFF, 9_000);
        assertThat(rig.call(0, PSCI_STAT_COUNT, 0, CORE_STANDBY)).isEqualTo(2);
        assertThat(rig.call(0, PSCI_STAT_RESIDENCY, 0, CORE_STANDBY)).isEqualTo(1_002);
        assertThat(rig.call(0, PSCI_STAT_COUNT, 0, CORE_OFF)).isEqualTo(2);
        assertThat(rig.call(0, PSCI_STAT_RESIDENCY, 0, CORE_OFF)).isEqualTo(16);
        assertThat(rig.call(0, PSCI_STAT_COUNT, 0, CLUSTER_OFF)).isEqualTo(1);
        assertThat(rig.call(0, PSCI_STAT_COUNT, 1, CLUSTER_OFF)).isEqualTo(1);
        assertThat(rig.call(0, PSCI_STAT_RESIDENCY, 0, CLUSTER_OFF)).isEqualTo(9);
        assertThat(rig.call(0, PSCI_STAT_COUNT, 0, SYSTEM_POWERDOWN)).isZero();
    }

    @Test
    void cpuOffCountsAsThePowerdownOfTheCore() {
        rig.start(1);
        assertThat(rig.call(0, PSCI_STAT_COUNT, 1, CORE_OFF)).isZero();
        assertThat(rig.smc(1, CPU_OFF)).isFalse();
        rig.settle();
        rig.run(300_000);
        rig.start(1);
        assertThat(rig.call(0, PSCI_STAT_COUNT, 1, CORE_OFF)).isEqualTo(1);
        assertThat(rig.call(0, PSCI_STAT_RESIDENCY, 1, CORE_OFF)).isEqualTo(500);
    }

    @Test
    void systemSuspendCountsAtTheSystemLevel() {
        rig.enable(SPI, 1);
        assertThat(rig.smc(0, SYSTEM_SUSPEND, ENTRY, 0)).isFalse();
        rig.run(1_000_000);
        rig.drive(SPI, true);
        rig.settle();
        assertThat(rig.call(0, PSCI_STAT_COUNT, 0, SYSTEM_POWERDOWN)).isEqualTo(1);
        assertThat(rig.call(0, PSCI_STAT_RESIDENCY, 0, SYSTEM_POWERDOWN)).isEqualTo(1_500);
    }

    @Test
    void psciT22_badArgumentsReadAsZero() {
        sleep(CORE_OFF, 7_000);
        assertThat(rig.call(0, PSCI_STAT_COUNT, 0x200, CORE_OFF)).isZero();
        assertThat(rig.call(0, PSCI_STAT_COUNT, 0, 0xFFFF_FFFFL)).isZero();
        assertThat(rig.call(0, PSCI_STAT_RESIDENCY, 0x200, CORE_OFF)).isZero();
        assertThat(rig.call(0, PSCI_STAT_RESIDENCY, 0, 0xFFFF_FFFFL)).isZero();
    }

    @Test
    void allAreZeroAfterAReset() {
        sleep(CLUSTER_OFF, 7_000);
        rig.domains.reset(rig.board);
        rig.psci.coldBoot(rig.board);
        assertThat(rig.call(0, PSCI_STAT_COUNT, 0, CORE_OFF)).isZero();
        assertThat(rig.call(0, PSCI_STAT_RESIDENCY, 0, CLUSTER_OFF)).isZero();
    }
}
