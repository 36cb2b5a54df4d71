package dev.vboard.model.firmware;

import static dev.vboard.model.FirmwareRig.ENTRY;
import static dev.vboard.model.firmware.PsciFunction.AFFINITY_INFO;
import static dev.vboard.model.firmware.PsciFunction.CPU_OFF;
import static dev.vboard.model.firmware.PsciFunction.CPU_ON;
import static dev.vboard.model.firmware.PsciFunction.CPU_SUSPEND;
import static dev.vboard.model.firmware.PsciFunction.SYSTEM_SUSPEND;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.FirmwareRig;
import dev.vboard.model.TestProfiles;
import dev.vboard.model.core.Board;
import dev.vboard.model.cpu.Cpu;
import dev.vboard.model.cpu.CpuPower;
import dev.vboard.model.cpu.CpuRegister;
import dev.vboard.model.report.PowerState;

import org.junit.jupiter.api.Test;

/** CPU_ON, CPU_OFF and AFFINITY_INFO on the face PHYS (psci.md 6, 7.3, 7.4, 7.5, 8). */
class PsciCpuOnTest {
    private static final long CORE_POWERDOWN = 0x4000_0000L;
    private static final long ODD = ENTRY | 1;

    private final FirmwareRig rig = new FirmwareRig(TestProfiles.zcu102());

    @Test
    void psciT1_onIsZeroAndOffIsOne() {
        assertThat(rig.call(0, AFFINITY_INFO, 0, 0)).isZero();
        assertThat(rig.call(0, AFFINITY_INFO, 1, 0)).isEqualTo(1);
        assertThat(AFFINITY_INFO.status(0)).contains("ON");
        assertThat(AFFINITY_INFO.status(1)).contains("OFF");
        assertThat(AFFINITY_INFO.status(2)).contains("ON_PENDING");
    }

    @Test
    void psciT2_aSuspendedCoreIsOn() {
        rig.start(1);
        assertThat(rig.smc(1, CPU_SUSPEND, CORE_POWERDOWN, ENTRY, 7)).isFalse();
        assertThat(rig.power(1)).isEqualTo(CpuPower.POWERDOWN);
        assertThat(rig.call(0, AFFINITY_INFO, 1, 0)).isZero();
        assertThat(rig.call(0, CPU_ON, 1, ENTRY, 0)).isEqualTo(-4);
        assertThat(rig.call(0, SYSTEM_SUSPEND, ENTRY, 0)).isEqualTo(-3);
        assertThat(rig.power(1)).isEqualTo(CpuPower.POWERDOWN);
    }

    @Test
    void aStartedCoreIsPendingUntilItsBringUpTimeHasPassed() {
        assertThat(rig.call(0, CPU_ON, 1, ENTRY, 42)).isZero();
        assertThat(rig.power(1)).isEqualTo(CpuPower.ON_PENDING);
        assertThat(rig.call(0, AFFINITY_INFO, 1, 0)).isEqualTo(2);
        rig.run(rig.profile.timing().cpuOnNs() - 1);
        assertThat(rig.power(1)).isEqualTo(CpuPower.ON_PENDING);
        assertThat(rig.cpus.get(1).released(rig.board)).isFalse();
        rig.run(1);
        assertThat(rig.power(1)).isEqualTo(CpuPower.ON);
        assertThat(rig.cpus.get(1).released(rig.board)).isTrue();
        assertThat(rig.gic.pmr(rig.board, 1)).isNotZero();
        assertThat(rig.events)
                .containsSubsequence(
                        "psci-call 0 0 CPU_ON",
                        "power-domain-on cpu1",
                        "cpu-on 1 " + ENTRY + " 42");
    }

