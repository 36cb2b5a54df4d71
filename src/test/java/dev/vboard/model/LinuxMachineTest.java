package dev.vboard.model;

import static dev.vboard.model.LinuxGuestTest.CYCLE;
import static dev.vboard.model.LinuxGuestTest.LINE;
import static dev.vboard.model.LinuxGuestTest.RTC;
import static dev.vboard.model.LinuxGuestTest.board;
import static dev.vboard.model.LinuxGuestTest.create;
import static dev.vboard.model.LinuxGuestTest.cycle;
import static dev.vboard.model.LinuxGuestTest.said;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vboard.model.report.BoardState;
import dev.vboard.model.report.DomainReport;
import dev.vboard.model.report.DomainReport.Guest;
import dev.vboard.model.report.Trigger;
import dev.vboard.model.report.VcpuReport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

/** A machine whose Dom0 is a Linux that acts (xen-suspend.md 2.8, 8.3). */
class LinuxMachineTest {
    private static LiveBoard upstream() {
        return machine("upstream");
    }

    private static LiveBoard machine(String flavour) {
        LiveBoard live = new LiveBoard(
                "fixture-zcu102",
                new Boot(flavour).vcpus(2, 1).dom0(Guest.LINUX).options());
        create(live, Guest.LINUX, Trigger.EDGE);
        return live;
    }

    @Test
    void oneCallSuspendsTheWholeMachineWhereDom0IsLinux() {
        LiveBoard live = board(Guest.LINUX);
        create(live, Guest.LINUX, Trigger.EDGE);
        live.done(LiveBoard.verb(1, "suspend"));
        live.done(LiveBoard.verb(0, "suspend"));
        assertEquals(BoardState.SUSPENDED, live.summary().state());
        live.fire(RTC, true);
        assertEquals(BoardState.RUNNING, live.summary().state());
        assertEquals(0, live.host().lastHostStatus());
        assertEquals(CYCLE, cycle(live, 0));
        assertEquals(DomainReport.State.SUSPENDED, live.domain(1).state());
        assertEquals(List.of(), live.suspend().notRestored());
    }

    @Test
    void withoutSystemSuspendItIdles() {
        LiveBoard live = upstream();
        live.done(LiveBoard.verb(0, "suspend"));
        assertEquals(BoardState.RUNNING, live.summary().state());
        assertEquals(DomainReport.State.RUNNING, live.domain(0).state());
        assertEquals("PM: suspend entry (s2idle)", said(live, 0).get(1));
        assertEquals(CYCLE.get(7), said(live, 0).getLast());
        live.fire(RTC, true);
        assertEquals("PM: suspend exit", said(live, 0).getLast());
        assertEquals(0, live.count("vcpu-off", "domain=0"));
    }

    @Test
    void onlyTheToolstackResumesItSince2025() {
        LiveBoard live = upstream();
        live.done(LiveBoard.verb(1, "suspend"));
        assertEquals("---ss-", live.domain(1).xlState());
        live.fire(LINE, true);
        assertEquals(DomainReport.State.SUSPENDED, live.domain(1).state());
        live.done(LiveBoard.verb(1, "resume"));
        assertEquals(CYCLE, cycle(live, 1));
        assertEquals(1, live.count("irq-acked", "intid=" + LINE, "domain=1"));
    }

    @Test
    void dom0LeavesItsDevicesToOthers() {
        LiveBoard live = board(Guest.LINUX);
        assertTrue(live.domain(0).wakeInterrupts().contains(RTC));
        live.done(new NewDomain()
                .named("guest")
                .owning("uart1", "gem0")
                .guest(Guest.LINUX)
                .asked());
        assertTrue(live.domain(1).wakeInterrupts().containsAll(List.of(54, 89, 90)));
    }

    @ParameterizedTest
    @CsvSource({
        "fixture-zcu102, 132",
        "fixture-qemu-virt, 162",
        "fixture-qemu-virt-gicv3, 162",
        "fixture-rcar-h3, 232",
        "fixture-imx8mq, 132",
    })
    void everyBoardSleepsAndWakesWithIt(String profile, int line) {
        LiveBoard live = board(profile, Guest.LINUX);
        create(live, Guest.LINUX, Trigger.EDGE, line);
        live.done(LiveBoard.verb(1, "suspend"));
        live.done(LiveBoard.verb(0, "suspend"));
        assertEquals(BoardState.SUSPENDED, live.summary().state());
        live.fire(line, true);
        assertEquals(BoardState.RUNNING, live.summary().state());
        for (int domain = 0; domain < 2; domain++) {
            assertEquals(DomainReport.State.RUNNING, live.domain(domain).state());
            assertEquals("PM: suspend exit", cycle(live, domain).getLast());
            assertEquals(VcpuReport.State.BLOCKED, live.vcpu(domain, 1).state());
        }
        boolean v3 = live.machine.profile().gic().version() == 3;
        long found = cycle(live, 1).stream()
                .filter(l -> l.startsWith("GICv3: CPU1: found redistributor 1 region 0:0x00000000"))
                .count();
        assertEquals(v3 ? 1 : 0, found);
        assertEquals(1, live.count("irq-acked", "intid=" + line, "domain=1"));
        assertEquals(0, live.count("invariant-violated"));
    }

    @Test
    void aGuestInTheMiddleOfItsSuspendGoesOnAfterTheMachineHasSlept() {
        LiveBoard live = board(Guest.LINUX);
        create(live, Guest.LINUX, Trigger.EDGE);
        live.unsettled(LiveBoard.verb(1, "suspend"));
        live.unsettled(LiveBoard.verb(0, "suspend"));
        live.settle();
        assertEquals(BoardState.SUSPENDED, live.summary().state());
        live.fire(RTC, true);
        assertEquals(BoardState.RUNNING, live.summary().state());
        assertEquals(DomainReport.State.SUSPENDED, live.domain(1).state());
    }

    @ParameterizedTest
    @CsvSource({"host-v8", "host-v11"})
    void theHostSeriesResumesDom0AndLeavesTheGuestToTheToolstack(String flavour) {
        LiveBoard live = machine(flavour);
        live.done(LiveBoard.verb(1, "suspend"));
        live.done(LiveBoard.verb(0, "suspend"));
        assertEquals(BoardState.SUSPENDED, live.summary().state());
        live.fire(LINE, true);
        assertEquals(BoardState.RUNNING, live.summary().state());
        assertEquals(CYCLE, cycle(live, 0));
        assertEquals(DomainReport.State.SUSPENDED, live.domain(1).state());
        live.done(LiveBoard.verb(1, "resume"));
        assertEquals(CYCLE, cycle(live, 1));
        assertEquals(1, live.count("irq-acked", "intid=" + LINE, "domain=1"));
        assertEquals(0, live.count("invariant-violated"));
    }

    @ParameterizedTest
    @CsvSource({"host-v8, 0, -16", "host-v11, 1, 0"})
    void whereTheGuestIsAwakeDom0IsRefusedOrComesBackAtOnce(
            String flavour, int denied, int hostStatus) {
        LiveBoard live = machine(flavour);
        live.done(LiveBoard.verb(0, "suspend"));
        assertEquals(BoardState.RUNNING, live.summary().state());
        assertEquals(denied, live.count("psci-call", "domain=0", "value=-3 SYSTEM_SUSPEND"));
        assertEquals(hostStatus, live.host().lastHostStatus());
        assertEquals("PM: suspend exit", cycle(live, 0).getLast());
        assertEquals(VcpuReport.State.BLOCKED, live.vcpu(0, 1).state());
        assertTrue(live.clock().settled());
    }
}
