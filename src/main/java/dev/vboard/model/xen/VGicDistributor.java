package dev.vboard.model.xen;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Bits;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Intids;
import dev.vboard.model.core.Registers;

/**
 * The distributor a guest sees, emulated by Xen; its limits are Xen's (gic.md 10, "vGICv2 limits to
 * mirror"). The guest is whoever is on the accessing CPU.
 */
final class VGicDistributor {
    private static final int WORDS = 32;
    private static final int IDS = 1020;
    private static final int IIDR_XEN = 0x43B;
    private static final long SGIR_READ = 0xDEAD_BEEFL;
    private static final int CPU_NUMBER_SHIFT = 5;

    private final Hypervisor xen;
    private final Registers registers = new Registers();

    VGicDistributor(Hypervisor xen) {
        this.xen = xen;
        registers
                .word(0x000, "GICD_CTLR")
                .reads((board, by, i) -> state(board, by).on.get(board) ? 1 : 0)
                .writes((board, by, i, value) -> state(board, by).on.set(board, (value & 1) != 0));
        registers.word(0x004, "GICD_TYPER").reads((board, by, i) -> typer(board, by));
        registers.word(0x008, "GICD_IIDR").constant(IIDR_XEN);
        registers.word(0x080, "GICD_IGROUPR").count(WORDS);
        registers
                .word(0x100, "GICD_ISENABLER")
                .count(WORDS)
                .reads(this::enabled)
                .writes((board, by, word, value) -> enable(board, by, word, (int) value, true));
        registers
                .word(0x180, "GICD_ICENABLER")
                .count(WORDS)
                .reads(this::enabled)
                .writes((board, by, word, value) -> enable(board, by, word, (int) value, false));
        registers.word(0x200, "GICD_ISPENDR").count(WORDS);
        registers.word(0x280, "GICD_ICPENDR").count(WORDS);
        registers.word(0x300, "GICD_ISACTIVER").count(WORDS);
        registers.word(0x380, "GICD_ICACTIVER").count(WORDS);
        registers
                .bytes(0x400, "GICD_IPRIORITYR", IDS)
                .reads((board, by, id) -> has(board, by, id)
                        ? state(board, by).priority.get(board, index(board, by, id))
                        : 0)
                .writes((board, by, id, value) -> {
                    if (has(board, by, id)) {
                        state(board, by).priority.set(board, index(board, by, id), (int) value);
                    }
                });
        registers.bytes(0x800, "GICD_ITARGETSR", IDS).reads(this::targets).writes(this::target);
        registers.word(0xC00, "GICD_ICFGR").count(64).reads(this::config).writes(this::configure);
        registers
                .word(0xF00, "GICD_SGIR")
                .reads((board, by, i) -> SGIR_READ)
                .writes((board, by, i, value) -> sendSgi(board, by, (int) value));
        registers.word(0xFE8, "GICD_PIDR2").constant(0x2B);
    }

    Registers registers() {
        return registers;
    }

    /** Whether Xen answers that access with a data abort rather than emulating it. */
    static boolean aborts(long offset, boolean write, long value) {
        boolean setActive = offset >= 0x300 && offset < 0x380 && value != 0;
        boolean sgiPending = offset >= 0xF10 && offset < 0xF30;
        return write && (setActive || sgiPending);
    }

    private Domain domain(Board board, Access by) {
        return xen.domains.inSlot(board, xen.pcpus.get(by.cpu()).currentSlot(board));
    }

    private Vcpu vcpu(Board board, Access by) {
        return domain(board, by).vcpus.get(xen.pcpus.get(by.cpu()).currentVcpu(board));
    }

    private VGicState state(Board board, Access by) {
        return domain(board, by).vgic;
    }

    private boolean has(Board board, Access by, int id) {
        return domain(board, by).intids.has(id);
    }

    private int index(Board board, Access by, int id) {
        return domain(board, by).intids.index(vcpu(board, by).id, id);
    }

    private long typer(Board board, Access by) {
        Domain domain = domain(board, by);
        return (domain.vcpus.size() - 1L) << CPU_NUMBER_SHIFT
                | (domain.intids.intids() / Intids.PRIVATE - 1L);
    }

    private long enabled(Board board, Access by, int word) {
        Domain domain = domain(board, by);
        if (!domain.intids.has(word * 32)) {
            return 0;
        }
        Bits enabled = domain.vgic.enabled;
        return enabled.word32(board, domain.intids.word32(vcpu(board, by).id, word));
    }

    private void enable(Board board, Access by, int word, int bits, boolean on) {
        Domain domain = domain(board, by);
        Vcpu vcpu = vcpu(board, by);
        for (int rest = bits; rest != 0; rest &= rest - 1) {
            int id = word * 32 + Integer.numberOfTrailingZeros(rest);
            if (domain.intids.has(id)) {
                int index = domain.intids.index(vcpu.id, id);
                if (on) {
                    xen.vgic.enable(board, domain, index);
                } else {
                    xen.vgic.disable(board, domain, index);
                }
            }
        }
    }

    private long targets(Board board, Access by, int id) {
        if (!has(board, by, id)) {
            return 0;
        }
        return 1L
                << (id < Intids.PRIVATE ? vcpu(board, by).id : state(board, by).target(board, id));
    }

    /** The lowest vCPU of the mask is taken; an empty or invalid mask is ignored. */
    private void target(Board board, Access by, int id, long mask) {
        Domain domain = domain(board, by);
        int to = Long.numberOfTrailingZeros(mask);
        if (id >= Intids.PRIVATE && domain.intids.has(id) && to < domain.vcpus.size()) {
            xen.vgic.migrate(board, domain, id, to);
        }
    }

    private long config(Board board, Access by, int word) {
        if (word == 0) {
            return 0xAAAA_AAAAL;
        }
        long value = 0;
        for (int i = 0; i < 16; i++) {
            int id = word * 16 + i;
            boolean edge =
                    has(board, by, id) && state(board, by).edge.get(board, index(board, by, id));
            value |= edge ? 2L << 2 * i : 0;
        }
        return value;
    }

    private void configure(Board board, Access by, int word, long value) {
        Domain domain = domain(board, by);
        for (int i = 0; word >= 2 && i < 16; i++) {
            int id = word * 16 + i;
            if (domain.intids.has(id)) {
                boolean edge = (value >>> 2 * i & 2) != 0;
                domain.vgic.edge.set(board, domain.intids.index(0, id), edge);
                xen.irqs.guestConfigures(board, domain, id, edge);
            }
        }
    }

    private void sendSgi(Board board, Access by, int value) {
        Domain domain = domain(board, by);
        Vcpu self = vcpu(board, by);
        int filter = value >>> 24 & 3;
        int list = switch (filter) {
            case 0 -> value >>> 16 & 0xFF;
            case 1 -> ~(1 << self.id) & (1 << domain.vcpus.size()) - 1;
            case 2 -> 1 << self.id;
            default -> 0;
        };
        for (Vcpu vcpu : domain.vcpus) {
            if ((list >>> vcpu.id & 1) != 0) {
                xen.vgic.inject(board, domain, vcpu, value & 0xF);
            }
        }
    }
}
