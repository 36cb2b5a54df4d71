package dev.vboard.model.xen;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Bytes;
import dev.vboard.model.core.Intids;
import dev.vboard.model.core.Layout;
import dev.vboard.model.hazard.GicHazard;

import java.util.ArrayList;
import java.util.List;

/**
 * Xen's interrupt descriptors: who owns each SPI and which CPU it is routed to. An SPI follows the
 * pCPU of the vCPU it is for (xen-suspend.md W3).
 */
public final class HostIrqs {
    private static final int NOBODY = 0;
    private static final int XEN = 1;
    private static final int NOT_SAVED = 0;

    private final Hypervisor xen;
    private final HostGic gic;
    private final Bytes owner;
    private final Bytes target;
    private final Bytes savedTarget;

    HostIrqs(Hypervisor xen, HostGic gic, Layout layout) {
        this.xen = xen;
        this.gic = gic;
        Layout irqs = layout.named("irqs");
        owner = irqs.bytes("owner", gic.spis(), NOBODY);
        target = irqs.bytes("target", gic.spis(), 0);
        savedTarget = irqs.bytes("saved-target", gic.spis(), NOT_SAVED);
    }

    private static int spi(int intid) {
        return intid - Intids.PRIVATE;
    }

    /** Xen takes an SPI for itself. */
    void claim(Board board, int intid, boolean edge) {
        gic.configure(board, intid, edge);
        owner.set(board, spi(intid), XEN);
        setTarget(board, intid, 0);
        gic.enable(board, 0, intid);
    }

    /** Gives an SPI to a domain as its vGIC has it: off, until the guest enables it. */
    void assign(Board board, int intid, Domain domain) {
        int index = domain.intids.index(0, intid);
        gic.disable(board, 0, intid);
        gic.configure(board, intid, domain.vgic.edge.get(board, index));
        owner.set(board, spi(intid), domain.slot);
        route(board, intid, domain);
        guestEnables(board, domain, intid, domain.vgic.enabled.get(board, index));
    }

    /**
     * Routes an SPI to the pCPU of the vCPU its guest targets; to the boot CPU when it has none.
     */
    void route(Board board, int intid, Domain domain) {
        int cpu = domain.vcpus.get(domain.vgic.target(board, intid)).assigned(board);
        setTarget(board, intid, Math.max(cpu, 0));
    }

    /** Keeps a line for a domain while the GIC is not up yet. */
    void reserve(Board board, DomainConfig.PassedLine line, Domain domain) {
        owner.set(board, spi(line.intid()), domain.slot);
        domain.vgic.target.set(board, spi(line.intid()), line.vcpu());
        domain.vgic.edge.set(board, domain.intids.index(0, line.intid()), line.edge());
    }

    /** Configures and routes everything a domain owns, now that the GIC is up. */
    void bind(Board board, Domain domain) {
        for (int intid : ofDomain(board, domain)) {
            assign(board, intid, domain);
        }
    }

    /** Takes back every SPI of a domain; nobody has them then. */
    void releaseAll(Board board, Domain domain) {
        for (int intid : ofDomain(board, domain)) {
            gic.clearActive(board, intid);
            gic.disable(board, 0, intid);
            owner.set(board, spi(intid), NOBODY);
            savedTarget.set(board, spi(intid), NOT_SAVED);
        }
    }

    /** Whether Xen handles that interrupt itself. */
    public boolean isXens(Board board, int intid) {
        return intid < Intids.PRIVATE || owner.get(board, spi(intid)) == XEN;
    }

    /** Slot of the domain that owns an SPI, or 0. */
    public int ownerSlot(Board board, int intid) {
        int who = intid < Intids.PRIVATE ? NOBODY : owner.get(board, spi(intid));
        return who < Board.FIRST_DOMAIN ? 0 : who;
    }

    boolean ownedBy(Board board, int intid, Domain domain) {
        return intid < gic.intids() && ownerSlot(board, intid) == domain.slot;
    }

    /** The lowest SPI from one on that a domain owns, or -1. */
    int nextGiven(Board board, int fromIntid) {
        int i = owner.next(board, spi(fromIntid));
        while (i >= 0 && owner.get(board, i) < Board.FIRST_DOMAIN) {
            i = owner.next(board, i + 1);
        }
        return i < 0 ? -1 : i + Intids.PRIVATE;
    }

