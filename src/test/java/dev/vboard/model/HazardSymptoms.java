package dev.vboard.model;

import static dev.vboard.model.FixtureB.D1_CONTEXT;
import static dev.vboard.model.FixtureB.DOM0_CONTEXT;
import static dev.vboard.model.FixtureB.ENTRY;
import static dev.vboard.model.HazardSymptom.cell;
import static dev.vboard.model.HazardSymptom.cpu;
import static dev.vboard.model.HazardSymptom.of;
import static dev.vboard.model.HazardSymptom.printed;

import dev.vboard.model.report.BoardState;
import dev.vboard.model.report.CpuReport;
import dev.vboard.model.report.DomainReport;
import dev.vboard.model.report.HostReport;
import dev.vboard.model.report.InterruptReport;
import dev.vboard.model.report.SuspendReport;
import dev.vboard.model.report.Trigger;

import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What is seen of the known bugs around CPUs and the GIC (xen-suspend.md 7.1). */
final class HazardSymptoms {
    private static final long GUEST_RAM = 0x4000_1000L;
    private static final long MILLISECOND = 1_000_000L;

    private HazardSymptoms() {}

    static List<HazardSymptom> ofCpus() {
        return List.of(
                of("HZ-03", b -> leaks(b, 3) == 9),
                of("HZ-04", b -> crashed(b, "Assertion 'local_irq_is_enabled() ||")),
                of("HZ-04b", b -> !ticksOnCpu1(b)),
                of("HZ-05", HazardSymptoms::isBusy),
                of("HZ-06", HazardSymptoms::isBusy),
                of("HZ-07", b -> held(b).equals("2 2 2 0x2") && heldAgain(b).equals("3 3 3 0x3")),
                of("HZ-08", b -> b.live.count("fault", "INIT_TEXT") == 1 && crashed(b, "CPU1")),
                of("HZ-09", b -> cpu(b, 1).online() && withoutErrata(b, 1)),
                of("HZ-10", b -> cpu(b, 0).online() && withoutErrata(b, 0)),
                of("HZ-11", b -> faultsOnRam(b, 1)),
                new HazardSymptom("HZ-12", HazardSymptoms::nothing, b -> faultsOnRam(b, 1)),
                of("HZ-13", b -> faultsOnRam(b, 2)),
                of("HZ-14", b -> refusedByFirmware(b) && spins(b)),
                of("HZ-15", HazardSymptoms::refusedByFirmware),
                of("HZ-16", b -> takenDownIn(b, 1) < MILLISECOND),
                of("HZ-17", b -> crashed(b, "PSCI cpu off failed for CPU1 err=-3")),
                of("HZ-44", b -> deaf(b, 1) && hangsNextTime(b)),
                new HazardSymptom("HZ-65", HazardSymptoms::sgiBeforeCpu1Goes, b -> pending(b, 1)),
                of("HZ-67", b -> crashed(b, "Xen BUG at common/cpu.c:")),
                of("HZ-68", b -> resources(b).ppiHandlers() == 3),
                of("HZ-71", b -> b.live.vcpu(1, 0).state().name().equals("BLOCKED")),
                of("HZ-72", b -> b.live.vcpu(3, 0).state().name().equals("RUNNABLE")));
    }

    static List<HazardSymptom> ofTheGic() {
        return List.of(
                of("HZ-01", b -> b.state() == BoardState.SUSPENDED),
                of("HZ-02", b -> b.target(b.line1).equals(List.of(0))),
                of("HZ-38", HazardSymptoms::hearsNothing),
                of("HZ-38e", b -> b.live.domain(3).state() == DomainReport.State.SUSPENDED),
                of("HZ-39", b -> b.live.count("board-suspended") == 1 && hearsNothing(b)),
                of("HZ-39q", HazardSymptoms::hearsNothing),
                of("HZ-40", HazardSymptoms::edgeIsTakenForALevel),
                of("HZ-41", b -> b.live.host().lastHostStatus() == 0 && hearsNothing(b)),
                of("HZ-42", b -> b.live.count("fault", "LEGACY_IRQ") > 0),
                of("HZ-43", b -> b.live.count("fault", "UNPREDICTABLE") > 0));
    }

    static HostReport.CpuResources resources(FixtureB b) {
        return b.live.host().resources().get(1);
    }

    /** Dom0 takes its alarm, then it suspends and is woken once more. */
    static HostReport.CpuResources again(FixtureB b) {
        b.live.ack(0, 0);
        b.live.fire(b.rtc, false);
        b.live.eoi(0, 0, b.rtc);
        b.suspend(0, DOM0_CONTEXT);
        HazardScripts.raise(b, b.rtc);
        return resources(b);
    }

