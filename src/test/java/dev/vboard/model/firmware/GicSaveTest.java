package dev.vboard.model.firmware;

import static dev.vboard.model.FirmwareRig.ENTRY;
import static dev.vboard.model.firmware.PsciFunction.SYSTEM_SUSPEND;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.FirmwareRig;
import dev.vboard.model.TestProfiles;
import dev.vboard.model.cpu.CpuPower;
import dev.vboard.model.profile.BoardProfile;

import org.junit.jupiter.api.Test;

/** A firmware that keeps the GIC over SYSTEM_SUSPEND, as i.MX8QM's does (gic.md 8.5). */
class GicSaveTest {
    private static final int UART = 53;
    private static final int GPIO = 48;

    private static FirmwareRig rig(boolean saves) {
        BoardProfile board = TestProfiles.with(
                TestProfiles.zcu102(),
                _ -> TestProfiles.sip(
                        TestProfiles.firmware("1.1", "original", "null", false), "none", saves));
        return new FirmwareRig(board);
    }

    private static void sleepAndWake(FirmwareRig rig) {
        rig.enable(UART, 0b10);
        rig.configureEdge(GPIO);
        rig.activate(GPIO);
        rig.enablePrivate(0, 27);
        assertThat(rig.smc(0, SYSTEM_SUSPEND, ENTRY, 0)).isFalse();
        assertThat(rig.wake.gicLost(rig.board)).isTrue();
        assertThat(enabled(rig, UART)).isFalse();
        rig.drive(UART, true);
        rig.settle();
        assertThat(rig.power(0)).isEqualTo(CpuPower.ON);
    }

    private static int index(FirmwareRig rig, int intid) {
        return rig.lines.intids().index(0, intid);
    }

    private static boolean enabled(FirmwareRig rig, int intid) {
        return rig.gic.enabled(rig.board, index(rig, intid));
    }

    @Test
    void theDistributorComesBackAsItWas() {
        FirmwareRig rig = rig(true);
        sleepAndWake(rig);
        assertThat(enabled(rig, UART)).isTrue();
        assertThat(rig.gic.targets(rig.board, index(rig, UART))).isEqualTo(0b10);
        assertThat(rig.gic.edge(rig.board, index(rig, GPIO))).isTrue();
        assertThat(rig.gic.active(rig.board, index(rig, GPIO))).isTrue();
        assertThat(rig.gic.enabledGroups(rig.board)).isEqualTo(3);
    }

    @Test
    void privateInterruptsOfAGicv2AreNotAmongIt() {
        FirmwareRig rig = rig(true);
        sleepAndWake(rig);
        assertThat(enabled(rig, 27)).isFalse();
    }

    @Test
    void aFirmwareThatKeepsNothingSetsTheGicUpAnew() {
        FirmwareRig rig = rig(false);
        sleepAndWake(rig);
        assertThat(enabled(rig, UART)).isFalse();
        assertThat(rig.gic.edge(rig.board, index(rig, GPIO))).isFalse();
        assertThat(rig.gic.enabledGroups(rig.board)).isEqualTo(1);
    }
}
