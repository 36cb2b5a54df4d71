package dev.vboard.model.firmware;

import static dev.vboard.model.FirmwareRig.ENTRY;
import static dev.vboard.model.firmware.PsciFunction.AFFINITY_INFO;
import static dev.vboard.model.firmware.PsciFunction.CPU_OFF;
import static dev.vboard.model.firmware.PsciFunction.CPU_ON;
import static dev.vboard.model.firmware.PsciFunction.SYSTEM_SUSPEND;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.FirmwareRig;
import dev.vboard.model.TestProfiles;
import dev.vboard.model.cpu.CpuPower;
import dev.vboard.model.profile.EemiNode;

import org.junit.jupiter.api.Test;

/** The power unit of ZynqMP behind EL3 (devices.md 7.2 and 7.8, gic.md 9). */
class EemiTest {
    private static final int UART = 53;
    private static final int NODE_UART = 33;
    private static final int NODE_GEM = 29;
    private static final int GEM_WAKE = 90;

    private final FirmwareRig rig = new FirmwareRig(TestProfiles.zcu102());

    /** Makes a call with 32-bit arguments, two to a register; answers x0. */
    private long call(int cpu, EemiApi api, int... arguments) {
        long[] registers = new long[3];
        for (int i = 0; i < arguments.length; i++) {
            registers[i >> 1] |= (arguments[i] & 0xFFFF_FFFFL) << 32 * (i & 1);
        }
        return rig.call(cpu, 0xC200_0000L | api.number(), registers);
    }

    private int status(int cpu, EemiApi api, int... arguments) {
        return (int) call(cpu, api, arguments);
    }

    /** The word above the status of a call that must succeed. */
    private int answer(EemiApi api, int... arguments) {
        long x0 = call(0, api, arguments);
        assertThat((int) x0).isZero();
        return (int) (x0 >>> 32);
    }

    @Test
    void theUnitTellsItsVersionAndTheChip() {
        assertThat(answer(EemiApi.GET_API_VERSION)).isEqualTo(0x1_0001);
        assertThat(answer(EemiApi.GET_TRUSTZONE_VERSION)).isEqualTo(0x1_0000);
        assertThat(answer(EemiApi.GET_CHIPID)).isNotZero();
    }

    @Test
    void aCallThatIsNotThereIsNotSupportedAndABoardWithoutTheUnitDoesNotKnowIt() {
        assertThat(rig.call(0, 0xC200_0022L)).isEqualTo(4);
        FirmwareRig virt = new FirmwareRig(TestProfiles.qemuVirt());
        assertThat(virt.call(0, 0xC200_0001L)).isEqualTo(-1);
    }

    @Test
    void everyCallThatReachesTheUnitIsAnEvent() {
        call(0, EemiApi.REQ_NODE, NODE_UART, 1);
        call(0, EemiApi.SET_WAKEUP_SOURCE, 2, NODE_UART, 1);
        call(0, EemiApi.RELEASE_NODE, NODE_GEM);
        assertThat(rig.events)
                .containsExactly(
                        "eemi-call 13 33 -1 0 REQ_NODE",
                        "eemi-call 11 33 -1 0 SET_WAKEUP_SOURCE",
                        "eemi-call 14 29 -1 2002 RELEASE_NODE");
    }

    @Test
    void theClientIdOfTheCallingConventionIsTheOrigin() {
        rig.cpus.get(0).gprs().x(7).set(rig.board, 2);
        call(0, EemiApi.GET_API_VERSION);
        assertThat(rig.events).containsExactly("eemi-call 1 1 0 GET_API_VERSION");
    }

    @Test
    void aPeripheralGoesOffWhenItsUserLetsGoOfIt() {
        assertThat(answer(EemiApi.GET_NODE_STATUS, NODE_UART)).isEqualTo(1);
        assertThat(status(0, EemiApi.RELEASE_NODE, NODE_UART)).isEqualTo(2002);
        assertThat(status(0, EemiApi.SET_REQUIREMENT, NODE_UART, 1)).isEqualTo(2002);
        assertThat(status(0, EemiApi.SET_MAX_LATENCY, NODE_UART, 1)).isEqualTo(2002);
        assertThat(status(0, EemiApi.REQ_NODE, NODE_UART, 5)).isZero();
        assertThat(status(0, EemiApi.REQ_NODE, NODE_UART, 5)).isEqualTo(2004);
        assertThat(answer(EemiApi.GET_NODE_STATUS, NODE_UART)).isEqualTo(1);
        assertThat(rig.x(0, 1)).isEqualTo(0x1_0000_0005L);
        assertThat(status(0, EemiApi.SET_REQUIREMENT, NODE_UART, 0)).isZero();
        assertThat(answer(EemiApi.GET_NODE_STATUS, NODE_UART)).isZero();
        assertThat(rig.psci.eemi().orElseThrow().isOff(rig.board, NODE_UART)).isTrue();
        assertThat(status(0, EemiApi.SET_REQUIREMENT, NODE_UART, 4)).isZero();
        assertThat(answer(EemiApi.GET_NODE_STATUS, NODE_UART)).isEqualTo(1);
        assertThat(status(0, EemiApi.SET_MAX_LATENCY, NODE_UART, 1)).isZero();
        assertThat(status(0, EemiApi.RELEASE_NODE, NODE_UART)).isZero();
        assertThat(answer(EemiApi.GET_NODE_STATUS, NODE_UART)).isZero();
        assertThat(status(0, EemiApi.REQ_NODE, NODE_UART, 1)).isZero();
        assertThat(status(0, EemiApi.REQ_SUSPEND, NODE_UART)).isZero();
        assertThat(answer(EemiApi.GET_NODE_STATUS, NODE_UART)).isZero();
    }

