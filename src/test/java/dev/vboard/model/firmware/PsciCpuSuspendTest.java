package dev.vboard.model.firmware;

import static dev.vboard.model.FirmwareRig.ENTRY;
import static dev.vboard.model.firmware.PsciFunction.AFFINITY_INFO;
import static dev.vboard.model.firmware.PsciFunction.CPU_OFF;
import static dev.vboard.model.firmware.PsciFunction.CPU_ON;
import static dev.vboard.model.firmware.PsciFunction.CPU_SUSPEND;
import static dev.vboard.model.firmware.PsciFunction.NODE_HW_STATE;
import static dev.vboard.model.firmware.PsciFunction.PSCI_FEATURES;
import static dev.vboard.model.firmware.PsciFunction.PSCI_SET_SUSPEND_MODE;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.FirmwareRig;
import dev.vboard.model.TestProfiles;
import dev.vboard.model.cpu.CpuPower;
import dev.vboard.model.cpu.CpuRegister;
import dev.vboard.model.profile.BoardProfile;
import dev.vboard.model.report.PowerState;

import org.junit.jupiter.api.Test;

/** CPU_SUSPEND, its composite states and PSCI_SET_SUSPEND_MODE (psci.md 5, 7.2, 7.14, 7.16). */
class PsciCpuSuspendTest {
    private static final long ODD = ENTRY | 1;
    private static final int SPI = 40;

    private final FirmwareRig zcu102 = new FirmwareRig(TestProfiles.zcu102());
    private final FirmwareRig virt = new FirmwareRig(TestProfiles.qemuVirt());
    private final FirmwareRig fvp = new FirmwareRig(TestProfiles.fvp());

    private static FirmwareRig rig(BoardProfile base, String format, String ids) {
        return new FirmwareRig(
                TestProfiles.with(base, _ -> TestProfiles.firmware("1.1", format, ids, false)));
    }

    @Test
    void badPowerStateBeatsBadEntry() {
        assertThat(zcu102.call(0, CPU_SUSPEND, 0x4000_0001L, ODD, 0)).isEqualTo(-2);
        assertThat(zcu102.call(0, CPU_SUSPEND, 0x4000_0000L, ODD, 0)).isEqualTo(-9);
    }

    @Test
    void badEntryBeatsAPendingInterrupt() {
        zcu102.enable(SPI, 1);
        zcu102.drive(SPI, true);
        assertThat(zcu102.call(0, CPU_SUSPEND, 0x4000_0000L, ODD, 0)).isEqualTo(-9);
        assertThat(zcu102.call(0, CPU_SUSPEND, 0x4000_0000L, ENTRY, 0)).isZero();
    }

    @Test
    void eachFormatRefusesItsMustBeZeroBits() {
        for (int bit = 0; bit < 32; bit++) {
            if ((0xFCFE_0000 & 1 << bit) != 0) {
                long word = 0x1_0000L | 1L << bit;
                assertThat(virt.call(0, CPU_SUSPEND, word, ENTRY, 0)).isEqualTo(-2);
            }
            if ((0xB000_0000 & 1 << bit) != 0) {
                long word = 0x4000_0000L | 1L << bit;
                assertThat(zcu102.call(0, CPU_SUSPEND, word, ENTRY, 0)).isEqualTo(-2);
            }
        }
    }

    @Test
    void theOriginalFormatWithoutStateIdsKnowsFourWords() {
        PowerStateFormat format = virt.psci.format;
        assertThat(format.parse(0)).isEqualTo(Composite.RETENTION);
        assertThat(Composite.highest(format.parse(0x0001_0000))).isZero();
        assertThat(Composite.highest(format.parse(0x0101_0000))).isEqualTo(1);
        assertThat(Composite.highest(format.parse(0x0201_0000))).isEqualTo(2);
        assertThat(format.parse(0x0301_0000)).isEqualTo(Composite.INVALID);
        assertThat(format.parse(0x0100_0000)).isEqualTo(Composite.INVALID);
        assertThat(format.parse(0x0001_0001)).isEqualTo(Composite.INVALID);
    }

    @Test
    void theExtendedFormatWithoutStateIdsKnowsTwoWords() {
        PowerStateFormat format = zcu102.psci.format;
        assertThat(format.parse(0)).isEqualTo(Composite.RETENTION);
        assertThat(Composite.highest(format.parse(0x4000_0000))).isZero();
        assertThat(format.parse(0x4000_0022)).isEqualTo(Composite.INVALID);
    }

