package dev.vboard.model.power;

import static dev.vboard.model.FirmwareRig.ENTRY;
import static dev.vboard.model.firmware.PsciFunction.CPU_SUSPEND;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.DeviceBench;
import dev.vboard.model.FirmwareRig;
import dev.vboard.model.TestProfiles;
import dev.vboard.model.core.Access;
import dev.vboard.model.core.Registers;
import dev.vboard.model.cpu.CpuPower;
import dev.vboard.model.firmware.SystemRequest;
import dev.vboard.model.profile.BoardProfile;
import dev.vboard.model.profile.DeviceSpec;
import dev.vboard.model.profile.PowerSpec;
import dev.vboard.model.profile.PowerSpec.PowerDomainSpec;
import dev.vboard.model.profile.PowerSpec.WakeBlock;
import dev.vboard.model.report.PowerState;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The blocks that wake i.MX8 boards and the GIC proxy of ZynqMP (gic.md 9, devices.md 7). */
class WakeBlocksTest {
    private static final long GPC_CALL = 0xC200_0000L;
    private static final long WAKEUP_SRC = 0xC200_0009L;
    private static final long TIME = 0xC200_0002L;
    private static final int LINE = 40;
    private static final int HIGH_LINE = 170;
    private static final int IPI = 67;

    private final FirmwareRig gpc = rig(WakeBlock.GPC, "imx8m");
    private final FirmwareRig steer = rig(WakeBlock.IRQ_STEER, "imx8qm");
    private final FirmwareRig proxy = new FirmwareRig(TestProfiles.zcu102());

    private static FirmwareRig rig(WakeBlock block, String sip) {
        BoardProfile board = TestProfiles.with(
                TestProfiles.wokenBy(TestProfiles.zcu102(), block),
                _ -> TestProfiles.sip(
                        TestProfiles.firmware("1.1", "original", "imx8m", false), sip, false));
        return new FirmwareRig(board);
    }

    private static DeviceSpec spec() {
        return DeviceBench.spec("bare", List.of(), "level");
    }

    @Test
    void el3LoadsTheGpcWithWhatIsEnabledWhileNobodyElseHasProgrammedIt() {
        gpc.enable(LINE, 0b10);
        gpc.suspend();
        gpc.drive(LINE + 1, true);
        gpc.assertAsleep();
        gpc.drive(LINE, true);
        gpc.assertWokenBy(LINE);
    }

    @Test
    void theGpcLetsThroughWhatCoreZeroHasUnmaskedWhateverTheGicHasEnabled() {
        Registers imr =
                new Gpc(spec(), gpc.wake.gpc().orElseThrow()).registers().getFirst();
        assertThat(imr.read(gpc.board, Access.el2(0), 0x30, 4)).isEqualTo(0xFFFF_FFFEL);
        assertThat(imr.read(gpc.board, Access.el2(0), 0x40, 4)).isEqualTo(0xFFFF_FFFFL);
        imr.write(gpc.board, Access.el2(0), 0x40, 4, 0);
        imr.write(gpc.board, Access.el2(0), 0x30, 4, ~(1L << LINE - 32));
        gpc.enable(LINE + 1, 1);
        gpc.suspend();
        gpc.drive(LINE + 1, true);
        gpc.assertAsleep();
        gpc.drive(LINE, true);
        gpc.assertWokenBy(LINE);
    }

    @Test
    void theGpcKnows128InterruptsAndTheFirstIsOpen() {
        GpcMasks masks = gpc.wake.gpc().orElseThrow();
        assertThat(masks.mask(gpc.board, 0, 128, false)).isFalse();
        assertThat(masks.mask(gpc.board, 4, 1, false)).isFalse();
        assertThat(masks.wakeBy(gpc.board, 128, true)).isFalse();
        assertThat(gpc.wake.reachable(32 + 127)).isTrue();
        assertThat(gpc.wake.reachable(32 + 128)).isFalse();
        gpc.enable(HIGH_LINE, 1);
        gpc.suspend();
        gpc.drive(HIGH_LINE, true);
        gpc.assertAsleep();
        gpc.drive(32, true);
        gpc.assertWokenBy(32);
    }

    @Test
    void theGicKeepsItsStateWhenItsClockStopsYetOnlyTheGpcWakes() {
        assertThat(gpc.wake.gpc().orElseThrow().mask(gpc.board, 0, 8, true)).isTrue();
        gpc.enable(LINE, 1);
        gpc.suspend();
        int index = gpc.lines.intids().index(0, LINE);
        assertThat(gpc.gic.enabled(gpc.board, index)).isTrue();
        assertThat(gpc.wake.gicLost(gpc.board)).isFalse();
        gpc.drive(LINE, true);
        gpc.assertAsleep();
    }

