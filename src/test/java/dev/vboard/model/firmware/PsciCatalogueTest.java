package dev.vboard.model.firmware;

import static dev.vboard.model.FirmwareRig.ENTRY;
import static dev.vboard.model.firmware.PsciFunction.CPU_DEFAULT_SUSPEND;
import static dev.vboard.model.firmware.PsciFunction.CPU_FREEZE;
import static dev.vboard.model.firmware.PsciFunction.CPU_ON;
import static dev.vboard.model.firmware.PsciFunction.CPU_SUSPEND;
import static dev.vboard.model.firmware.PsciFunction.MEM_PROTECT;
import static dev.vboard.model.firmware.PsciFunction.MEM_PROTECT_CHECK_RANGE;
import static dev.vboard.model.firmware.PsciFunction.MIGRATE;
import static dev.vboard.model.firmware.PsciFunction.MIGRATE_INFO_TYPE;
import static dev.vboard.model.firmware.PsciFunction.MIGRATE_INFO_UP_CPU;
import static dev.vboard.model.firmware.PsciFunction.PSCI_FEATURES;
import static dev.vboard.model.firmware.PsciFunction.PSCI_STAT_COUNT;
import static dev.vboard.model.firmware.PsciFunction.PSCI_STAT_RESIDENCY;
import static dev.vboard.model.firmware.PsciFunction.PSCI_VERSION;
import static dev.vboard.model.firmware.PsciFunction.SYSTEM_OFF;
import static dev.vboard.model.firmware.PsciFunction.SYSTEM_OFF2;
import static dev.vboard.model.firmware.PsciFunction.SYSTEM_RESET;
import static dev.vboard.model.firmware.PsciFunction.SYSTEM_RESET2;
import static dev.vboard.model.firmware.PsciFunction.SYSTEM_SUSPEND;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.FirmwareRig;
import dev.vboard.model.TestProfiles;
import dev.vboard.model.core.Access;
import dev.vboard.model.core.Layout;

import org.junit.jupiter.api.Test;

/** The function catalogue, the small functions and the SMCCC companions (psci.md 1, 3, 7). */
class PsciCatalogueTest {
    private final FirmwareRig zcu102 = new FirmwareRig(TestProfiles.zcu102());
    private final FirmwareRig fvp = new FirmwareRig(TestProfiles.fvp());

    @Test
    void theConstantsStandInTheOrderOfTheirNumbers() {
        for (PsciFunction function : PsciFunction.values()) {
            assertThat(function.number()).isEqualTo(function.ordinal());
            assertThat(function.smc32()).isEqualTo(0x8400_0000 + function.number());
            assertThat(PsciFunction.isId(function.id())).isTrue();
            assertThat(PsciFunction.ofId(function.id())).isEqualTo(function);
        }
        assertThat(PsciFunction.values()).hasSize(0x16);
    }

    @Test
    void onlyNineFunctionsAndSuspendModeLackAnSmc64Id() {
        for (PsciFunction function : PsciFunction.values()) {
            boolean narrow = switch (function) {
                case PSCI_VERSION,
                        CPU_OFF,
                        MIGRATE_INFO_TYPE,
                        SYSTEM_OFF,
                        SYSTEM_RESET,
                        PSCI_FEATURES,
                        CPU_FREEZE,
                        PSCI_SET_SUSPEND_MODE,
                        MEM_PROTECT -> true;
                case CPU_SUSPEND,
                        CPU_ON,
                        AFFINITY_INFO,
                        MIGRATE,
                        MIGRATE_INFO_UP_CPU,
                        CPU_DEFAULT_SUSPEND,
                        NODE_HW_STATE,
                        SYSTEM_SUSPEND,
                        PSCI_STAT_RESIDENCY,
                        PSCI_STAT_COUNT,
                        SYSTEM_RESET2,
                        MEM_PROTECT_CHECK_RANGE,
                        SYSTEM_OFF2 -> false;
            };
            assertThat(function.hasSmc64()).isEqualTo(!narrow);
        }
    }