    @Test
    void recommendedStateIdsComeFromATable() {
        PowerStateFormat original = fvp.psci.format;
        assertThat(original.parse(0x0000_0001)).isEqualTo(Composite.RETENTION);
        assertThat(Composite.highest(original.parse(0x0001_0002))).isZero();
        assertThat(Composite.highest(original.parse(0x0101_0022))).isEqualTo(1);
        assertThat(Composite.highest(original.parse(0x0201_0222))).isEqualTo(2);
        assertThat(original.parse(0)).isEqualTo(Composite.INVALID);
        assertThat(original.parse(0x0101_0002)).isEqualTo(Composite.INVALID);
        assertThat(original.parse(0x0101_0021)).isEqualTo(Composite.INVALID);
        assertThat(original.parse(0x0000_0011)).isEqualTo(Composite.INVALID);
        PowerStateFormat extended = rig(TestProfiles.fvp(), "extended", "recommended").psci.format;
        assertThat(extended.parse(0x0000_0001)).isEqualTo(Composite.RETENTION);
        assertThat(Composite.highest(extended.parse(0x4000_0002))).isZero();
        assertThat(Composite.highest(extended.parse(0x4000_0022))).isEqualTo(1);
        assertThat(Composite.highest(extended.parse(0x4000_0222))).isEqualTo(2);
        assertThat(extended.parse(0x4000_1222)).isEqualTo(Composite.INVALID);
    }

    @Test
    void theNibbleAboveTheTopLevelIsForTheOsInitiatedModeOnly() {
        assertThat(Composite.lastAt(fvp.psci.format.parse(0x0101_1022))).isEqualTo(1);
        FirmwareRig without = rig(TestProfiles.fvp(), "original", "recommended");
        assertThat(without.call(0, CPU_SUSPEND, 0x0101_1022L, ENTRY, 0)).isEqualTo(-2);
    }

    @Test
    void psciT12_theFlagsOfCpuSuspendAreABitField() {
        assertThat(zcu102.call(0, PSCI_FEATURES, 0x8400_0001L)).isEqualTo(2);
        assertThat(zcu102.call(0, PSCI_FEATURES, 0xC400_0001L)).isEqualTo(2);
        assertThat(virt.call(0, PSCI_FEATURES, 0xC400_0001L)).isZero();
        assertThat(fvp.call(0, PSCI_FEATURES, 0xC400_0001L)).isEqualTo(1);
        assertThat(PSCI_FEATURES.status(1)).isEmpty();
        assertThat(PSCI_FEATURES.status(-1)).contains("NOT_SUPPORTED");
    }

    @Test
    void aCoreInStandbyKeepsItsRegistersAndReturnsInPlace() {
        zcu102.enable(SPI, 1);
        zcu102.cpus.get(0).gprs().x(19).set(zcu102.board, 77);
        assertThat(zcu102.smc(0, CPU_SUSPEND, 0, ODD, 9)).isFalse();
        assertThat(zcu102.power(0)).isEqualTo(CpuPower.STANDBY);
        int domain = zcu102.domains.index("cpu0");
        assertThat(zcu102.domains.state(zcu102.board, domain)).isEqualTo(PowerState.RETENTION);
        zcu102.drive(SPI, true);
        assertThat(zcu102.power(0)).isEqualTo(CpuPower.ON);
        assertThat(zcu102.x(0, 0)).isZero();
        assertThat(zcu102.x(0, 19)).isEqualTo(77);
        assertThat(zcu102.cpus.get(0).released(zcu102.board)).isFalse();
        assertThat(zcu102.events)
                .contains("psci-call 0 CPU_SUSPEND", "psci-returned 0 0 CPU_SUSPEND");
    }