    @Test
    void aStartedCoreStandsAtItsEntryInTheStateOfSectionEight() {
        rig.start(1);
        Cpu cpu = rig.cpus.get(1);
        for (CpuRegister register : CpuRegister.values()) {
            cpu.register(register).set(rig.board, -1);
        }
        assertThat(rig.smc(1, CPU_OFF)).isFalse();
        rig.settle();
        assertThat(rig.call(0, CPU_ON, 1, ENTRY, 0x1234_5678_9ABCL)).isZero();
        rig.settle();
        assertThat(rig.x(1, 0)).isEqualTo(0x1234_5678_9ABCL);
        for (int x = 1; x <= 30; x++) {
            assertThat(rig.x(1, x)).isZero();
        }
        assertThat(cpu.gprs().pc().get(rig.board)).isEqualTo(ENTRY);
        assertThat(cpu.gprs().pstate().get(rig.board)).isEqualTo(0x3C9);
        assertThat(cpu.register(CpuRegister.SCTLR_EL2).get(rig.board)).isEqualTo(0x30C5_0830L);
        assertThat(cpu.register(CpuRegister.VTCR_EL2).get(rig.board)).isZero();
        assertThat(cpu.exceptionLevel(rig.board)).isEqualTo(2);
        assertThat(cpu.mmuEnabled(rig.board)).isFalse();
        assertThat(cpu.irqMasked(rig.board)).isTrue();
    }

    @Test
    void endiannessIsTheCallers() {
        rig.cpus.get(0).register(CpuRegister.SCTLR_EL2).set(rig.board, 0x32C5_0830L);
        assertThat(rig.call(0, CPU_ON, 1, ENTRY, 0)).isZero();
        rig.settle();
        long sctlr = rig.cpus.get(1).register(CpuRegister.SCTLR_EL2).get(rig.board);
        assertThat(sctlr).isEqualTo(0x32C5_0830L);
    }

    @Test
    void psciT7_aCoreThatDoesNotExistIsInvalidForBothCalls() {
        assertThat(rig.call(0, AFFINITY_INFO, 4, 0)).isEqualTo(-2);
        assertThat(rig.call(0, CPU_ON, 4, ENTRY, 0)).isEqualTo(-2);
    }

    @Test
    void psciT9_smc32ArgumentsAreTruncatedNeverRejected() {
        long smc32 = CPU_ON.smc32() & 0xFFFF_FFFFL;
        long entry = 0x1_4000_0000L;
        assertThat(rig.call(0, smc32, 0x5_0000_0001L, entry, 0xAAAA_BBBB_CCCCL)).isZero();
        rig.settle();
        assertThat(rig.cpus.get(1).gprs().pc().get(rig.board)).isEqualTo(0x4000_0000L);
        assertThat(rig.x(1, 0)).isEqualTo(0xBBBB_CCCCL);
    }

    @Test
    void theUpperHalfOfX0IsNotLookedAt() {
        assertThat(rig.call(0, 0xDEAD_0000_C400_0004L, 1, 0)).isEqualTo(1);
    }

    @Test
    void psciT11_unknownTargetBeatsBadEntryBeatsAlreadyOnBeatsOnPending() {
        assertThat(rig.call(0, CPU_ON, 4, ODD, 0)).isEqualTo(-2);
        assertThat(rig.call(0, CPU_ON, 0, ODD, 0)).isEqualTo(-9);
        assertThat(rig.call(0, CPU_ON, 0, ENTRY, 0)).isEqualTo(-4);
        assertThat(rig.call(0, CPU_ON, 1, ENTRY, 0)).isZero();
        assertThat(rig.call(0, CPU_ON, 1, ODD, 0)).isEqualTo(-9);
        assertThat(rig.call(0, CPU_ON, 1, ENTRY, 0)).isEqualTo(-5);
    }

    @Test
    void anEntryOutsideThePlatformsMemoryIsRefused() {
        assertThat(rig.call(0, CPU_ON, 1, 0x8000_0000L, 0)).isEqualTo(-9);
        assertThat(rig.call(0, CPU_ON, 1, 0xFFFE_A000L, 0)).isEqualTo(-9);
        assertThat(rig.call(0, CPU_ON, 1, 0x7FFF_FFFEL, 0)).isZero();
    }

    @Test
    void aFirmwareBefore10HasNoInvalidAddress() {
        FirmwareRig old = new FirmwareRig(
                TestProfiles.with(TestProfiles.zcu102(), f -> TestProfiles.version(f, "0.2")));
        assertThat(old.call(0, CPU_ON, 1, ODD, 0)).isEqualTo(-2);
    }