    @Test
    void theSmc64TwinOfAnSmc32OnlyFunctionIsUnknown() {
        assertThat(zcu102.call(0, 0xC400_0000L)).isEqualTo(-1);
        assertThat(zcu102.call(0, 0xC400_0002L)).isEqualTo(-1);
        assertThat(zcu102.call(0, PSCI_FEATURES, 0xC400_0008L)).isEqualTo(-1);
        assertThat(zcu102.events).contains("psci-call 0 -1 0xc4000000");
    }

    @Test
    void unknownFunctionsAreMinusOneInTheWholeRegister() {
        for (long id : new long[] {0x8400_0016L, 0xC400_001FL, 0, 1, 0x0400_0000L, 0xC500_0000L}) {
            assertThat(zcu102.call(0, id)).isEqualTo(-1L);
        }
    }

    @Test
    void aSecureCallerHasNoPsci() {
        zcu102.cpus.get(0).gprs().x(0).set(zcu102.board, 0x8400_0000L);
        assertThat(zcu102.psci.smc(zcu102.board, Access.of(0, 1, true))).isTrue();
        assertThat(zcu102.x(0, 0)).isEqualTo(-1);
    }

    @Test
    void theVersionIsTheProfiles() {
        assertThat(zcu102.call(0, PSCI_VERSION)).isEqualTo(0x1_0001L);
        assertThat(PSCI_VERSION.status(0x1_0001L)).isEmpty();
    }

    @Test
    void featuresAnswersZeroForWhatIsThereAndMinusOneForTheRest() {
        for (PsciFunction function : PsciFunction.values()) {
            boolean there = zcu102.psci.implementsFunction(function);
            long expected = function == CPU_SUSPEND ? 2 : there ? 0 : -1;
            long asked = function.id() & 0xFFFF_FFFFL;
            assertThat(zcu102.call(0, PSCI_FEATURES, asked)).isEqualTo(expected);
            asked = function.smc32() & 0xFFFF_FFFFL;
            assertThat(zcu102.call(0, PSCI_FEATURES, asked)).isEqualTo(expected);
        }
        assertThat(zcu102.call(0, PSCI_FEATURES, 0x8401_0003L)).isEqualTo(-1);
        assertThat(zcu102.call(0, PSCI_FEATURES, 0x0400_0003L)).isEqualTo(-1);
    }

    @Test
    void psciT13_smcccVersionIsAdvertisedThroughFeatures() {
        assertThat(zcu102.call(0, PSCI_FEATURES, 0x8000_0000L)).isZero();
        assertThat(zcu102.call(0, PSCI_FEATURES, 0x8000_0001L)).isEqualTo(-1);
        assertThat(zcu102.call(0, 0x8000_0000L)).isEqualTo(0x1_0005L);
    }

    @Test
    void whatAFirmwareLacksIsNotSupported() {
        assertThat(zcu102.call(0, CPU_FREEZE)).isEqualTo(-1);
        assertThat(zcu102.call(0, CPU_DEFAULT_SUSPEND, ENTRY, 0)).isEqualTo(-1);
        assertThat(zcu102.call(0, SYSTEM_OFF2, 1, 0)).isEqualTo(-1);
        assertThat(zcu102.call(0, MIGRATE, 99)).isEqualTo(-1);
        assertThat(zcu102.call(0, MIGRATE_INFO_TYPE)).isEqualTo(-1);
        assertThat(zcu102.call(0, MIGRATE_INFO_UP_CPU)).isEqualTo(-1);
        assertThat(zcu102.call(0, SYSTEM_RESET2, 0, 0)).isEqualTo(-1);
        assertThat(zcu102.call(0, MEM_PROTECT, 1)).isEqualTo(-1);
        assertThat(zcu102.call(0, MEM_PROTECT_CHECK_RANGE, 0, 1)).isEqualTo(-1);
        assertThat(zcu102.call(0, PSCI_STAT_COUNT, 0, 0)).isEqualTo(-1);
        assertThat(zcu102.call(0, PSCI_STAT_RESIDENCY, 0, 0)).isEqualTo(-1);
    }

