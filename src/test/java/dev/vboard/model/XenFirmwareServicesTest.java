package dev.vboard.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.core.Refusal;
import dev.vboard.model.report.DeviceReport;
import dev.vboard.model.report.DmaAnswer;
import dev.vboard.model.report.DomainReport;
import dev.vboard.model.report.InvariantsReport;
import dev.vboard.model.report.PowerState;
import dev.vboard.model.report.SmcccAnswer;
import dev.vboard.model.report.SmcccAnswer.SmcccReturn;
import dev.vboard.model.report.U64;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Xen between guests and the firmware's services (xen-suspend.md 6, S31, HZ-63, HZ-64). */
class XenFirmwareServicesTest {
    private static final int NO_ACCESS = 2002;
    private static final int GEM0 = 29;
    private static final int GEM1 = 30;
    private static final long RESET_GEM0 = 1029;
    private static final long RESET_GEM1 = 1030;

    private static LiveBoard zcu102(String flavour, String... hazards) {
        LiveBoard live = new LiveBoard(
                "zcu102",
                LiveBoard.options(flavour, 2, 1, "AFTER_DOM0_RAN", false, List.of(hazards)));
        owner(live, "gem0");
        owner(live, "gem1");
        return live;
    }

    private static void owner(LiveBoard live, String device) {
        DomainReport created =
                live.done(new NewDomain().pinned(1).owning(device).asked());
        assertThat(created.devices()).containsExactly(device);
    }

    private static SmcccReturn call(LiveBoard live, int domain, long function, Long... args) {
        SmcccAnswer answer = live.done(new Action.Smccc(
                LiveBoard.caller(domain, 0), function, List.of(args), false, 0, false));
        return (SmcccReturn) answer;
    }

    private static int eemi(LiveBoard live, int domain, int api, Long... args) {
        return (int) call(live, domain, 0xC200_0000L | api, args).x0().value();
    }

    private static boolean on(LiveBoard live, String device) {
        DeviceReport report = live.done(new Query.DeviceNamed(device));
        return report.state() == PowerState.ON;
    }

    private static long node(long target, long source) {
        return target | source << 32;
    }

    @Test
    void s31_aGuestReachesNoNodeOfAnotherAndCannotPowerACpuDown() {
        LiveBoard live = zcu102("upstream");
        assertThat(eemi(live, 1, 6, (long) GEM1)).isEqualTo(NO_ACCESS);
        assertThat(live.console()).contains("zynqmp-pm: fn=6 No access to node 30");
        assertThat(eemi(live, 1, 7, 2L)).isZero();
        assertThat(live.count("eemi-call")).isZero();
        assertThat(on(live, "gem1")).isTrue();
        live.done(new Action.Wfi(LiveBoard.caller(1, 0)));
        assertThat(live.count("power-domain-off")).isZero();
        assertThat(live.summary().cpus().online()).isEqualTo(4);
    }

    @Test
    void theMergedCodeGivesAGuestNotEvenItsOwnNode() {
        LiveBoard live = zcu102("upstream");
        assertThat(eemi(live, 1, 6, (long) GEM0)).isEqualTo(NO_ACCESS);
        assertThat(eemi(live, 1, 17, RESET_GEM0 | 1L << 32)).isEqualTo(NO_ACCESS);
        assertThat(live.console()).contains("zynqmp-pm: fn=17 No access to reset 1029");
        assertThat(live.count("eemi-call")).isZero();
    }

