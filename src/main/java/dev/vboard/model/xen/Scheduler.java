package dev.vboard.model.xen;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.EventType;
import dev.vboard.model.core.Events;
import dev.vboard.model.core.Flag;
import dev.vboard.model.core.Gprs;
import dev.vboard.model.core.Layout;
import dev.vboard.model.core.SystemRegisters.SystemRegister;

import java.util.ArrayList;
import java.util.List;

/**
 * Which vCPU is on which pCPU. Placement: the allowed online pCPU with the fewest assigned vCPUs,
 * ties to the lowest number. On one pCPU a vCPU that becomes runnable runs at once; when the
 * running one stops the longest waiting runs. No time slices (xen-suspend.md 1.6).
 */
final class Scheduler {
    private final Hypervisor xen;
    private final Cell order;
    private final Flag off;
    private final List<SystemRegister> el1 = new ArrayList<>();
    private final SystemRegister vttbr;
    private final SystemRegister vmpidr;

    Scheduler(Hypervisor xen, Layout layout) {
        this.xen = xen;
        order = layout.named("scheduler").cell("order", 32);
        off = layout.named("scheduler").flag("off");
        for (String name : Vcpu.EL1) {
            el1.add(xen.platform.registers().get(name));
        }
        vttbr = xen.platform.registers().get("VTTBR_EL2");
        vmpidr = xen.platform.registers().get("VMPIDR_EL2");
    }

    /** Whether nothing keeps it off a CPU. */
    boolean runnable(Board board, Domain domain, Vcpu vcpu) {
        return vcpu.flags.get(board) == 0
                && vcpu.pauseCount.get(board) == 0
                && domain.pauseCount.get(board) == 0;
    }

    /** Whether it is on a pCPU now. */
    boolean running(Board board, Vcpu vcpu) {
        int cpu = vcpu.assigned(board);
        return cpu >= 0 && xen.pcpus.get(cpu).runs(board, vcpu);
    }

    /** Looks at a vCPU whose reasons to run or not have changed, and switches accordingly. */
    void reconsider(Board board, Domain domain, Vcpu vcpu) {
        boolean runnable = runnable(board, domain, vcpu);
        boolean running = running(board, vcpu);
        if (running && !runnable) {
            int cpu = vcpu.assigned(board);
            switchOut(board, cpu, domain, vcpu);
            runNext(board, cpu);
        } else if (!running && runnable && vcpu.waiting.get(board) == 0) {
            becomesRunnable(board, domain, vcpu);
        } else if (!runnable) {
            vcpu.waiting.set(board, 0);
        }
    }

    /** Looks at all vCPUs of a domain, ascending. */
    void reconsider(Board board, Domain domain) {
        for (Vcpu vcpu : domain.vcpus) {
            reconsider(board, domain, vcpu);
        }
    }

    private void becomesRunnable(Board board, Domain domain, Vcpu vcpu) {
        if (vcpu.assigned(board) < 0 || !mayStay(board, vcpu)) {
            place(board, vcpu);
        }
        int cpu = vcpu.assigned(board);
        if (cpu < 0 || off.get(board) || !xen.pcpus.get(cpu).runsGuests(board)) {
            enqueue(board, vcpu);
            return;
        }
        takeCpu(board, cpu, domain, vcpu);
    }

    /** Puts a runnable vCPU on its pCPU now; the displaced one waits. */
    void takeCpu(Board board, int cpu, Domain domain, Vcpu vcpu) {
        Pcpu pcpu = xen.pcpus.get(cpu);
        if (!pcpu.idle(board)) {
            Domain other = xen.domains.inSlot(board, pcpu.currentSlot(board));
            Vcpu displaced = other.vcpus.get(pcpu.currentVcpu(board));
            switchOut(board, cpu, other, displaced);
            enqueue(board, displaced);
        }
        vcpu.waiting.set(board, 0);
        switchIn(board, cpu, domain, vcpu);
    }

    private void runNext(Board board, int cpu) {
        Pcpu pcpu = xen.pcpus.get(cpu);
        if (off.get(board) || !pcpu.runsGuests(board) || !pcpu.idle(board)) {
            return;
        }
        Domain bestDomain = null;
        Vcpu best = null;
        for (Domain domain : xen.domains.live(board)) {
            for (Vcpu vcpu : domain.vcpus) {
                boolean candidate = vcpu.assigned(board) == cpu
                        && vcpu.waiting.get(board) != 0
                        && runnable(board, domain, vcpu);
                if (candidate
                        && (best == null || vcpu.waiting.get(board) < best.waiting.get(board))) {
                    bestDomain = domain;
                    best = vcpu;
                }
            }
        }
        if (bestDomain != null && best != null) {
            takeCpu(board, cpu, bestDomain, best);
        }
    }