    @Test
    void a02FirmwareHasNeitherFeaturesNorWhatCameLater() {
        FirmwareRig old = new FirmwareRig(TestProfiles.with(
                TestProfiles.fvp(), _ -> TestProfiles.firmware("0.2", "extended", "null", true)));
        assertThat(old.call(0, PSCI_VERSION)).isEqualTo(2);
        assertThat(old.call(0, PSCI_FEATURES, 0x8400_0000L)).isEqualTo(-1);
        assertThat(old.call(0, SYSTEM_SUSPEND, ENTRY, 0)).isEqualTo(-1);
        assertThat(old.call(0, MEM_PROTECT, 1)).isEqualTo(-1);
        assertThat(old.call(0, CPU_SUSPEND, 0x4000_0000L, ENTRY, 0)).isEqualTo(-2);
        assertThat(old.smc(0, CPU_SUSPEND, 0x0001_0000L, ENTRY, 0)).isFalse();
    }

    @Test
    void psciT14_systemOffAndResetDoNotCareForTheOtherCores() {
        zcu102.start(1, 2, 3);
        assertThat(zcu102.smc(0, SYSTEM_OFF)).isFalse();
        assertThat(zcu102.psci.systemRequest(zcu102.board)).isEqualTo(SystemRequest.OFF);
        assertThat(zcu102.events).contains("psci-call 0 SYSTEM_OFF");
        fvp.start(1);
        assertThat(fvp.smc(1, SYSTEM_RESET)).isFalse();
        assertThat(fvp.psci.systemRequest(fvp.board)).isEqualTo(SystemRequest.RESET);
        assertThat(fvp.smc(0, SYSTEM_OFF)).isFalse();
        assertThat(fvp.psci.systemRequest(fvp.board)).isEqualTo(SystemRequest.RESET);
    }

    @Test
    void reset2KnowsTheArchitecturalWarmResetOnly() {
        assertThat(fvp.call(0, SYSTEM_RESET2, 1, 0)).isEqualTo(-2);
        assertThat(fvp.call(0, SYSTEM_RESET2, 0x8000_0000L, 0)).isEqualTo(-2);
        assertThat(fvp.call(0, MEM_PROTECT, 1)).isZero();
        assertThat(fvp.smc(0, SYSTEM_RESET2, 0, 77)).isFalse();
        assertThat(fvp.psci.systemRequest(fvp.board)).isEqualTo(SystemRequest.WARM_RESET);
        assertThat(fvp.psci.memProtected(fvp.board)).isFalse();
    }

    @Test
    void psciT21_memProtectAnswersTheOldValueAndAnEmptyRangeIsDenied() {
        assertThat(fvp.call(0, MEM_PROTECT, 1)).isZero();
        assertThat(fvp.call(0, MEM_PROTECT, 1)).isEqualTo(1);
        assertThat(fvp.call(0, MEM_PROTECT, 0)).isEqualTo(1);
        assertThat(fvp.call(0, MEM_PROTECT, 0)).isZero();
        assertThat(fvp.call(0, MEM_PROTECT_CHECK_RANGE, 0x8000_0000L, 0)).isEqualTo(-3);
        assertThat(fvp.call(0, MEM_PROTECT_CHECK_RANGE, -16L, 32)).isEqualTo(-3);
        assertThat(fvp.call(0, MEM_PROTECT_CHECK_RANGE, 0x7FFF_FFFFL, 2)).isEqualTo(-3);
        assertThat(fvp.call(0, MEM_PROTECT_CHECK_RANGE, 0x8000_0000L, 0x7C00_0001L))
                .isEqualTo(-3);
        assertThat(fvp.call(0, MEM_PROTECT_CHECK_RANGE, 0x8000_0000L, 0x7C00_0000L))
                .isZero();
    }

    @Test
    void memProtectOutlivesAReset() {
        assertThat(fvp.call(0, MEM_PROTECT, 1)).isZero();
        fvp.board.loseContents(Layout.ALWAYS_ON);
        fvp.domains.reset(fvp.board);
        fvp.psci.coldBoot(fvp.board);
        assertThat(fvp.psci.memProtected(fvp.board)).isTrue();
    }