    @Test
    void whatIsNoPeripheralCannotBeRequested() {
        for (int node : new int[] {0, 2, 6, 10, 62, 63, 99, -1}) {
            assertThat(status(0, EemiApi.REQ_NODE, node, 1)).isEqualTo(2003);
        }
        assertThat(status(0, EemiApi.GET_NODE_STATUS, 99)).isEqualTo(2003);
        assertThat(status(0, EemiApi.SET_WAKEUP_SOURCE, 2, 10, 1)).isEqualTo(2003);
        assertThat(status(0, EemiApi.SET_WAKEUP_SOURCE, 33, 33, 1)).isEqualTo(2003);
    }

    @Test
    void processorsAreForcedOffActiveAsleepOrSuspending() {
        assertThat(answer(EemiApi.GET_NODE_STATUS, 2)).isEqualTo(1);
        assertThat(answer(EemiApi.GET_NODE_STATUS, 3)).isZero();
        assertThat(answer(EemiApi.GET_NODE_STATUS, EemiNode.FPD.id())).isEqualTo(1);
        rig.start(1);
        assertThat(answer(EemiApi.GET_NODE_STATUS, 3)).isEqualTo(1);
        assertThat(rig.smc(1, CPU_OFF)).isFalse();
        assertThat(answer(EemiApi.GET_NODE_STATUS, 3)).isEqualTo(3);
        rig.settle();
        assertThat(answer(EemiApi.GET_NODE_STATUS, 3)).isEqualTo(2);
    }

    @Test
    void devT19_aCoreThatHasAnnouncedItsPowerDownRefusesCpuOnAndOneForcedOffIsOff() {
        rig.start(1);
        assertThat(status(1, EemiApi.SELF_SUSPEND, 3, 0, 0, 0x4000_0000, 9)).isZero();
        assertThat(rig.call(0, CPU_ON, 1, ENTRY, 0)).isEqualTo(-6);
        assertThat(rig.call(0, AFFINITY_INFO, 1, 0)).isZero();
        assertThat(status(1, EemiApi.ABORT_SUSPEND, 0)).isZero();
        assertThat(rig.call(0, CPU_ON, 1, ENTRY, 0)).isEqualTo(-4);
        assertThat(status(0, EemiApi.FORCE_POWERDOWN, 3)).isZero();
        assertThat(rig.call(0, AFFINITY_INFO, 1, 0)).isEqualTo(1);
        assertThat(answer(EemiApi.GET_NODE_STATUS, 3)).isZero();
        assertThat(rig.domains.isOn(rig.board, rig.domains.index("cpu1"))).isFalse();
        rig.start(1);
        assertThat(rig.call(0, AFFINITY_INFO, 1, 0)).isZero();
    }

    @Test
    void whoAnnouncesItsPowerDownGoesDownAtItsNextWfi() {
        rig.start(1);
        rig.enable(UART, 0b10);
        Eemi unit = rig.psci.eemi().orElseThrow();
        assertThat(unit.waits(rig.board, 1)).isFalse();
        assertThat(status(1, EemiApi.SELF_SUSPEND, 2)).isEqualTo(2002);
        assertThat(status(1, EemiApi.SELF_SUSPEND, 3, 0, 0, 0x4000_0000, 9)).isZero();
        assertThat(unit.anyAnnounced(rig.board)).isTrue();
        assertThat(unit.waits(rig.board, 1)).isTrue();
        assertThat(rig.power(1)).isEqualTo(CpuPower.POWERDOWN);
        assertThat(answer(EemiApi.GET_NODE_STATUS, 3)).isEqualTo(2);
        rig.drive(UART, true);
        assertThat(rig.power(1)).isEqualTo(CpuPower.ON);
        assertThat(rig.cpus.get(1).gprs().pc().get(rig.board)).isEqualTo(0x9_4000_0000L);
    }

