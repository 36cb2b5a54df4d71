package dev.vboard.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.report.AccessAnswer;
import dev.vboard.model.report.PowerDomainReport;
import dev.vboard.model.report.PowerState;
import dev.vboard.model.report.PsciAnswer;
import dev.vboard.model.report.SmcccAnswer;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What the shipped boards' firmware makes of SYSTEM_SUSPEND and CPU_SUSPEND (devices.md 7). */
class BoardFirmwareTest {
    private static final long GICR = 0x51B0_0000L;
    private static final long FRAMES = 0x2_0000L;
    private static final long SGI_ISPENDR0 = 0x1_0200L;

    private static LiveBoard bare(String profile) {
        return new LiveBoard(profile, LiveBoard.options("none", 1));
    }

    private static LiveBoard asleep(String profile, int intid, long entry) {
        LiveBoard live = new LiveBoard(profile, LiveBoard.options("rfc2018", 1));
        live.listen(0, 0, intid);
        live.psci(0, 0, "SYSTEM_SUSPEND", entry, 7);
        return live;
    }

    private static PowerDomainReport domain(LiveBoard live, String name) {
        List<PowerDomainReport> reports = live.done(new Query.PowerDomains());
        return reports.stream()
                .filter(report -> report.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static long load(LiveBoard live, int cpu, long address, int size) {
        AccessAnswer answer = live.done(new Action.Mmio(
                new Caller.PhysicalCpu(cpu), address, size, OptionalLong.empty(), false));
        return ((AccessAnswer.AccessValue) answer).value().value();
    }

    private static long smc(LiveBoard live, long function, Long... args) {
        SmcccAnswer answer = live.done(new Action.Smccc(
                new Caller.PhysicalCpu(0), function, List.of(args), false, 0, false));
        return ((SmcccAnswer.SmcccReturn) answer).x0().value();
    }

    @Test
    void devT16_theSecondClustersCoresHaveFramesFourAndFiveAndAff1One() {
        LiveBoard live = bare("imx8qm");
        for (int cpu = 4; cpu <= 5; cpu++) {
            long type = load(live, 0, GICR + cpu * FRAMES + 8, 8);
            assertThat(type >>> 32).isEqualTo(0x100 + cpu - 4);
            assertThat(type >>> 8 & 0xFFFF).isEqualTo(cpu);
        }
        assertThat(load(live, 0, GICR + 4 * FRAMES + SGI_ISPENDR0, 4)).isZero();
        live.done(new Action.Sysreg(
                new Caller.PhysicalCpu(0),
                "ICC_SGI1R_EL1",
                OptionalLong.of(1L << 16 | 3L << 24 | 1),
                false));
        assertThat(load(live, 0, GICR + 4 * FRAMES + SGI_ISPENDR0, 4)).isEqualTo(1 << 3);
        assertThat(load(live, 0, GICR + SGI_ISPENDR0, 4)).isZero();
    }

    @Test
    void imx8qmsFirmwareBringsTheGicBack() {
        int gpio = 32 + 136;
        LiveBoard live = asleep("imx8qm", gpio, 0x8008_0000L);
        assertThat(domain(live, "system").state()).isEqualTo(PowerState.OFF);
        live.fire(gpio, true);
        assertThat(live.host().wakeCause().orElseThrow().intid()).hasValue(gpio);
        assertThat(live.register(0, 0, "pc").value()).isEqualTo(0x8008_0000L);
        PowerDomainReport system = domain(live, "system");
        assertThat(system.notRestored()).isEmpty();
        assertThat(system.byFirmware())
                .extracting(PowerDomainReport.RegisterBits::register)
                .contains("GICD_ISENABLER5");
        assertThat(live.suspend().notRestored()).isEmpty();
    }

    @Test
    void imx8qmsCallerChoosesWhatWakesWhenThereIsNoXen() {
        LiveBoard live = bare("imx8qm");
        assertThat(smc(live, 0xC200_0009L, 1L)).isZero();
        assertThat(smc(live, 0xC200_0009L, 2L)).isZero();
        assertThat(smc(live, 0xC200_0009L, 0L)).isEqualTo(-1L);
        assertThat(smc(live, 0xC200_0000L, 1L, 8L)).isEqualTo(-1L);
    }

    @Test
    void imx8mqKeepsItsGicInRetentionAndTheGpcWakesIt() {
        int gpio = 32 + 64;
        LiveBoard live = asleep("imx8mq", gpio, 0x4008_0000L);
        assertThat(domain(live, "system").state()).isEqualTo(PowerState.RETENTION);
        assertThat(domain(live, "a53").state()).isEqualTo(PowerState.OFF);
        live.fire(gpio, true);
        assertThat(live.host().wakeCause().orElseThrow().intid()).hasValue(gpio);
        assertThat(domain(live, "system").lost()).isEmpty();
        assertThat(live.suspend().notRestored()).isEmpty();
    }

    @Test
    void imx8mqsMasksDecideOnceSoftwareHasProgrammedThem() {
        int gpio = 32 + 64;
        LiveBoard live = new LiveBoard("imx8mq", LiveBoard.options("rfc2018", 1));
        live.listen(0, 0, gpio);
        assertThat(live.store(0, 0, 0x303A_0038L, 0xFFFF_FFFFL)).isTrue();
        live.psci(0, 0, "SYSTEM_SUSPEND", 0x4008_0000L, 7);
        live.fire(gpio, true);
        assertThat(live.count("board-resumed")).isZero();
        live.fire(32, true);
        assertThat(live.count("board-resumed")).isEqualTo(1);
    }

    @Test
    void imx8mqsIdleStateIsTheCoreOffAndTheClusterRetained() {
        LiveBoard live = bare("imx8mq");
        PsciAnswer answer = live.cpuPsci(0, "CPU_SUSPEND", 0x1_0033L, 0x4008_0000L, 0);
        assertThat(answer.returned()).isFalse();
        assertThat(domain(live, "cpu0").state()).isEqualTo(PowerState.OFF);
        assertThat(domain(live, "a53").state()).isEqualTo(PowerState.RETENTION);
        assertThat(domain(live, "system").state()).isEqualTo(PowerState.ON);
    }

    @Test
    void theIdleParametersOfTheBoardsAreAccepted() {
        assertThat(idle("zcu102", 0x4000_0000L, 0x8_0008_0000L)).isEqualTo("OFF ON");
        assertThat(idle("rcar-h3", 0x0001_0000L, 0x4808_0000L)).isEqualTo("OFF ON");
        assertThat(idle("fvp-base", 0x0101_0022L, 0x8008_0000L)).isEqualTo("OFF OFF");
        assertThat(idle("qemu-virt", 0x0001_0000L, 0x4008_0000L)).isEqualTo("OFF ON");
    }

    /** Suspends CPU 0; answers the state of its domain and of its cluster's. */
    private static String idle(String profile, long state, long entry) {
        LiveBoard live = bare(profile);
        PsciAnswer answer = live.cpuPsci(0, "CPU_SUSPEND", state, entry, 0);
        assertThat(answer.returned()).as(profile + " " + answer).isFalse();
        String cluster = live.machine.profile().power().tree().stream()
                .filter(domain -> domain.clusters().contains(0))
                .findFirst()
                .orElseThrow()
                .name();
        return domain(live, "cpu0").state() + " " + domain(live, cluster).state();
    }

    @Test
    void zcu102KeepsItsFullPowerDomainForTheRpuOrACoherentMaster() {
        for (boolean coherent : new boolean[] {false, true}) {
            LiveBoard live = new LiveBoard("zcu102", LiveBoard.options("rfc2018", 1));
            live.listen(0, 0, 54);
            if (coherent) {
                assertThat(live.store(0, 0, 0xFF18_0400L, 1)).isTrue();
            } else {
                live.done(new Action.DeviceInput("rpu", "level", 1));
            }
            live.psci(0, 0, "SYSTEM_SUSPEND", 0x8_0008_0000L, 7);
            assertThat(domain(live, "fpd").state()).isEqualTo(PowerState.ON);
            assertThat(domain(live, "apu").state()).isEqualTo(PowerState.OFF);
            live.fire(54, true);
            assertThat(live.host().wakeCause().orElseThrow().intid()).hasValue(54);
            assertThat(live.register(0, 0, "pc").value()).isEqualTo(0x8_0008_0000L);
            live.done(new Action.VcpuGic("0", 0, true, OptionalInt.of(248)));
            assertThat(live.ack(0, 0)).isEqualTo(54);
            assertThat(live.suspend().notRestored()).isEmpty();
        }
    }
}
