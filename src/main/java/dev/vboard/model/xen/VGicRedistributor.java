package dev.vboard.model.xen;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Intids;
import dev.vboard.model.core.Registers;

/**
 * The redistributor of one vCPU as any vCPU of its domain sees it, emulated by Xen: two pages of 64
 * KiB. It cannot be put to sleep and knows no LPIs (gic.md 7 and 10).
 */
final class VGicRedistributor {
    private static final int LAST = 1 << 4;

    private final VGicBank bank;
    private final int vcpu;
    private final Registers control = new Registers();
    private final Registers interrupts = new Registers();

    VGicRedistributor(VGicBank bank, int vcpu) {
        this.bank = bank;
        this.vcpu = vcpu;
        control.word(0x0000, "GICR_CTLR");
        control.word(0x0004, "GICR_IIDR").constant(VGicDistributorV3.IIDR_XEN);
        control.doubleWord(0x0008, "GICR_TYPER").reads((board, by, _) -> typer(board, by));
        control.word(0x0014, "GICR_WAKER");
        interrupts.word(0x080, "GICR_IGROUPR0");
        interrupts
                .word(0x100, "GICR_ISENABLER0")
                .reads((board, by, _) -> enabled(board, by))
                .writes((board, by, _, value) -> enable(board, by, (int) value, true));
        interrupts
                .word(0x180, "GICR_ICENABLER0")
                .reads((board, by, _) -> enabled(board, by))
                .writes((board, by, _, value) -> enable(board, by, (int) value, false));
        interrupts.word(0x200, "GICR_ISPENDR0");
        interrupts.word(0x280, "GICR_ICPENDR0");
        interrupts.word(0x300, "GICR_ISACTIVER0");
        interrupts.word(0x380, "GICR_ICACTIVER0");
        interrupts
                .bytes(0x400, "GICR_IPRIORITYR", Intids.PRIVATE)
                .reads((board, by, id) -> bank.priority(board, bank.domain(board, by), vcpu, id))
                .writes((board, by, id, value) ->
                        bank.priority(board, bank.domain(board, by), vcpu, id, (int) value));
        interrupts.word(0xC00, "GICR_ICFGR0").constant(VGicBank.SGIS_ARE_EDGES);
        interrupts
                .word(0xC04, "GICR_ICFGR1")
                .reads((board, by, _) -> bank.config(board, bank.domain(board, by), vcpu, 1));
    }

    /** The registers of the first page, up to those of identification. */
    Registers control() {
        return control;
    }

    /** The registers of the second page: the vCPU's SGIs and PPIs. */
    Registers interrupts() {
        return interrupts;
    }

    private long typer(Board board, Access by) {
        Domain domain = bank.domain(board, by);
        boolean last = vcpu == domain.vcpus.size() - 1;
        return domain.vcpus.get(vcpu).affinityFields() << 32 | (long) vcpu << 8 | (last ? LAST : 0);
    }

    private long enabled(Board board, Access by) {
        return bank.enabled(board, bank.domain(board, by), vcpu, 0);
    }

    private void enable(Board board, Access by, int bits, boolean on) {
        bank.enable(board, bank.domain(board, by), vcpu, 0, bits, on);
    }
}
