package dev.vboard.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vboard.model.report.BoardState;
import dev.vboard.model.report.VcpuReport;
import dev.vboard.model.report.VcpuReport.ListRegister;
import dev.vboard.model.report.VcpuReport.LrState;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.OptionalInt;

/** Xen's virtual GICv2: what becomes of an interrupt for a guest (gic.md 10). */
@ParameterizedClass
@ValueSource(strings = {GicGuest.V2, GicGuest.V3})
class VGicTest {
    private static final long ENTRY = 0x4000_0000L;

    private final GicGuest guest;
    private final LiveBoard live;

    VGicTest(String profile) {
        guest = new GicGuest(profile);
        live = guest.live;
    }

    @Test
    void aPassedThroughLineIsTiedToItsPhysicalInterruptUntilTheGuestEndsIt() {
        guest.with(guest.a);
        live.fire(guest.a, true);
        assertEquals(
                List.of(new ListRegister(
                        0, guest.a, LrState.PENDING, OptionalInt.of(guest.a), 160)),
                guest.vgic(0).listRegisters());
        assertTrue(guest.physical(guest.a).active());
        assertEquals(guest.a, live.ack(1, 0));
        assertEquals(LrState.ACTIVE, guest.vgic(0).listRegisters().getFirst().state());
        assertEquals(List.of(guest.a), guest.vgic(0).active());
        live.fire(guest.a, false);
        live.eoi(1, 0, guest.a);
        assertFalse(guest.physical(guest.a).active());
        assertEquals(List.of(), guest.vgic(0).listRegisters());
        assertEquals(1023, live.ack(1, 0));
    }

    @Test
    void aLineThatIsStillHighComesBackAfterTheEnd() {
        guest.with(guest.a);
        live.fire(guest.a, true);
        for (int i = 0; i < 3; i++) {
            assertEquals(guest.a, live.ack(1, 0));
            assertEquals(1023, live.ack(1, 0));
            live.eoi(1, 0, guest.a);
            assertEquals(List.of(guest.a), guest.vgic(0).pending());
        }
        assertEquals(4, live.count("irq-injected", "virq=" + guest.a));
    }

    @Test
    void anSgiSentAgainWhileItIsHandledIsPendingAndActive() {
        guest.with(guest.a);
        guest.enable(0, 2, true);
        guest.sgi(0, 2, 1);
        assertEquals(2, live.ack(1, 0));
        guest.sgi(0, 2, 1);
        guest.sgi(0, 2, 1);
        assertEquals(
                LrState.PENDING_ACTIVE, guest.vgic(0).listRegisters().getFirst().state());
        live.eoi(1, 0, 2);
        assertEquals(2, live.ack(1, 0));
        live.eoi(1, 0, 2);
        assertEquals(1023, live.ack(1, 0));
    }

    @Test
    void anSgiSentTwiceBeforeItIsTakenIsOne() {
        guest.with(guest.a);
        guest.enable(0, 2, true);
        guest.sgi(0, 2, 1);
        guest.sgi(0, 2, 1);
        assertEquals(2, live.ack(1, 0));
        live.eoi(1, 0, 2);
        assertEquals(1023, live.ack(1, 0));
    }

    @Test
    void anSgiGoesToTheOthersOrToTheSenderItself() {
        guest.with(guest.a);
        guest.second();
        guest.enable(0, 4, true);
        guest.enable(1, 4, true);
        guest.sgiToOthers(0, 4);
        assertEquals(List.of(), guest.vgic(0).pending());
        assertEquals(List.of(4), guest.vgic(1).pending());
        guest.sgi(0, 4, 1);
        assertEquals(List.of(4), guest.vgic(0).pending());
    }

    @Test
    void anSgiWakesAVcpuThatWaits() {
        guest.with(guest.a);
        guest.second();
        live.done(new Action.Wfi(LiveBoard.caller(1, 1)));
        assertEquals(VcpuReport.State.BLOCKED, live.vcpu(1, 1).state());
        guest.sgi(0, 4, 2);
        assertEquals(VcpuReport.State.RUNNING, live.vcpu(1, 1).state());
    }

    @Test
    void aDisabledInterruptWaitsAndIsShownWhenEnabled() {
        guest.with(guest.a);
        guest.sgi(0, 6, 1);
        assertEquals(1023, live.ack(1, 0));
        assertEquals(List.of(6), guest.vgic(0).pending());
        assertEquals(List.of(), guest.vgic(0).listRegisters());
        guest.enable(0, 6, true);
        assertEquals(6, live.ack(1, 0));
        live.eoi(1, 0, 6);
    }

