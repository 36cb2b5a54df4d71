package dev.vboard.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.report.BoardState;
import dev.vboard.model.report.ClockReport;
import dev.vboard.model.report.HostReport;
import dev.vboard.model.report.WakeCause;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A hypervisor timer that runs on wakes the board by itself (xen-suspend.md 7.1). */
class TimerWakeTest {
    private static final long MILLISECOND = 1_000_000L;
    private static final long SECOND = 1_000 * MILLISECOND;
    private static final int HYPERVISOR_TIMER = 26;

    private static FixtureB asleep(String flavour, String profile, List<String> hazards) {
        FixtureB b = FixtureB.of(flavour, profile, hazards);
        b.suspendAll();
        assertThat(b.state()).isEqualTo(BoardState.SUSPENDED);
        return b;
    }

    @ParameterizedTest
    @CsvSource({
        "rfc2018,  fixture-zcu102,          HZ-36",
        "rfc2018,  fixture-zcu102,          HZ-37",
        "host-v8,  fixture-zcu102,          HZ-36",
        "host-v11, fixture-zcu102,          HZ-37",
        "rfc2018,  fixture-qemu-virt,       HZ-37",
        "host-v8,  fixture-qemu-virt-gicv3, HZ-36"
    })
    void hz36_hz37_theBoardWakesByItselfAfterFewMilliseconds(
            String flavour, String profile, String hazard) {
        FixtureB b = asleep(flavour, profile, List.of(hazard));
        long slept = b.live.clock().nowNs();
        List<ClockReport.PendingDeadline> pending = b.live.clock().pending();
        assertThat(pending).hasSize(1);
        assertThat(pending.getFirst().kind()).isEqualTo(ClockReport.PendingDeadline.Kind.WAITING);
        assertThat(pending.getFirst().atNs()).isBetween(slept, slept + 4 * MILLISECOND);
        b.live.advance(SECOND);
        HostReport host = b.live.host();
        assertThat(b.state()).isEqualTo(BoardState.RUNNING);
        assertThat(host.wakeCause())
                .contains(new WakeCause(WakeCause.Kind.TIMER, OptionalInt.of(HYPERVISOR_TIMER)));
        assertThat(host.systemState()).contains(HostReport.SystemState.ACTIVE);
        assertThat(b.live.reported()).containsExactly("I18", "I6");
        assertThat(b.live.clock().settled()).isTrue();
        assertThat(b.live.clock().pending()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"HZ-36", "HZ-37"})
    void anInterruptThatComesFirstIsTheCause(String hazard) {
        FixtureB b = asleep("rfc2018", "fixture-zcu102", List.of(hazard));
        b.ring();
        b.live.advance(SECOND);
        assertThat(b.live.host().wakeCause())
                .contains(new WakeCause(WakeCause.Kind.SPI, OptionalInt.of(b.rtc)));
        assertThat(b.live.reported()).containsExactly("I18");
        b.assertBalanced();
    }

    @Test
    void aCounterThatStandsStillInTheSleepFiresNothing() {
        LiveBoard live = new LiveBoard(
                "imx8mq",
                LiveBoard.options("rfc2018", 1, 1, "AFTER_DOM0_RAN", false, List.of("HZ-37")));
        live.psci(0, 0, "SYSTEM_SUSPEND", FixtureB.ENTRY, 1);
        live.advance(SECOND);
        assertThat(live.summary().state()).isEqualTo(BoardState.SUSPENDED);
        assertThat(live.reported()).containsExactly("I18");
    }

    @Test
    void withoutTheBugNoTimerWakes() {
        FixtureB b = FixtureB.on("fixture-zcu102");
        b.armTimer(1, 10 * SECOND);
        b.live.watchdog(2, 0, 20 * SECOND);
        b.suspend(0, FixtureB.DOM0_CONTEXT);
        b.live.advance(3600 * SECOND);
        assertThat(b.state()).isEqualTo(BoardState.SUSPENDED);
        assertThat(b.live.host().wakeCause()).isEqualTo(Optional.empty());
        assertThat(b.live.reported()).isEmpty();
    }
}
