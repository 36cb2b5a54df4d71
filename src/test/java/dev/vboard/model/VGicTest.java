package dev.vboard.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vboard.model.report.BoardState;
import dev.vboard.model.report.InterruptReport;
import dev.vboard.model.report.VcpuReport;
import dev.vboard.model.report.VcpuReport.ListRegister;
import dev.vboard.model.report.VcpuReport.LrState;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Xen's virtual GICv2: what becomes of an interrupt for a guest (gic.md 10). */
class VGicTest {
    private static final long GICD = 0x0300_1000L;
    private static final long ENTRY = 0x4000_0000L;
    private static final int A = 132;
    private static final int B = 133;

    private final LiveBoard live = new LiveBoard("fixture-zcu102", LiveBoard.options("rfc2018", 1));

    /** A domain on p1 and p2, its GIC on, with these lines aimed at vCPU 0 and enabled. */
    private void guest(int... lines) {
        live.done(LiveBoard.domain(2, LiveBoard.pinned(1, 2), 64, lines));
        for (int line : lines) {
            live.listen(1, 0, line);
        }
    }

    private void second() {
        live.psci(1, 0, "CPU_ON", 1, ENTRY, 0);
        live.done(new Action.VcpuGic("1", 1, true, OptionalInt.of(248)));
    }

    private void enable(int vcpu, int intid, boolean on) {
        live.done(new Action.VcpuInterrupt(
                "1",
                vcpu,
                intid,
                Optional.of(on),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty()));
    }

    private void sgi(int vcpu, int intid, int targets) {
        assertTrue(live.store(1, vcpu, GICD + 0xF00, (long) targets << 16 | intid));
    }

    private VcpuReport.VgicReport vgic(int vcpu) {
        return live.vcpu(1, vcpu).vgic();
    }

    private InterruptReport physical(int intid) {
        return live.done(new Query.Interrupt(intid, OptionalInt.empty()));
    }

    @Test
    void aPassedThroughLineIsTiedToItsPhysicalInterruptUntilTheGuestEndsIt() {
        guest(A);
        live.fire(A, true);
        assertEquals(
                List.of(new ListRegister(0, A, LrState.PENDING, OptionalInt.of(A), 160)),
                vgic(0).listRegisters());
        assertTrue(physical(A).active());
        assertEquals(A, live.ack(1, 0));
        assertEquals(LrState.ACTIVE, vgic(0).listRegisters().getFirst().state());
        assertEquals(List.of(A), vgic(0).active());
        live.fire(A, false);
        live.eoi(1, 0, A);
        assertFalse(physical(A).active());
        assertEquals(List.of(), vgic(0).listRegisters());
        assertEquals(1023, live.ack(1, 0));
    }

    @Test
    void aLineThatIsStillHighComesBackAfterTheEnd() {
        guest(A);
        live.fire(A, true);
        for (int i = 0; i < 3; i++) {
            assertEquals(A, live.ack(1, 0));
            assertEquals(1023, live.ack(1, 0));
            live.eoi(1, 0, A);
            assertEquals(List.of(A), vgic(0).pending());
        }
        assertEquals(4, live.count("irq-injected", "virq=" + A));
    }

    @Test
    void anSgiSentAgainWhileItIsHandledIsPendingAndActive() {
        guest(A);
        enable(0, 2, true);
        sgi(0, 2, 1);
        assertEquals(2, live.ack(1, 0));
        sgi(0, 2, 1);
        sgi(0, 2, 1);
        assertEquals(LrState.PENDING_ACTIVE, vgic(0).listRegisters().getFirst().state());
        live.eoi(1, 0, 2);
        assertEquals(2, live.ack(1, 0));
        live.eoi(1, 0, 2);
        assertEquals(1023, live.ack(1, 0));
    }

    @Test
    void anSgiSentTwiceBeforeItIsTakenIsOne() {
        guest(A);
        enable(0, 2, true);
        sgi(0, 2, 1);
        sgi(0, 2, 1);
        assertEquals(2, live.ack(1, 0));
        live.eoi(1, 0, 2);
        assertEquals(1023, live.ack(1, 0));
    }

    @Test
    void anSgiGoesToTheOthersOrToTheSenderItself() {
        guest(A);
        second();
        enable(0, 4, true);
        enable(1, 4, true);
        assertTrue(live.store(1, 0, GICD + 0xF00, 1 << 24 | 4));
        assertEquals(List.of(), vgic(0).pending());
        assertEquals(List.of(4), vgic(1).pending());
        assertTrue(live.store(1, 0, GICD + 0xF00, 2 << 24 | 4));
        assertEquals(List.of(4), vgic(0).pending());
    }

    @Test
    void anSgiWakesAVcpuThatWaits() {
        guest(A);
        second();
        live.done(new Action.Wfi(LiveBoard.caller(1, 1)));
        assertEquals(VcpuReport.State.BLOCKED, live.vcpu(1, 1).state());
        sgi(0, 4, 2);
        assertEquals(VcpuReport.State.RUNNING, live.vcpu(1, 1).state());
    }

    @Test
    void aDisabledInterruptWaitsAndIsShownWhenEnabled() {
        guest(A);
        sgi(0, 6, 1);
        assertEquals(1023, live.ack(1, 0));
        assertEquals(List.of(6), vgic(0).pending());
        assertEquals(List.of(), vgic(0).listRegisters());
        enable(0, 6, true);
        assertEquals(6, live.ack(1, 0));
        live.eoi(1, 0, 6);
    }

