package dev.vboard.model.firmware;

import static dev.vboard.model.FirmwareRig.ENTRY;
import static dev.vboard.model.firmware.PsciFunction.CPU_OFF;
import static dev.vboard.model.firmware.PsciFunction.CPU_ON;
import static dev.vboard.model.firmware.PsciFunction.SYSTEM_SUSPEND;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.FirmwareRig;
import dev.vboard.model.TestProfiles;
import dev.vboard.model.core.Board;
import dev.vboard.model.cpu.CpuPower;
import dev.vboard.model.cpu.CpuRegister;
import dev.vboard.model.profile.PowerSpec;
import dev.vboard.model.report.PowerState;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

/** SYSTEM_SUSPEND on the face PHYS (psci.md 7.15, 8; xen-suspend.md 4.4 and W5). */
class PsciSystemSuspendTest {
    private static final long ODD = ENTRY | 1;
    private static final int UART = 53;

    private final FirmwareRig rig = new FirmwareRig(TestProfiles.zcu102());

    @Test
    void psciT3_theOtherCoresAreCheckedBeforeTheEntry() {
        rig.start(1);
        assertThat(rig.call(0, SYSTEM_SUSPEND, ODD, 0)).isEqualTo(-3);
        assertThat(rig.smc(1, CPU_OFF)).isFalse();
        rig.settle();
        assertThat(rig.call(0, SYSTEM_SUSPEND, ODD, 0)).isEqualTo(-9);
    }

    @Test
    void psciT4_aCoreThatIsOnPendingBlocksIt() {
        assertThat(rig.call(0, CPU_ON, 1, ENTRY, 0)).isZero();
        assertThat(rig.power(1)).isEqualTo(CpuPower.ON_PENDING);
        assertThat(rig.call(0, SYSTEM_SUSPEND, ENTRY, 0)).isEqualTo(-3);
    }

    @Test
    void aPlatformWithoutASystemLevelDeniesItAfterTheEntryCheck() {
        FirmwareRig flat = new FirmwareRig(TestProfiles.withPower(
                TestProfiles.qemuVirt(), PsciSystemSuspendTest::withoutSystemLevel));
        assertThat(flat.call(0, SYSTEM_SUSPEND, ODD, 0)).isEqualTo(-9);
        assertThat(flat.call(0, SYSTEM_SUSPEND, ENTRY, 0)).isEqualTo(-3);
    }

    private static PowerSpec withoutSystemLevel(PowerSpec power) {
        return new PowerSpec(
                List.of(
                        new PowerSpec.PowerDomainSpec(
                                "system", Optional.empty(), 0, List.of(), true, false),
                        power.tree().get(1)),
                power.wakeTargeting(),
                false,
                false,
                false,
                power.wakeController());
    }

    @Test
    void psciT5_aPendingInterruptIsASuccessInPlaceWithoutContextLoss() {
        rig.enable(UART, 1);
        rig.drive(UART, true);
        rig.cpus.get(0).irqMasked(rig.board, true);
        rig.cpus.get(0).register(CpuRegister.VBAR_EL2).set(rig.board, 0x8000);
        Board before = rig.board.fork();
        assertThat(rig.call(0, SYSTEM_SUSPEND, ENTRY, 0)).isZero();
        for (int i = 0; i < 4; i++) {
            rig.cpus.get(0).gprs().x(i).set(rig.board, 0);
            rig.cpus.get(0).gprs().x(i).set(before, 0);
        }
        assertThat(rig.board.dump()).isEqualTo(before.dump());
        assertThat(rig.events).containsExactly("psci-call 0 0 SYSTEM_SUSPEND");
    }

    @Test
    void theBadEntryBeatsThePendingInterrupt() {
        rig.enable(UART, 1);
        rig.drive(UART, true);
        assertThat(rig.call(0, SYSTEM_SUSPEND, ODD, 0)).isEqualTo(-9);
    }

    @Test
    void theSystemDomainGoesOffChildrenFirstAndTakesTheGicWithIt() {
        rig.enable(UART, 1);
        assertThat(rig.smc(0, SYSTEM_SUSPEND, ENTRY, 3)).isFalse();
        assertThat(rig.power(0)).isEqualTo(CpuPower.POWERDOWN);
        assertThat(rig.events)
                .containsExactly(
                        "psci-call 0 SYSTEM_SUSPEND",
                        "eemi-call 11 33 -2 0 SET_WAKEUP_SOURCE",
                        "eemi-call 7 2 -2 0 SELF_SUSPEND",
                        "power-domain-off cpu0",
                        "power-domain-off apu",
                        "power-domain-off fpd");
        assertThat(rig.gic.enabled(rig.board, rig.lines.intids().index(0, UART)))
                .isFalse();
        assertThat(rig.domains.state(rig.board, rig.domains.index("lpd"))).isEqualTo(PowerState.ON);
    }