    @Test
    void enablingWhatWaitsWakesItsVcpu() {
        guest.with(guest.a);
        guest.second();
        guest.enable(0, guest.a, false);
        guest.aim(guest.a, 1);
        live.done(new Action.Wfi(LiveBoard.caller(1, 1)));
        live.fire(guest.a, true);
        assertEquals(VcpuReport.State.BLOCKED, live.vcpu(1, 1).state());
        guest.enable(0, guest.a, true);
        assertEquals(VcpuReport.State.RUNNING, live.vcpu(1, 1).state());
        assertEquals(guest.a, live.ack(1, 1));
    }

    @Test
    void aVcpuMaySleepOverWhatItHandlesButNotOverWhatCameSince() {
        guest.with(guest.a);
        guest.enable(0, 31, true);
        live.fire(guest.a, true);
        live.done(new Action.EventChannel("1", 1));
        assertEquals(31, live.ack(1, 0));
        live.done(new Action.Wfi(LiveBoard.caller(1, 0)));
        assertEquals(VcpuReport.State.RUNNING, live.vcpu(1, 0).state(), "the line is pending");
        live.eoi(1, 0, 31);
        assertEquals(guest.a, live.ack(1, 0));
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
        guest.with(guest.a);
        assertTrue(guest.physical(guest.a).enabled());
        guest.enable(0, guest.a, false);
        assertFalse(guest.physical(guest.a).enabled());
        live.fire(guest.a, true);
        assertEquals(1023, live.ack(1, 0));
        guest.enable(0, guest.a, true);
        assertEquals(guest.a, live.ack(1, 0));
    }

    @Test
    void gicT22_anInterruptForADownVcpuIsDroppedAndForAPausedDomainQueued() {
        guest.with(guest.a, guest.b);
        guest.second();
        guest.aim(guest.a, 1);
        live.psci(1, 1, "CPU_OFF");
        live.log.clear();
        live.fire(guest.a, true);
        assertEquals(0, live.count("irq-injected"));
        assertEquals(List.of(), guest.vgic(1).pending());
        assertTrue(guest.physical(guest.a).active());
        assertEquals(1, live.count("irq-acked", "intid=" + guest.a));
        live.done(LiveBoard.verb(1, "pause"));
        live.fire(guest.b, true);
        assertEquals(List.of(guest.b), guest.vgic(0).pending());
        live.done(LiveBoard.verb(1, "unpause"));
        assertEquals(guest.b, live.ack(1, 0));
    }

    @Test
    void gicT22_aDownVcpusSpiCannotWakeTheHostAnyMore() {
        guest.with(guest.a);
        guest.second();
        guest.aim(guest.a, 1);
        live.psci(1, 1, "CPU_OFF");
        live.fire(guest.a, true);
        live.psci(0, 0, "SYSTEM_SUSPEND", ENTRY, 0);
        assertEquals(BoardState.SUSPENDED, live.summary().state());
    }

    @Test
    void startingAVcpuDropsWhatWasPendingForIt() {
        guest.with(guest.a);
        guest.second();
        guest.enable(1, 3, true);
        guest.sgi(0, 3, 2);
        assertEquals(List.of(3), guest.vgic(1).pending());
        live.psci(1, 1, "CPU_OFF");
        live.psci(1, 0, "CPU_ON", 1, ENTRY, 0);
        assertEquals(List.of(), guest.vgic(1).pending());
        assertEquals(List.of(), guest.vgic(1).listRegisters());
        assertEquals(List.of(3), guest.vgic(1).enabled());
        assertEquals(1023, live.ack(1, 1));
    }

    @Test
    void aTargetMovedWhileTheInterruptIsInAListRegisterTakesEffectAfterItsEnd() {
        guest.with(guest.a);
        guest.second();
        live.fire(guest.a, true);
        guest.route(guest.a, 1);
        assertEquals(List.of(1), guest.physical(guest.a).targets());
        assertEquals(guest.a, live.ack(1, 0));
        guest.route(guest.a, 0);
        assertEquals(1, guest.routed(guest.a));
        live.eoi(1, 0, guest.a);
        live.done(new Action.Wfi(LiveBoard.caller(1, 0)));
        assertEquals(List.of(2), guest.physical(guest.a).targets());
        assertEquals(List.of(guest.a), guest.vgic(1).pending());
        assertEquals(guest.a, live.ack(1, 1));
    }
}
