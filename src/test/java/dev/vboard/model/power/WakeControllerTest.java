package dev.vboard.model.power;

import static dev.vboard.model.FirmwareRig.ENTRY;
import static dev.vboard.model.firmware.PsciFunction.CPU_OFF;
import static dev.vboard.model.firmware.PsciFunction.SYSTEM_SUSPEND;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.FirmwareRig;
import dev.vboard.model.TestProfiles;
import dev.vboard.model.core.Deadline;
import dev.vboard.model.cpu.CpuPower;
import dev.vboard.model.profile.PowerSpec;
import dev.vboard.model.profile.PowerSpec.WakeTargeting;

import org.junit.jupiter.api.Test;

/** Which interrupts wake a board from SYSTEM_SUSPEND (xen-suspend.md W5, W11, W13a, W13b). */
class WakeControllerTest {
    private static final int UART = 53;
    private static final int RTC = 58;
    private static final int GPIO_EDGE = 48;
    private static final int WATCHDOG_WITHOUT_NODE = 84;
    private static final int SATA = 165;
    private static final int GEM_DATA = 89;
    private static final int GEM_WAKE = 90;
    private static final int IPI = 67;

    private final FirmwareRig nodes = new FirmwareRig(TestProfiles.zcu102());
    private final FirmwareRig strict = new FirmwareRig(
            TestProfiles.withPower(TestProfiles.zcu102(), WakeControllerTest::strict));
    private final FirmwareRig kept = new FirmwareRig(TestProfiles.qemuVirt());

    private static PowerSpec strict(PowerSpec power) {
        return new PowerSpec(
                power.tree(), WakeTargeting.STRICT_GIC, true, true, false, power.wakeController());
    }

    @Test
    void anEnabledLevelInterruptWakesWhenItsLineRises() {
        nodes.enable(UART, 1);
        nodes.suspend();
        nodes.assertAsleep();
        nodes.drive(UART, true);
        nodes.assertWokenBy(UART);
    }

    @Test
    void aDisabledInterruptDoesNotWake() {
        nodes.suspend();
        nodes.drive(UART, true);
        nodes.assertAsleep();
        suspendStrictlyWithoutEnable();
    }

    private void suspendStrictlyWithoutEnable() {
        strict.suspend();
        strict.drive(UART, true);
        strict.assertAsleep();
    }

    @Test
    void devT18_theWakeSetIsWhatTheDistributorHadEnabledAtTheSuspend() {
        nodes.enable(UART, 0b10);
        nodes.suspend();
        nodes.enable(RTC, 1);
        nodes.drive(RTC, true);
        nodes.assertAsleep();
        nodes.drive(UART, true);
        nodes.assertWokenBy(UART);
    }

    @Test
    void gicT17_anEnabledInterruptWithoutANodeNeverWakes() {
        nodes.enable(WATCHDOG_WITHOUT_NODE, 1);
        nodes.enable(SATA, 1);
        nodes.enable(40, 1);
        nodes.suspend();
        nodes.drive(WATCHDOG_WITHOUT_NODE, true);
        nodes.drive(SATA, true);
        nodes.drive(40, true);
        nodes.assertAsleep();
        assertThat(nodes.wake.reachable(SATA)).isFalse();
        assertThat(nodes.wake.reachable(UART)).isTrue();
        assertThat(nodes.wake.reachable(20)).isFalse();
    }

    @Test
    void devT9_theSecondsOfTheRtcWakeThroughTheNodeOfItsAlarm() {
        nodes.enable(RTC, 1);
        nodes.suspend();
        nodes.drive(RTC + 1, true);
        nodes.assertWokenBy(RTC + 1);
    }

    @Test
    void devT10_aNetworkInterfaceWakesByItsWakeLineNotByItsDataLine() {
        nodes.enable(GEM_DATA, 1);
        nodes.suspend();
        nodes.drive(GEM_DATA, true);
        nodes.assertAsleep();
        nodes.drive(GEM_WAKE, true);
        nodes.assertWokenBy(GEM_WAKE);
    }

