package dev.vboard.model;

import static dev.vboard.model.FixtureB.DOM0_CONTEXT;
import static dev.vboard.model.FixtureB.ENTRY;
import static dev.vboard.model.HazardSymptom.cell;
import static dev.vboard.model.HazardSymptom.cpu;
import static dev.vboard.model.HazardSymptom.of;
import static dev.vboard.model.HazardSymptom.printed;
import static dev.vboard.model.HazardSymptoms.crashed;

import dev.vboard.model.report.AccessAnswer;
import dev.vboard.model.report.BoardState;
import dev.vboard.model.report.CpuReport;
import dev.vboard.model.report.DeviceReport;
import dev.vboard.model.report.DmaAnswer;
import dev.vboard.model.report.DomainReport;
import dev.vboard.model.report.HostReport;
import dev.vboard.model.report.Observables;
import dev.vboard.model.report.PsciAnswer;
import dev.vboard.model.report.VcpuReport;
import dev.vboard.model.report.WakeCause;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What is seen of the known bugs around domains, timers and devices (xen-suspend.md 7.1). */
final class HazardSymptomsOfDomains {
    private static final long GUEST_RAM = 0x4000_0000L;
    private static final long DOM0_RAM = 0x5000_0000L;
    private static final long NOWHERE = 0x2_0000_0000L;

    private HazardSymptomsOfDomains() {}

    static List<HazardSymptom> ofGuests() {
        return List.of(
                of("HZ-19", b -> b.register(1, "pc") != ENTRY && mmuOn(b)),
                of("HZ-20", b -> !mmuOn(b) && b.register(1, "tcr_el1") == 0x19),
                of("HZ-20b", HazardSymptomsOfDomains::timerNeverFires),
                of("HZ-21", b -> b.register(1, "pc") == ENTRY && b.register(1, "x0") == 0),
                of("HZ-22", b -> b.register(0, "x0") == b.live.host().lastHostStatus()),
                of("HZ-23", b -> b.register(1, "tpidr_el1") != 0x1234),
                of("HZ-24", HazardSymptomsOfDomains::machineReboots),
                of("HZ-25", b -> suspended(b, 3) && isOnline(b, 3, 1)),
                of("HZ-26", b -> suspended(b, 2)),
                of("HZ-27", b -> suspended(b, 1) && pends(b, 1, b.line1)),
                of("HZ-28", b -> mmuOn(b) && suspended(b, 1) && watchdogStands(b)),
                of("HZ-29", b -> kind(b) == Observables.ResumeCause.Kind.EVENT_CHANNEL),
                of(
                        "HZ-58",
                        b -> b.observed(1).resumeCtx().isPresent()
                                && b.observed(1).shutdownCode().orElse(2) != 2),
                of("HZ-59", b -> !suspended(b, 1) && b.register(1, "pc") != ENTRY),
                of("HZ-60", b -> b.register(1, "pc") != ENTRY && b.observed(1).resumeCount() == 1),
                of("HZ-61", b -> b.register(1, "pstate") == (0x3C5 & ~0x200)),
                of("HZ-75", b -> b.live.domain(1).state() == DomainReport.State.RUNNING));
    }

    static List<HazardSymptom> ofTheMachine() {
        return List.of(
                of("HZ-18", b -> crashed(b, "Assertion 'smp_processor_id() == 0'")),
                of("HZ-27h", b -> b.live.count("board-suspended") == 1),
                of("HZ-31", b -> b.firstInstruction(2) < b.firstInstruction(0)),
                of("HZ-32", b -> active(b) && suspended(b, 0)),
                of("HZ-33", b -> active(b) && b.observed(1).pauseCount() == 1),
                of(
                        "HZ-34",
                        b -> barks(b, 1)
                                && b.live.domain(1).state() == DomainReport.State.SHUTDOWN),
                of(
                        "HZ-34b",
                        b -> b.live.domain(1).state() == DomainReport.State.RUNNING
                                && b.observed(1).watchdogs().isEmpty()),
                of("HZ-35", b -> barks(b, 1)),
                of("HZ-36", HazardSymptomsOfDomains::wokenByItsTimer),
                of("HZ-37", HazardSymptomsOfDomains::wokenByItsTimer),
                of("HZ-50", b -> active(b) && cell(b, "xen:host-suspend.wxn").equals("0")),
                of("HZ-51", b -> !el2(b, 0, "vtcr_el2").equals(el2(b, 1, "vtcr_el2"))),
                of("HZ-52", b -> countsUndefined(b, 0) && !countsUndefined(b, 1)),
                of("HZ-53", HazardSymptomsOfDomains::offeredAndNotSupported),
                of(
                        "HZ-54",
                        b -> b.live.host().lastHostStatus() == -1
                                && b.live.steps().contains("freeze undone")),
                of("HZ-56", b -> active(b) && suspended(b, 0) && suspended(b, 3)),
                of("HZ-57", b -> active(b) && suspended(b, 0) && nobodyRunsXl(b)),
                of(
                        "HZ-62",
                        b -> b.live.host().lastHostStatus() == -38
                                && b.register(0, "pc") == ENTRY
                                && !suspended(b, 0)),
                new HazardSymptom(
                        "HZ-66",
                        b -> b.begin("cpu-down"),
                        b -> b.live.vcpu(2, 0).state() == VcpuReport.State.RUNNING),
                of("HZ-74", b -> barks(b, 3) && b.observed(3).suspendCount() == 0));
    }

