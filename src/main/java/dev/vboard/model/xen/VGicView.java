package dev.vboard.model.xen;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Board;

import java.util.ArrayList;
import java.util.List;

/**
 * The virtual interrupts of one vCPU as they stand: what is in list registers, and what waits.
 *
 * @param interfaceOn whether the guest switched its CPU interface on
 * @param pmr its priority mask, 0 to 255
 * @param pending virtual INTIDs that are pending, ascending
 * @param active virtual INTIDs that are active, ascending
 * @param used the list registers in use
 */
public record VGicView(
        boolean interfaceOn,
        int pmr,
        List<Integer> pending,
        List<Integer> active,
        List<Used> used) {

    /**
     * A list register in use.
     *
     * @param index its number
     * @param virq the virtual INTID
     * @param pending whether it is pending
     * @param active whether it is active
     * @param physical the physical INTID it is tied to, or -1
     * @param priority 0 to 255
     */
    public record Used(
            int index, int virq, boolean pending, boolean active, int physical, int priority) {}

    static VGicView of(Hypervisor xen, Board board, Domain domain, Vcpu vcpu) {
        boolean running = xen.scheduler.running(board, vcpu);
        Access looks = Access.look(Math.max(vcpu.assigned(board), 0));
        ListFormat format = xen.gic.lists();
        long vmcr = running ? xen.gic.virtualMachineControl(board, looks) : vcpu.vmcr.get(board);
        List<Used> used = new ArrayList<>();
        for (int n = 0; vcpu.usedListRegisters.getInt(board) >>> n != 0; n++) {
            long lr = running
                    ? xen.gic.listRegister(board, looks, n)
                    : vcpu.listRegisters.get(n).get(board);
            if (format.valid(lr)) {
                used.add(new Used(
                        n,
                        format.virq(lr),
                        format.pending(lr),
                        format.active(lr),
                        format.physical(lr),
                        format.priority(lr)));
            }
        }
        List<Integer> pending = new ArrayList<>();
        List<Integer> active = new ArrayList<>();
        for (int intid = 0; intid < domain.intids.intids(); intid++) {
            int index = domain.intids.index(vcpu.id, intid);
            boolean mine = domain.vgic.owner(board, index) == vcpu.id;
            boolean waits = mine
                    && domain.vgic.inflight.get(board, index)
                    && domain.vgic.queued.get(board, index);
            for (Used lr : used) {
                waits |= lr.virq() == intid && lr.pending();
                if (lr.virq() == intid && lr.active()) {
                    active.add(intid);
                }
            }
            if (waits) {
                pending.add(intid);
            }
        }
        return new VGicView(
                format.interfaceOn(vmcr), format.priorityMask(vmcr), pending, active, used);
    }
}