    @Test
    void targetBitsOutsideTheAffinityFieldsDoNotMatter() {
        assertThat(rig.call(0, AFFINITY_INFO, 0xC100_0001L, 0)).isEqualTo(1);
        assertThat(rig.call(0, AFFINITY_INFO, 0x1_0000_0001L, 0)).isEqualTo(-2);
        assertThat(rig.call(0, AFFINITY_INFO, 0x101, 0)).isEqualTo(-2);
    }

    @Test
    void affinityInfoKnowsLevelZeroOnlyAndChecksTheTargetAsAWhole() {
        assertThat(rig.call(0, AFFINITY_INFO, 0, 1)).isEqualTo(-2);
        assertThat(rig.call(0, AFFINITY_INFO, 0, 4)).isEqualTo(-2);
        assertThat(rig.call(0, AFFINITY_INFO, 9, 0)).isEqualTo(-2);
        assertThat(rig.call(0, AFFINITY_INFO, 1, 0x1_0000_0000L)).isEqualTo(1);
    }

    @Test
    void affinityInfoOfA02FirmwareAggregatesClusters() {
        FirmwareRig old = new FirmwareRig(
                TestProfiles.with(TestProfiles.fvp(), f -> TestProfiles.version(f, "0.2")));
        assertThat(old.call(0, AFFINITY_INFO, 0x1, 1)).isZero();
        assertThat(old.call(0, AFFINITY_INFO, 0x155, 1)).isEqualTo(1);
        assertThat(old.call(0, AFFINITY_INFO, 0x1FF, 2)).isZero();
        assertThat(old.call(0, AFFINITY_INFO, 0x200, 1)).isEqualTo(-2);
        assertThat(old.call(0, CPU_ON, 0x101, ENTRY, 0)).isZero();
        assertThat(old.call(0, AFFINITY_INFO, 0x100, 1)).isEqualTo(2);
    }

    @Test
    void concurrentCallsHaveOneWinner() {
        rig.start(1, 2);
        assertThat(rig.call(0, CPU_ON, 3, ENTRY, 10)).isZero();
        assertThat(rig.call(1, CPU_ON, 3, ENTRY + 4, 11)).isEqualTo(-5);
        assertThat(rig.call(2, CPU_ON, 3, ENTRY + 8, 12)).isEqualTo(-5);
        rig.settle();
        assertThat(rig.call(1, CPU_ON, 3, ENTRY + 4, 11)).isEqualTo(-4);
        assertThat(rig.cpus.get(3).gprs().pc().get(rig.board)).isEqualTo(ENTRY);
        assertThat(rig.x(3, 0)).isEqualTo(10);
    }

    @Test
    void psciT20_aRejectedCallLeavesTheTargetUntouched() {
        assertThat(rig.call(0, CPU_ON, 1, ENTRY, 5)).isZero();
        String before = targetOf(rig.board.fork());
        assertThat(rig.call(0, CPU_ON, 1, ENTRY + 64, 6)).isEqualTo(-5);
        assertThat(rig.call(0, CPU_ON, 1, ODD, 6)).isEqualTo(-9);
        assertThat(targetOf(rig.board)).isEqualTo(before);
        rig.settle();
        String running = targetOf(rig.board.fork());
        assertThat(rig.call(0, CPU_ON, 1, ENTRY + 64, 6)).isEqualTo(-4);
        assertThat(targetOf(rig.board)).isEqualTo(running);
    }

    /** Everything but the caller's own registers. */
    private static String targetOf(Board board) {
        return board.dump()
                .lines()
                .filter(line -> !line.contains("cpu0.r"))
                .reduce("", (all, line) -> all + line + "\n");
    }

    @Test
    void aCoreThatHasNoPowerIsAnInternalFailureAndStaysOff() {
        rig.psci.startFault(rig.board, 2, StartFault.NO_POWER);
        assertThat(rig.call(0, CPU_ON, 2, ENTRY, 0)).isEqualTo(-6);
        assertThat(rig.power(2)).isEqualTo(CpuPower.OFF);
        assertThat(rig.call(0, CPU_ON, 2, ENTRY, 0)).isZero();
    }