    @Test
    void inTheTreeOf2018AGuestSuspendsItsOwnDevice() {
        LiveBoard live = zcu102("rfc2018");
        assertThat(eemi(live, 1, 6, (long) GEM0)).isZero();
        assertThat(live.count("eemi-call", "node=29", "origin=1", "REQ_SUSPEND"))
                .isEqualTo(1);
        assertThat(on(live, "gem0")).isFalse();
        DmaAnswer dma = live.done(new Action.Dma("gem0", 0x4000_0000L, OptionalLong.of(1)));
        assertThat(dma.outcome()).isEqualTo(DmaAnswer.Outcome.ABORTED);
        assertThat(eemi(live, 1, 13, node(GEM0, 1))).isZero();
        assertThat(on(live, "gem0")).isTrue();
        assertThat(eemi(live, 1, 17, RESET_GEM0 | 1L << 32)).isZero();
        assertThat(eemi(live, 1, 11, node(2, GEM0), 1L)).isZero();
        assertThat(eemi(live, 1, 11, node(2, GEM1), 1L)).isEqualTo(NO_ACCESS);
        assertThat(eemi(live, 1, 6, (long) GEM1)).isEqualTo(NO_ACCESS);
        assertThat(eemi(live, 1, 17, RESET_GEM1 | 1L << 32)).isEqualTo(NO_ACCESS);
        assertThat(eemi(live, 1, 3, 10L)).isEqualTo(NO_ACCESS);
        assertThat(eemi(live, 1, 3, 55L)).isEqualTo(NO_ACCESS);
        assertThat(on(live, "gem1")).isTrue();
    }

    @Test
    void theHardwareDomainReachesAllNodes() {
        for (String flavour : List.of("rfc2018", "upstream")) {
            LiveBoard live = zcu102(flavour);
            assertThat(eemi(live, 0, 3, (long) GEM1)).isZero();
            assertThat(eemi(live, 0, 13, node(33, 1))).isZero();
            assertThat(eemi(live, 0, 17, RESET_GEM1)).isZero();
            assertThat(eemi(live, 0, 36, 5L)).isZero();
            assertThat(live.count("eemi-call", "origin=0")).isEqualTo(4);
        }
    }

    @Test
    void someCallsAreForAllSomeForTheHardwareDomainAndSomeForNobody() {
        LiveBoard live = zcu102("rfc2018");
        for (int api : new int[] {1, 24, 0xA03}) {
            assertThat(eemi(live, 1, api)).isZero();
        }
        for (int api : new int[] {36, 38, 21, 5}) {
            assertThat(eemi(live, 1, api, 5L)).isEqualTo(NO_ACCESS);
            assertThat(eemi(live, 0, api, 5L)).isZero();
        }
        for (int api : new int[] {12, 19, 20}) {
            assertThat(eemi(live, 0, api, 0xFF18_0400L)).isEqualTo(NO_ACCESS);
            assertThat(eemi(live, 1, api, 0xFF18_0400L)).isEqualTo(NO_ACCESS);
        }
        assertThat(live.console())
                .contains(
                        "eemi: fn=36 No access", "eemi: fn=12 No access", "eemi: fn=19 No access");
        assertThat(eemi(live, 0, 99)).isEqualTo(-1);
        assertThat(live.console()).contains("zynqmp-pm: Unhandled PM Call: 99");
    }

    @Test
    void theGuestsOtherRegistersAreItsOwnAgainAfterACall() {
        LiveBoard live = zcu102("rfc2018");
        long before = live.register(1, 0, "x7").value();
        eemi(live, 1, 1);
        assertThat(live.register(1, 0, "x7").value()).isEqualTo(before);
    }

    @Test
    void hz63_theVictimsDeviceIsPoweredDown() {
        LiveBoard live = zcu102("rfc2018", "HZ-63");
        assertThat(eemi(live, 1, 6, (long) GEM1)).isZero();
        assertThat(on(live, "gem1")).isFalse();
        InvariantsReport report = live.done(new Query.Invariants());
        assertThat(report.items())
                .filteredOn(invariant -> !invariant.held())
                .extracting(InvariantsReport.Invariant::id)
                .containsExactly("I27");
    }

