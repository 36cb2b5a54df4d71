package dev.vboard.model;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vboard.model.report.AccessAnswer;
import dev.vboard.model.report.DomainReport;
import dev.vboard.model.report.InterruptReport;
import dev.vboard.model.report.VcpuReport;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A guest with two vCPUs on p1 and p2 of a board, and the words of it that differ between a GICv2
 * and a GICv3: who gets an SGI, and where an SPI goes.
 */
final class GicGuest {
    static final String V2 = "fixture-zcu102";
    static final String V3 = "fixture-qemu-virt-gicv3";

    static final long GICD = 0x0300_1000L;

    private static final long ENTRY = 0x4000_0000L;
    private static final long GICH_HCR = 0xF904_0000L;

    final LiveBoard live;

    /** INTIDs of three lines with nothing behind them. */
    final int a;

    final int b;
    final int c;
    private final boolean v2;

    GicGuest(String profile) {
        live = new LiveBoard(profile, LiveBoard.options("rfc2018", 1));
        v2 = profile.equals(V2);
        a = v2 ? 132 : 162;
        b = a + 1;
        c = a + 2;
    }

    /** Makes the domain, its GIC on, with these lines aimed at vCPU 0 and enabled. */
    void with(int... lines) {
        live.done(LiveBoard.domain(2, LiveBoard.pinned(1, 2), 64, lines));
        for (int line : lines) {
            live.listen(1, 0, line);
        }
    }

    /** Starts vCPU 1. */
    void second() {
        live.psci(1, 0, "CPU_ON", 1, ENTRY, 0);
        live.done(new Action.VcpuGic("1", 1, true, OptionalInt.of(248)));
    }

    void enable(int vcpu, int intid, boolean on) {
        change(vcpu, intid, Optional.of(on), OptionalInt.empty(), Optional.empty());
    }

    void priority(int intid, int priority) {
        change(0, intid, Optional.empty(), OptionalInt.of(priority), Optional.empty());
    }

    void aim(int intid, int vcpu) {
        change(0, intid, Optional.empty(), OptionalInt.empty(), Optional.of(List.of(vcpu)));
    }

    private void change(
            int vcpu,
            int intid,
            Optional<Boolean> enabled,
            OptionalInt priority,
            Optional<List<Integer>> targets) {
        live.done(new Action.VcpuInterrupt(
                "1", vcpu, intid, enabled, priority, targets, Optional.empty()));
    }

    /** A vCPU sends an SGI to those of a mask. */
    void sgi(int vcpu, int intid, int targets) {
        live.done(sgi(live, LiveBoard.caller(1, vcpu), intid, targets));
    }

    /** The instruction by which a vCPU of a board sends an SGI to those of a mask. */
    static Action sgi(LiveBoard live, Caller.Vcpu sender, int intid, int targets) {
        DomainReport.DomainGic gic =
                live.domain(Integer.parseInt(sender.domain())).gic();
        if (gic.version() == 2) {
            long address = gic.gicd().value() + 0xF00;
            OptionalLong value = OptionalLong.of((long) targets << 16 | intid);
            return new Action.Mmio(sender, address, 4, value, false);
        }
        OptionalLong value = OptionalLong.of((long) intid << 24 | targets);
        return new Action.Sysreg(sender, "ICC_SGI1R_EL1", value, false);
    }

    /** A vCPU sends an SGI to all but itself. */
    void sgiToOthers(int vcpu, int intid) {
        if (v2) {
            assertTrue(live.store(1, vcpu, GICD + 0xF00, 1 << 24 | intid));
        } else {
            live.msr(1, vcpu, "ICC_SGI1R_EL1", 1L << 40 | (long) intid << 24);
        }
    }

    /** vCPU 0 writes the target register of an SPI. */
    void route(int intid, int vcpu) {
        long address = v2 ? GICD + 0x800 + intid : GICD + 0x6000 + 8L * intid;
        assertTrue(live.store(1, 0, address, v2 ? 1L << vcpu : vcpu));
    }

    /** What vCPU 0 reads there: the vCPU. */
    int routed(int intid) {
        return v2
                ? Integer.numberOfTrailingZeros((int) live.load(1, 0, GICD + 0x800 + intid))
                : (int) live.load(1, 0, GICD + 0x6000 + 8L * intid);
    }

    VcpuReport.VgicReport vgic(int vcpu) {
        return live.vcpu(1, vcpu).vgic();
    }

    InterruptReport physical(int intid) {
        return live.done(new Query.Interrupt(intid, OptionalInt.empty()));
    }

    /** The hypervisor control register of a CPU's virtual interface. */
    long hypervisorControl(int cpu) {
        if (v2) {
            return live.cpuLoad(cpu, GICH_HCR);
        }
        AccessAnswer answer = live.done(new Action.Sysreg(
                new Caller.PhysicalCpu(cpu), "ICH_HCR_EL2", OptionalLong.empty(), false));
        return answer instanceof AccessAnswer.AccessValue read ? read.value().value() : -1;
    }
}
