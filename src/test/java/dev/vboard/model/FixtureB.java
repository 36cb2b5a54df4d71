package dev.vboard.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vboard.catalog.Catalog;
import dev.vboard.model.report.BoardState;
import dev.vboard.model.report.HostReport;
import dev.vboard.model.report.Observables;
import dev.vboard.model.report.Observables.ResumeCause;
import dev.vboard.model.report.PsciAnswer;
import dev.vboard.model.report.VcpuReport;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Fixture B of the scenarios (xen-suspend.md 9): Dom0 with two vCPUs, D1 with one pinned to p1 and
 * a line aimed at it, D2 with two pinned to p2 and p3 and a line aimed at the first.
 */
final class FixtureB {
    static final long ENTRY = 0x4008_0000L;
    static final long DOM0_CONTEXT = 0x77;
    static final long D1_CONTEXT = 0x55;
    static final long D2_CONTEXT = 0x66;

    final LiveBoard live;
    final int rtc;
    final int line1;
    final int line2;
    private final int setupEnds;

    private FixtureB(LiveBoard live, int rtc, int line1, int line2) {
        this.live = live;
        this.rtc = rtc;
        this.line1 = line1;
        this.line2 = line2;
        int cpus = live.summary().cpus().online();
        live.create(1, LiveBoard.pinned(1), line1);
        live.create(2, LiveBoard.pinned(2, cpus > 3 ? 3 : 2), line2);
        live.listen(0, 0, rtc);
        live.listen(1, 0, line1);
        live.listen(2, 0, line2);
        live.psci(2, 0, "CPU_ON", 1, 0x4000_0000L, 0);
        setupEnds = live.given.count();
    }

    /** What sets the fixture up on a board of that profile, in the words of the contract. */
    static List<String> told(String profile) {
        FixtureB b = on(profile);
        return b.live.given.told().subList(0, b.setupEnds);
    }

    /** On the board with that profile, with these hazards switched on. */
    static FixtureB on(String profile, String... hazards) {
        return on(profile, "AFTER_DOM0_RAN", List.of(hazards));
    }

    /** Of that flavour, on the board with that profile. */
    static FixtureB of(String flavour, String profile) {
        return on(profile, LiveBoard.options(flavour, 2, 2, "AFTER_DOM0_RAN", false, List.of()));
    }

    /** Of that flavour, on the board with that profile, with these hazards switched on. */
    static FixtureB of(String flavour, String profile, List<String> hazards) {
        return on(profile, LiveBoard.options(flavour, 2, 2, "AFTER_DOM0_RAN", false, hazards));
    }

    /** On the board with that profile and that policy of releasing DomUs. */
    static FixtureB on(String profile, String domuRelease, List<String> hazards) {
        return on(profile, LiveBoard.options("rfc2018", 2, 2, domuRelease, false, hazards));
    }

    /** On the board with that profile, whose machine checks no invariant. */
    static FixtureB unchecked(String profile, String... hazards) {
        BootOptions options =
                LiveBoard.options("rfc2018", 2, 2, "AFTER_DOM0_RAN", false, List.of(hazards));
        Machine machine =
                Machine.unchecked(new Catalog().find(profile).orElseThrow().profile());
        return on(profile, new LiveBoard(machine, options));
    }

    private static FixtureB on(String profile, BootOptions options) {
        return on(profile, new LiveBoard(profile, options));
    }

    private static FixtureB on(String profile, LiveBoard live) {
        return switch (profile) {
            case "fixture-qemu-virt", "fixture-uart-lost", "fixture-qemu-virt-gicv3" ->
                new FixtureB(live, 34, 162, 163);
            case "fixture-zcu102",
                    "fixture-slow-cpu-off",
                    "fixture-parked",
                    "fixture-narrow",
                    "fixture-trusted-os",
                    "fixture-no-suspend" -> new FixtureB(live, 58, 132, 133);
            case "zcu102" -> new FixtureB(live, 58, 132, 133);
            case "rcar-h3" -> new FixtureB(live, 36, 232, 233);
            case "qemu-virt" -> new FixtureB(live, 34, 162, 163);
            default -> throw new IllegalArgumentException(profile);
        };
    }

