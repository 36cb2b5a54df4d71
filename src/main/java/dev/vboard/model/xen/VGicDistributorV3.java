package dev.vboard.model.xen;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Registers;

/**
 * The distributor a guest of a GICv3 board sees, emulated by Xen. Affinity routing is always on, so
 * what belongs to private interrupts is RAZ/WI here and stands in {@link VGicRedistributor}; the
 * limits are those of {@link VGicDistributor} (gic.md 7 and 10). Group 1 is all a guest has.
 */
final class VGicDistributorV3 {
    /** Where the identification registers begin in each page of 64 KiB. */
    static final long IDENTIFICATION = 0xFFD0;

    static final int IIDR_XEN = 0x34C;

    private static final int ARE = 1 << 4;
    private static final int GROUP_1_ON = 1 << 1;
    private static final int INTID_BITS = 10;
    private static final int MOST_LEGACY_CPUS = 8;
    private static final int WORDS = 31;
    private static final int SPIS = VGicBank.IDS - 32;
    private static final long ANY_CPU = 1L << 31;

    private final VGicBank bank;
    private final Registers registers = new Registers();
    private final Registers identification = new Registers();

    VGicDistributorV3(VGicBank bank) {
        this.bank = bank;
        registers
                .word(0x000, "GICD_CTLR")
                .reads((board, by, _) -> ARE | (on(board, by) ? GROUP_1_ON : 0))
                .writes((board, by, _, value) ->
                        bank.domain(board, by).vgic.on.set(board, (value & GROUP_1_ON) != 0));
        registers.word(0x004, "GICD_TYPER").reads((board, by, _) -> typer(board, by));
        registers.word(0x008, "GICD_IIDR").constant(IIDR_XEN);
        registers.word(0x084, "GICD_IGROUPR").count(WORDS);
        registers
                .word(0x104, "GICD_ISENABLER")
                .count(WORDS)
                .reads(this::enabled)
                .writes((board, by, i, value) -> enable(board, by, i, (int) value, true));
        registers
                .word(0x184, "GICD_ICENABLER")
                .count(WORDS)
                .reads(this::enabled)
                .writes((board, by, i, value) -> enable(board, by, i, (int) value, false));
        registers.word(0x204, "GICD_ISPENDR").count(WORDS);
        registers.word(0x284, "GICD_ICPENDR").count(WORDS);
        registers.word(0x304, "GICD_ISACTIVER").count(WORDS);
        registers.word(0x384, "GICD_ICACTIVER").count(WORDS);
        registers
                .bytes(0x420, "GICD_IPRIORITYR", SPIS)
                .reads((board, by, i) -> bank.priority(board, bank.domain(board, by), 0, i + 32))
                .writes((board, by, i, value) ->
                        bank.priority(board, bank.domain(board, by), 0, i + 32, (int) value));
        registers
                .word(0xC08, "GICD_ICFGR")
                .count(62)
                .reads((board, by, i) -> bank.config(board, bank.domain(board, by), 0, i + 2))
                .writes((board, by, i, value) ->
                        bank.configure(board, bank.domain(board, by), i + 2, value));
        registers
                .doubleWord(0x6100, "GICD_IROUTER")
                .count(SPIS)
                .reads(this::route)
                .writes(this::setRoute);
        identification.word(0x18, "GICD_PIDR2").constant(0x30);
    }

    Registers registers() {
        return registers;
    }

    /** The registers from {@link #IDENTIFICATION} on, the same in each page of a GICv3. */
    Registers identification() {
        return identification;
    }

    private boolean on(Board board, Access by) {
        return bank.domain(board, by).vgic.on(board);
    }

    private long typer(Board board, Access by) {
        Domain domain = bank.domain(board, by);
        long cpus = Math.min(domain.vcpus.size(), MOST_LEGACY_CPUS) - 1L;
        return (INTID_BITS - 1L) << 19 | cpus << 5 | VGicBank.blocks(domain);
    }

    private long enabled(Board board, Access by, int i) {
        return bank.enabled(board, bank.domain(board, by), 0, i + 1);
    }

    private void enable(Board board, Access by, int i, int bits, boolean on) {
        bank.enable(board, bank.domain(board, by), 0, i + 1, bits, on);
    }

    /** Always one vCPU's affinity: Xen keeps no more than its number. */
    private long route(Board board, Access by, int i) {
        Domain domain = bank.domain(board, by);
        if (!domain.intids.has(i + 32)) {
            return 0;
        }
        return domain.vcpus.get(domain.vgic.target(board, i + 32)).affinityFields();
    }

    /** "Any CPU" is vCPU 0 to Xen; a route that names no vCPU is ignored. */
    private void setRoute(Board board, Access by, int i, long value) {
        Domain domain = bank.domain(board, by);
        if ((value & ANY_CPU) != 0) {
            bank.target(board, domain, i + 32, 0);
            return;
        }
        for (Vcpu vcpu : domain.vcpus) {
            if (vcpu.affinityFields() == (value & 0xFF_00FF_FFFFL)) {
                bank.target(board, domain, i + 32, vcpu.id);
            }
        }
    }
}