    @Test
    void aPendingInterruptKeepsItUp() {
        rig.start(1);
        rig.enable(UART, 0b10);
        assertThat(status(1, EemiApi.SELF_SUSPEND, 3, 0, 0, 0, 9)).isZero();
        rig.drive(UART, true);
        assertThat(rig.psci.eemi().orElseThrow().waits(rig.board, 1)).isFalse();
        assertThat(rig.power(1)).isEqualTo(CpuPower.ON);
    }

    @Test
    void reqWakeupWakesASleepingCoreAndLeavesOthersToPsci() {
        rig.start(1);
        assertThat(status(0, EemiApi.REQ_WAKEUP, 3)).isZero();
        assertThat(status(0, EemiApi.REQ_WAKEUP, 4)).isEqualTo(2001);
        assertThat(status(0, EemiApi.REQ_WAKEUP, NODE_UART)).isEqualTo(2003);
        assertThat(rig.smc(1, PsciFunction.CPU_SUSPEND, 0x4000_0000L, ENTRY, 0)).isFalse();
        assertThat(status(0, EemiApi.REQ_WAKEUP, 3, 0x5000_0001, 9)).isZero();
        assertThat(rig.power(1)).isEqualTo(CpuPower.ON);
        assertThat(rig.cpus.get(1).gprs().pc().get(rig.board)).isEqualTo(0x9_5000_0000L);
    }

    @Test
    void aCoreDoesNotForceItselfOrItsDomainsOff() {
        assertThat(status(0, EemiApi.FORCE_POWERDOWN, 2)).isEqualTo(2001);
        assertThat(status(0, EemiApi.FORCE_POWERDOWN, EemiNode.APU.id())).isEqualTo(2001);
        assertThat(status(0, EemiApi.FORCE_POWERDOWN, EemiNode.FPD.id())).isEqualTo(2001);
        assertThat(status(0, EemiApi.FORCE_POWERDOWN, NODE_UART)).isEqualTo(2003);
        assertThat(status(0, EemiApi.REQ_SUSPEND, 2)).isEqualTo(2001);
    }

    @Test
    void aSourceThatSoftwareArmsWakesAlthoughItsInterruptIsDisabled() {
        assertThat(status(0, EemiApi.SET_WAKEUP_SOURCE, 2, NODE_GEM, 1)).isZero();
        assertThat(rig.smc(0, SYSTEM_SUSPEND, ENTRY, 0)).isFalse();
        rig.drive(UART, true);
        rig.settle();
        assertThat(rig.power(0)).isEqualTo(CpuPower.POWERDOWN);
        rig.drive(GEM_WAKE, true);
        rig.settle();
        assertThat(rig.power(0)).isEqualTo(CpuPower.ON);
        assertThat(rig.wake.cause(rig.board)).isEqualTo(GEM_WAKE);
        assertThat(rig.wake.nodes().isArmed(rig.board, NODE_GEM)).isFalse();
    }

    @Test
    void devT18_el3ArmsTheNodeOfEveryEnabledInterruptOnce() {
        rig.enable(58, 1);
        rig.enable(59, 1);
        rig.enable(UART, 1);
        assertThat(rig.smc(0, SYSTEM_SUSPEND, ENTRY, 0)).isFalse();
        assertThat(rig.events)
                .containsSubsequence(
                        "eemi-call 11 33 -2 0 SET_WAKEUP_SOURCE",
                        "eemi-call 11 61 -2 0 SET_WAKEUP_SOURCE",
                        "eemi-call 7 2 -2 0 SELF_SUSPEND",
                        "power-domain-off fpd");
        assertThat(rig.events.stream().filter(event -> event.startsWith("eemi")))
                .hasSize(3);
    }

    @Test
    void theFullPowerDomainStaysOnWhileTheRpuRequiresIt() {
        rig.fullPower.required(rig.board, true);
        rig.enable(UART, 1);
        assertThat(rig.smc(0, SYSTEM_SUSPEND, ENTRY, 0)).isFalse();
        assertThat(rig.domains.isOn(rig.board, rig.domains.index("fpd"))).isTrue();
        assertThat(rig.domains.isOn(rig.board, rig.domains.index("apu"))).isFalse();
        assertThat(rig.wake.gicLost(rig.board)).isFalse();
        int uart = rig.lines.intids().index(0, UART);
        assertThat(rig.gic.enabled(rig.board, uart)).isTrue();
        rig.drive(UART, true);
        rig.settle();
        assertThat(rig.power(0)).isEqualTo(CpuPower.ON);
        assertThat(rig.gic.enabled(rig.board, uart)).isTrue();
        assertThat(rig.gic.enabledGroups(rig.board)).isEqualTo(1);
        assertThat(status(0, EemiApi.FORCE_POWERDOWN, EemiNode.RPU.id())).isZero();
        assertThat(rig.fullPower.isHeld(rig.board)).isFalse();
    }