    @Test
    void theServiceMasksUnmasksAndNamesWhatShallWake() {
        assertThat(gpc.call(0, GPC_CALL, 1, 8)).isZero();
        gpc.suspend();
        gpc.drive(LINE, true);
        gpc.assertWokenBy(LINE);
        gpc.drive(LINE, false);
        assertThat(gpc.call(0, GPC_CALL, 2, 9, 1)).isZero();
        gpc.suspend();
        gpc.drive(LINE, true);
        gpc.assertAsleep();
        gpc.drive(41, true);
        gpc.assertWokenBy(41);
        assertThat(gpc.call(0, GPC_CALL, 0, 8)).isZero();
        assertThat(gpc.call(0, GPC_CALL, 2, 200, 1)).isEqualTo(-1);
        assertThat(gpc.call(0, GPC_CALL, 9, 0)).isEqualTo(-1);
        assertThat(gpc.call(0, WAKEUP_SRC, 2)).isEqualTo(-1);
    }

    @Test
    void aClusterThatGoesNoDeeperThanRetentionIsRetainedUnderACoreThatIsOff() {
        gpc.enable(LINE, 1);
        gpc.cpus.get(0).gprs().x(19).set(gpc.board, 7);
        assertThat(gpc.smc(0, CPU_SUSPEND, 0x1_0033L, ENTRY, 0)).isFalse();
        assertThat(gpc.domains.state(gpc.board, gpc.domains.index("cpu0")))
                .isEqualTo(PowerState.OFF);
        assertThat(gpc.domains.state(gpc.board, gpc.domains.index("apu")))
                .isEqualTo(PowerState.RETENTION);
        gpc.drive(LINE, true);
        assertThat(gpc.power(0)).isEqualTo(CpuPower.ON);
        assertThat(gpc.x(0, 19)).isZero();
        assertThat(gpc.domains.isOn(gpc.board, gpc.domains.index("apu"))).isTrue();
        gpc.drive(LINE, false);
        for (long word : new long[] {0x1_0000L, 0x1_0032L, 0x101_0033L, 0x33L}) {
            assertThat(gpc.call(0, CPU_SUSPEND, word, ENTRY, 0)).isEqualTo(-2);
        }
        assertThat(gpc.smc(0, CPU_SUSPEND, 0, 0, 0)).isFalse();
        assertThat(gpc.power(0)).isEqualTo(CpuPower.STANDBY);
    }

    @Test
    void aRetainedSystemKeepsItsContentsAndWhatHangsBelowItComesBack() {
        FirmwareRig rig = new FirmwareRig(
                TestProfiles.withPower(TestProfiles.zcu102(), WakeBlocksTest::retained));
        rig.enable(53, 1);
        rig.suspend();
        assertThat(rig.domains.state(rig.board, rig.domains.index("fpd")))
                .isEqualTo(PowerState.RETENTION);
        assertThat(rig.domains.state(rig.board, rig.domains.index("below")))
                .isEqualTo(PowerState.OFF);
        assertThat(rig.wake.gicLost(rig.board)).isFalse();
        rig.drive(53, true);
        rig.settle();
        assertThat(rig.domains.isOn(rig.board, rig.domains.index("fpd"))).isTrue();
        assertThat(rig.domains.isOn(rig.board, rig.domains.index("below"))).isTrue();
        assertThat(rig.gic.enabled(rig.board, rig.lines.intids().index(0, 53))).isTrue();
    }

    private static PowerSpec retained(PowerSpec power) {
        List<PowerDomainSpec> tree = new ArrayList<>();
        for (PowerDomainSpec domain : power.tree()) {
            tree.add(new PowerDomainSpec(
                    domain.name(),
                    domain.parent(),
                    domain.level(),
                    domain.clusters(),
                    domain.alwaysOn(),
                    domain.name().equals("fpd")));
        }
        tree.add(new PowerDomainSpec("below", Optional.of("fpd"), 0, List.of(), false, false));
        return new PowerSpec(
                tree, power.wakeTargeting(), true, true, false, power.wakeController());
    }

    @Test
    void theSteeringBlockWakesUntilTheSystemControllerAloneIsChosen() {
        assertThat(steer.wake.steered(steer.board)).isTrue();
        steer.enable(LINE, 0b10);
        steer.suspend();
        Registers masks = new IrqSteer(spec(), steer.wake).registers().getFirst();
        assertThat(masks.read(steer.board, Access.el2(0), 0x00, 4)).isEqualTo(1);
        assertThat(masks.read(steer.board, Access.el2(0), 0x3C, 4)).isEqualTo(1L << LINE - 32);
        steer.drive(LINE, true);
        steer.assertWokenBy(LINE);
        assertThat(masks.read(steer.board, Access.el2(0), 0x3C, 4)).isZero();
        steer.drive(LINE, false);
        assertThat(steer.call(0, WAKEUP_SRC, 3)).isEqualTo(-1);
        assertThat(steer.call(0, WAKEUP_SRC, 1)).isZero();
        assertThat(steer.wake.steered(steer.board)).isFalse();
        steer.enable(LINE, 0b10);
        steer.suspend();
        steer.drive(LINE, true);
        steer.assertAsleep();
        steer.drive(IPI, true);
        steer.assertWokenBy(IPI);
        assertThat(steer.call(0, WAKEUP_SRC, 2)).isZero();
        assertThat(steer.wake.steered(steer.board)).isTrue();
    }