    /** What must hold after a cycle, whatever its reason and end. */
    void assertBalanced() {
        HostReport host = live.host();
        assertEquals(BoardState.RUNNING, state());
        assertTrue(live.clock().settled());
        assertEquals(Optional.of(HostReport.SystemState.ACTIVE), host.systemState());
        assertEquals(4, live.summary().cpus().online());
        assertEquals(List.of(1), target(line1));
        assertEquals(List.of(2), target(line2));
        assertTrue(host.savedSpiTargets().isEmpty());
        for (int domain = 0; domain < 3; domain++) {
            assertEquals(
                    observed(domain).controllerPauseCount(), observed(domain).pauseCount());
        }
        for (HostReport.CpuResources cpu : host.resources()) {
            assertEquals(new HostReport.CpuResources(cpu.cpu(), 1, 1, 1, 3, 1, 0), cpu);
        }
        assertEquals(host.powerLossCount(), live.count("board-suspended"));
        assertEquals(host.powerLossCount(), live.count("board-resumed"));
    }

    /** Takes the domain's other vCPUs down and calls SYSTEM_SUSPEND from the first. */
    PsciAnswer suspend(int domain, long contextId) {
        for (int vcpu = 1; vcpu < live.domain(domain).vcpus().size(); vcpu++) {
            if (live.vcpu(domain, vcpu).state() != VcpuReport.State.OFF) {
                live.psci(domain, vcpu, "CPU_OFF");
            }
        }
        return live.psci(domain, 0, "SYSTEM_SUSPEND", ENTRY, contextId);
    }

    void suspendAll() {
        suspend(1, D1_CONTEXT);
        suspend(2, D2_CONTEXT);
        suspend(0, DOM0_CONTEXT);
    }

    /** Dom0 calls SYSTEM_SUSPEND; the board is left at the beginning of its step. */
    void begin(String step) {
        live.psci(0, 1, "CPU_OFF");
        live.unsettled(
                LiveBoard.call(LiveBoard.caller(0, 0), "SYSTEM_SUSPEND", ENTRY, DOM0_CONTEXT));
        if (!step.equals("freeze")) {
            live.untilStep(step);
        }
    }

    /** The RTC alarm, as the line of the device does it. */
    void ring() {
        live.fire(rtc, true);
        live.fire(rtc, false);
    }

    BoardState state() {
        return live.summary().state();
    }

    Observables observed(int domain) {
        return live.domain(domain).observables();
    }

    List<Integer> target(int intid) {
        return live.target(intid);
    }

    long firstInstruction(int domain) {
        return observed(domain).firstInstructionSeq().orElseThrow();
    }

    long register(int domain, String name) {
        return live.register(domain, 0, name).value();
    }

    /** Time a domain's only watchdog has left. */
    long watchdogLeft(int domain) {
        return observed(domain).watchdogs().getFirst().remainingNs();
    }

    /** The guest arms its virtual timer for a moment from now. */
    void armTimer(int domain, long nanos) {
        long at = live.summary().nowNs() + nanos;
        live.done(new Action.VcpuTimer(
                Integer.toString(domain),
                0,
                Optional.of(true),
                Optional.of(false),
                OptionalLong.of(at)));
        live.done(new Action.VcpuInterrupt(
                Integer.toString(domain),
                0,
                27,
                Optional.of(true),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty()));
    }

    /** What ended the last suspend of a domain; 0 where it was no interrupt. */
    void assertCause(int domain, ResumeCause.Kind kind, int intid) {
        OptionalInt number = intid == 0 ? OptionalInt.empty() : OptionalInt.of(intid);
        assertEquals(
                Optional.of(new ResumeCause(kind, number)), observed(domain).lastResumeCause());
    }
}
