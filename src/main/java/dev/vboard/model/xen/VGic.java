package dev.vboard.model.xen;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.EventType;
import dev.vboard.model.core.Intids;

/**
 * Xen's virtual GIC: injection, and the traffic between the pending lists and the list registers of
 * the pCPU a vCPU is on (gic.md 10).
 */
final class VGic {
    /** What {@link #deliverable} answers when there is nothing. */
    static final int NONE = -1;

    private static final int PRIORITY_BITS = 0xF8;
    private static final int LAST_ARRIVAL = 0xFF;

    private final Hypervisor xen;
    private final HostGic gic;
    private final ListFormat format;
    private final int listRegisters;

    VGic(Hypervisor xen, HostGic gic) {
        this.xen = xen;
        this.gic = gic;
        format = gic.lists();
        listRegisters = xen.platform.profile().gic().listRegisters();
    }

    /**
     * Asserts a virtual interrupt.
     *
     * @param vcpu for an SGI or PPI the vCPU; an SPI goes where the guest targets it
     * @return false when it was dropped because the vCPU is down (xen-suspend.md W12)
     */
    boolean inject(Board board, Domain domain, Vcpu vcpu, int virq) {
        VGicState s = domain.vgic;
        Vcpu to = virq < Intids.PRIVATE ? vcpu : domain.vcpus.get(s.target(board, virq));
        if (to.down(board)) {
            xen.checks.guests.dropped(board, domain, virq);
            return false;
        }
        int index = domain.intids.index(to.id, virq);
        refresh(board, domain, to);
        s.queued.set(board, index, true);
        if (!s.inflight.get(board, index)) {
            s.inflightPriority.set(board, index, s.priority.get(board, index));
            s.inflight.set(board, index, true);
            s.arrival.set(board, index, nextArrival(board, domain));
            if (s.enabled.get(board, index)) {
                s.lrPending.set(board, index, true);
            }
        }
        EventType.IRQ_INJECTED.emit(board, xen.now(board), domain.id(board), to.id, virq, "");
        flush(board, domain, to);
        xen.guestSuspend.asserted(board, domain, to, virq);
        return true;
    }

    /** Numbers arrivals; when the byte is full those in flight are numbered anew. */
    private int nextArrival(Board board, Domain domain) {
        int next = domain.nextArrival.getInt(board);
        if (next == LAST_ARRIVAL) {
            next = domain.vgic.renumber(board, LAST_ARRIVAL);
        }
        domain.nextArrival.set(board, Math.min(next + 1L, LAST_ARRIVAL));
        return next;
    }

    /** The guest switched an interrupt on: what waits for that is shown to it now. */
    void enable(Board board, Domain domain, int index) {
        VGicState s = domain.vgic;
        int virq = domain.intids.intid(index);
        Vcpu owner = domain.vcpus.get(s.owner(board, index));
        refresh(board, domain, owner);
        s.enabled.set(board, index, true);
        xen.irqs.guestEnables(board, domain, virq, true);
        if (s.inflight.get(board, index) && !s.visible.get(board, index)) {
            s.lrPending.set(board, index, true);
            flush(board, domain, owner);
            xen.guestSuspend.asserted(board, domain, owner, virq);
        }
    }

    /** The guest switched an interrupt off: it stays asserted but is not shown. */
    void disable(Board board, Domain domain, int index) {
        domain.vgic.enabled.set(board, index, false);
        domain.vgic.lrPending.set(board, index, false);
        xen.irqs.guestEnables(board, domain, domain.intids.intid(index), false);
    }

    /** The guest moves an SPI to another vCPU; what is in a list register moves after its end. */
    void migrate(Board board, Domain domain, int virq, int to) {
        VGicState s = domain.vgic;
        int index = domain.intids.index(0, virq);
        refresh(board, domain, domain.vcpus.get(s.target(board, virq)));
        if (s.target(board, virq) == to || s.migrating.get(board, index)) {
            return;
        }
        boolean hardware = xen.irqs.ownedBy(board, virq, domain);
        if (hardware && s.visible.get(board, index)) {
            s.migrating.set(board, index, true);
            s.target.set(board, virq - Intids.PRIVATE, to);
            return;
        }
        s.target.set(board, virq - Intids.PRIVATE, to);
        moved(board, domain, virq);
        if (s.inflight.get(board, index)) {
            Vcpu vcpu = domain.vcpus.get(to);
            flush(board, domain, vcpu);
            xen.guestSuspend.asserted(board, domain, vcpu, virq);
        }
    }