    @Test
    void enablingWhatWaitsWakesItsVcpu() {
        guest(A);
        second();
        enable(0, A, false);
        live.done(new Action.VcpuInterrupt(
                "1",
                0,
                A,
                Optional.empty(),
                OptionalInt.empty(),
                Optional.of(List.of(1)),
                Optional.empty()));
        live.done(new Action.Wfi(LiveBoard.caller(1, 1)));
        live.fire(A, true);
        assertEquals(VcpuReport.State.BLOCKED, live.vcpu(1, 1).state());
        enable(0, A, true);
        assertEquals(VcpuReport.State.RUNNING, live.vcpu(1, 1).state());
        assertEquals(A, live.ack(1, 1));
    }

    @Test
    void aVcpuMaySleepOverWhatItHandlesButNotOverWhatCameSince() {
        guest(A);
        enable(0, 31, true);
        live.fire(A, true);
        live.done(new Action.EventChannel("1", 1));
        assertEquals(31, live.ack(1, 0));
        live.done(new Action.Wfi(LiveBoard.caller(1, 0)));
        assertEquals(VcpuReport.State.RUNNING, live.vcpu(1, 0).state(), "the line is pending");
        live.eoi(1, 0, 31);
        assertEquals(A, live.ack(1, 0));
        live.done(new Action.Wfi(LiveBoard.caller(1, 0)));
        assertEquals(VcpuReport.State.BLOCKED, live.vcpu(1, 0).state());
        live.done(new Action.EventChannel("1", 2));
        assertEquals(VcpuReport.State.RUNNING, live.vcpu(1, 0).state());
        live.done(new Action.VcpuGic("1", 0, true, OptionalInt.of(0)));
        live.done(new Action.Wfi(LiveBoard.caller(1, 0)));
        assertEquals(VcpuReport.State.RUNNING, live.vcpu(1, 0).state(), "an event counts masked");
    }

    @Test
    void theEnableOfAPassedThroughLineIsTheDistributors() {
        guest(A);
        assertTrue(physical(A).enabled());
        enable(0, A, false);
        assertFalse(physical(A).enabled());
        live.fire(A, true);
        assertEquals(1023, live.ack(1, 0));
        enable(0, A, true);
        assertEquals(A, live.ack(1, 0));
    }

    @Test
    void gicT22_anInterruptForADownVcpuIsDroppedAndForAPausedDomainQueued() {
        guest(A, B);
        second();
        live.done(new Action.VcpuInterrupt(
                "1",
                0,
                A,
                Optional.empty(),
                OptionalInt.empty(),
                Optional.of(List.of(1)),
                Optional.empty()));
        live.psci(1, 1, "CPU_OFF");
        live.log.clear();
        live.fire(A, true);
        assertEquals(0, live.count("irq-injected"));
        assertEquals(List.of(), vgic(1).pending());
        assertTrue(physical(A).active());
        assertEquals(1, live.count("irq-acked", "intid=" + A));
        live.done(LiveBoard.verb(1, "pause"));
        live.fire(B, true);
        assertEquals(List.of(B), vgic(0).pending());
        live.done(LiveBoard.verb(1, "unpause"));
        assertEquals(B, live.ack(1, 0));
    }

    @Test
    void gicT22_aDownVcpusSpiCannotWakeTheHostAnyMore() {
        guest(A);
        second();
        live.done(new Action.VcpuInterrupt(
                "1",
                0,
                A,
                Optional.empty(),
                OptionalInt.empty(),
                Optional.of(List.of(1)),
                Optional.empty()));
        live.psci(1, 1, "CPU_OFF");
        live.fire(A, true);
        live.psci(0, 0, "SYSTEM_SUSPEND", ENTRY, 0);
        assertEquals(BoardState.SUSPENDED, live.summary().state());
    }

    @Test
    void startingAVcpuDropsWhatWasPendingForIt() {
        guest(A);
        second();
        enable(1, 3, true);
        sgi(0, 3, 2);
        assertEquals(List.of(3), vgic(1).pending());
        live.psci(1, 1, "CPU_OFF");
        live.psci(1, 0, "CPU_ON", 1, ENTRY, 0);
        assertEquals(List.of(), vgic(1).pending());
        assertEquals(List.of(), vgic(1).listRegisters());
        assertEquals(List.of(3), vgic(1).enabled());
        assertEquals(1023, live.ack(1, 1));
    }

    @Test
    void aTargetMovedWhileTheInterruptIsInAListRegisterTakesEffectAfterItsEnd() {
        guest(A);
        second();
        live.fire(A, true);
        assertTrue(live.store(1, 0, GICD + 0x800 + A, 0x02));
        assertEquals(List.of(1), physical(A).targets());
        assertEquals(A, live.ack(1, 0));
        assertTrue(live.store(1, 0, GICD + 0x800 + A, 0x01));
        assertEquals(0x02, live.load(1, 0, GICD + 0x800 + A) & 0xFF);
        live.eoi(1, 0, A);
        live.done(new Action.Wfi(LiveBoard.caller(1, 0)));
        assertEquals(List.of(2), physical(A).targets());
        assertEquals(List.of(A), vgic(1).pending());
        assertEquals(A, live.ack(1, 1));
    }
}
