package dev.vboard.model.xen;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.EventType;
import dev.vboard.model.core.Events;
import dev.vboard.model.core.Refusal;
import dev.vboard.model.core.SystemRegisters.SystemRegister;
import dev.vboard.model.hazard.GuestHazard;
import dev.vboard.model.report.Observables;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What guests do, one instruction at a time. A REST call that acts as a guest comes in here, where
 * a trapped instruction would.
 */
public final class Guests {
    private static final long PSTATE_I = 1 << 7;
    private static final long ISENABLER = 0x100;
    private static final long ICENABLER = 0x180;
    private static final long IPRIORITYR = 0x400;
    private static final long ICFGR = 0xC00;

    private final Hypervisor xen;
    private final SystemRegister virtualCounter;
    private final GuestGic gic;
    private final Stage2 stage2;
    private final VSmc vsmc;

    Guests(Hypervisor xen) {
        this.xen = xen;
        virtualCounter = xen.platform.registers().get("CNTVCT_EL0");
        gic = GuestGic.of(xen);
        stage2 = new Stage2(xen, gic);
        vsmc = new VSmc(xen);
    }

    /** What a guest may reach. */
    public Stage2 stage2() {
        return stage2;
    }

    /** Why a vCPU cannot execute an instruction now, if so. */
    public Optional<Refusal> refuses(Board board, Domain domain, Vcpu vcpu) {
        return executes(board, domain, vcpu)
                ? Optional.empty()
                : Optional.of(refusal(board, domain, vcpu));
    }

    /** Whether a vCPU can execute an instruction now. */
    boolean executes(Board board, Domain domain, Vcpu vcpu) {
        int cpu = vcpu.assigned(board);
        return xen.scheduler.runnable(board, domain, vcpu)
                && domain.shutdownState.is(board, Observables.ShutdownState.NONE)
                && cpu >= 0
                && xen.pcpus.get(cpu).runsGuests(board);
    }

    private Refusal refusal(Board board, Domain domain, Vcpu vcpu) {
        int id = domain.id(board);
        String who = "d" + id + "v" + vcpu.id;
        if (vcpu.down(board)) {
            return Refusal.conflict(
                    "vcpu-off",
                    who + " is off",
                    List.of("off"),
                    List.of("POST /domains/" + id + "/vcpus/" + other(board, domain) + "/psci"));
        }
        if (domain.suspended(board)) {
            return Refusal.conflict(
                    "domain-suspended",
                    "domain " + id + " is suspended",
                    List.of("suspended"),
                    wakers(board, domain, "POST /domains/" + id + "/resume"));
        }
        if (!domain.shutdownState.is(board, Observables.ShutdownState.NONE)) {
            return Refusal.conflict(
                    "domain-shut-down",
                    "domain " + id + " has shut down",
                    List.of(Shutdown.reason(domain.shutdownCode(board))),
                    List.of("DELETE /domains/" + id));
        }
        if (vcpu.blocked(board)) {
            return Refusal.conflict(
                    "vcpu-blocked",
                    who + " waits for an interrupt",
                    List.of("WFI"),
                    remedies(board, domain, Optional.of("POST /interrupts")));
        }
        if (domain.pauseCount(board) > 0) {
            boolean frozen = domain.pauseCount(board) > domain.controllerPauseCount(board);
            return Refusal.conflict(
                    "domain-paused",
                    "domain " + id + " is paused",
                    List.of(frozen ? "host suspend" : "toolstack pause"),
                    List.of(frozen ? "POST /clock" : "POST /domains/" + id + "/unpause"));
        }
        return Refusal.conflict(
                "no-cpu",
                who + " has no online CPU it may run on",
                List.of("no pCPU"),
                List.of("PUT /domains/" + id + "/vcpus/" + vcpu.id + "/affinity"));
    }

    /** The first vCPU that is not off, to make the CPU_ON. */
    private static int other(Board board, Domain domain) {
        for (Vcpu vcpu : domain.vcpus()) {
            if (!vcpu.down(board)) {
                return vcpu.id;
            }
        }
        return 0;
    }

    /** What wakes a suspended domain: its interrupts, where they do, and while Xen is up xl. */
    private List<String> wakers(Board board, Domain domain, String resume) {
        Optional<String> call = xen.active(board) ? Optional.of(resume) : Optional.empty();
        return xen.flavour(board).shutsDown()
                ? call.map(List::of).orElse(List.of("POST /interrupts"))
                : remedies(board, domain, call);
    }

    private List<String> remedies(Board board, Domain domain, Optional<String> call) {
        List<String> remedies = new ArrayList<>();
        call.ifPresent(remedies::add);
        for (int index = domain.vgic.enabled.next(board, 0);
                index >= 0;
                index = domain.vgic.enabled.next(board, index + 1)) {
            remedies.add("interrupt " + domain.intids.intid(index));
        }
        return remedies;
    }

    /** Whether a vCPU is on its pCPU. */
    public boolean running(Board board, Vcpu vcpu) {
        return xen.scheduler.running(board, vcpu);
    }