    static List<HazardSymptom> ofDevices() {
        return List.of(
                of("HZ-45", HazardSymptomsOfDomains::gem0IsAstray),
                of("HZ-46", HazardSymptomsOfDomains::gem0IsAstray),
                of(
                        "HZ-47",
                        b -> dma(b, "pcie", NOWHERE) == DmaAnswer.Outcome.FAULT
                                && !printed(b, "event(s) received")),
                of("HZ-48", b -> active(b) && !printed(b, "Enabling non-boot CPUs  ...")),
                of(
                        "HZ-48b",
                        b -> !printed(b, "Suspending GIC and EL2 context")
                                && b.live.count("console-kept", "Suspending GIC and EL2 context")
                                        == 1),
                of("HZ-63", b -> state(b, "gem0").equals("OFF")),
                of(
                        "HZ-64",
                        b -> cpu(b, 1).power() == CpuReport.Power.POWERDOWN
                                && cpu(b, 1).online()),
                of("HZ-73", b -> dma(b, "sdhi0", DOM0_RAM) == DmaAnswer.Outcome.FAULT),
                of(
                        "HZ-76",
                        b -> !printed(b, "Resume (status -5)")
                                && b.live.count("console-kept", "Resume (status -5)") == 1));
    }

    private static boolean active(FixtureB b) {
        return b.live.host().systemState().equals(Optional.of(HostReport.SystemState.ACTIVE));
    }

    private static boolean suspended(FixtureB b, int domain) {
        return b.live.domain(domain).state() == DomainReport.State.SUSPENDED;
    }

    private static boolean mmuOn(FixtureB b) {
        return (b.register(1, "sctlr_el1") & 1) != 0;
    }

    private static boolean isOnline(FixtureB b, int domain, int vcpu) {
        return b.live.vcpu(domain, vcpu).state() != VcpuReport.State.OFF;
    }

    private static boolean pends(FixtureB b, int domain, int intid) {
        return b.live.vcpu(domain, 0).vgic().pending().contains(intid);
    }

    private static boolean timerNeverFires(FixtureB b) {
        b.live.advance(11 * HazardScripts.SECOND);
        return !pends(b, 1, 27);
    }

    private static boolean machineReboots(FixtureB b) {
        return printed(
                        b,
                        "Hardware Dom0 shutdown (unknown reason 2): rebooting machine in 5"
                                + " seconds.")
                && b.live.count("xen-started") == 2;
    }

    private static boolean watchdogStands(FixtureB b) {
        return !b.observed(1).watchdogs().getFirst().running();
    }

    private static Observables.ResumeCause.Kind kind(FixtureB b) {
        return b.observed(1)
                .lastResumeCause()
                .map(Observables.ResumeCause::kind)
                .orElse(Observables.ResumeCause.Kind.HOST);
    }

    private static boolean barks(FixtureB b, int domain) {
        return printed(b, "Watchdog timer 0 fired for d" + domain);
    }

    private static boolean wokenByItsTimer(FixtureB b) {
        return b.state() == BoardState.RUNNING
                && b.live.host().wakeCause().map(WakeCause::kind).orElse(WakeCause.Kind.NONE)
                        == WakeCause.Kind.TIMER;
    }

    private static String el2(FixtureB b, int cpu, String name) {
        return String.valueOf(cpu(b, cpu).registers().get(name));
    }

    private static boolean countsUndefined(FixtureB b, int vcpu) {
        if (b.live.vcpu(0, vcpu).state() == VcpuReport.State.OFF) {
            b.live.psci(0, 0, "CPU_ON", vcpu, ENTRY, 0);
        }
        AccessAnswer answer = b.live.done(new Action.Sysreg(
                LiveBoard.caller(0, vcpu), "CNTPCT_EL0", OptionalLong.empty(), false));
        return answer instanceof AccessAnswer.AccessFault;
    }

    private static boolean offeredAndNotSupported(FixtureB b) {
        PsciAnswer offered = b.live.psci(0, 0, "PSCI_FEATURES", 0xC400_000EL);
        PsciAnswer answer = b.suspend(0, DOM0_CONTEXT);
        return offered.value().orElse(-1) == 0 && answer.value().orElse(0) == -1;
    }

    private static boolean nobodyRunsXl(FixtureB b) {
        return b.live.refused(LiveBoard.verb(1, "resume")).code().equals("no-control-domain");
    }

    private static boolean gem0IsAstray(FixtureB b) {
        return dma(b, "gem0", GUEST_RAM + 0x1000) != DmaAnswer.Outcome.TRANSLATED;
    }

    private static DmaAnswer.Outcome dma(FixtureB b, String device, long address) {
        DmaAnswer answer = b.live.done(new Action.Dma(device, address, OptionalLong.of(1)));
        return answer.outcome();
    }

    private static String state(FixtureB b, String device) {
        DeviceReport report = b.live.done(new Query.DeviceNamed(device));
        return report.state().name();
    }
}