    @Test
    void theRpuIsWokenAndSuspended() {
        assertThat(answer(EemiApi.GET_NODE_STATUS, 7)).isZero();
        assertThat(status(0, EemiApi.REQ_WAKEUP, 7)).isZero();
        assertThat(answer(EemiApi.GET_NODE_STATUS, 7)).isEqualTo(1);
        assertThat(status(0, EemiApi.REQ_SUSPEND, 7)).isZero();
        assertThat(answer(EemiApi.GET_NODE_STATUS, 7)).isZero();
    }

    @Test
    void resetsAndClocksAreKept() {
        assertThat(answer(EemiApi.RESET_GET_STATUS, 1029)).isZero();
        assertThat(status(0, EemiApi.RESET_ASSERT, 1029, 1)).isZero();
        assertThat(answer(EemiApi.RESET_GET_STATUS, 1029)).isEqualTo(1);
        assertThat(status(0, EemiApi.RESET_ASSERT, 1029, 2)).isZero();
        assertThat(answer(EemiApi.RESET_GET_STATUS, 1029)).isZero();
        assertThat(status(0, EemiApi.RESET_ASSERT, 1029, 3)).isEqualTo(1);
        assertThat(status(0, EemiApi.RESET_ASSERT, 999, 1)).isEqualTo(1);
        assertThat(status(0, EemiApi.RESET_GET_STATUS, 1120)).isEqualTo(1);
        assertThat(answer(EemiApi.CLOCK_GETSTATE, 5)).isEqualTo(1);
        assertThat(status(0, EemiApi.CLOCK_DISABLE, 5)).isZero();
        assertThat(answer(EemiApi.CLOCK_GETSTATE, 5)).isZero();
        assertThat(status(0, EemiApi.CLOCK_ENABLE, 5)).isZero();
        assertThat(answer(EemiApi.CLOCK_GETSTATE, 5)).isEqualTo(1);
        assertThat(status(0, EemiApi.CLOCK_ENABLE, 97)).isEqualTo(1);
        assertThat(status(0, EemiApi.CLOCK_GETSTATE, -1)).isEqualTo(1);
    }

    @Test
    void theUnitReachesRegistersOfPeripheralsOnly() {
        int gicd = 0xF901_0000;
        assertThat(status(0, EemiApi.MMIO_WRITE, gicd + 0x84, 0xF0, 0xFF)).isZero();
        assertThat(answer(EemiApi.MMIO_READ, gicd + 0x84) & 0xF0).isEqualTo(0xF0);
        assertThat(status(0, EemiApi.MMIO_READ, 0x1000)).isEqualTo(2002);
        assertThat(status(0, EemiApi.MMIO_WRITE, 0x1000, -1, 5)).isEqualTo(2002);
    }

    @Test
    void systemShutdownEndsTheBoardAndItsScopeIsNoShutdown() {
        assertThat(status(0, EemiApi.SYSTEM_SHUTDOWN, 2, 1)).isZero();
        assertThat(status(0, EemiApi.SYSTEM_SHUTDOWN, 3)).isEqualTo(1);
        assertThat(rig.psci.systemRequest(rig.board)).isEqualTo(SystemRequest.NONE);
        assertThat(status(0, EemiApi.SYSTEM_SHUTDOWN, 1, 2)).isZero();
        assertThat(rig.psci.systemRequest(rig.board)).isEqualTo(SystemRequest.RESET);
    }

    @Test
    void whatHasNoEffectIsAccepted() {
        assertThat(status(0, EemiApi.INIT_FINALIZE)).isZero();
        assertThat(status(0, EemiApi.REGISTER_NOTIFIER, NODE_UART)).isZero();
    }

    @Test
    void aColdBootForgetsEverything() {
        call(0, EemiApi.REQ_SUSPEND, NODE_UART);
        call(0, EemiApi.RESET_ASSERT, 1029, 1);
        call(0, EemiApi.CLOCK_DISABLE, 3);
        call(0, EemiApi.SET_WAKEUP_SOURCE, 2, NODE_GEM, 1);
        rig.psci.coldBoot(rig.board);
        assertThat(answer(EemiApi.GET_NODE_STATUS, NODE_UART)).isEqualTo(1);
        assertThat(answer(EemiApi.RESET_GET_STATUS, 1029)).isZero();
        assertThat(answer(EemiApi.CLOCK_GETSTATE, 3)).isEqualTo(1);
        assertThat(rig.wake.nodes().isArmed(rig.board, NODE_GEM)).isFalse();
    }
}