    /** The vCPU that has an interrupt: until its end the one whose list register it is in. */
    private int holder(Board board, Domain domain, int index) {
        VGicState s = domain.vgic;
        if (s.migrating.get(board, index)) {
            int virq = domain.intids.intid(index);
            for (Vcpu vcpu : domain.vcpus) {
                if (shows(board, vcpu, virq)) {
                    return vcpu.id;
                }
            }
        }
        return s.owner(board, index);
    }

    private boolean shows(Board board, Vcpu vcpu, int virq) {
        boolean running = xen.scheduler.running(board, vcpu);
        int used = vcpu.usedListRegisters.getInt(board);
        for (int n = 0; used >>> n != 0; n++) {
            long lr = running
                    ? gic.listRegister(board, vcpu.assigned(board), n)
                    : vcpu.listRegisters.get(n).get(board);
            if ((used >>> n & 1) != 0 && format.virq(lr) == virq) {
                return true;
            }
        }
        return false;
    }

    private void moved(Board board, Domain domain, int virq) {
        if (xen.irqs.ownedBy(board, virq, domain)) {
            xen.irqs.route(board, virq, domain);
        }
    }

    /** Drops everything asserted for a vCPU that is started anew. */
    void clearPending(Board board, Domain domain, Vcpu vcpu) {
        VGicState s = domain.vgic;
        for (int i = s.inflight.next(board, 0); i >= 0; i = s.inflight.next(board, i + 1)) {
            if (holder(board, domain, i) == vcpu.id) {
                boolean migrating = s.migrating.get(board, i);
                s.forget(board, i);
                if (migrating) {
                    // Nobody will end it any more, so it moves now.
                    moved(board, domain, domain.intids.intid(i));
                }
            }
        }
        for (var lr : vcpu.listRegisters) {
            lr.set(board, 0);
        }
        vcpu.usedListRegisters.set(board, 0);
    }

    /**
     * The first interrupt for which a vCPU must not sleep: enabled, pending and beating the
     * priority mask, or the event upcall whatever the mask (xen-suspend.md 2.6); or {@link #NONE}.
     */
    int deliverable(Board board, Domain domain, Vcpu vcpu) {
        refresh(board, domain, vcpu);
        VGicState s = domain.vgic;
        long vmcr = xen.scheduler.running(board, vcpu)
                ? gic.virtualMachineControl(board, vcpu.assigned(board))
                : vcpu.vmcr.get(board);
        int mask = format.priorityMask(vmcr);
        int best = NONE;
        for (int i = s.inflight.next(board, 0); i >= 0; i = s.inflight.next(board, i + 1)) {
            boolean counts = holder(board, domain, i) == vcpu.id
                    && s.enabled.get(board, i)
                    && s.pending(board, i)
                    && ((s.inflightPriority.get(board, i) & PRIORITY_BITS) < mask
                            || domain.intids.intid(i) == Hypervisor.UPCALL_PPI);
            if (counts && (best == NONE || s.rank(board, i) < s.rank(board, best))) {
                best = i;
            }
        }
        return best == NONE ? NONE : domain.intids.intid(best);
    }

    /** Brings the lists up to date with the list registers of a running vCPU. */
    void refresh(Board board, Domain domain, Vcpu vcpu) {
        if (xen.scheduler.running(board, vcpu)) {
            sync(board, vcpu.assigned(board), domain, vcpu);
        }
    }

    /** Shows a running vCPU what waits for it. */
    void flush(Board board, Domain domain, Vcpu vcpu) {
        if (xen.scheduler.running(board, vcpu)) {
            fill(board, vcpu.assigned(board), domain, vcpu);
        }
    }

    /** Reads back the list registers: what the guest has acknowledged and ended. */
    private void sync(Board board, int cpu, Domain domain, Vcpu vcpu) {
        int used = vcpu.usedListRegisters.getInt(board);
        if (used == all()) {
            gic.virtualOn(board, cpu, false);
        }
        for (int n = 0; used >>> n != 0; n++) {
            if ((used >>> n & 1) != 0) {
                syncOne(board, cpu, domain, vcpu, n);
            }
        }
    }

    private int all() {
        return (1 << listRegisters) - 1;
    }

    private void syncOne(Board board, int cpu, Domain domain, Vcpu vcpu, int n) {
        VGicState s = domain.vgic;
        long lr = gic.listRegister(board, cpu, n);
        int index = domain.intids.index(vcpu.id, format.virq(lr));
        boolean hardware = format.tied(lr);
        if (format.active(lr)) {
            boolean again = s.enabled.get(board, index) && s.queued.get(board, index) && !hardware;
            if (again) {
                s.queued.set(board, index, false);
                gic.listRegister(board, cpu, n, format.again(lr));
            }
            s.handled.set(board, index, !again && !format.pending(lr));
        } else if (format.pending(lr)) {
            s.handled.set(board, index, false);
            s.queued.set(board, index, false);
        } else {
            finished(board, cpu, domain, vcpu, n, index);
        }
    }

