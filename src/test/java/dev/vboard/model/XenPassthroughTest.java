package dev.vboard.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vboard.model.core.Refusal;
import dev.vboard.model.report.DeviceReport;
import dev.vboard.model.report.InterruptReport;
import dev.vboard.model.report.Trigger;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Who owns a device or a line, and what a destroyed domain leaves (api.md 4 and 5). */
class XenPassthroughTest {
    private static final long SECOND = 1_000_000_000L;
    private static final int LINE = 132;
    private static final int UART1 = 54;
    private static final String UART = "uart1";

    private final LiveBoard live = new LiveBoard("fixture-zcu102", LiveBoard.options("rfc2018", 1));

    private void guest() {
        live.done(LiveBoard.domain(1, LiveBoard.pinned(1), 64, LINE));
        live.listen(1, 0, LINE);
    }

    private InterruptReport physical(int intid) {
        return live.done(new Query.Interrupt(intid, OptionalInt.empty()));
    }

    private DeviceReport uart() {
        return live.done(new Query.DeviceNamed(UART));
    }

    @Test
    void destroyingADomainFreesWhatItHad() {
        Action.CreateDomain request =
                new NewDomain().owning(UART).lines(Trigger.LEVEL, LINE).asked();
        live.done(request);
        live.listen(1, 0, LINE);
        live.listen(1, 0, UART1);
        assertEquals(List.of(UART), live.domain(1).devices());
        assertEquals(List.of(UART1, LINE), live.domain(1).interrupts());
        assertTrue(physical(UART1).enabled());
        live.fire(LINE, true);
        assertTrue(physical(LINE).active());
        live.done(new Action.DestroyDomain("1"));
        assertFalse(physical(LINE).active());
        assertFalse(physical(LINE).enabled());
        assertFalse(physical(UART1).enabled());
        assertEquals(List.of(), live.target(LINE));
        assertEquals("1023", Integer.toString(live.ack(0, 0)));
        live.done(request);
        live.listen(2, 0, LINE);
        assertEquals(LINE, live.ack(2, 0), "the line is still high");
    }

    @Test
    void aDestroyedDomainsTimersAreGone() {
        guest();
        live.watchdog(1, 0, SECOND);
        live.done(new Action.DestroyDomain("1"));
        live.advance(2 * SECOND);
        assertEquals(0, live.count("watchdog"));
        assertEquals(List.of(), live.clock().pending());
    }

    @Test
    void aDeviceIsGivenOnlyIfNobodyUsesIt() {
        live.done(new NewDomain().asked());
        live.done(new NewDomain().asked());
        live.done(new Action.DeviceOwner(UART, 1));
        assertEquals(List.of(UART), live.domain(1).devices());
        live.done(new Action.DeviceOwner(UART, 1));
        Refusal other = live.refused(new Action.DeviceOwner(UART, 2));
        assertEquals("device-in-use", other.code());
        assertEquals(List.of("domain 1"), other.blocking());
        assertEquals(
                "device-in-use", live.refused(new Action.DeviceOwner(UART, 0)).code());
        assertEquals(
                List.of("xen"), live.refused(new Action.DeviceOwner("uart0", 1)).blocking());
        assertEquals(
                List.of("xen"), live.refused(new Action.DeviceOwner("smmu", 1)).blocking());
        assertEquals(
                "no-such-device",
                live.refused(new Action.DeviceOwner("uart7", 1)).code());
        assertEquals("/domain", live.refused(new Action.DeviceOwner(UART, 7)).pointer());
    }

    @Test
    void aDeviceWhoseInterruptDom0EnabledIsInUse() {
        live.done(new NewDomain().asked());
        live.listen(0, 0, UART1);
        assertEquals(
                List.of("interrupt " + UART1),
                live.refused(new Action.DeviceOwner(UART, 1)).blocking());
        assertEquals(
                "device-in-use",
                live.refused(new NewDomain().owning(UART).asked()).code());
    }

    @Test
    void aDeviceThatDom0HasWrittenToIsInUse() {
        live.done(new NewDomain().asked());
        long base = uart().address().value();
        live.load(0, 0, base);
        live.done(new Action.DeviceOwner(UART, 1));
        live.done(new Action.DestroyDomain("1"));
        live.done(new NewDomain().asked());
        assertTrue(live.store(0, 0, base, 0));
        assertEquals(
                List.of("dom0"), live.refused(new Action.DeviceOwner(UART, 2)).blocking());
    }

    @Test
    void onlyTheOwnerReachesADevice() {
        long base = uart().address().value();
        live.done(new NewDomain().owning(UART).asked());
        assertTrue(live.store(1, 0, base + 0x18, 0));
        assertFalse(live.store(0, 0, base + 0x18, 0));
    }

    @Test
    void anInterruptHasOneOwner() {
        guest();
        assertEquals(
                "interrupt-in-use",
                live.refused(new NewDomain().lines(Trigger.LEVEL, LINE).asked()).code());
        assertEquals(
                "interrupt-in-use",
                live.refused(new NewDomain().lines(Trigger.LEVEL, UART1).asked())
                        .code());
        assertEquals(
                "/interrupts/0/intid",
                live.refused(new NewDomain().lines(Trigger.LEVEL, 27).asked()).pointer());
        assertEquals(
                "/interrupts/0/intid",
                live.refused(new NewDomain().lines(Trigger.LEVEL, 192).asked()).pointer());
    }

    @Test
    void impossibleDomainsAreRefused() {
        Action.CreateDomain fine = LiveBoard.domain(1, new TreeMap<>(), 64);
        assertEquals("/vcpus", live.refused(LiveBoard.domain(9, fine.pin(), 64)).pointer());
        assertEquals("/vcpus", live.refused(LiveBoard.domain(0, fine.pin(), 64)).pointer());
        assertEquals("/bits", live.refused(LiveBoard.domain(1, fine.pin(), 16)).pointer());
        assertEquals(
                "/pin/1",
                live.refused(LiveBoard.domain(1, LiveBoard.pinned(0, 1), 64)).pointer());
        assertEquals(
                "/pin/0/0",
                live.refused(LiveBoard.domain(1, LiveBoard.pinned(4), 64)).pointer());
        assertEquals(
                "/devices/0",
                live.refused(new NewDomain().owning("uart9").asked()).pointer());
        for (int i = 1; i < 8; i++) {
            live.done(fine);
        }
        assertEquals("limit-reached", live.refused(fine).code());
    }
}