    @Test
    void theSystemControllersWatchdogBitesAsleepToo() {
        assertThat(steer.call(0, TIME, 5, 1000)).isZero();
        assertThat(steer.call(0, TIME, 4)).isZero();
        assertThat(steer.call(0, TIME, 6)).isZero();
        assertThat(steer.x(0, 1)).isZero();
        assertThat(steer.call(0, TIME, 1)).isZero();
        assertThat(steer.call(0, TIME, 6)).isZero();
        assertThat(steer.x(0, 1)).isEqualTo(1);
        steer.run(900_000_000L);
        assertThat(steer.call(0, TIME, 4)).isZero();
        steer.suspend();
        steer.run(900_000_000L);
        assertThat(steer.psci.systemRequest(steer.board)).isEqualTo(SystemRequest.NONE);
        steer.run(200_000_000L);
        assertThat(steer.psci.systemRequest(steer.board)).isEqualTo(SystemRequest.RESET);
        assertThat(steer.events).anyMatch(event -> event.startsWith("watchdog"));
    }

    @Test
    void theSystemControllersWatchdogStops() {
        assertThat(steer.call(0, TIME, 1)).isZero();
        assertThat(steer.call(0, TIME, 2)).isZero();
        steer.run(120_000_000_000L);
        assertThat(steer.psci.systemRequest(steer.board)).isEqualTo(SystemRequest.NONE);
        assertThat(steer.call(0, TIME, 0)).isZero();
        assertThat(steer.call(0, TIME, 8)).isEqualTo(-1);
        assertThat(steer.call(0, 0xC200_0001L, 0)).isZero();
        assertThat(steer.call(0, 0xC200_0001L, 1)).isEqualTo(-1);
        assertThat(steer.call(0, 0xC200_000AL, 5)).isZero();
        assertThat(steer.x(0, 1)).isZero();
        assertThat(steer.call(0, 0xC200_000BL, 5, 1)).isEqualTo(5);
        assertThat(steer.call(0, GPC_CALL, 1, 8)).isEqualTo(-1);
    }

    @Test
    void devT17_theGroupsOfTheProxyGoByDeviceTreeSpiNumbers() {
        Registers slcr = new LpdSlcr(spec(), proxy.wake).registers().getFirst();
        proxy.enable(53, 1);
        proxy.enable(58, 1);
        proxy.suspend();
        assertThat(~slcr.read(proxy.board, Access.el2(0), 0x8004, 4) & 0xFFFF_FFFFL)
                .isEqualTo(1L << 21 | 1L << 26 | 1L << 27);
        assertThat(~slcr.read(proxy.board, Access.el2(0), 0x8018, 4) & 0xFFFF_FFFFL)
                .isEqualTo(1L << 35 - 32);
        proxy.drive(53, true);
        assertThat(slcr.read(proxy.board, Access.el2(0), 0x8000, 4)).isEqualTo(1L << 21);
        proxy.assertWokenBy(53);
        assertThat(slcr.read(proxy.board, Access.el2(0), 0x8004, 4)).isEqualTo(0xFFFF_FFFFL);
        assertThat(slcr.read(proxy.board, Access.el2(0), 0x8000, 4)).isZero();
    }

    @Test
    void softwareEnablesAndDisablesLinesOfTheProxyItself() {
        Registers slcr = new LpdSlcr(spec(), proxy.wake).registers().getFirst();
        slcr.write(proxy.board, Access.el2(0), 0x8008, 4, 0xFF);
        slcr.write(proxy.board, Access.el2(0), 0x800C, 4, 0xF0);
        assertThat(slcr.read(proxy.board, Access.el2(0), 0x8004, 4)).isEqualTo(0xFFFF_FFF0L);
        proxy.suspend();
        proxy.drive(35, true);
        proxy.assertWokenBy(35);
    }

    @Test
    void anEdgeTheProxyHasLatchedIsClearedByAOne() {
        Registers slcr = new LpdSlcr(spec(), proxy.wake).registers().getFirst();
        proxy.configureEdge(48);
        proxy.enable(48, 1);
        proxy.suspend();
        proxy.lines.line(0, 48).pulse(proxy.board);
        assertThat(slcr.read(proxy.board, Access.el2(0), 0x8000, 4)).isEqualTo(1L << 16);
        slcr.write(proxy.board, Access.el2(0), 0x8000, 4, 1L << 16);
        assertThat(slcr.read(proxy.board, Access.el2(0), 0x8000, 4)).isZero();
        proxy.move();
        proxy.assertAsleep();
    }
}