    @Test
    void psciT6_aCoreInPowerdownLosesItsRegistersAndStartsAtTheEntry() {
        zcu102.enable(SPI, 1);
        zcu102.cpus.get(0).gprs().x(19).set(zcu102.board, 77);
        zcu102.cpus.get(0).register(CpuRegister.VBAR_EL2).set(zcu102.board, 0x8000);
        assertThat(zcu102.smc(0, CPU_SUSPEND, 0x4000_0000L, ENTRY, 9)).isFalse();
        assertThat(zcu102.power(0)).isEqualTo(CpuPower.POWERDOWN);
        zcu102.drive(SPI, true);
        assertThat(zcu102.power(0)).isEqualTo(CpuPower.ON);
        assertThat(zcu102.x(0, 0)).isEqualTo(9);
        assertThat(zcu102.x(0, 19)).isZero();
        assertThat(zcu102.cpus.get(0).register(CpuRegister.VBAR_EL2).get(zcu102.board))
                .isZero();
        assertThat(zcu102.cpus.get(0).gprs().pc().get(zcu102.board)).isEqualTo(ENTRY);
        assertThat(zcu102.cpus.get(0).released(zcu102.board)).isTrue();
        assertThat(zcu102.events).doesNotContain("psci-returned 0 0 CPU_SUSPEND");
    }

    @Test
    void psciT5_aPendingInterruptKeepsACoreFromPoweringDownMaskedOrNot() {
        zcu102.enable(SPI, 1);
        zcu102.drive(SPI, true);
        zcu102.cpus.get(0).irqMasked(zcu102.board, true);
        assertThat(zcu102.call(0, CPU_SUSPEND, 0x4000_0000L, ENTRY, 9)).isZero();
        assertThat(zcu102.call(0, CPU_SUSPEND, 0, ENTRY, 9)).isZero();
        assertThat(zcu102.power(0)).isEqualTo(CpuPower.ON);
        assertThat(zcu102.events).doesNotContain("power-domain-off cpu0");
    }

    @Test
    void aClusterGoesOffOnlyWhenAllItsCoresAskForIt() {
        fvp.start(1, 2);
        assertThat(fvp.smc(1, CPU_SUSPEND, 0x0001_0002L, ENTRY, 0)).isFalse();
        assertThat(fvp.smc(0, CPU_SUSPEND, 0x0101_0022L, ENTRY, 0)).isFalse();
        assertThat(fvp.domains.isOn(fvp.board, fvp.domains.index("cluster0"))).isTrue();
        fvp.enable(SPI, 0b10);
        fvp.drive(SPI, true);
        fvp.drive(SPI, false);
        assertThat(fvp.power(1)).isEqualTo(CpuPower.ON);
        fvp.openInterface(1);
        assertThat(fvp.smc(1, CPU_SUSPEND, 0x0101_0022L, ENTRY, 0)).isFalse();
        assertThat(fvp.domains.isOn(fvp.board, fvp.domains.index("cluster0"))).isFalse();
        assertThat(fvp.domains.isOn(fvp.board, fvp.domains.index("system"))).isTrue();
        fvp.drive(SPI, true);
        assertThat(fvp.domains.isOn(fvp.board, fvp.domains.index("cluster0"))).isTrue();
        assertThat(fvp.domains.isOn(fvp.board, fvp.domains.index("cpu0"))).isFalse();
        assertThat(fvp.events)
                .containsSubsequence("power-domain-on cluster0", "power-domain-on cpu1");
    }

    @Test
    void aCoreThatIsOffVotesForOff() {
        fvp.start(1, 2);
        assertThat(fvp.smc(1, CPU_OFF)).isFalse();
        fvp.settle();
        assertThat(fvp.domains.isOn(fvp.board, fvp.domains.index("cluster0"))).isTrue();
        assertThat(fvp.smc(0, CPU_SUSPEND, 0x0101_0022L, ENTRY, 0)).isFalse();
        assertThat(fvp.domains.isOn(fvp.board, fvp.domains.index("cluster0"))).isFalse();
    }

    @Test
    void theSystemLevelIsStrippedFromCpuSuspend() {
        assertThat(fvp.smc(0, CPU_SUSPEND, 0x0201_0222L, ENTRY, 0)).isFalse();
        assertThat(fvp.domains.isOn(fvp.board, fvp.domains.index("cluster0"))).isFalse();
        assertThat(fvp.domains.isOn(fvp.board, fvp.domains.index("system"))).isTrue();
        assertThat(fvp.wake.asleep(fvp.board)).isFalse();
    }

