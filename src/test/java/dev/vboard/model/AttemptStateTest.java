package dev.vboard.model;

import static dev.vboard.model.FixtureB.D1_CONTEXT;
import static dev.vboard.model.FixtureB.D2_CONTEXT;
import static dev.vboard.model.FixtureB.DOM0_CONTEXT;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vboard.model.core.Board;
import dev.vboard.model.report.AttemptState;
import dev.vboard.model.report.AttemptState.AttemptCpu;
import dev.vboard.model.report.AttemptState.AttemptDomain;
import dev.vboard.model.report.AttemptState.RunstateCount;
import dev.vboard.model.report.BoardState;
import dev.vboard.model.report.CpuReport.Power;
import dev.vboard.model.report.CpuReport.RunningVcpu;
import dev.vboard.model.report.CpuReport.XenState;
import dev.vboard.model.report.HostReport;
import dev.vboard.model.report.Observables.ShutdownState;
import dev.vboard.model.report.SuspendReport;
import dev.vboard.model.xen.Flavour;
import dev.vboard.model.xen.SuspendStep;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * How Xen stood before and after an attempt, in its report (issue 4, item 10): what a healthy or a
 * failed attempt must put back is equal, and what is not put back shows (xen-suspend.md 4.3, 5.1).
 */
class AttemptStateTest {
    private static final String ZCU102 = "fixture-zcu102";
    private static final int ENOMEM = -12;
    private static final Optional<RunningVcpu> IDLE = Optional.empty();

    private static AttemptState before(FixtureB b) {
        return b.live.suspend().before().orElseThrow();
    }

    private static AttemptState after(FixtureB b) {
        return b.live.suspend().after().orElseThrow();
    }

    /** The state without what may differ: when it was, and the domain that asked. */
    private static AttemptState comparable(AttemptState state) {
        List<AttemptCpu> cpus = new ArrayList<>(state.cpus());
        cpus.set(0, new AttemptCpu(0, cpus.get(0).xenState(), cpus.get(0).power(), IDLE));
        return new AttemptState(
                0,
                state.systemState(),
                state.schedulerOn(),
                state.irqsOn(),
                state.timersOn(),
                state.consoleOn(),
                state.gicOn(),
                state.iommuOn(),
                state.spisAway(),
                cpus,
                state.domains().subList(1, state.domains().size()));
    }

    private static AttemptDomain domain(
            int id, int pauses, int byToolstack, boolean suspended, int... runstates) {
        return new AttemptDomain(
                id,
                pauses,
                byToolstack,
                suspended ? ShutdownState.COMPLETE : ShutdownState.NONE,
                suspended ? OptionalInt.of(2) : OptionalInt.empty(),
                new RunstateCount(runstates[0], runstates[1], runstates[2], runstates[3]));
    }

    private static AttemptCpu online(int cpu, int domain, int vcpu) {
        return new AttemptCpu(
                cpu, XenState.ONLINE, Power.ON, Optional.of(new RunningVcpu(domain, vcpu)));
    }

    private static AttemptCpu idle(int cpu) {
        return new AttemptCpu(cpu, XenState.ONLINE, Power.ON, IDLE);
    }

