package dev.vboard.model;

import static dev.vboard.model.FixtureB.D1_CONTEXT;
import static dev.vboard.model.FixtureB.DOM0_CONTEXT;
import static dev.vboard.model.FixtureB.ENTRY;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vboard.model.report.BoardState;
import dev.vboard.model.report.DomainReport;
import dev.vboard.model.report.HostReport;
import dev.vboard.model.report.Trigger;
import dev.vboard.model.report.VcpuReport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Interrupts and faults between the steps of a host suspend (xen-suspend.md W5, W11, W14, 4.3):
 * whatever comes and whenever, nothing is lost and everything is taken back.
 */
@ParameterizedClass
@ValueSource(strings = {"fixture-zcu102", "fixture-qemu-virt-gicv3"})
class XenInterruptedSuspendTest {
    private static final long SECOND = 1_000_000_000L;

    private final FixtureB b;

    /** Whether Xen has an IOMMU to suspend. */
    private final boolean iommu;

    XenInterruptedSuspendTest(String profile) {
        b = FixtureB.on(profile);
        iommu = profile.equals("fixture-zcu102");
    }

    private void dom0Entered() {
        assertEquals(VcpuReport.State.RUNNING, b.live.vcpu(0, 0).state());
        assertEquals(ENTRY, b.register(0, "pc"));
        assertEquals(DOM0_CONTEXT, b.register(0, "x0"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "freeze",
                "cpu-down",
                "timers-quiet",
                "iommu-suspend",
                "irqs-off",
                "gic-suspend",
                "console-suspend",
                "save-context",
                "el3-system-suspend"
            })
    void dom0sInterruptOnTheWayDownIsNeverSleptOver(String step) {
        b.begin(iommu || !step.equals("iommu-suspend") ? step : "irqs-off");
        b.live.fire(b.rtc, true);
        b.live.settle();
        b.assertBalanced();
        dom0Entered();
        assertEquals(1, b.observed(0).resumeCount());
        assertEquals(b.rtc, b.live.ack(0, 0));
        b.live.fire(b.rtc, false);
        b.live.eoi(0, 0, b.rtc);
        assertTrue(b.live.host().lastHostStatus() == 0 || b.live.host().powerLossCount() == 0);
        sleepsAndWakes();
    }

    private void sleepsAndWakes() {
        b.suspend(0, DOM0_CONTEXT);
        assertEquals(BoardState.SUSPENDED, b.state());
        b.ring();
        b.assertBalanced();
        assertEquals(0, b.live.host().lastHostStatus());
    }

    @ParameterizedTest
    @ValueSource(strings = {"freeze", "cpu-down", "timers-quiet", "irqs-off"})
    void anAttemptThatDom0sInterruptEndsIsReportedAsBusy(String step) {
        b.begin(step);
        b.live.fire(b.rtc, true);
        b.live.settle();
        boolean abandoned = !step.equals("irqs-off");
        assertEquals(abandoned ? -16 : 0, b.live.host().lastHostStatus());
        assertEquals(0, b.live.count("board-suspended"));
        assertEquals(abandoned ? 0 : 1, b.live.host().el3SystemSuspendCalls());
    }

    @ParameterizedTest
    @ValueSource(strings = {"resume-entry", "gic-resume", "cpu-up", "spi-targets", "thaw"})
    void aGuestsInterruptOnTheWayUpReachesIt(String step) {
        b.suspend(1, D1_CONTEXT);
        b.suspend(0, DOM0_CONTEXT);
        b.live.unsettled(LiveBoard.line(b.rtc, true));
        b.live.untilStep(step);
        b.live.fire(b.line1, true);
        b.live.fire(b.line2, true);
        b.live.settle();
        b.assertBalanced();
        assertEquals(DomainReport.State.RUNNING, b.live.domain(1).state());
        assertEquals(b.line1, b.live.ack(1, 0));
        assertEquals(b.line2, b.live.ack(2, 0));
        assertEquals(b.rtc, b.live.ack(0, 0));
        assertTrue(b.firstInstruction(0) < b.firstInstruction(1));
    }

    @Test
    void theWayBackIsTheWayDownReversed() {
        b.suspend(0, DOM0_CONTEXT);
        b.ring();
        List<String> steps = new ArrayList<>(List.of(
                "freeze ok",
                "cpu-down@1 ok",
                "cpu-down@2 ok",
                "cpu-down@3 ok",
                "timers-quiet ok",
                "iommu-suspend ok",
                "irqs-off ok",
                "gic-suspend ok",
                "console-suspend ok",
                "save-context ok",
                "el3-system-suspend ok",
                "resume-entry ok",
                "console-resume ok",
                "gic-resume ok",
                "irqs-on ok",
                "iommu-resume ok",
                "timers-restart ok",
                "rcu-barrier ok",
                "cpu-up@1 ok",
                "cpu-up@2 ok",
                "cpu-up@3 ok",
                "spi-targets ok",
                "thaw ok",
                "initiator-resume ok"));
        steps.removeIf(step -> !iommu && step.startsWith("iommu"));
        assertEquals(steps, b.live.steps());
        assertEquals(OptionalInt.of(0), b.live.suspend().status());
        assertEquals(OptionalInt.of(0), b.live.suspend().initiator());
        assertEquals(Optional.empty(), b.live.suspend().refusedBy());
    }

    @Test
    void theRfcsTextRestartsTheTimersBeforeInterruptsAreOn() {
        LiveBoard live = new LiveBoard(
                "fixture-zcu102",
                LiveBoard.options("rfc2018", 1, 1, "AFTER_DOM0_RAN", true, List.of()));
        live.listen(0, 0, 58);
        live.psci(0, 0, "SYSTEM_SUSPEND", ENTRY, 0);
        live.fire(58, true);
        List<String> steps = live.steps();
        assertEquals(steps.indexOf("gic-resume ok") + 1, steps.indexOf("timers-restart ok"));
        assertEquals(steps.indexOf("timers-restart ok") + 1, steps.indexOf("irqs-on ok"));
        assertEquals(BoardState.RUNNING, live.summary().state());
    }

    @Test
    void s29_anEdgeThatComesWhileTheGicIsOffIsPendedAgain() {
        int edge = b.line2 + 1;
        b.live.done(new NewDomain().pinned(3).lines(Trigger.EDGE, edge).asked());
        b.live.listen(3, 0, edge);
        b.suspend(0, DOM0_CONTEXT);
        b.live.fire(edge, true);
        b.assertBalanced();
        assertEquals(
                OptionalInt.of(edge), b.live.host().wakeCause().orElseThrow().intid());
        assertEquals(edge, b.live.ack(3, 0));
        b.live.eoi(3, 0, edge);
        assertEquals(1023, b.live.ack(3, 0));
    }

    @Test
    void anInterruptInServiceWhenTheMachineSleepsStaysInService() {
        b.live.fire(b.line1, true);
        assertEquals(b.line1, b.live.ack(1, 0));
        b.suspend(0, DOM0_CONTEXT);
        assertEquals(BoardState.SUSPENDED, b.state(), "an active interrupt cannot signal again");
        b.ring();
        b.assertBalanced();
        assertEquals(List.of(b.line1), b.live.vcpu(1, 0).vgic().active());
        assertEquals(1023, b.live.ack(1, 0));
        b.live.eoi(1, 0, b.line1);
        assertEquals(b.line1, b.live.ack(1, 0));
    }

    @Test
    void aFirmwareThatDeniesUnwindsTheWholeSuspend() {
        b.suspend(1, D1_CONTEXT);
        b.begin("el3-system-suspend");
        b.live.unsettled(new Action.Psci(
                new Caller.PhysicalCpu(0),
                Optional.of("CPU_ON"),
                0,
                false,
                List.of(2L, 0x20_0000L, 0L),
                true));
        b.live.settle();
        HostReport host = b.live.host();
        assertEquals(-3, host.lastHostStatus());
        assertEquals(0, host.powerLossCount());
        assertEquals(Optional.of("el3"), b.live.suspend().refusedBy());
        assertTrue(b.live.steps().contains("el3-system-suspend failed"));
        assertTrue(b.live.steps().contains("freeze undone"));
        assertTrue(b.live.steps().contains("cpu-down@1 undone"));
        assertTrue(b.live.steps().contains("cpu-up@2 failed"));
        assertTrue(b.live.console().contains("Error bringing CPU2 up: -4"));
        assertEquals(OptionalInt.of(0), b.live.vcpu(2, 0).pcpu());
        assertEquals(List.of(0), b.target(b.line2));
        assertEquals(ENTRY, b.register(0, "pc"));
        assertEquals(DomainReport.State.SUSPENDED, b.live.domain(1).state());
        assertTrue(b.live.console().contains("suspend.c:235: Failed to suspend, errno=-3"));
        assertFalse(b.live.console().contains("suspend.c:161: PSCI system suspend failed, err=-3"));
        assertEquals(0, b.live.count("board-resumed"));
    }

    @Test
    void aGuestOfWhichAllVcpusAreOffIsFrozenAndThawed() {
        b.live.psci(1, 0, "CPU_OFF");
        b.suspend(0, DOM0_CONTEXT);
        b.live.advance(SECOND);
        b.ring();
        b.assertBalanced();
        assertEquals(VcpuReport.State.OFF, b.live.vcpu(1, 0).state());
    }

    @Test
    void aGuestThatWaitsInCpuSuspendGoesOnWaiting() {
        b.live.psci(1, 0, "CPU_SUSPEND", 0, 0, 0);
        b.suspend(0, DOM0_CONTEXT);
        b.ring();
        b.assertBalanced();
        assertEquals(VcpuReport.State.BLOCKED, b.live.vcpu(1, 0).state());
        assertEquals(0, b.live.count("psci-returned"));
        b.live.fire(b.line1, true);
        assertEquals(1, b.live.count("psci-returned", "domain=1"));
    }

    @Test
    void aShutDownGuestStaysShutDown() {
        b.live.psci(1, 0, "SYSTEM_OFF");
        b.suspend(0, DOM0_CONTEXT);
        b.ring();
        b.assertBalanced();
        assertEquals(DomainReport.State.SHUTDOWN, b.live.domain(1).state());
        assertEquals(1, b.live.vcpu(1, 0).pauseCount());
    }
}