    /** What CPU 1 holds: its area, its maps, its page tables. */
    private static String held(FixtureB b) {
        HostReport.CpuResources held = resources(b);
        return held.percpuArea() + " " + held.siblingMap() + " " + held.coreMap() + " "
                + cell(b, "xen:pcpu1.page-tables");
    }

    private static String heldAgain(FixtureB b) {
        again(b);
        return held(b);
    }

    private static void nothing(FixtureB b) {
        // it is seen as soon as the board is up
    }

    private static int leaks(FixtureB b, int each) {
        int once = resources(b).ppiHandlers();
        return once == 2 * each ? again(b).ppiHandlers() : once;
    }

    static boolean crashed(FixtureB b, String text) {
        return b.state() == BoardState.CRASHED && printed(b, text);
    }

    private static boolean isBusy(FixtureB b) {
        return printed(b, "Error bringing CPU1 up: -16") && crashed(b, "Xen BUG at common/cpu.c:");
    }

    private static boolean withoutErrata(FixtureB b, int cpu) {
        return cell(b, "xen:pcpu" + cpu + ".errata-applied").equals("0");
    }

    /** D1 runs on CPU 1 again; its timer is due, and it is told so or not. */
    private static boolean ticksOnCpu1(FixtureB b) {
        b.live.handle(LiveBoard.verb(1, "resume"));
        b.armTimer(1, MILLISECOND);
        b.live.advance(10 * MILLISECOND);
        return b.live.vcpu(1, 0).vgic().pending().contains(27);
    }

    /** The domain runs on its CPU, and every access to its memory faults. */
    private static boolean faultsOnRam(FixtureB b, int domain) {
        b.live.handle(LiveBoard.verb(domain, "resume"));
        return !b.live.store(domain, 0, GUEST_RAM, 1);
    }

    private static boolean refusedByFirmware(FixtureB b) {
        return b.live.host().lastHostStatus() == -3
                && b.live.count("console-kept", "PSCI system suspend failed, err=-3") == 1;
    }

    private static boolean spins(FixtureB b) {
        return cpu(b, 1).xenState().orElseThrow() == CpuReport.XenState.SPINNING
                && cpu(b, 1).power() == CpuReport.Power.ON;
    }

    private static long takenDownIn(FixtureB b, int cpu) {
        for (SuspendReport.StepReport step : b.live.suspend().steps()) {
            if (step.name().equals("cpu-down") && step.cpu().orElse(0) == cpu) {
                return step.endNs().orElseThrow() - step.startNs();
            }
        }
        return Long.MAX_VALUE;
    }

    /** An SGI for a CPU is pending and nobody takes it. */
    private static boolean deaf(FixtureB b, int cpu) {
        b.live.handle(new Action.SendSgi(0, 3, List.of(cpu)));
        return pending(b, cpu);
    }

    private static boolean pending(FixtureB b, int cpu) {
        InterruptReport sgi = b.live.done(new Query.Interrupt(3, OptionalInt.of(cpu)));
        return sgi.pending();
    }

    private static void sgiBeforeCpu1Goes(FixtureB b) {
        b.begin("freeze");
        b.live.untilStep("cpu-down");
        b.live.unsettled(new Action.Advance(MILLISECOND / 2));
        b.live.unsettled(new Action.SendSgi(0, 3, List.of(1)));
        b.live.untilStep("cpu-down");
    }

    /** The next rendezvous of all CPUs never ends. */
    private static boolean hangsNextTime(FixtureB b) {
        b.live.handle(new Action.Acknowledge(LiveBoard.caller(0, 0)));
        b.live.fire(b.rtc, false);
        b.live.eoi(0, 0, b.rtc);
        b.live.handle(LiveBoard.call(LiveBoard.caller(0, 0), "SYSTEM_SUSPEND", ENTRY, D1_CONTEXT));
        b.live.handle(new Action.UntilSettled(OptionalLong.of(HazardScripts.SECOND)));
        return b.state() == BoardState.SUSPENDING;
    }

    private static boolean edgeIsTakenForALevel(FixtureB b) {
        InterruptReport line = b.live.done(new Query.Interrupt(140, OptionalInt.empty()));
        return line.trigger() == Trigger.LEVEL;
    }

    /** Dom0 does not hear of its alarm, which is up. */
    private static boolean hearsNothing(FixtureB b) {
        return b.state() == BoardState.RUNNING && b.live.ack(0, 0) >= 1020;
    }
}
