package dev.vboard.model;

import static dev.vboard.model.FixtureB.D1_CONTEXT;
import static dev.vboard.model.FixtureB.D2_CONTEXT;
import static dev.vboard.model.FixtureB.DOM0_CONTEXT;
import static dev.vboard.model.FixtureB.ENTRY;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.report.BoardState;
import dev.vboard.model.report.DomainReport;
import dev.vboard.model.report.DomainReport.Role;
import dev.vboard.model.report.Observables;
import dev.vboard.model.report.Trigger;
import dev.vboard.model.report.WakeCause;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What wakes what, cell by cell (xen-suspend.md W14). */
class XenWakeTableTest {
    private static FixtureB board(String flavour) {
        return FixtureB.of(flavour, "fixture-zcu102");
    }

    private static FixtureB asleep(String flavour) {
        FixtureB b = board(flavour);
        b.suspendAll();
        assertThat(b.state()).isEqualTo(BoardState.SUSPENDED);
        return b;
    }

    private static boolean suspended(FixtureB b, int domain) {
        return b.live.domain(domain).state() == DomainReport.State.SUSPENDED;
    }

    private static Observables.ResumeCause.Kind cause(FixtureB b, int domain) {
        return b.observed(domain).lastResumeCause().orElseThrow().kind();
    }

    private static boolean pends(FixtureB b, int domain, int virq) {
        return b.live.vcpu(domain, 0).vgic().pending().contains(virq);
    }

    private static void up(FixtureB b, boolean dom0) {
        assertThat(b.state()).isEqualTo(BoardState.RUNNING);
        assertThat(suspended(b, 0)).isEqualTo(!dom0);
    }

    // enabled SPI of a suspended DomU

    @Test
    void rfc2018ItsOwnLineResumesADomuAndNobodyElse() {
        FixtureB b = board("rfc2018");
        b.suspend(1, D1_CONTEXT);
        b.suspend(2, D2_CONTEXT);
        b.live.fire(b.line1, true);
        assertThat(cause(b, 1)).isEqualTo(Observables.ResumeCause.Kind.INTERRUPT);
        assertThat(suspended(b, 1)).isFalse();
        assertThat(suspended(b, 2)).isTrue();
        assertThat(b.live.host().hostAttempts()).isZero();
    }