    @Test
    void nodeHwStateTellsTheHardwaresTruth() {
        fvp.start(1);
        assertThat(fvp.smc(1, CPU_SUSPEND, 0x0001_0002L, ENTRY, 0)).isFalse();
        assertThat(fvp.call(0, AFFINITY_INFO, 1, 0)).isZero();
        assertThat(fvp.call(0, NODE_HW_STATE, 1, 0)).isEqualTo(1);
        assertThat(fvp.call(0, NODE_HW_STATE, 0, 0)).isZero();
        assertThat(fvp.call(0, NODE_HW_STATE, 0, 1)).isZero();
        assertThat(fvp.call(0, NODE_HW_STATE, 0x100, 1)).isEqualTo(1);
        assertThat(NODE_HW_STATE.status(1)).contains("OFF");
        assertThat(fvp.call(0, NODE_HW_STATE, 0, 2)).isEqualTo(-2);
        assertThat(fvp.call(0, NODE_HW_STATE, 0, 3)).isEqualTo(-2);
        assertThat(fvp.call(0, NODE_HW_STATE, 0x200, 0)).isEqualTo(-2);
        assertThat(zcu102.call(0, NODE_HW_STATE, 0, 0)).isEqualTo(-1);
    }

    @Test
    void theSuspendModeChangesOnlyWhenTheCoresAgree() {
        assertThat(fvp.call(0, PSCI_SET_SUSPEND_MODE, 2)).isEqualTo(-2);
        assertThat(fvp.call(0, PSCI_SET_SUSPEND_MODE, 0)).isZero();
        fvp.start(1);
        assertThat(fvp.call(0, PSCI_SET_SUSPEND_MODE, 1)).isEqualTo(-3);
        fvp.start(2, 3);
        assertThat(fvp.call(0, PSCI_SET_SUSPEND_MODE, 1)).isZero();
        assertThat(fvp.call(0, PSCI_SET_SUSPEND_MODE, 1)).isZero();
        assertThat(fvp.call(0, PSCI_SET_SUSPEND_MODE, 0)).isEqualTo(-3);
        for (int cpu = 1; cpu <= 3; cpu++) {
            assertThat(fvp.smc(cpu, CPU_OFF)).isFalse();
        }
        fvp.settle();
        assertThat(fvp.call(0, PSCI_SET_SUSPEND_MODE, 0)).isZero();
        assertThat(fvp.call(0, PSCI_SET_SUSPEND_MODE, 1)).isZero();
        assertThat(virt.call(0, PSCI_SET_SUSPEND_MODE, 1)).isEqualTo(-1);
    }

    @Test
    void anOsInitiatedCallerMustBeRightAboutItsSiblings() {
        assertThat(fvp.call(0, PSCI_SET_SUSPEND_MODE, 1)).isZero();
        fvp.start(1);
        assertThat(fvp.call(0, CPU_SUSPEND, 0x0101_1022L, ENTRY, 0)).isEqualTo(-3);
        assertThat(fvp.call(0, CPU_SUSPEND, 0x0001_1002L, ENTRY, 0)).isEqualTo(-3);
        assertThat(fvp.call(0, CPU_SUSPEND, 0x0001_3002L, ENTRY, 0)).isEqualTo(-2);
        assertThat(fvp.power(0)).isEqualTo(CpuPower.ON);
        assertThat(fvp.smc(1, CPU_SUSPEND, 0x0001_0002L, ENTRY, 0)).isFalse();
        assertThat(fvp.call(0, CPU_SUSPEND, 0x0101_1022L, ENTRY, 0)).isEqualTo(-3);
        assertThat(fvp.smc(0, CPU_SUSPEND, 0x0001_1002L, ENTRY, 0)).isFalse();
    }

    @Test
    void anOsInitiatedLastCoreTakesItsClusterDown() {
        assertThat(fvp.call(0, PSCI_SET_SUSPEND_MODE, 1)).isZero();
        assertThat(fvp.smc(0, CPU_SUSPEND, 0x0101_1022L, ENTRY, 0)).isFalse();
        assertThat(fvp.domains.isOn(fvp.board, fvp.domains.index("cluster0"))).isFalse();
    }

    @Test
    void aPendingInterruptBeatsTheOsInitiatedChecks() {
        assertThat(fvp.call(0, PSCI_SET_SUSPEND_MODE, 1)).isZero();
        fvp.start(1);
        fvp.enable(SPI, 1);
        fvp.drive(SPI, true);
        assertThat(fvp.call(0, CPU_SUSPEND, 0x0101_1022L, ENTRY, 0)).isZero();
    }

    @Test
    void cpuOnOfACoreInStandbyIsAlreadyOn() {
        virt.start(1);
        assertThat(virt.smc(1, CPU_SUSPEND, 0, 0, 0)).isFalse();
        assertThat(virt.call(0, CPU_ON, 1, ENTRY, 0)).isEqualTo(-4);
    }
}
