package dev.vboard.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.report.AccessAnswer;
import dev.vboard.model.report.AccessAnswer.AccessFault;
import dev.vboard.model.report.AccessAnswer.AccessValue;
import dev.vboard.model.report.AckAnswer;
import dev.vboard.model.report.CpuReport;
import dev.vboard.model.report.GicReport;
import dev.vboard.model.report.InterruptReport;
import dev.vboard.model.report.PsciAnswer;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A whole board with a GICv3 and no Xen: the caller is the software at EL2 (gic.md 5 and 7). */
class GicV3MachineTest {
    private static final long GICD = 0x0800_0000L;
    private static final long GICR = 0x080A_0000L;
    private static final long STRIDE = 0x2_0000;
    private static final long SGI_FRAME = 0x1_0000;
    private static final long WAKER = 0x14;
    private static final long IGROUPR = 0x80;
    private static final long ISENABLER = 0x100;
    private static final long IPRIORITYR = 0x400;
    private static final long IROUTER = 0x6000;
    private static final long ENTRY = 0x4020_0000L;
    private static final long POWERDOWN = 0x0001_0000L;
    private static final int LINE = 40;

    private final LiveBoard live = new LiveBoard("qemu-virt-gicv3", LiveBoard.options("none", 1));

    private static Caller cpu(int cpu) {
        return new Caller.PhysicalCpu(cpu);
    }

    private long load(int cpu, long address, int size) {
        AccessAnswer answer =
                live.done(new Action.Mmio(cpu(cpu), address, size, OptionalLong.empty(), false));
        return ((AccessValue) answer).value().value();
    }

    private void store(int cpu, long address, int size, long value) {
        live.done(new Action.Mmio(cpu(cpu), address, size, OptionalLong.of(value), false));
    }

    private AccessAnswer sysreg(int cpu, String name, OptionalLong write) {
        return live.done(new Action.Sysreg(cpu(cpu), name, write, false));
    }

    private long mrs(int cpu, String name) {
        return ((AccessValue) sysreg(cpu, name, OptionalLong.empty())).value().value();
    }

    private void msr(int cpu, String name, long value) {
        assertThat(sysreg(cpu, name, OptionalLong.of(value))).isInstanceOf(AccessValue.class);
    }

    /** What software does to a CPU's part: wake the redistributor, Group 1, open the mask. */
    private void bringUp(int cpu) {
        store(cpu, GICR + cpu * STRIDE + WAKER, 4, 0);
        store(cpu, GICR + cpu * STRIDE + SGI_FRAME + IGROUPR, 4, 0xFFFF_FFFFL);
        store(cpu, GICR + cpu * STRIDE + SGI_FRAME + ISENABLER, 4, 0xFFFF);
        msr(cpu, "ICC_SRE_EL2", 0xF);
        msr(cpu, "ICC_PMR_EL1", 0xF8);
        msr(cpu, "ICC_IGRPEN1_EL1", 1);
    }

    private void distributorOn() {
        store(0, GICD + IGROUPR + 4, 4, 0xFFFF_FFFFL);
        store(0, GICD, 4, 0x12);
    }

    private void line(int cpu) {
        store(0, GICD + IROUTER + 8 * LINE, 8, cpu);
        store(0, GICD + IPRIORITYR + LINE, 1, 0xA0);
        store(0, GICD + ISENABLER + 4, 4, 1L << LINE % 32);
    }

    private PsciAnswer cpuOn(int cpu) {
        return live.cpuPsci(0, "CPU_ON", cpu, ENTRY, 0);
    }

    @Test
    void gicT18_everyRedistributorSleepsAfterReset() {
        assertThat(load(0, GICD, 4)).isEqualTo(0x50);
        for (int cpu = 0; cpu < 4; cpu++) {
            assertThat(load(0, GICR + cpu * STRIDE + WAKER, 4)).isEqualTo(6);
            long last = cpu == 3 ? 0x10 : 0;
            assertThat(load(0, GICR + cpu * STRIDE + 8, 8))
                    .isEqualTo((long) cpu << 32 | (long) cpu << 8 | last);
        }
    }

