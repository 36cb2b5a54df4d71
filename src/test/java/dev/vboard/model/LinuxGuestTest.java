package dev.vboard.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vboard.model.core.Board;
import dev.vboard.model.report.DomainReport;
import dev.vboard.model.report.DomainReport.Guest;
import dev.vboard.model.report.Trigger;
import dev.vboard.model.report.VcpuReport;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/** A guest that suspends and resumes by itself, as Linux does (xen-suspend.md 2.1, 8.3). */
class LinuxGuestTest {
    static final int LINE = 132;
    static final int RTC = 58;

    static final List<String> CYCLE = List.of(
            "PM: suspend entry (deep)",
            "Filesystems sync: 0.000 seconds",
            "Freezing user space processes",
            "Freezing user space processes completed (elapsed 0.001 seconds)",
            "OOM killer disabled.",
            "Freezing remaining freezable tasks",
            "Freezing remaining freezable tasks completed (elapsed 0.001 seconds)",
            "printk: Suspending console(s) (use no_console_suspend to debug)",
            "Disabling non-boot CPUs ...",
            "psci: CPU1 killed (polled 0 ms)",
            "Enabling non-boot CPUs ...",
            "Detected VIPT I-cache on CPU1",
            "CPU1: Booted secondary processor 0x0000000001 [0x410fd034]",
            "CPU1 is up",
            "OOM killer enabled.",
            "Restarting tasks ... done.",
            "PM: suspend exit");

    static LiveBoard board(Guest dom0) {
        return board("fixture-zcu102", dom0);
    }

    static LiveBoard board(String profile, Guest dom0) {
        return new LiveBoard(profile, new Boot("rfc2018").vcpus(2, 1).dom0(dom0).options());
    }

    static DomainReport create(LiveBoard live, Guest guest, Trigger trigger) {
        return create(live, guest, trigger, LINE);
    }

    static DomainReport create(LiveBoard live, Guest guest, Trigger trigger, int line) {
        return live.done(new NewDomain()
                .named("guest")
                .pinned(2, 3)
                .lines(trigger, line)
                .guest(guest)
                .asked());
    }

    static List<String> said(LiveBoard live, int domain) {
        List<String> lines = new ArrayList<>();
        String mark = " console domain=" + domain + " ";
        for (String line : live.log) {
            int at = line.indexOf(mark);
            if (at >= 0) {
                lines.add(line.substring(at + mark.length()));
            }
        }
        return lines;
    }

    static List<String> cycle(LiveBoard live, int domain) {
        List<String> said = said(live, domain);
        return said.subList(said.indexOf(CYCLE.getFirst()), said.size());
    }

    @Test
    void itBootsAllItsCpusAndWaits() {
        LiveBoard live = board(Guest.MANUAL);
        DomainReport guest = create(live, Guest.LINUX, Trigger.EDGE);
        assertEquals("-b----", guest.xlState());
        for (int vcpu = 0; vcpu < 2; vcpu++) {
            assertEquals(VcpuReport.State.BLOCKED, live.vcpu(1, vcpu).state());
        }
        assertTrue(guest.wakeInterrupts().contains(LINE));
        assertTrue(live.clock().settled());
    }

    @Test
    void itTakesAndEndsItsInterrupts() {
        LiveBoard live = board(Guest.MANUAL);
        create(live, Guest.NO_PM, Trigger.EDGE);
        live.fire(LINE, true);
        assertEquals(1, live.count("irq-acked", "intid=" + LINE, "domain=1"));
        assertEquals(1, live.count("irq-ended", "intid=" + LINE, "domain=1"));
        assertEquals(VcpuReport.State.BLOCKED, live.vcpu(1, 0).state());
    }

    @Test
    void aLevelLineThatNobodyLowersIsMaskedAndTriedAgain() {
        LiveBoard live = board(Guest.MANUAL);
        create(live, Guest.LINUX, Trigger.LEVEL);
        live.fire(LINE, true);
        assertEquals(1, live.count("irq-acked", "intid=" + LINE, "domain=1"));
        live.advance(1_000_000_000L);
        assertEquals(2, live.count("irq-acked", "intid=" + LINE, "domain=1"));
        live.fire(LINE, false);
        live.advance(1_000_000_000L);
        assertEquals(2, live.count("irq-acked", "intid=" + LINE, "domain=1"));
        live.fire(LINE, true);
        assertEquals(3, live.count("irq-acked", "intid=" + LINE, "domain=1"));
    }

    @Test
    void itSuspendsWhenAskedAndComesBackByItsLine() {
        LiveBoard live = board(Guest.MANUAL);
        create(live, Guest.LINUX, Trigger.EDGE);
        live.done(LiveBoard.verb(1, "suspend"));
        assertEquals(DomainReport.State.SUSPENDED, live.domain(1).state());
        assertEquals(VcpuReport.State.OFF, live.vcpu(1, 1).state());
        assertEquals(CYCLE.subList(0, 8), cycle(live, 1));
        live.fire(LINE, true);
        assertEquals(DomainReport.State.RUNNING, live.domain(1).state());
        assertEquals(CYCLE, cycle(live, 1));
        assertEquals(VcpuReport.State.BLOCKED, live.vcpu(1, 1).state());
        assertEquals(1, live.domain(1).observables().resumeCount());
        assertTrue(live.clock().settled());
    }