    /** How long a vCPU has been on pCPUs. */
    public long ranNanos(Board board, Vcpu vcpu) {
        long now = running(board, vcpu) ? xen.now(board) - vcpu.since.get(board) : 0;
        return vcpu.ranNanos.get(board) + now;
    }

    /** The virtual interrupts of a vCPU as they stand, nothing changed by looking. */
    public VGicView vgicView(Board board, Domain domain, Vcpu vcpu) {
        return VGicView.of(xen, board, domain, vcpu);
    }

    /** Puts a vCPU that may execute on its pCPU. */
    public int switchIn(Board board, Domain domain, Vcpu vcpu) {
        int cpu = vcpu.assigned(board);
        if (!xen.scheduler.running(board, vcpu)) {
            xen.scheduler.takeCpu(board, cpu, domain, vcpu);
        }
        return cpu;
    }

    /**
     * HVC or SMC with the arguments given.
     *
     * @return true when it returned, false when not, empty for an undefined instruction
     */
    public Optional<Boolean> call(
            Board board, Domain domain, Vcpu vcpu, long function, List<Long> args, int immediate) {
        int cpu = switchIn(board, domain, vcpu);
        var r = xen.platform.gprs().get(cpu);
        r.x(0).set(board, function);
        for (int i = 0; i < 3; i++) {
            r.x(i + 1).set(board, i < args.size() ? args.get(i) : 0);
        }
        VSmc.Result result = vsmc.handle(board, cpu, domain, vcpu, immediate);
        return switch (result) {
            case RETURNED -> Optional.of(true);
            case NOT_RETURNED -> Optional.of(false);
            case UNDEFINED -> Optional.empty();
        };
    }

    void exception(Board board, int cpu, long syndrome) {
        Pcpu pcpu = xen.pcpus.get(cpu);
        if (!pcpu.idle(board)) {
            Domain domain = xen.domains.inSlot(board, pcpu.currentSlot(board));
            vsmc.handle(
                    board,
                    cpu,
                    domain,
                    domain.vcpus.get(pcpu.currentVcpu(board)),
                    (int) syndrome & 0xFFFF);
        }
    }

    /** WFI: blocks unless something is deliverable. */
    public void waitForInterrupt(Board board, Domain domain, Vcpu vcpu) {
        switchIn(board, domain, vcpu);
        if (xen.vgic.deliverable(board, domain, vcpu) == VGic.NONE) {
            xen.guestSuspend.block(board, domain, vcpu);
        }
    }

    /** The sending vCPU that an acknowledged SGI names, where SGIs name one. */
    public OptionalInt source(int acknowledged) {
        return gic.source(acknowledged);
    }

    /** Acknowledges: the INTID, and on a GICv2 the source of an SGI in bits 12:10. */
    public int acknowledge(Board board, Domain domain, Vcpu vcpu) {
        int cpu = switchIn(board, domain, vcpu);
        int iar = gic.acknowledge(board, cpu, domain);
        if ((iar & 0x3FF) < 1020) {
            EventType.IRQ_ACKED.emit(
                    board,
                    xen.now(board),
                    Events.ABSENT,
                    iar & 0x3FF,
                    domain.id(board),
                    vcpu.id,
                    "");
        }
        return iar;
    }

    /** Ends an interrupt. */
    public void end(Board board, Domain domain, Vcpu vcpu, int intid, int source) {
        int cpu = switchIn(board, domain, vcpu);
        boolean taken = gic.end(board, cpu, domain, intid, source);
        if (taken && intid < 1020) {
            EventType.IRQ_ENDED.emit(
                    board, xen.now(board), Events.ABSENT, intid, domain.id(board), vcpu.id, "");
        }
    }

    /** A load; empty for a data abort. */
    public OptionalLong load(Board board, Domain domain, Vcpu vcpu, long address, int size) {
        int cpu = switchIn(board, domain, vcpu);
        return stage2.read(board, cpu, domain, address, size);
    }

    /** A store; false for a data abort. */
    public boolean store(
            Board board, Domain domain, Vcpu vcpu, long address, int size, long value) {
        int cpu = switchIn(board, domain, vcpu);
        return stage2.write(board, cpu, domain, address, size, value);
    }

    /** MRS; empty for an undefined instruction. */
    public OptionalLong read(Board board, Domain domain, Vcpu vcpu, SystemRegister register) {
        int cpu = switchIn(board, domain, vcpu);
        var emulated = xen.physicalTimer.trapped(board, cpu, register);
        if (emulated.isPresent()) {
            return OptionalLong.of(xen.physicalTimer.read(board, vcpu, emulated.get()));
        }
        Access by = Access.el1(cpu);
        if (register == virtualCounter) {
            xen.checks.guests.readsCounter(board, domain);
        }
        boolean osLock =
                register.name().equals("OSLSR_EL1") && xen.suffers(board, GuestHazard.HZ_70);
        if (osLock || xen.physicalTimer.counterTraps(board, cpu, register)) {
            return OptionalLong.empty();
        }
        return register.permits(board, by, false)
                ? OptionalLong.of(register.read(board, by))
                : OptionalLong.empty();
    }