    @Test
    void itResumesAtItsEntryAfterTheWakeTimeWithTheGicInitialised() {
        rig.enable(UART, 1);
        assertThat(rig.smc(0, SYSTEM_SUSPEND, ENTRY, 3)).isFalse();
        rig.run(1_000_000);
        long woken = rig.clock.now(rig.board);
        rig.drive(UART, true);
        assertThat(rig.wake.cause(rig.board)).isEqualTo(UART);
        assertThat(rig.power(0)).isEqualTo(CpuPower.POWERDOWN);
        rig.settle();
        assertThat(rig.clock.now(rig.board))
                .isEqualTo(woken + rig.profile.timing().wakeNs());
        assertThat(rig.power(0)).isEqualTo(CpuPower.ON);
        assertThat(rig.cpus.get(0).released(rig.board)).isTrue();
        assertThat(rig.cpus.get(0).gprs().pc().get(rig.board)).isEqualTo(ENTRY);
        assertThat(rig.x(0, 0)).isEqualTo(3);
        assertThat(rig.cpus.get(0).exceptionLevel(rig.board)).isEqualTo(2);
        assertThat(rig.gic.enabledGroups(rig.board)).isEqualTo(1);
        assertThat(rig.gic.pmr(rig.board, 0)).isNotZero();
        assertThat(rig.gic.interfaceOn(rig.board, 0)).isFalse();
        assertThat(rig.wake.asleep(rig.board)).isFalse();
        assertThat(rig.power(1)).isEqualTo(CpuPower.OFF);
        assertThat(rig.events)
                .containsSubsequence(
                        "power-domain-on fpd", "power-domain-on apu", "power-domain-on cpu0");
    }

    @Test
    void aGicThatKeepsItsStateIsNotInitialisedAgain() {
        FirmwareRig virt = new FirmwareRig(TestProfiles.qemuVirt());
        virt.enable(33, 1);
        assertThat(virt.smc(0, SYSTEM_SUSPEND, ENTRY, 0)).isFalse();
        virt.drive(33, true);
        virt.settle();
        assertThat(virt.power(0)).isEqualTo(CpuPower.ON);
        assertThat(virt.gic.interfaceOn(virt.board, 0)).isTrue();
        assertThat(virt.gic.enabled(virt.board, virt.lines.intids().index(0, 33)))
                .isTrue();
    }

    @Test
    void aCounterThatStopsDoesNotCountTheSleep() {
        for (boolean stops : new boolean[] {false, true}) {
            FirmwareRig board = new FirmwareRig(
                    stops
                            ? TestProfiles.withStoppingCounter(TestProfiles.zcu102())
                            : TestProfiles.zcu102());
            board.enable(UART, 1);
            board.run(1_000_000);
            long before = board.clock.counter(board.board);
            assertThat(board.smc(0, SYSTEM_SUSPEND, ENTRY, 0)).isFalse();
            board.run(5_000_000_000L);
            board.drive(UART, true);
            board.settle();
            long after = board.clock.counter(board.board);
            assertThat(after - before).isEqualTo(stops ? 0 : 500_050_000L);
        }
    }

    @Test
    void itMayBeCalledAgainAfterAResume() {
        for (int round = 0; round < 3; round++) {
            rig.enable(UART, 1);
            rig.drive(UART, false);
            assertThat(rig.smc(0, SYSTEM_SUSPEND, ENTRY, round)).isFalse();
            rig.drive(UART, true);
            rig.settle();
            assertThat(rig.x(0, 0)).isEqualTo(round);
        }
    }

    @Test
    void aFirmwareWithoutItAnswersNotSupported() {
        FirmwareRig without = new FirmwareRig(
                TestProfiles.with(TestProfiles.zcu102(), f -> TestProfiles.version(f, "0.2")));
        assertThat(without.call(0, SYSTEM_SUSPEND, ENTRY, 0)).isEqualTo(-1);
    }
}
