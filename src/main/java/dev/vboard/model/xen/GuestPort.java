package dev.vboard.model.xen;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Gprs;
import dev.vboard.model.core.GuestMachine;
import dev.vboard.model.core.Intids;
import dev.vboard.model.core.SystemRegisters.SystemRegister;
import dev.vboard.model.hazard.GuestHazard;
import dev.vboard.model.hazard.TimerHazard;
import dev.vboard.model.report.DomainReport;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A domain as the software in it finds it. All it does goes the way of a caller that acts as that
 * guest: through {@link Guests}.
 */
final class GuestPort implements GuestMachine {
    private static final long PSTATE_I = 1 << 7;
    private static final int ALL_PRIORITIES = 0xF8;
    private static final int CLEAR_ACTIVE = 0x380;
    private static final int SET_ACTIVE = 0x300;
    private static final int SGIR = 0xF00;
    private static final int SGIR_TARGET_SHIFT = 16;
    private static final int SGI1R_ID_SHIFT = 24;
    private static final int SGI1R_AFF1_SHIFT = 16;
    private static final long GUEST_GICR = 0x0302_0000L;
    private static final long REDISTRIBUTOR_BYTES = 0x2_0000L;

    private final Hypervisor xen;
    private final Domain domain;

    GuestPort(Hypervisor xen, Domain domain) {
        this.xen = xen;
        this.domain = domain;
    }

    /** Before a suspend a hook of the guest stops what its daemon would have to serve. */
    @Override
    public void serviceFrozen(Board board, boolean frozen) {
        domain.serviceFrozen.set(board, frozen);
        if (!frozen) {
            xen.watchdogs.runOn(board, domain);
        } else if (!xen.suffers(board, TimerHazard.HZ_74)) {
            xen.watchdogs.stop(board, domain);
        }
    }

    @Override
    public boolean leavesInterrupts(Board board) {
        return xen.suffers(board, GuestHazard.HZ_30);
    }

    private Guests guests() {
        return xen.guests();
    }

    private Vcpu vcpu(int id) {
        return domain.vcpus.get(id);
    }

    private Gprs live(Board board, int id) {
        Vcpu vcpu = vcpu(id);
        return xen.scheduler.running(board, vcpu)
                ? xen.platform.gprs().get(vcpu.assigned(board))
                : vcpu.gprs;
    }

    @Override
    public boolean driven(Board board) {
        return !domain.guest.is(board, DomainReport.Guest.MANUAL);
    }

    @Override
    public boolean suspends(Board board) {
        return domain.guest.is(board, DomainReport.Guest.LINUX);
    }

    @Override
    public boolean hardware(Board board) {
        return domain.hardware(board);
    }

    @Override
    public boolean is64Bit(Board board) {
        return !domain.is32Bit(board);
    }

    @Override
    public int vcpus() {
        return domain.vcpus.size();
    }

    @Override
    public int vcpusAtBoot(Board board) {
        return domain.extras.vcpusAtBoot(board);
    }

    @Override
    public long entry(Board board) {
        return domain.entryPoint.get(board);
    }

    @Override
    public List<Integer> interrupts(Board board) {
        return xen.irqs.ofDomain(board, domain);
    }

    @Override
    public boolean executes(Board board, int vcpu) {
        return guests().executes(board, domain, vcpu(vcpu));
    }

    @Override
    public long pc(Board board, int vcpu) {
        return live(board, vcpu).pc().get(board);
    }

    @Override
    public long x(Board board, int vcpu, int register) {
        return live(board, vcpu).x(register).get(board);
    }

    @Override
    public void jump(Board board, int vcpu, long pc) {
        int cpu = guests().switchIn(board, domain, vcpu(vcpu));
        xen.platform.gprs().get(cpu).pc().set(board, pc);
    }

    @Override
    public boolean masked(Board board, int vcpu) {
        return (live(board, vcpu).pstate().get(board) & PSTATE_I) != 0;
    }

    @Override
    public void mask(Board board, int vcpu, boolean masked) {
        guests().mask(board, domain, vcpu(vcpu), masked);
    }

    @Override
    public boolean signalled(Board board, int vcpu) {
        return xen.vgic.deliverable(board, domain, vcpu(vcpu)) != VGic.NONE;
    }