    @Test
    void hz64_theCpuGoesDownBehindXensBack() {
        LiveBoard live = zcu102("rfc2018", "HZ-64");
        assertThat(eemi(live, 1, 7, 3L)).isZero();
        assertThat(live.count("eemi-call", "SELF_SUSPEND", "origin=1")).isEqualTo(1);
        live.done(new Action.Wfi(LiveBoard.caller(1, 0)));
        live.psci(2, 0, "CPU_OFF");
        assertThat(live.count("power-domain-off", "cpu1")).isEqualTo(1);
        assertThat(live.summary().cpus().online()).isEqualTo(4);
    }

    @Test
    void whoBorrowsACpuOfXensTakesNoPowerFromIt() {
        LiveBoard live = zcu102("rfc2018");
        Caller cpu = new Caller.PhysicalCpu(0);
        for (long api : new long[] {7, 8, 10, 12}) {
            long function = 0xC200_0000L | api;
            Refusal refusal =
                    live.refused(new Action.Smccc(cpu, function, List.of(3L), false, 0, false));
            assertThat(refusal.code()).isEqualTo("owned-by-xen");
        }
        SmcccReturn forced =
                live.done(new Action.Smccc(cpu, 0xC200_0008L, List.of(4L), false, 0, true));
        assertThat(forced.x0().value()).isZero();
        assertThat(live.count("power-domain-off", "cpu2")).isEqualTo(1);
        SmcccReturn status =
                live.done(new Action.Smccc(cpu, 0xC200_0003L, List.of(4L), false, 0, false));
        assertThat(status.x0().value()).isZero();
        assertThat(live.count("eemi-call", "origin=-1")).isEqualTo(2);
    }

    @Test
    void onI8qmTheHardwareDomainHasTheClockAndTheFusesButNotTheSourceOfWakeUps() {
        LiveBoard live = new LiveBoard("fixture-imx8qm", LiveBoard.options("rfc2018", 1));
        assertThat(call(live, 0, 0xC200_0002L, 5L, 1000L).x0().value()).isZero();
        assertThat(call(live, 0, 0xC200_000AL, 3L).x0().value()).isZero();
        assertThat(call(live, 0, 0xC200_0009L, 2L).x0().value()).isEqualTo(-1);
        assertThat(call(live, 0, 0xC200_0001L, 0L).x0().value()).isEqualTo(-1);
        assertThat(call(live, 0, 0xC200_0002L, 8L).x0().value()).isEqualTo(-1);
        assertThat(live.console()).contains("imx8qm: smc: time: Unknown subfunction id 8");
        live.create(1, LiveBoard.pinned(1), 163);
        assertThat(call(live, 1, 0xC200_0002L, 5L, 1000L).x0().value()).isEqualTo(-1);
        assertThat(call(live, 1, 0xC200_000AL, 3L).x0().value()).isEqualTo(-1);
    }

    @Test
    void s29_anEdgeWakesABoardByItsNodeAndReachesItsGuest() {
        LiveBoard live = new LiveBoard("fixture-nodes", LiveBoard.options("rfc2018", 1));
        int gpio = 48;
        long status = 0xFF41_8000L;
        owner(live, "gpio");
        live.listen(1, 0, gpio);
        live.psci(1, 0, "SYSTEM_SUSPEND", 0x4008_0000L, 5);
        live.psci(0, 0, "SYSTEM_SUSPEND", 0x4008_0000L, 6);
        assertThat(live.count("eemi-call", "node=46", "SET_WAKEUP_SOURCE")).isEqualTo(1);
        live.unsettled(LiveBoard.line(gpio, true));
        DeviceReport proxy = live.done(new Query.DeviceNamed("lpd-slcr"));
        assertThat(proxy.registers().get("GICP0_IRQ_STATUS")).isEqualTo(U64.of(1 << 16));
        live.settle();
        assertThat(live.host().wakeCause().orElseThrow().intid()).hasValue(gpio);
        assertThat(live.register(1, 0, "pc").value()).isEqualTo(0x4008_0000L);
        live.done(new Action.VcpuGic("1", 0, true, OptionalInt.of(248)));
        assertThat(live.ack(1, 0)).isEqualTo(gpio);
        assertThat(live.cpuLoad(0, status)).isZero();
    }
}
