package dev.vboard.model.xen;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Intids;
import dev.vboard.model.core.Registers;

/**
 * The distributor a guest of a GICv2 board sees, emulated by Xen; its limits are Xen's (gic.md 10,
 * "vGICv2 limits to mirror"). The guest is whoever is on the accessing CPU.
 */
final class VGicDistributor {
    private static final int WORDS = 32;
    private static final int IIDR_XEN = 0x43B;
    private static final long SGIR_READ = 0xDEAD_BEEFL;
    private static final int CPU_NUMBER_SHIFT = 5;

    private final VGicBank bank;
    private final Registers registers = new Registers();

    VGicDistributor(VGicBank bank) {
        this.bank = bank;
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
                .bytes(0x400, "GICD_IPRIORITYR", VGicBank.IDS)
                .reads((board, by, id) ->
                        bank.priority(board, bank.domain(board, by), bank.vcpu(board, by).id, id))
                .writes((board, by, id, value) -> bank.priority(
                        board, bank.domain(board, by), bank.vcpu(board, by).id, id, (int) value));
        registers
                .bytes(0x800, "GICD_ITARGETSR", VGicBank.IDS)
                .reads(this::targets)
                .writes(this::target);
        registers
                .word(0xC00, "GICD_ICFGR")
                .count(64)
                .reads((board, by, word) ->
                        bank.config(board, bank.domain(board, by), bank.vcpu(board, by).id, word))
                .writes((board, by, word, value) ->
                        bank.configure(board, bank.domain(board, by), word, value));
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

    private VGicState state(Board board, Access by) {
        return bank.domain(board, by).vgic;
    }

    private long typer(Board board, Access by) {
        Domain domain = bank.domain(board, by);
        return (domain.vcpus.size() - 1L) << CPU_NUMBER_SHIFT | VGicBank.blocks(domain);
    }

    private long enabled(Board board, Access by, int word) {
        return bank.enabled(board, bank.domain(board, by), bank.vcpu(board, by).id, word);
    }

    private void enable(Board board, Access by, int word, int bits, boolean on) {
        bank.enable(board, bank.domain(board, by), bank.vcpu(board, by).id, word, bits, on);
    }

    private long targets(Board board, Access by, int id) {
        Domain domain = bank.domain(board, by);
        if (!domain.intids.has(id)) {
            return 0;
        }
        boolean isPrivate = id < Intids.PRIVATE;
        return 1L << (isPrivate ? bank.vcpu(board, by).id : domain.vgic.target(board, id));
    }

    /** The lowest vCPU of the mask is taken; an empty or invalid mask is ignored. */
    private void target(Board board, Access by, int id, long mask) {
        bank.target(board, bank.domain(board, by), id, Long.numberOfTrailingZeros(mask));
    }

    private void sendSgi(Board board, Access by, int value) {
        Domain domain = bank.domain(board, by);
        Vcpu self = bank.vcpu(board, by);
        int filter = value >>> 24 & 3;
        int list = switch (filter) {
            case 0 -> value >>> 16 & 0xFF;
            case 1 -> ~(1 << self.id);
            case 2 -> 1 << self.id;
            default -> 0;
        };
        bank.sendSgi(board, domain, list, value & 0xF);
    }
}