    /** Begins a suspend of the guest and stops where its first vCPU makes that call. */
    private static void untilCall(LiveBoard live, String function) {
        live.unsettled(LiveBoard.verb(1, "suspend"));
        SortedMap<String, String> fields = new TreeMap<>();
        fields.put("event", "psci-call");
        fields.put("domain", "1");
        fields.put("function", function);
        live.done(new Action.UntilEvent(fields, OptionalLong.of(1_000_000_000L)));
    }

    @Test
    void itsInterruptsLeaveACpuBeforeItGoes() {
        LiveBoard live = board(Guest.MANUAL);
        create(live, Guest.LINUX, Trigger.EDGE);
        DomainReport other = live.done(new NewDomain()
                .named("other")
                .pinned(2, 3)
                .passThrough(new Action.PassThrough(LINE + 1, Optional.of(Trigger.EDGE), 1))
                .guest(Guest.LINUX)
                .asked());
        assertEquals(List.of(3), live.target(LINE + 1));
        live.done(LiveBoard.verb(other.id(), "suspend"));
        assertEquals(DomainReport.State.SUSPENDED, live.domain(other.id()).state());
        assertEquals(List.of(2), live.target(LINE + 1));
        live.fire(LINE + 1, true);
        assertEquals(DomainReport.State.RUNNING, live.domain(other.id()).state());
    }

    @Test
    void whatDoesNotWakeIsMaskedMeanwhile() {
        LiveBoard live = board(Guest.MANUAL);
        DomainReport guest = live.done(new NewDomain()
                .named("guest")
                .pinned(2)
                .owning("gem0")
                .guest(Guest.LINUX)
                .asked());
        assertTrue(guest.wakeInterrupts().containsAll(List.of(89, 90)));
        live.done(LiveBoard.verb(1, "suspend"));
        DomainReport asleep = live.domain(1);
        assertEquals(DomainReport.State.SUSPENDED, asleep.state());
        assertTrue(asleep.wakeInterrupts().contains(90));
        live.done(LiveBoard.verb(1, "resume"));
        assertTrue(live.domain(1).wakeInterrupts().containsAll(List.of(89, 90)));
    }

    @Test
    void aWakeUpOnTheWayAbortsTheSuspend() {
        LiveBoard live = board(Guest.MANUAL);
        create(live, Guest.LINUX, Trigger.EDGE);
        untilCall(live, "CPU_OFF");
        live.fire(LINE, true);
        live.settle();
        assertEquals(DomainReport.State.RUNNING, live.domain(1).state());
        assertEquals(0, live.domain(1).observables().suspendCount());
        List<String> said = cycle(live, 1);
        assertTrue(said.contains("PM: Wakeup pending, aborting suspend"));
        assertTrue(said.contains("CPU1 is up"));
        assertEquals("PM: suspend exit", said.getLast());
        assertEquals(VcpuReport.State.BLOCKED, live.vcpu(1, 1).state());
    }

    @Test
    void aRefusedSuspendIsTakenBack() {
        LiveBoard live = board(Guest.MANUAL);
        create(live, Guest.LINUX, Trigger.EDGE);
        untilCall(live, "CPU_OFF");
        live.unsettled(LiveBoard.call(LiveBoard.caller(1, 0), "CPU_ON", 1, 0x4000_1000L, 0));
        live.settle();
        assertEquals(1, live.count("psci-call", "domain=1", "value=-3 SYSTEM_SUSPEND"));
        assertEquals(DomainReport.State.RUNNING, live.domain(1).state());
        assertTrue(cycle(live, 1)
                .contains("psci: CPU1 may not have shut down cleanly (AFFINITY_INFO reports 0)"));
        assertEquals("PM: suspend exit", cycle(live, 1).getLast());
    }

    @Test
    void aGuestThatCannotHearIsRefused() {
        LiveBoard live = board(Guest.MANUAL);
        create(live, Guest.LINUX, Trigger.EDGE);
        live.unsettled(LiveBoard.verb(1, "suspend"));
        assertEquals("guest-busy", live.refused(LiveBoard.verb(1, "suspend")).code());
        live.settle();
        assertEquals(
                "domain-suspended", live.refused(LiveBoard.verb(1, "suspend")).code());
        live.done(LiveBoard.verb(1, "resume"));
        live.done(LiveBoard.verb(1, "pause"));
        assertEquals(
                "domain-paused", live.refused(LiveBoard.verb(1, "shutdown")).code());
        assertEquals(
                "domain-on-itself", live.refused(LiveBoard.verb(0, "suspend")).code());
    }

    @Test
    void aForkAndARestoredBoardGoOnWhereTheGuestWas() {
        LiveBoard live = board(Guest.MANUAL);
        create(live, Guest.LINUX, Trigger.EDGE);
        untilCall(live, "CPU_OFF");
        Board fork = live.board.fork();
        live.settle();
        live.machine.handle(
                fork,
                new Action.UntilSettled(OptionalLong.empty()),
                Machine.Settle.NO,
                () -> false);
        assertEquals(live.board.fingerprint(), fork.fingerprint());
    }

    @Test
    void anOverwrittenContextShowsInWhatTheGuestDoesNext() {
        LiveBoard live = board(Guest.MANUAL);
        create(live, Guest.LINUX, Trigger.EDGE);
        live.done(new Action.SetHazards(List.of("HZ-19")));
        live.done(LiveBoard.verb(1, "suspend"));
        live.fire(LINE, true);
        assertTrue(live.clock().settled());
        assertEquals("PM: suspend exit", cycle(live, 1).getLast());
    }
}