    @Test
    void aMigratableTrustedOsMovesToACoreThatIsOn() {
        FirmwareRig rig = new FirmwareRig(TestProfiles.with(
                TestProfiles.zcu102(), f -> TestProfiles.trustedOs(f, "up-migratable", 1)));
        assertThat(rig.call(0, MIGRATE_INFO_TYPE)).isZero();
        assertThat(rig.call(0, MIGRATE_INFO_UP_CPU)).isEqualTo(1);
        assertThat(rig.call(0, MIGRATE, 9)).isEqualTo(-2);
        assertThat(rig.call(0, MIGRATE, 0)).isEqualTo(-7);
        rig.start(1);
        assertThat(rig.call(1, MIGRATE, 2)).isEqualTo(-6);
        assertThat(rig.call(1, MIGRATE, 0)).isZero();
        assertThat(rig.call(0, MIGRATE_INFO_UP_CPU)).isZero();
        assertThat(rig.smc(1, PsciFunction.CPU_OFF)).isFalse();
        assertThat(rig.call(0, PsciFunction.CPU_OFF)).isEqualTo(-3);
    }

    @Test
    void theOtherTrustedOsesDoNotMigrate() {
        FirmwareRig fixed = new FirmwareRig(
                TestProfiles.with(TestProfiles.zcu102(), f -> TestProfiles.trustedOs(f, "up", 0)));
        assertThat(fixed.call(0, MIGRATE_INFO_TYPE)).isEqualTo(1);
        assertThat(fixed.call(0, MIGRATE, 9)).isEqualTo(-2);
        assertThat(fixed.call(0, MIGRATE, 1)).isEqualTo(-3);
        FirmwareRig many = new FirmwareRig(
                TestProfiles.with(TestProfiles.zcu102(), f -> TestProfiles.trustedOs(f, "mp", 0)));
        assertThat(many.call(0, MIGRATE_INFO_TYPE)).isEqualTo(2);
        assertThat(many.call(0, MIGRATE_INFO_UP_CPU)).isEqualTo(-2);
        assertThat(many.call(0, MIGRATE, 9)).isEqualTo(-2);
        assertThat(many.call(0, MIGRATE, 1)).isEqualTo(-1);
    }

    @Test
    void psciT23_cleanInvMemregionIsNotAPsciCall() {
        for (long id : new long[] {
            0xC400_0015L, 0xC400_0016L, 0x8400_0016L, 0x8400_0017L, 0xC000_0005L, 0xC000_0006L
        }) {
            assertThat(zcu102.call(0, id, 0, 4096)).isEqualTo(-1);
        }
    }

    @Test
    void theSmcccCompanionsAnswerAsTheFirmwareDoes() {
        assertThat(zcu102.call(0, 0x8000_0001L, 0x8000_0001L)).isZero();
        assertThat(zcu102.call(0, 0x8000_0001L, 0x8000_8000L)).isEqualTo(1);
        assertThat(zcu102.call(0, 0x8000_0001L, 0x8000_0002L)).isEqualTo(-1);
        assertThat(zcu102.call(0, 0x8000_8000L)).isEqualTo(0x8000_8000L);
        assertThat(zcu102.call(0, 0x8400_FF00L)).isEqualTo(25);
        assertThat(fvp.call(0, 0x8400_FF00L)).isEqualTo(30);
        assertThat(zcu102.call(0, 0x8400_FF01L)).isEqualTo(0x108D_905BL);
        assertThat(zcu102.x(0, 3)).isEqualTo(0xE2F6_4156L);
        assertThat(zcu102.call(0, 0x8400_FF03L)).isZero();
        assertThat(zcu102.x(0, 1)).isEqualTo(1);
    }

    @Test
    void resultsAreNamedAndSigned() {
        assertThat(CPU_ON.status(-4L)).contains("ALREADY_ON");
        assertThat(CPU_ON.value(-4L)).isEqualTo(-4);
        assertThat(CPU_ON.status(0)).contains("SUCCESS");
        assertThat(PSCI_STAT_COUNT.status(0)).isEmpty();
        assertThat(PSCI_STAT_COUNT.status(-1L)).contains("NOT_SUPPORTED");
        assertThat(PSCI_STAT_COUNT.value(0xFFFF_FFFFL)).isEqualTo(0xFFFF_FFFFL);
        assertThat(MEM_PROTECT.status(0)).isEmpty();
        assertThat(PsciStatus.of(-9)).contains(PsciStatus.INVALID_ADDRESS);
        assertThat(PsciStatus.of(-10)).isEmpty();
        assertThat(PsciStatus.of(1)).isEmpty();
    }
}