    /** Around a host suspend: no vCPU is put on a pCPU (xen-suspend.md 4.2). */
    void off(Board board) {
        off.set(board, true);
    }

    /** Whether vCPUs are put on pCPUs. */
    boolean isOn(Board board) {
        return !off.get(board);
    }

    /** vCPUs are put on pCPUs again, those that have waited first (R16). */
    void on(Board board) {
        off.set(board, false);
        for (Pcpu pcpu : xen.pcpus) {
            runNext(board, pcpu.id);
        }
    }

    private boolean mayStay(Board board, Vcpu vcpu) {
        int cpu = vcpu.assigned(board);
        return (vcpu.affinity(board) >>> cpu & 1) != 0 && xen.pcpus.get(cpu).runsGuests(board);
    }

    /** Assigns a pCPU; none when no allowed one is online. */
    private void place(Board board, Vcpu vcpu) {
        int best = -1;
        int fewest = Integer.MAX_VALUE;
        for (Pcpu pcpu : xen.pcpus) {
            boolean allowed = (vcpu.affinity(board) >>> pcpu.id & 1) != 0;
            int assigned = allowed && pcpu.runsGuests(board) ? assigned(board, pcpu.id, vcpu) : -1;
            if (assigned >= 0 && assigned < fewest) {
                best = pcpu.id;
                fewest = assigned;
            }
        }
        assign(board, vcpu, best);
    }

    private void assign(Board board, Vcpu vcpu, int cpu) {
        int old = vcpu.assigned(board);
        vcpu.assigned.set(board, cpu < 0 ? Vcpu.NO_CPU : cpu);
        if (cpu >= 0 && cpu != old) {
            xen.irqs.follow(board, vcpu);
        }
    }

    private int assigned(Board board, int cpu, Vcpu besides) {
        int count = 0;
        for (Domain domain : xen.domains.live(board)) {
            for (Vcpu vcpu : domain.vcpus) {
                count += vcpu != besides && vcpu.assigned(board) == cpu ? 1 : 0;
            }
        }
        return count;
    }

    /** Gives every vCPU a pCPU before it first runs, so that interrupts can be routed to it. */
    void assignAtCreation(Board board, Vcpu vcpu) {
        place(board, vcpu);
    }

    /** Starts a vCPU at its creation: it waits where one of a lower domain or number runs. */
    void startAtCreation(Board board, Domain domain, Vcpu vcpu) {
        int cpu = vcpu.assigned(board);
        boolean free = cpu < 0
                || xen.pcpus.get(cpu).idle(board)
                || !runnable(board, domain, vcpu)
                || order(board, domain, vcpu.id) < orderOnCpu(board, xen.pcpus.get(cpu));
        if (free) {
            reconsider(board, domain, vcpu);
        } else {
            enqueue(board, vcpu);
        }
    }

    private int orderOnCpu(Board board, Pcpu pcpu) {
        Domain domain = xen.domains.inSlot(board, pcpu.currentSlot(board));
        return order(board, domain, pcpu.currentVcpu(board));
    }

    private static int order(Board board, Domain domain, int vcpu) {
        return domain.id(board) << 8 | vcpu;
    }

    private void enqueue(Board board, Vcpu vcpu) {
        vcpu.waiting.set(board, order.add(board, 1));
    }

    /** Moves a vCPU after its affinity has changed or when it has no pCPU. */
    void move(Board board, Domain domain, Vcpu vcpu) {
        int from = vcpu.assigned(board);
        if (from >= 0 && mayStay(board, vcpu)) {
            return;
        }
        leave(board, domain, vcpu);
        place(board, vcpu);
        reconsider(board, domain, vcpu);
        if (from >= 0) {
            runNext(board, from);
        }
    }

    private void leave(Board board, Domain domain, Vcpu vcpu) {
        if (running(board, vcpu)) {
            switchOut(board, vcpu.assigned(board), domain, vcpu);
        }
        vcpu.waiting.set(board, 0);
    }

    /**
     * A pCPU is lost: its vCPUs are placed anew. One that may run on lost pCPUs only may run
     * anywhere from now on and goes to the lowest that is online (xen-suspend.md R14, 9).
     */
    void abandon(Board board, int lost) {
        for (Domain domain : xen.domains.byId(board)) {
            for (Vcpu vcpu : domain.vcpus) {
                if (vcpu.assigned(board) == lost) {
                    leave(board, domain, vcpu);
                    place(board, vcpu);
                    if (vcpu.assigned(board) < 0) {
                        breakAffinity(board, domain, vcpu);
                    }
                    reconsider(board, domain, vcpu);
                }
            }
        }
    }