    @Test
    void aLineIsAcknowledgedAndEndedByTheShorthands() {
        bringUp(0);
        distributorOn();
        line(0);
        live.fire(LINE, true);
        GicReport report = live.done(new Query.Gic());
        assertThat(report.type()).isEqualTo("GICv3");
        assertThat(report.enabledGroups()).containsExactly(1);
        assertThat(report.cpus().getFirst())
                .isEqualTo(new GicReport.GicCpu(0, true, 0xF8, 255, OptionalInt.of(LINE)));
        assertThat((AckAnswer) live.done(new Action.Acknowledge(cpu(0))))
                .isEqualTo(new AckAnswer(LINE, OptionalInt.empty()));
        assertThat(mrs(0, "ICC_RPR_EL1")).isEqualTo(0xA0);
        InterruptReport line = live.done(new Query.Interrupt(LINE, OptionalInt.empty()));
        assertThat(line.active()).isTrue();
        assertThat(line.targets()).containsExactly(0);
        live.fire(LINE, false);
        live.done(new Action.EndOfInterrupt(cpu(0), LINE, 0));
        assertThat(mrs(0, "ICC_RPR_EL1")).isEqualTo(0xFF);
        List<InterruptReport> rest =
                live.done(new Query.Interrupts(Optional.of("active"), OptionalInt.empty(), true));
        assertThat(rest).isEmpty();
    }

    @Test
    void anSgiReachesAnotherCpuByTheShorthandAndByRegister() {
        bringUp(0);
        distributorOn();
        cpuOn(1);
        live.settle();
        bringUp(1);
        live.done(new Action.SendSgi(0, 3, List.of(1)));
        assertThat((AckAnswer) live.done(new Action.Acknowledge(cpu(1))))
                .isEqualTo(new AckAnswer(3, OptionalInt.empty()));
        live.done(new Action.EndOfInterrupt(cpu(1), 3, 0));
        msr(0, "ICC_SGI1R_EL1", 5L << 24 | 0b10);
        assertThat(mrs(1, "ICC_IAR1_EL1")).isEqualTo(5);
    }

    @Test
    void gicT19_theInterfaceVanishesWithTheCoreAndTheDistributorStays() {
        bringUp(0);
        distributorOn();
        cpuOn(1);
        live.settle();
        bringUp(1);
        line(1);
        live.cpuPsci(1, "CPU_OFF");
        live.settle();
        assertThat(load(0, GICR + STRIDE + WAKER, 4)).as("asleep").isEqualTo(6);
        live.fire(LINE, true);
        cpuOn(1);
        live.settle();
        assertThat(mrs(1, "ICC_PMR_EL1")).isZero();
        assertThat(mrs(1, "ICC_IGRPEN1_EL1")).isZero();
        assertThat(load(0, GICD + IROUTER + 8 * LINE, 8)).isEqualTo(1);
        assertThat(mrs(1, "ICC_IAR1_EL1")).isEqualTo(1023);
        bringUp(1);
        assertThat(mrs(1, "ICC_IAR1_EL1")).as("waited in the distributor").isEqualTo(LINE);
    }

    @Test
    void aSuspendedCoreIsWokenByItsRedistributor() {
        bringUp(0);
        distributorOn();
        line(0);
        PsciAnswer asleep = live.cpuPsci(0, "CPU_SUSPEND", POWERDOWN, ENTRY, 0);
        assertThat(asleep.returned()).isFalse();
        live.fire(LINE, true);
        CpuReport cpu = live.done(new Query.Cpu(0));
        assertThat(cpu.power()).isEqualTo(CpuReport.Power.ON);
        assertThat(load(0, GICR + WAKER, 4)).as("its owner wakes it").isEqualTo(6);
        assertThat(mrs(0, "ICC_IAR1_EL1")).isEqualTo(1023);
        bringUp(0);
        assertThat(mrs(0, "ICC_IAR1_EL1")).isEqualTo(LINE);
    }

    @Test
    void registersOfTheInterfaceAreUndefinedOnABoardWithAGicV2() {
        LiveBoard old = new LiveBoard("qemu-virt", LiveBoard.options("none", 1));
        for (String name : List.of("ICC_IAR1_EL1", "ICH_HCR_EL2", "s3_0_c12_c12_5")) {
            AccessAnswer answer =
                    old.done(new Action.Sysreg(cpu(0), name, OptionalLong.empty(), false));
            assertThat(answer).isInstanceOf(AccessFault.class);
        }
        assertThat(sysreg(0, "ICH_LR4_EL2", OptionalLong.empty()))
                .as("four list registers")
                .isInstanceOf(AccessFault.class);
        assertThat(sysreg(0, "ICC_CTLR_EL3", OptionalLong.empty())).isInstanceOf(AccessFault.class);
    }
}