    @Test
    void theInterProcessorInterruptWakesUnasked() {
        nodes.suspend();
        nodes.drive(IPI, true);
        nodes.assertWokenBy(IPI);
    }

    @Test
    void strictBoardsNeedTheBootCpuAmongTheTargets() {
        strict.enable(UART, 0b10);
        strict.enable(RTC, 0b11);
        strict.suspend();
        strict.drive(UART, true);
        strict.assertAsleep();
        strict.drive(RTC, true);
        strict.assertWokenBy(RTC);
    }

    @Test
    void strictBoardsNeedNoNode() {
        strict.enable(SATA, 1);
        strict.suspend();
        strict.drive(SATA, true);
        strict.assertWokenBy(SATA);
    }

    @Test
    void theTargetIsTheCpuThatSuspended() {
        strict.start(2);
        assertThat(strict.smc(0, CPU_OFF)).isFalse();
        strict.settle();
        strict.enable(UART, 0b100);
        assertThat(strict.smc(2, SYSTEM_SUSPEND, ENTRY, 0)).isFalse();
        strict.drive(UART, true);
        strict.settle();
        assertThat(strict.power(2)).isEqualTo(CpuPower.ON);
        assertThat(strict.power(0)).isEqualTo(CpuPower.OFF);
    }

    @Test
    void anActiveInterruptCannotSignalAgain() {
        for (FirmwareRig rig : new FirmwareRig[] {nodes, strict}) {
            rig.enable(UART, 1);
            rig.activate(UART);
            rig.suspend();
            rig.drive(UART, true);
            rig.assertAsleep();
        }
    }

    @Test
    void aLineThatIsHighAlreadyWakesAtOnceWhenTheInterfaceHidIt() {
        nodes.enable(UART, 1);
        nodes.drive(UART, true);
        nodes.hideInterrupts(0);
        assertThat(nodes.smc(0, SYSTEM_SUSPEND, ENTRY, 0)).isFalse();
        nodes.assertWokenBy(UART);
    }

    @Test
    void anEdgeIsLatchedAndKeptUntilSoftwareHasItsGicBack() {
        nodes.configureEdge(GPIO_EDGE);
        nodes.enable(GPIO_EDGE, 1);
        int index = nodes.lines.intids().index(0, GPIO_EDGE);
        nodes.suspend();
        nodes.pulse(GPIO_EDGE);
        nodes.assertWokenBy(GPIO_EDGE);
        assertThat(nodes.gic.pending(nodes.board, index)).isFalse();
        assertThat(nodes.wake.latched(nodes.board, index)).isTrue();
        nodes.wake.clearLatches(nodes.board);
        assertThat(nodes.wake.latched(nodes.board, index)).isFalse();
        nodes.pulse(GPIO_EDGE);
        assertThat(nodes.wake.latched(nodes.board, index)).isFalse();
    }

    @Test
    void gicT15_aLatchedEdgeIsPendedAgainOnceTheGicIsRestored() {
        int index = nodes.lines.intids().index(0, GPIO_EDGE);
        nodes.configureEdge(GPIO_EDGE);
        nodes.enable(GPIO_EDGE, 1);
        nodes.suspend();
        nodes.pulse(GPIO_EDGE);
        nodes.settle();
        assertThat(nodes.gic.pending(nodes.board, index)).isFalse();
        nodes.configureEdge(GPIO_EDGE);
        nodes.enable(GPIO_EDGE, 1);
        nodes.wake.reassert(nodes.board);
        assertThat(nodes.gic.pending(nodes.board, index)).isTrue();
        assertThat(nodes.gic.signals(nodes.board, 0)).isTrue();
        assertThat(nodes.lines.high(nodes.board, index)).isFalse();
        assertThat(nodes.wake.latched(nodes.board, index)).isFalse();
    }