    @Test
    void aCoreThatDiesInEl3StaysPendingUntilItsCallerGivesUp() {
        rig.psci.startFault(rig.board, 2, StartFault.NEVER_STARTS);
        assertThat(rig.call(0, CPU_ON, 2, ENTRY, 0)).isZero();
        rig.settle();
        assertThat(rig.power(2)).isEqualTo(CpuPower.ON_PENDING);
        rig.psci.giveUp(rig.board, 2);
        assertThat(rig.power(2)).isEqualTo(CpuPower.OFF);
        rig.psci.giveUp(rig.board, 0);
        assertThat(rig.power(0)).isEqualTo(CpuPower.ON);
    }

    @Test
    void aCoreThatGoesOffIsOnUntilItIsDown() {
        rig.start(1);
        rig.openInterface(1);
        assertThat(rig.gic.interfaceOn(rig.board, 1)).isTrue();
        assertThat(rig.smc(1, CPU_OFF)).isFalse();
        assertThat(rig.psci.executes(rig.board, 1)).isFalse();
        assertThat(rig.gic.interfaceOn(rig.board, 1)).isFalse();
        assertThat(rig.call(0, AFFINITY_INFO, 1, 0)).isZero();
        assertThat(rig.call(0, SYSTEM_SUSPEND, ENTRY, 0)).isEqualTo(-3);
        rig.run(rig.profile.timing().cpuOffNs());
        assertThat(rig.call(0, AFFINITY_INFO, 1, 0)).isEqualTo(1);
        assertThat(rig.domains.state(rig.board, rig.domains.index("cpu1")))
                .isEqualTo(PowerState.OFF);
        assertThat(rig.events)
                .containsSubsequence("psci-call 1 CPU_OFF", "power-domain-off cpu1", "cpu-off 1");
    }

    @Test
    void devT19_aNodeThatIsStillSuspendingRefusesCpuOn() {
        rig.start(1);
        assertThat(rig.smc(1, CPU_OFF)).isFalse();
        assertThat(rig.call(0, CPU_ON, 1, ENTRY, 0)).isEqualTo(-6);
        rig.settle();
        assertThat(rig.call(0, CPU_ON, 1, ENTRY, 0)).isZero();
    }

    @Test
    void elsewhereACoreOnItsWayDownIsAlreadyOn() {
        FirmwareRig virt = new FirmwareRig(TestProfiles.qemuVirt());
        virt.start(1);
        assertThat(virt.smc(1, CPU_OFF)).isFalse();
        assertThat(virt.call(0, CPU_ON, 1, ENTRY, 0)).isEqualTo(-4);
    }

    @Test
    void psciT18_theLastCoreMayGoOffToo() {
        assertThat(rig.smc(0, CPU_OFF)).isFalse();
        rig.settle();
        assertThat(rig.power(0)).isEqualTo(CpuPower.OFF);
        assertThat(rig.domains.isOn(rig.board, rig.domains.index("fpd"))).isFalse();
        assertThat(rig.domains.isOn(rig.board, rig.domains.index("lpd"))).isTrue();
    }

    @Test
    void anInterruptDoesNotRestartACoreThatIsOff() {
        rig.start(1);
        rig.enable(53, 0b10);
        assertThat(rig.smc(1, CPU_OFF)).isFalse();
        rig.settle();
        rig.drive(53, true);
        assertThat(rig.power(1)).isEqualTo(CpuPower.OFF);
    }

    @Test
    void anotherPendingInterruptDoesNotKeepACoreFromGoingOff() {
        rig.start(1);
        rig.enable(53, 0b10);
        rig.drive(53, true);
        assertThat(rig.smc(1, CPU_OFF)).isFalse();
        rig.settle();
        assertThat(rig.power(1)).isEqualTo(CpuPower.OFF);
    }

    @Test
    void theTrustedOsDoesNotLetItsCoreGo() {
        FirmwareRig secured = new FirmwareRig(
                TestProfiles.with(TestProfiles.zcu102(), f -> TestProfiles.trustedOs(f, "up", 0)));
        long before = secured.board.fingerprint();
        assertThat(secured.call(0, CPU_OFF)).isEqualTo(-3);
        secured.cpus.get(0).gprs().x(0).set(secured.board, 0);
        assertThat(secured.board.fingerprint()).isEqualTo(before);
        secured.start(1);
        assertThat(secured.smc(1, CPU_OFF)).isFalse();
    }
}