    /** MSR; false for an undefined instruction. */
    public boolean write(
            Board board, Domain domain, Vcpu vcpu, SystemRegister register, long value) {
        int cpu = switchIn(board, domain, vcpu);
        var emulated = xen.physicalTimer.trapped(board, cpu, register);
        if (emulated.isPresent()) {
            xen.physicalTimer.write(board, vcpu, emulated.get(), value);
            return true;
        }
        if (gic.traps(register)) {
            return gic.writeTrapped(board, cpu, register, value);
        }
        Access by = Access.el1(cpu);
        if (!register.permits(board, by, true)) {
            return false;
        }
        register.write(board, by, value);
        return true;
    }

    /** Sets PSTATE.I. */
    public void mask(Board board, Domain domain, Vcpu vcpu, boolean masked) {
        int cpu = switchIn(board, domain, vcpu);
        var pstate = xen.platform.gprs().get(cpu).pstate();
        long old = pstate.get(board);
        pstate.set(board, masked ? old | PSTATE_I : old & ~PSTATE_I);
    }

    /** Switches the guest's distributor and CPU interface. */
    public void gic(Board board, Domain domain, Vcpu vcpu, boolean on, Optional<Integer> pmr) {
        int cpu = switchIn(board, domain, vcpu);
        gic.onOff(board, cpu, domain, on, pmr);
    }

    /** Enables or disables one interrupt. */
    public void enable(Board board, Domain domain, Vcpu vcpu, int virq, boolean on) {
        long base = gic.page(board, domain, vcpu.id, virq) + (on ? ISENABLER : ICENABLER);
        store(board, domain, vcpu, base + 4L * (virq / 32), 4, 1L << virq % 32);
    }

    /** Sets the priority of one interrupt. */
    public void priority(Board board, Domain domain, Vcpu vcpu, int virq, int priority) {
        long base = gic.page(board, domain, vcpu.id, virq) + IPRIORITYR;
        store(board, domain, vcpu, base + virq, 1, priority);
    }

    /** Sets the target vCPUs of an SPI as a mask. */
    public void target(Board board, Domain domain, Vcpu vcpu, int virq, int mask) {
        int cpu = switchIn(board, domain, vcpu);
        gic.target(board, cpu, domain, virq, mask);
    }

    /** Sets the trigger of an SPI. */
    public void trigger(Board board, Domain domain, Vcpu vcpu, int virq, boolean edge) {
        long page = gic.page(board, domain, vcpu.id, virq);
        long address = page + ICFGR + 4L * (virq / 16);
        long old = load(board, domain, vcpu, address, 4).orElse(0);
        long bit = 2L << 2 * (virq % 16);
        store(board, domain, vcpu, address, 4, edge ? old | bit : old & ~bit);
    }

    /** SCHEDOP_shutdown; a guest that goes on after it finds the result 0 in x0. */
    public void shutdown(Board board, Domain domain, Vcpu vcpu, int reason) {
        int cpu = switchIn(board, domain, vcpu);
        xen.platform.gprs().get(cpu).x(0).set(board, 0);
        xen.shutdown.shutDown(board, domain, reason);
    }

    /** SCHEDOP_shutdown_code: the code of the next shutdown; the first one recorded wins. */
    public void latch(Board board, Domain domain, Vcpu vcpu, int reason) {
        int cpu = switchIn(board, domain, vcpu);
        xen.shutdown.latch(board, domain, reason);
        xen.platform.gprs().get(cpu).x(0).set(board, 0);
    }

    /** SCHEDOP_watchdog; the answer goes to x0. */
    public long watchdog(Board board, Domain domain, Vcpu vcpu, int id, long timeoutNanos) {
        int cpu = switchIn(board, domain, vcpu);
        long result = xen.watchdogs.set(board, domain, id, timeoutNanos);
        xen.platform.gprs().get(cpu).x(0).set(board, result);
        return result;
    }

    /** Writes the virtual timer's registers; only what is named. */
    public void timer(
            Board board,
            Domain domain,
            Vcpu vcpu,
            Optional<Boolean> enabled,
            Optional<Boolean> masked,
            OptionalLong deadlineNanos) {
        int cpu = switchIn(board, domain, vcpu);
        xen.vtimer.program(board, cpu, domain, enabled, masked, deadlineNanos);
    }

    /** Raises a virtual SPI that no hardware stands behind. */
    public void raise(Board board, Domain domain, int virq) {
        xen.vgic.inject(board, domain, domain.vcpus.getFirst(), virq);
    }

    /** Raises the event upcall of a domain. */
    public void eventChannel(Board board, Domain domain, int port) {
        domain.upcallPort.set(board, port);
        xen.vgic.inject(board, domain, domain.vcpus.getFirst(), Hypervisor.UPCALL_PPI);
    }
}