    @Test
    void rfc2018ItResumesASleepingMachineThenDom0ThenTheDomu() {
        FixtureB b = asleep("rfc2018");
        b.live.fire(b.line1, true);
        up(b, true);
        assertThat(suspended(b, 1)).isFalse();
        assertThat(suspended(b, 2)).isTrue();
        assertThat(b.firstInstruction(0)).isLessThan(b.firstInstruction(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"upstream", "host-v8", "host-v11"})
    void sinceThenItPendsUntilXlResumesTheDomu(String flavour) {
        FixtureB b = board(flavour);
        b.suspend(1, D1_CONTEXT);
        b.live.fire(b.line1, true);
        assertThat(suspended(b, 1)).isTrue();
        assertThat(pends(b, 1, b.line1)).isTrue();
        b.live.done(LiveBoard.verb(1, "resume"));
        assertThat(b.register(1, "pc")).isEqualTo(ENTRY);
        assertThat(b.live.ack(1, 0)).isEqualTo(b.line1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"host-v8", "host-v11"})
    void sinceThenItWakesTheMachineAndTheInitiatorAndPends(String flavour) {
        FixtureB b = asleep(flavour);
        b.live.fire(b.line1, true);
        up(b, true);
        assertThat(cause(b, 0)).isEqualTo(Observables.ResumeCause.Kind.HOST);
        assertThat(suspended(b, 1)).isTrue();
        assertThat(pends(b, 1, b.line1)).isTrue();
    }

    // enabled SPI of a frozen or paused DomU

    @Test
    void rfc2018ALineOfAPausedDomuPendsAndOneOfAFrozenWakesTheMachine() {
        FixtureB b = board("rfc2018");
        b.live.done(LiveBoard.verb(1, "pause"));
        b.live.fire(b.line1, true);
        assertThat(pends(b, 1, b.line1)).isTrue();
        assertThat(b.live.domain(1).state()).isEqualTo(DomainReport.State.PAUSED);
        b.suspend(0, DOM0_CONTEXT);
        assertThat(b.state()).isEqualTo(BoardState.SUSPENDED);
        b.live.fire(b.line2, true);
        up(b, true);
        assertThat(b.live.ack(2, 0)).isEqualTo(b.line2);
        assertThat(b.live.domain(1).state()).isEqualTo(DomainReport.State.PAUSED);
    }

    // enabled SPI of Dom0 or a control domain

    /** Of revision 8 each control domain asks for the machine's suspend. */
    @Test
    void aLineOfASuspendedControlDomainPendsWhileAnotherIsAwake() {
        FixtureB b = board("host-v11");
        b.live.done(new NewDomain()
                .pinned(1)
                .lines(Trigger.LEVEL, 141)
                .roles(Role.CONTROL)
                .asked());
        b.live.listen(3, 0, 141);
        b.suspend(1, D1_CONTEXT);
        b.suspend(2, D2_CONTEXT);
        b.suspend(3, 3);
        b.live.fire(141, true);
        assertThat(suspended(b, 3)).isTrue();
        assertThat(pends(b, 3, 141)).isTrue();
        assertThat(b.live.host().hostAttempts()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rfc2018", "host-v8", "host-v11"})
    void anAlarmOfDom0WakesTheMachineAndDom0Alone(String flavour) {
        FixtureB b = asleep(flavour);
        b.live.fire(b.rtc, true);
        up(b, true);
        assertThat(b.live.ack(0, 0)).isEqualTo(b.rtc);
        assertThat(suspended(b, 1)).isTrue();
        assertThat(suspended(b, 2)).isTrue();
    }

    // event channel to a suspended DomU

    @ParameterizedTest
    @ValueSource(strings = {"rfc2018", "upstream", "host-v8", "host-v11"})
    void anEventResumesADomuOf2018AndPendsSince(String flavour) {
        FixtureB b = board(flavour);
        b.live.listen(1, 0, 31);
        b.suspend(1, D1_CONTEXT);
        b.live.done(new Action.EventChannel("1", 5));
        boolean resumes = flavour.equals("rfc2018");
        assertThat(suspended(b, 1)).isEqualTo(!resumes);
        assertThat(pends(b, 1, 31)).isTrue();
        if (resumes) {
            assertThat(cause(b, 1)).isEqualTo(Observables.ResumeCause.Kind.EVENT_CHANNEL);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rfc2018", "host-v8", "host-v11"})
    void nobodyCanRaiseAnEventOrRunXlWhileTheMachineSleeps(String flavour) {
        FixtureB b = asleep(flavour);
        assertThat(b.live.refused(new Action.EventChannel("1", 5)).code())
                .isEqualTo("board-asleep");
        assertThat(b.live.refused(LiveBoard.verb(1, "resume")).code()).isEqualTo("board-asleep");
    }

    // xl resume

    @ParameterizedTest
    @ValueSource(strings = {"rfc2018", "upstream", "host-v8", "host-v11"})
    void xlResumesADomuInEveryGeneration(String flavour) {
        FixtureB b = board(flavour);
        b.suspend(1, D1_CONTEXT);
        b.live.done(LiveBoard.verb(1, "resume"));
        assertThat(suspended(b, 1)).isFalse();
        assertThat(cause(b, 1)).isEqualTo(Observables.ResumeCause.Kind.TOOLSTACK);
        assertThat(b.register(1, "pc")).isEqualTo(ENTRY);
        assertThat(b.register(1, "x0")).isEqualTo(D1_CONTEXT);
    }

    // a byte for the console

    @Test
    void rfc2018AByteForTheConsoleIsXensAlone() {
        FixtureB b = board("rfc2018");
        b.suspend(1, D1_CONTEXT);
        b.live.done(new Action.TypeByte("uart0", 'x'));
        assertThat(suspended(b, 1)).isTrue();
        assertThat(b.live.vcpu(0, 0).vgic().pending()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rfc2018", "host-v8", "host-v11"})
    void aByteForThePoweredConsoleWakesTheMachineAndDom0(String flavour) {
        FixtureB b = asleep(flavour);
        b.live.done(new Action.TypeByte("uart0", 'x'));
        up(b, true);
        assertThat(b.live.host().wakeCause().orElseThrow().kind()).isEqualTo(WakeCause.Kind.UART);
        assertThat(suspended(b, 1)).isTrue();
        assertThat(suspended(b, 2)).isTrue();
        assertThat(pends(b, 0, b.rtc)).isFalse();
    }
}