    private void finished(Board board, int cpu, Domain domain, Vcpu vcpu, int n, int index) {
        VGicState s = domain.vgic;
        gic.listRegister(board, cpu, n, 0);
        vcpu.usedListRegisters.set(board, vcpu.usedListRegisters.get(board) & ~(1L << n));
        s.visible.set(board, index, false);
        s.handled.set(board, index, false);
        boolean migrating = s.migrating.get(board, index);
        if (s.enabled.get(board, index) && s.queued.get(board, index) && !migrating) {
            s.lrPending.set(board, index, true);
        } else {
            s.inflight.set(board, index, false);
        }
        if (migrating) {
            s.migrating.set(board, index, false);
            moved(board, domain, domain.intids.intid(index));
        }
    }

    /**
     * Fills free list registers in list order; asks for the maintenance interrupt when some wait.
     */
    private void fill(Board board, int cpu, Domain domain, Vcpu vcpu) {
        VGicState s = domain.vgic;
        if (!s.lrPending.any(board)) {
            return;
        }
        int index = s.first(board, s.lrPending, vcpu.id);
        while (index >= 0) {
            int n = freeListRegister(board, cpu, domain, vcpu, index);
            if (n < 0) {
                gic.virtualOn(board, cpu, true);
                return;
            }
            show(board, cpu, domain, vcpu, n, index);
            index = s.first(board, s.lrPending, vcpu.id);
        }
    }

    /** A free list register, or one evicted from a lower priority that is not active. */
    private int freeListRegister(Board board, int cpu, Domain domain, Vcpu vcpu, int index) {
        int used = vcpu.usedListRegisters.getInt(board);
        int worst = -1;
        int worstRank = domain.vgic.rank(board, index) | 0xFF;
        for (int n = 0; n < listRegisters; n++) {
            if ((used >>> n & 1) == 0) {
                return n;
            }
            long lr = gic.listRegister(board, cpu, n);
            int other = domain.intids.index(vcpu.id, format.virq(lr));
            if (!format.active(lr) && domain.vgic.rank(board, other) > worstRank) {
                worst = n;
                worstRank = domain.vgic.rank(board, other);
            }
        }
        if (worst >= 0) {
            long lr = gic.listRegister(board, cpu, worst);
            int other = domain.intids.index(vcpu.id, format.virq(lr));
            domain.vgic.visible.set(board, other, false);
            domain.vgic.queued.set(board, other, true);
            domain.vgic.lrPending.set(board, other, true);
        }
        return worst;
    }

    private void show(Board board, int cpu, Domain domain, Vcpu vcpu, int n, int index) {
        VGicState s = domain.vgic;
        int virq = domain.intids.intid(index);
        int priority = s.inflightPriority.get(board, index);
        boolean passed = virq >= Intids.PRIVATE && xen.irqs.ownedBy(board, virq, domain);
        long lr = passed ? format.tied(virq, priority, virq) : format.pending(virq, priority);
        gic.listRegister(board, cpu, n, lr);
        vcpu.usedListRegisters.set(board, vcpu.usedListRegisters.get(board) | 1L << n);
        s.visible.set(board, index, true);
        s.queued.set(board, index, false);
        s.lrPending.set(board, index, false);
    }

    /** The vCPU leaves its pCPU: its list registers and interface state are kept with it. */
    void save(Board board, int cpu, Domain domain, Vcpu vcpu) {
        sync(board, cpu, domain, vcpu);
        int used = vcpu.usedListRegisters.getInt(board);
        for (int n = 0; used >>> n != 0; n++) {
            if ((used >>> n & 1) != 0) {
                vcpu.listRegisters.get(n).set(board, gic.listRegister(board, cpu, n));
                gic.listRegister(board, cpu, n, 0);
            }
        }
        vcpu.apr.set(board, gic.virtualActivePriorities(board, cpu));
        vcpu.vmcr.set(board, gic.virtualMachineControl(board, cpu));
        gic.virtualOff(board, cpu);
    }

    /** The vCPU comes onto a pCPU. */
    void restore(Board board, int cpu, Domain domain, Vcpu vcpu) {
        int used = vcpu.usedListRegisters.getInt(board);
        for (int n = 0; used >>> n != 0; n++) {
            if ((used >>> n & 1) != 0) {
                gic.listRegister(board, cpu, n, vcpu.listRegisters.get(n).get(board));
            }
        }
        gic.virtualActivePriorities(board, cpu, vcpu.apr.get(board));
        gic.virtualMachineControl(board, cpu, vcpu.vmcr.get(board));
        gic.virtualOn(board, cpu, false);
        fill(board, cpu, domain, vcpu);
    }
}