    @Test
    void anEdgeBeforeTheSuspendIsGoneWithTheGic() {
        nodes.configureEdge(GPIO_EDGE);
        nodes.enable(GPIO_EDGE, 1);
        nodes.hideInterrupts(0);
        nodes.pulse(GPIO_EDGE);
        nodes.suspend();
        nodes.assertAsleep();
    }

    @Test
    void edgesOfDisabledInterruptsAreNotLatched() {
        nodes.suspend();
        nodes.pulse(GPIO_EDGE);
        nodes.assertAsleep();
        int index = nodes.lines.intids().index(0, GPIO_EDGE);
        assertThat(nodes.wake.latched(nodes.board, index)).isFalse();
    }

    @Test
    void theLowestInterruptOfTheFirstInstantIsTheCause() {
        nodes.enable(RTC, 1);
        nodes.enable(UART, 1);
        nodes.suspend();
        nodes.lines.line(0, RTC).drive(nodes.board, true);
        nodes.lines.line(0, UART).drive(nodes.board, true);
        nodes.move();
        assertThat(nodes.wake.cause(nodes.board)).isEqualTo(UART);
    }

    @Test
    void aLaterLowerInterruptDoesNotChangeTheCause() {
        nodes.enable(RTC, 1);
        nodes.enable(UART, 1);
        nodes.suspend();
        nodes.drive(RTC, true);
        nodes.drive(UART, true);
        nodes.assertWokenBy(RTC);
    }

    @Test
    void privateInterruptsDoNotWake() {
        for (FirmwareRig rig : new FirmwareRig[] {nodes, strict, kept}) {
            rig.enablePrivate(0, 26);
            rig.suspend();
            rig.drive(26, true);
            rig.psci.wakeSuspended(rig.board);
            rig.assertAsleep();
        }
    }

    @Test
    void aTimerThatIsKeptRunningWakesWhenItIsDue() {
        for (FirmwareRig rig : new FirmwareRig[] {nodes, strict, kept}) {
            long now = rig.clock.now(rig.board);
            rig.wake.timer().keep(rig.board, now + 5_000, now);
            rig.suspend();
            rig.run(3_000);
            assertThat(rig.wake.cause(rig.board)).isZero();
            rig.run(1_000);
            rig.assertWokenBy(WakeTimer.INTID);
            rig.suspend();
            rig.assertAsleep();
        }
    }

    @Test
    void aTimerThatIsDueBeforeTheSleepEndsItAtOnce() {
        long now = nodes.clock.now(nodes.board);
        nodes.wake.timer().keep(nodes.board, now, now);
        assertThat(nodes.board.nextDeadlineNanos()).isEqualTo(Deadline.NEVER);
        assertThat(nodes.smc(0, SYSTEM_SUSPEND, ENTRY, 0)).isFalse();
        nodes.assertWokenBy(WakeTimer.INTID);
    }

    @Test
    void aTimerThatIsNoLongerKeptDoesNotWake() {
        long now = nodes.clock.now(nodes.board);
        nodes.wake.timer().keep(nodes.board, now + 5_000, now);
        nodes.wake.timer().keep(nodes.board, Deadline.NEVER, now);
        nodes.suspend();
        nodes.assertAsleep();
    }

    @Test
    void devT20_aGicThatKeepsItsStateWakesByItself() {
        kept.enable(33, 0b1);
        kept.enable(34, 0b10);
        kept.hideInterrupts(0);
        kept.suspend();
        kept.drive(34, true);
        kept.assertAsleep();
        kept.drive(33, true);
        kept.assertWokenBy(33);
    }

    @Test
    void aGicThatKeepsItsStateLatchesItsOwnEdges() {
        kept.configureEdge(39);
        kept.enable(39, 1);
        kept.suspend();
        kept.pulse(39);
        kept.assertWokenBy(39);
        int index = kept.lines.intids().index(0, 39);
        assertThat(kept.wake.latched(kept.board, index)).isFalse();
    }
}