    /** INTIDs of the SPIs a domain owns, ascending. */
    public List<Integer> ofDomain(Board board, Domain domain) {
        List<Integer> intids = new ArrayList<>();
        for (int i = owner.next(board, 0); i >= 0; i = owner.next(board, i + 1)) {
            if (owner.get(board, i) == domain.slot) {
                intids.add(i + Intids.PRIVATE);
            }
        }
        return intids;
    }

    /** The guest enabled or disabled a passed-through interrupt. */
    void guestEnables(Board board, Domain domain, int virq, boolean on) {
        if (virq < Intids.PRIVATE || !ownedBy(board, virq, domain)) {
            return;
        }
        if (on) {
            gic.enable(board, 0, virq);
        } else {
            gic.disable(board, 0, virq);
        }
    }

    /** The guest sets the trigger of a passed-through interrupt. */
    void guestConfigures(Board board, Domain domain, int virq, boolean edge) {
        if (ownedBy(board, virq, domain) && !gic.enabled(board, 0, virq)) {
            gic.configure(board, virq, edge);
        }
    }

    /** Routes an SPI to a CPU. */
    void setTarget(Board board, int intid, int cpu) {
        target.set(board, spi(intid), cpu);
        gic.route(board, intid, cpu);
    }

    /** The CPU Xen routes an SPI to. */
    public int target(Board board, int intid) {
        return target.get(board, spi(intid));
    }

    /** The CPU an SPI goes back to when that CPU returns, or -1. */
    public int savedTarget(Board board, int intid) {
        return savedTarget.get(board, spi(intid)) - 1;
    }

    /** How many SPIs wait at the boot CPU for the return of theirs. */
    int away(Board board) {
        int count = 0;
        for (int i = savedTarget.next(board, 0); i >= 0; i = savedTarget.next(board, i + 1)) {
            count++;
        }
        return count;
    }

    /** A vCPU has a new pCPU: its SPIs follow, except those that are migrating. */
    void follow(Board board, Vcpu vcpu) {
        Domain domain = xen.domains.inSlot(board, vcpu.slot);
        int cpu = vcpu.assigned(board);
        for (int i = owner.next(board, 0); i >= 0; i = owner.next(board, i + 1)) {
            int intid = i + Intids.PRIVATE;
            if (owner.get(board, i) == vcpu.slot
                    && domain.intids.has(intid)
                    && domain.vgic.target(board, intid) == vcpu.id
                    && !domain.vgic.migrating.get(board, domain.intids.index(0, intid))) {
                setTarget(board, intid, cpu);
            }
        }
    }

    /** A CPU goes down: SPIs that only it would take go to the boot CPU (W3). */
    void retarget(Board board, int deadCpu) {
        if (xen.suffers(board, GicHazard.HZ_01)) {
            return;
        }
        for (int i = owner.next(board, 0); i >= 0; i = owner.next(board, i + 1)) {
            if (target.get(board, i) == deadCpu) {
                savedTarget.set(board, i, deadCpu + 1);
                setTarget(board, i + Intids.PRIVATE, 0);
            }
        }
    }

    /** Sends SPIs back to the CPUs that have returned (R15); the others stay on the boot CPU. */
    void restoreTargets(Board board) {
        boolean forgotten = xen.suffers(board, GicHazard.HZ_02);
        for (int i = savedTarget.next(board, 0); i >= 0; i = savedTarget.next(board, i + 1)) {
            int cpu = savedTarget.get(board, i) - 1;
            savedTarget.set(board, i, NOT_SAVED);
            if (!forgotten && xen.pcpus.get(cpu).runsGuests(board)) {
                setTarget(board, i + Intids.PRIVATE, cpu);
            }
        }
    }

    /**
     * Handles an acknowledged SPI. A guest's stays active until the guest ends it, and so does one
     * that is dropped because its vCPU is down (xen-suspend.md W12).
     */
    void handle(Board board, int cpu, int iar) {
        int intid = iar & 0x3FF;
        int who = owner.get(board, spi(intid));
        gic.drop(board, cpu, iar);
        if (who < Board.FIRST_DOMAIN) {
            if (who == XEN && !xen.iommu.handle(board, intid)) {
                xen.console.drain(board, cpu);
            }
            gic.deactivate(board, cpu, iar);
            return;
        }
        Domain domain = xen.domains.inSlot(board, who);
        if (domain.dying(board) || !domain.intids.has(intid)) {
            gic.deactivate(board, cpu, iar);
            return;
        }
        Vcpu vcpu = domain.vcpus.get(domain.vgic.target(board, intid));
        xen.vgic.inject(board, domain, vcpu, intid);
    }
}
