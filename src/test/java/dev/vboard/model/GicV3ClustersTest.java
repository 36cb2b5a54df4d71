package dev.vboard.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.report.AccessAnswer;
import dev.vboard.model.report.AccessAnswer.AccessFault;
import dev.vboard.model.report.AccessAnswer.AccessValue;
import dev.vboard.model.report.AckAnswer;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Boards with a GICv3 of two security states and CPUs in two clusters, without Xen: the caller is
 * the non-secure owner beside an EL3 that has run (gic.md 5 and 7, devices.md 7.3 and 7.5).
 */
class GicV3ClustersTest {
    private static final long STRIDE = 0x2_0000;
    private static final long SGI_FRAME = 0x1_0000;
    private static final long ENTRY = 0x8020_0000L;
    private static final int SECOND_CLUSTER = 4;
    private static final int LINE = 60;

    private static Caller cpu(int cpu) {
        return new Caller.PhysicalCpu(cpu);
    }

    private static long load(LiveBoard live, int cpu, long address, int size) {
        AccessAnswer answer =
                live.done(new Action.Mmio(cpu(cpu), address, size, OptionalLong.empty(), false));
        return ((AccessValue) answer).value().value();
    }

    private static void store(LiveBoard live, int cpu, long address, int size, long value) {
        live.done(new Action.Mmio(cpu(cpu), address, size, OptionalLong.of(value), false));
    }

    private static AccessAnswer sysreg(LiveBoard live, int cpu, String name, OptionalLong write) {
        return live.done(new Action.Sysreg(cpu(cpu), name, write, false));
    }

    private static void msr(LiveBoard live, int cpu, String name, long value) {
        assertThat(sysreg(live, cpu, name, OptionalLong.of(value))).isInstanceOf(AccessValue.class);
    }

    private static AckAnswer ack(LiveBoard live, int cpu) {
        return live.done(new Action.Acknowledge(cpu(cpu)));
    }

    private static LiveBoard withSecondCluster(String profile) {
        LiveBoard live = new LiveBoard(profile, LiveBoard.options("none", 1));
        live.cpuPsci(0, "CPU_ON", 0x100, ENTRY, 0);
        live.settle();
        for (int cpu : new int[] {0, SECOND_CLUSTER}) {
            msr(live, cpu, "ICC_PMR_EL1", 0xFF);
            msr(live, cpu, "ICC_IGRPEN1_EL1", 1);
        }
        return live;
    }

    @ParameterizedTest
    @CsvSource({"imx8qm, 0x51b00000, 6", "fvp-base, 0x2f100000, 8"})
    void devT16_framesAreFoundByAffinityAndSgisByTheClustersAff1(
            String profile, String gicr, int cpus) {
        LiveBoard live = withSecondCluster(profile);
        long base = Long.decode(gicr);
        for (int cpu = 0; cpu < cpus; cpu++) {
            long affinity = cpu < SECOND_CLUSTER ? cpu : 0x100 | cpu - SECOND_CLUSTER;
            long last = cpu == cpus - 1 ? 1 << 4 : 0;
            assertThat(load(live, 0, base + cpu * STRIDE + 8, 8))
                    .isEqualTo(affinity << 32 | (long) cpu << 8 | last);
        }
        long frame = base + SECOND_CLUSTER * STRIDE + SGI_FRAME;
        store(live, SECOND_CLUSTER, frame + 0x100, 4, 0xFF);
        long gicd = live.machine.profile().gic().gicd();
        store(live, 0, gicd, 4, 2);
        msr(live, 0, "ICC_SGI1R_EL1", 5L << 24 | 1);
        assertThat(ack(live, SECOND_CLUSTER).intid()).as("that was CPU 0").isEqualTo(1023);
        msr(live, 0, "ICC_SGI1R_EL1", 5L << 24 | 1L << 16 | 1);
        assertThat(ack(live, SECOND_CLUSTER)).isEqualTo(new AckAnswer(5, OptionalInt.empty()));
    }

    @ParameterizedTest
    @CsvSource({"imx8qm, 0x51b00000", "imx8mq, 0x38880000", "fvp-base, 0x2f100000"})
    void el3HasPreparedTheGicForItsNonSecureOwner(String profile, String gicr) {
        LiveBoard live = new LiveBoard(profile, LiveBoard.options("none", 1));
        long gicd = live.machine.profile().gic().gicd();
        assertThat(load(live, 0, Long.decode(gicr) + 0x14, 4))
                .as("not ours to see")
                .isZero();
        assertThat(load(live, 0, gicd, 4)).as("ARE_NS").isEqualTo(0x10);
        assertThat(load(live, 0, gicd + 4, 4) >>> 10 & 1).as("SecurityExtn").isEqualTo(1);
        assertThat(sysreg(live, 0, "ICC_IAR0_EL1", OptionalLong.empty()))
                .isInstanceOf(AccessFault.class);
        assertThat(sysreg(live, 0, "ICC_CTLR_EL3", OptionalLong.empty()))
                .isInstanceOf(AccessFault.class);
        msr(live, 0, "ICC_PMR_EL1", 0xFF);
        msr(live, 0, "ICC_IGRPEN1_EL1", 1);
        store(live, 0, gicd, 4, 2);
        store(live, 0, gicd + 0x400 + LINE, 1, 0xA0);
        store(live, 0, gicd + 0x100 + LINE / 32 * 4, 4, 1L << LINE % 32);
        live.fire(LINE, true);
        assertThat(ack(live, 0).intid()).isEqualTo(LINE);
    }

    @ParameterizedTest
    @CsvSource({"imx8qm", "fvp-base"})
    void aLineFollowsItsRouteIntoTheOtherCluster(String profile) {
        LiveBoard live = withSecondCluster(profile);
        long gicd = live.machine.profile().gic().gicd();
        store(live, 0, gicd, 4, 2);
        store(live, 0, gicd + 0x6000 + 8 * LINE, 8, 0x100);
        store(live, 0, gicd + 0x100 + LINE / 32 * 4, 4, 1L << LINE % 32);
        live.fire(LINE, true);
        assertThat(ack(live, 0).intid()).isEqualTo(1023);
        assertThat(ack(live, SECOND_CLUSTER).intid()).isEqualTo(LINE);
    }
}
