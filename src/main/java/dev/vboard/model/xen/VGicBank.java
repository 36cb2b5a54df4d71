package dev.vboard.model.xen;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Bits;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Intids;

/**
 * The registers of interrupts that Xen emulates in the same way in every frame it shows a guest:
 * enables, priorities and triggers of one vCPU's private interrupts and of the SPIs (gic.md 10).
 */
final class VGicBank {
    /** INTIDs a distributor's arrays of bytes have room for. */
    static final int IDS = 1020;

    /** ICFGR0: SGIs are edge triggered. */
    static final long SGIS_ARE_EDGES = 0xAAAA_AAAAL;

    private final Hypervisor xen;

    VGicBank(Hypervisor xen) {
        this.xen = xen;
    }

    /** The domain whose vCPU is on the accessing CPU. */
    Domain domain(Board board, Access by) {
        return xen.domains.inSlot(board, xen.pcpus.get(by.cpu()).currentSlot(board));
    }

    /** The vCPU on the accessing CPU. */
    Vcpu vcpu(Board board, Access by) {
        return domain(board, by).vcpus.get(xen.pcpus.get(by.cpu()).currentVcpu(board));
    }

    /** ITLinesNumber: how many blocks of 32 follow the private interrupts. */
    static long blocks(Domain domain) {
        return domain.intids.intids() / Intids.PRIVATE - 1L;
    }

    /** ISENABLER and ICENABLER, the word-th. */
    long enabled(Board board, Domain domain, int vcpu, int word) {
        if (!domain.intids.has(word * 32)) {
            return 0;
        }
        Bits enabled = domain.vgic.enabled;
        return enabled.word32(board, domain.intids.word32(vcpu, word));
    }

    /** Enables or disables those whose bit is set. */
    void enable(Board board, Domain domain, int vcpu, int word, int bits, boolean on) {
        for (int rest = bits; rest != 0; rest &= rest - 1) {
            int id = word * 32 + Integer.numberOfTrailingZeros(rest);
            if (domain.intids.has(id)) {
                int index = domain.intids.index(vcpu, id);
                if (on) {
                    xen.vgic.enable(board, domain, index);
                } else {
                    xen.vgic.disable(board, domain, index);
                }
            }
        }
    }

    /** A byte of IPRIORITYR. */
    int priority(Board board, Domain domain, int vcpu, int id) {
        return domain.intids.has(id)
                ? domain.vgic.priority.get(board, domain.intids.index(vcpu, id))
                : 0;
    }

    /** Sets a byte of IPRIORITYR. */
    void priority(Board board, Domain domain, int vcpu, int id, int value) {
        if (domain.intids.has(id)) {
            domain.vgic.priority.set(board, domain.intids.index(vcpu, id), value);
        }
    }

    /** ICFGR, the word-th. */
    long config(Board board, Domain domain, int vcpu, int word) {
        if (word == 0) {
            return SGIS_ARE_EDGES;
        }
        long value = 0;
        for (int i = 0; i < 16; i++) {
            int id = word * 16 + i;
            boolean edge = domain.intids.has(id)
                    && domain.vgic.edge.get(board, domain.intids.index(vcpu, id));
            value |= edge ? 2L << 2 * i : 0;
        }
        return value;
    }

    /** Sets the triggers of SPIs; those of private interrupts cannot be changed. */
    void configure(Board board, Domain domain, int word, long value) {
        for (int i = 0; word >= 2 && i < 16; i++) {
            int id = word * 16 + i;
            if (domain.intids.has(id)) {
                boolean edge = (value >>> 2 * i & 2) != 0;
                domain.vgic.edge.set(board, domain.intids.index(0, id), edge);
                xen.irqs.guestConfigures(board, domain, id, edge);
            }
        }
    }

    /** Asserts an SGI on those vCPUs of the list, a bit each; what is down does not get it. */
    void sendSgi(Board board, Domain domain, long list, int intid) {
        for (Vcpu vcpu : domain.vcpus) {
            if ((list >>> vcpu.id & 1) != 0) {
                xen.vgic.inject(board, domain, vcpu, intid);
            }
        }
    }

    /** Sends an SPI to another vCPU. */
    void target(Board board, Domain domain, int id, int to) {
        if (id >= Intids.PRIVATE && domain.intids.has(id) && to < domain.vcpus.size()) {
            xen.vgic.migrate(board, domain, id, to);
        }
    }
}