    @Test
    void itSaysWhatEachCpuAndDomainDid() {
        FixtureB b = FixtureB.on(ZCU102);
        assertEquals(Optional.empty(), b.live.suspend().before());
        assertEquals(Optional.empty(), b.live.suspend().after());
        b.suspend(1, D1_CONTEXT);
        b.live.done(LiveBoard.verb(2, "pause"));
        long asked = b.live.summary().nowNs();
        b.suspend(0, DOM0_CONTEXT);
        b.ring();
        AttemptState before = before(b);
        assertEquals(asked, before.atNs());
        assertEquals(List.of(idle(0), idle(1), idle(2), idle(3)), before.cpus());
        assertEquals(
                List.of(
                        domain(0, 0, 0, true, 0, 0, 1, 1),
                        domain(1, 0, 0, true, 0, 0, 1, 0),
                        domain(2, 1, 1, false, 0, 0, 0, 2)),
                before.domains());
        assertEquals(HostReport.SystemState.ACTIVE, before.systemState());
        assertTrue(before.schedulerOn() && before.irqsOn() && before.timersOn());
        assertTrue(before.consoleOn() && before.gicOn());
        assertEquals(Optional.of(true), before.iommuOn());
        assertEquals(0, before.spisAway());
        AttemptState after = after(b);
        assertEquals(b.live.suspend().steps().getLast().endNs().orElseThrow(), after.atNs());
        assertEquals(List.of(online(0, 0, 0), idle(1), idle(2), idle(3)), after.cpus());
        assertEquals(domain(0, 0, 0, false, 1, 0, 0, 1), after.domains().getFirst());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rfc2018", "host-v8", "host-v11"})
    void afterASleepAllIsAsItWas(String flavour) {
        FixtureB b = FixtureB.of(flavour, ZCU102);
        b.suspendAll();
        assertEquals(BoardState.SUSPENDED, b.state());
        assertEquals(Optional.empty(), b.live.suspend().after(), "it goes on");
        AttemptState asked = before(b);
        b.ring();
        assertEquals(asked, before(b));
        assertEquals(comparable(before(b)), comparable(after(b)));
        assertTrue(after(b).atNs() > before(b).atNs());
        b.live.done(new Action.DestroyDomain("1"));
        assertEquals(3, after(b).domains().size(), "it tells of then, not of now");
    }

    static Stream<Arguments> stepsDown() {
        List<Arguments> all = new ArrayList<>();
        for (Flavour flavour : Flavour.values()) {
            for (SuspendStep step : flavour.down()) {
                if (!step.silent()) {
                    all.add(Arguments.of(flavour.wire(), step.wire()));
                }
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("stepsDown")
    void afterAFailureAllIsAsItWas(String flavour, String step) {
        FixtureB b = FixtureB.of(flavour, ZCU102);
        b.suspend(1, D1_CONTEXT);
        b.suspend(2, D2_CONTEXT);
        b.live.done(Injected.step(step, step.equals("cpu-down") ? 2 : -1, ENOMEM));
        b.suspend(0, DOM0_CONTEXT);
        SuspendReport report = b.live.suspend();
        assertEquals(OptionalInt.of(ENOMEM), report.status());
        assertEquals(comparable(before(b)), comparable(after(b)));
        assertEquals(ShutdownState.COMPLETE, before(b).domains().getFirst().shutdownState());
        assertEquals(ShutdownState.NONE, after(b).domains().getFirst().shutdownState());
    }

    @Test
    void theDomainThatRefusesWasAwakeAtBothEnds() {
        FixtureB b = FixtureB.of("host-v8", ZCU102);
        b.suspend(1, D1_CONTEXT);
        b.suspend(0, DOM0_CONTEXT);
        SuspendReport report = b.live.suspend();
        assertEquals(Optional.of("d2"), report.refusedBy());
        assertEquals(OptionalInt.of(-16), report.status());
        assertEquals(comparable(before(b)), comparable(after(b)));
        assertEquals(domain(2, 0, 0, false, 2, 0, 0, 0), after(b).domains().get(2));
        assertEquals(
                domain(1, 1, 0, true, 0, 0, 0, 1).vcpus(),
                after(b).domains().get(1).vcpus());
        assertEquals(
                List.of(idle(0), idle(1), online(2, 2, 0), online(3, 2, 1)),
                before(b).cpus());
    }

    @Test
    void aCpuThatStaysAwayShows() {
        FixtureB b = FixtureB.on(ZCU102);
        b.live.done(Injected.dead(2));
        b.suspendAll();
        b.ring();
        assertEquals(idle(2), before(b).cpus().get(2));
        assertEquals(
                new AttemptCpu(2, XenState.NEVER_ONLINE, Power.OFF, IDLE),
                after(b).cpus().get(2));
    }

    /** What differs between two states, by name. */
    private static String differences(AttemptState a, AttemptState b) {
        List<String> names = new ArrayList<>();
        for (RecordComponent part : AttemptState.class.getRecordComponents()) {
            try {
                boolean same =
                        part.getAccessor().invoke(a).equals(part.getAccessor().invoke(b));
                if (!same) {
                    names.add(part.getName());
                }
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(e);
            }
        }
        return String.join(" ", names);
    }

    /** Known bugs that leave something behind, and where it is seen. */
    @ParameterizedTest
    @CsvSource({
        "HZ-33, rfc2018, gic-suspend, cpus domains",
        "HZ-76, host-v8, console-suspend, consoleOn",
        "HZ-39q, host-v8, gic-suspend, gicOn",
    })
    void whatABugLeavesBehindShows(String hazard, String flavour, String step, String where) {
        FixtureB b = FixtureB.of(flavour, ZCU102, List.of(hazard));
        b.suspend(1, D1_CONTEXT);
        if (!flavour.equals("rfc2018")) {
            b.suspend(2, D2_CONTEXT);
        }
        b.live.done(Injected.step(step, -1, ENOMEM));
        b.suspend(0, DOM0_CONTEXT);
        assertEquals(where, differences(comparable(before(b)), comparable(after(b))));
    }

    @Test
    void anAttemptThatXenDiesOfHasNoEnd() {
        FixtureB b = FixtureB.on(ZCU102);
        b.live.done(Injected.step("cpu-down", 2, -16));
        b.suspend(0, DOM0_CONTEXT);
        assertEquals(BoardState.CRASHED, b.state());
        assertEquals(Optional.empty(), b.live.suspend().after());
        assertEquals(OptionalInt.empty(), b.live.suspend().status());
    }

    @Test
    void aForkAndAStoredBoardCarryIt() {
        FixtureB b = FixtureB.on(ZCU102);
        b.begin("gic-suspend");
        byte[] bytes = b.live.machine.snapshot(b.live.board, "digest").toBytes();
        Board stored = b.live.machine.restore(Snapshot.fromBytes(bytes));
        Board fork = b.live.board.fork();
        Optional<AttemptState> asked = b.live.suspend().before();
        assertTrue(asked.isPresent());
        for (Board board : List.of(stored, fork)) {
            assertEquals(asked, report(b, board).before());
            Outcome outcome = b.live.machine.handle(
                    board, LiveBoard.line(b.rtc, true), Machine.Settle.YES, () -> false);
            assertTrue(outcome instanceof Outcome.Done);
            assertTrue(report(b, board).after().isPresent());
        }
        assertEquals(Optional.empty(), b.live.suspend().after(), "the copies went on alone");
    }

    private static SuspendReport report(FixtureB b, Board board) {
        Outcome outcome = b.live.machine.handle(
                board, new Query.Suspend(), Machine.Settle.AS_FOUND, () -> false);
        return (SuspendReport) ((Outcome.Done) outcome).answer();
    }
}