    private void breakAffinity(Board board, Domain domain, Vcpu vcpu) {
        xen.print(board, "Breaking affinity for d" + domain.id(board) + "v" + vcpu.id);
        vcpu.affinity.set(board, (1L << xen.pcpus.size()) - 1);
        for (Pcpu pcpu : xen.pcpus) {
            if (pcpu.runsGuests(board) && vcpu.assigned(board) < 0) {
                assign(board, vcpu, pcpu.id);
            }
        }
    }

    /**
     * A pCPU has come online: vCPUs that found none before get one, and the longest waiting runs.
     */
    void cpuArrived(Board board, int cpu) {
        for (Domain domain : xen.domains.byId(board)) {
            for (Vcpu vcpu : domain.vcpus) {
                if (vcpu.assigned(board) < 0) {
                    move(board, domain, vcpu);
                }
            }
        }
        runNext(board, cpu);
    }

    private void switchIn(Board board, int cpu, Domain domain, Vcpu vcpu) {
        boolean entersStored = xen.guestSuspend.leave(board, domain);
        Pcpu pcpu = xen.pcpus.get(cpu);
        pcpu.run(board, vcpu);
        vcpu.since.set(board, xen.now(board));
        Access by = Access.el2(cpu);
        xen.platform.gprs().get(cpu).copyFrom(board, vcpu.gprs);
        for (int i = 0; i < el1.size(); i++) {
            el1.get(i).write(board, by, vcpu.el1.get(i).get(board));
        }
        vttbr.write(board, by, (long) (domain.slot - 1) << 48);
        vmpidr.write(board, by, vcpu.mpidr());
        xen.vtimer.restore(board, cpu, domain, vcpu);
        xen.vgic.restore(board, cpu, domain, vcpu);
        xen.checks.cycle.switchedIn(board, domain, vcpu);
        if (entersStored || domain.entryExpected.get(board)) {
            domain.entryExpected.set(board, false);
            xen.checks.guests.entered(board, cpu, domain, vcpu);
        }
        if (domain.awaitsFirstInstruction.get(board)) {
            firstInstruction(board, cpu, domain, vcpu);
        }
        if (vcpu.inCpuSuspend.get(board)) {
            vcpu.inCpuSuspend.set(board, false);
            if (!entersStored) {
                EventType.PSCI_RETURNED.emit(
                        board,
                        xen.now(board),
                        Events.ABSENT,
                        domain.id(board),
                        vcpu.id,
                        0,
                        "CPU_SUSPEND");
            }
        }
        xen.dom0First.ran(board, domain);
    }

    private void firstInstruction(Board board, int cpu, Domain domain, Vcpu vcpu) {
        xen.checks.guests.firstInstruction(board, domain);
        domain.awaitsFirstInstruction.set(board, false);
        domain.firstInstructionAt.set(board, xen.now(board));
        domain.firstInstructionSeq.set(board, board.events().nextSequence());
        long pc = xen.platform.gprs().get(cpu).pc().get(board);
        EventType.FIRST_INSTRUCTION.emit(
                board, xen.now(board), domain.id(board), vcpu.id, cpu, pc, "");
    }

    private void switchOut(Board board, int cpu, Domain domain, Vcpu vcpu) {
        vcpu.ranNanos.add(board, xen.now(board) - vcpu.since.get(board));
        if (xen.guestSuspend.keepsRegisters(board, domain)) {
            saveRegisters(board, cpu, vcpu);
        } else if (xen.guestSuspend.keepsTranslation(board, domain)) {
            saveTranslation(board, cpu, vcpu);
        }
        if (xen.guestSuspend.keepsInterrupts(board, domain)) {
            xen.vtimer.save(board, cpu, domain, vcpu);
            xen.vgic.save(board, cpu, domain, vcpu);
        }
        xen.pcpus.get(cpu).goIdle(board);
        if (xen.vtimer.runs(board, cpu)) {
            xen.checks.sleep.timerLeftBehind(board, domain, vcpu);
        }
    }

    /** TTBR0, TTBR1 and TCR, the second to fourth of the list. */
    private void saveTranslation(Board board, int cpu, Vcpu vcpu) {
        for (int i = 1; i < 4; i++) {
            vcpu.el1.get(i).set(board, el1.get(i).read(board, Access.el2(cpu)));
        }
    }

    private void saveRegisters(Board board, int cpu, Vcpu vcpu) {
        Gprs live = xen.platform.gprs().get(cpu);
        Access by = Access.el2(cpu);
        vcpu.gprs.copyFrom(board, live);
        for (int i = 0; i < el1.size(); i++) {
            vcpu.el1.get(i).set(board, el1.get(i).read(board, by));
        }
    }

    /** Loads a vCPU's saved context although it keeps its pCPU (HZ-28 is leaving this out). */
    void reload(Board board, Domain domain, Vcpu vcpu) {
        int cpu = vcpu.assigned(board);
        switchOut(board, cpu, domain, vcpu);
        switchIn(board, cpu, domain, vcpu);
    }
}
