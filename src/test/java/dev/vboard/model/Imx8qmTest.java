package dev.vboard.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.report.AccessAnswer;
import dev.vboard.model.report.AccessAnswer.AccessValue;
import dev.vboard.model.report.BoardState;
import dev.vboard.model.report.CpuReport;
import dev.vboard.model.report.CpuReport.XenState;
import dev.vboard.model.report.InterruptReport;
import dev.vboard.model.report.U64;

import org.junit.jupiter.api.Test;

import java.util.OptionalInt;
import java.util.OptionalLong;

/** devices.md 7.3: the board with two clusters of different cores and a GICv3. */
class Imx8qmTest {
    private static final long GICR = 0x51B0_0000L;
    private static final long STRIDE = 0x2_0000;
    private static final long TYPER = 8;
    private static final long WAKER = 0x14;
    private static final long IGROUPR0 = 0x1_0080;
    private static final long A72_0 = 0x100;
    private static final long ENTRY = 0x8020_0000L;
    private static final int MU1 = 209;

    private static long load(LiveBoard live, int cpu, long address, int size) {
        Caller caller = new Caller.PhysicalCpu(cpu);
        AccessAnswer answer =
                live.done(new Action.Mmio(caller, address, size, OptionalLong.empty(), false));
        return ((AccessValue) answer).value().value();
    }

    private static void store(LiveBoard live, int cpu, long address, long value) {
        Caller caller = new Caller.PhysicalCpu(cpu);
        live.done(new Action.Mmio(caller, address, 4, OptionalLong.of(value), false));
    }

    private static boolean pending(LiveBoard live, int cpu, int sgi) {
        InterruptReport report = live.done(new Query.Interrupt(sgi, OptionalInt.of(cpu)));
        return report.pending();
    }

    @Test
    void devT16_theFirstA72HasTheFifthRedistributor() {
        LiveBoard live = new LiveBoard("imx8qm", LiveBoard.options("none", 1));
        for (int cpu = 0; cpu < 6; cpu++) {
            long affinity = cpu < 4 ? cpu : A72_0 + cpu - 4;
            long last = cpu == 5 ? 0x10 : 0;
            assertThat(load(live, 0, GICR + cpu * STRIDE + TYPER, 8))
                    .as("GICR_TYPER of CPU " + cpu)
                    .isEqualTo(affinity << 32 | (long) cpu << 8 | last);
        }
    }

    @Test
    void devT16_anSgiForAnA72NamesItsClusterAndNotItsNumber() {
        LiveBoard live = new LiveBoard("imx8qm", LiveBoard.options("none", 1));
        live.cpuPsci(0, "CPU_ON", A72_0, ENTRY, 0);
        live.settle();
        for (int cpu : new int[] {0, 4}) {
            store(live, cpu, GICR + cpu * STRIDE + WAKER, 0);
            store(live, cpu, GICR + cpu * STRIDE + IGROUPR0, 0xFFFF_FFFFL);
        }
        sgi(live, 1L << 16 | 3L << 24 | 1);
        assertThat(pending(live, 4, 3)).isTrue();
        assertThat(pending(live, 0, 3)).isFalse();
        sgi(live, 5L << 24 | 1 << 4);
        for (int cpu = 0; cpu < 6; cpu++) {
            assertThat(pending(live, cpu, 5)).as("CPU " + cpu).isFalse();
        }
        sgi(live, 6L << 24 | 1);
        assertThat(pending(live, 0, 6)).isTrue();
        assertThat(pending(live, 4, 6)).isFalse();
    }

    private static void sgi(LiveBoard live, long value) {
        Caller caller = new Caller.PhysicalCpu(0);
        live.done(new Action.Sysreg(caller, "ICC_SGI1R_EL1", OptionalLong.of(value), false));
    }

    @Test
    void withoutTheOptionTheA72sAreParkedAndStayOutOfEveryCycle() {
        LiveBoard live = new LiveBoard("imx8qm", UnequalCpusTest.options(false));
        assertThat(live.summary().nowNs()).isEqualTo(2_001_500_000L);
        assertThat(live.summary().cpus().online()).isEqualTo(4);
        cycle(live);
        for (int cpu = 4; cpu < 6; cpu++) {
            CpuReport report = live.done(new Query.Cpu(cpu));
            assertThat(report.xenState()).hasValue(XenState.PARKED);
        }
        assertThat(live.summary().cpus().online()).isEqualTo(4);
    }

    @Test
    void withBothClustersStageTwoHasTheBitsOfAnA53BeforeAndAfterACycle() {
        LiveBoard live = new LiveBoard("imx8qm", UnequalCpusTest.options(true));
        assertThat(live.console())
                .containsSubsequence(
                        "CPU4 MIDR (0x410fd082) does not match boot CPU MIDR (0x410fd034),",
                        "hmp-unsafe turned on so tainting Xen and keep core on!!",
                        "CPU 4 booted.",
                        "CPU 5 booted.",
                        "P2M: 40-bit IPA with 40-bit PA and 8-bit VMID");
        cycle(live);
        assertThat(live.summary().cpus().online()).isEqualTo(6);
        for (int cpu = 0; cpu < 6; cpu++) {
            CpuReport report = live.done(new Query.Cpu(cpu));
            assertThat(report.registers()).containsEntry("vtcr_el2", new U64(0x8002_3558L));
        }
    }

    private static void cycle(LiveBoard live) {
        live.listen(0, 0, MU1);
        live.psci(0, 0, "SYSTEM_SUSPEND", ENTRY, 0);
        assertThat(live.summary().state()).isEqualTo(BoardState.SUSPENDED);
        live.fire(MU1, true);
        assertThat(live.summary().state()).isEqualTo(BoardState.RUNNING);
        assertThat(live.suspend().notRestored()).isEmpty();
    }
}