    @Override
    public int acknowledge(Board board, int vcpu) {
        return guests().acknowledge(board, domain, vcpu(vcpu));
    }

    @Override
    public void end(Board board, int vcpu, int acknowledged) {
        int source = acknowledged >> 10 & 7;
        guests().end(board, domain, vcpu(vcpu), acknowledged & 0x3FF, source);
    }

    @Override
    public void gicOn(Board board, int vcpu) {
        guests().gic(board, domain, vcpu(vcpu), true, Optional.of(ALL_PRIORITIES));
    }

    @Override
    public void enable(Board board, int vcpu, int intid, boolean on) {
        guests().enable(board, domain, vcpu(vcpu), intid, on);
    }

    @Override
    public boolean isLevel(Board board, int intid) {
        return !domain.vgic.edge.get(board, domain.intids.index(0, intid));
    }

    @Override
    public int target(Board board, int intid) {
        return domain.vgic.target(board, intid);
    }

    @Override
    public void target(Board board, int vcpu, int intid, int to) {
        guests().target(board, domain, vcpu(vcpu), intid, 1 << to);
    }

    private boolean isV3() {
        return xen.platform.profile().gic().version() == 3;
    }

    @Override
    public void signal(Board board, int vcpu, int intid, int to) {
        if (isV3()) {
            SystemRegister sgi1r = xen.platform.registers().get("ICC_SGI1R_EL1");
            long affinity = vcpu(to).affinityFields();
            long value = (long) intid << SGI1R_ID_SHIFT
                    | (affinity >> 8) << SGI1R_AFF1_SHIFT
                    | 1L << (affinity & 0xF);
            boolean unused = guests().write(board, domain, vcpu(vcpu), sgi1r, value);
            return;
        }
        long address = guests().stage2().distributorOf(board, domain) + SGIR;
        store(board, vcpu, address, 1 << SGIR_TARGET_SHIFT + to | intid);
    }

    @Override
    public void clearActive(Board board, int vcpu) {
        long base = guests().stage2().distributorOf(board, domain);
        for (int first = Intids.PRIVATE; first < domain.intids.intids(); first += 32) {
            store(board, vcpu, base + CLEAR_ACTIVE + first / 8, -1);
            store(board, vcpu, base + SET_ACTIVE + first / 8, 0);
        }
    }

    @Override
    public void startTimer(Board board, int vcpu, long nanos) {
        guests().timer(
                        board,
                        domain,
                        vcpu(vcpu),
                        Optional.of(true),
                        Optional.of(false),
                        OptionalLong.of(xen.now(board) + nanos));
    }

    @Override
    public void stopTimer(Board board, int vcpu) {
        guests().timer(
                        board,
                        domain,
                        vcpu(vcpu),
                        Optional.of(false),
                        Optional.empty(),
                        OptionalLong.empty());
    }

    @Override
    public int load(Board board, int vcpu, long address) {
        return (int) guests().load(board, domain, vcpu(vcpu), address, 4).orElse(0);
    }

    @Override
    public void store(Board board, int vcpu, long address, int value) {
        boolean unused = guests().store(board, domain, vcpu(vcpu), address, 4, value);
    }

    @Override
    public long call(Board board, int vcpu, long function, long x1, long x2, long x3) {
        Optional<Boolean> returned =
                guests().call(board, domain, vcpu(vcpu), function, List.of(x1, x2, x3), 0);
        return returned.orElse(true) ? x(board, vcpu, 0) : NOT_RETURNED;
    }

    @Override
    public void waitForInterrupt(Board board, int vcpu) {
        guests().waitForInterrupt(board, domain, vcpu(vcpu));
    }

    @Override
    public void print(Board board, String line) {
        xen.console.guest(board, domain, line);
    }

    @Override
    public long midr(Board board, int vcpu) {
        int cpu = Math.max(vcpu(vcpu).assigned(board), 0);
        return xen.platform.registers().get("MIDR_EL1").read(board, Access.el2(cpu));
    }

    @Override
    public OptionalLong redistributor(Board board, int vcpu) {
        if (!isV3()) {
            return OptionalLong.empty();
        }
        long base = domain.hardware(board)
                ? xen.platform.profile().gic().gicr().orElse(GUEST_GICR)
                : GUEST_GICR;
        return OptionalLong.of(base + vcpu * REDISTRIBUTOR_BYTES);
    }
}
