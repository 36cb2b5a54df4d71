package dev.vboard.model.gic;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Bits;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Intids;
import dev.vboard.model.core.Registers;

import java.util.List;

/**
 * The registers of a GICv2 distributor (IHI 0048B 4.3). Private interrupts are those of the CPU
 * that makes the access; fields of Group 0 interrupts are RAZ/WI for non-secure accesses, fields of
 * interrupts that do not exist for all.
 */
final class DistributorRegisters {
    private static final int WORDS = InterruptFields.WORDS;
    private static final int INTIDS = 1020;
    private static final int SGIS = 0xFFFF;
    private static final int SGIS_ARE_EDGE = 0xAAAA_AAAA;

    /** GICD_ICFGR1 of a GIC-400: PPIs 25 to 31 exist, all level-sensitive. */
    private static final int GIC400_PPI_CONFIG = 0x5554_0000;

    private static final int RESERVED_BITS = 0x5555_5555;

    /** Peripheral ID 4 to 7 and 0 to 3, component ID 0 to 3. */
    private static final List<Integer> IDENTIFICATION =
            List.of(0x04, 0, 0, 0, 0x90, 0xB4, 0x2B, 0, 0x0D, 0xF0, 0x05, 0xB1);

    private static final List<String> IDENTIFICATION_NAMES = List.of(
            "PIDR4", "PIDR5", "PIDR6", "PIDR7", "PIDR0", "PIDR1", "PIDR2", "PIDR3", "CIDR0",
            "CIDR1", "CIDR2", "CIDR3");

    private final Distributor distributor;
    private final Interrupts interrupts;
    private final SgiSources sgis;
    private final Intids intids;
    private final Variant variant;
    private final InterruptFields fields;

    DistributorRegisters(Distributor distributor, Variant variant) {
        this.distributor = distributor;
        this.variant = variant;
        interrupts = distributor.interrupts;
        sgis = distributor.sgis;
        intids = interrupts.intids;
        fields = new InterruptFields(interrupts, variant.priorities());
    }

    Registers declare() {
        Registers registers = new Registers();
        registers.word(0x000, "GICD_CTLR").reads(this::control).writes(this::setControl);
        registers.word(0x004, "GICD_TYPER").constant(type());
        registers.word(0x008, "GICD_IIDR").constant(variant.distributorId());
        declareBits(registers);
        declareRouting(registers);
        declareSgis(registers);
        for (int i = 0; i < IDENTIFICATION.size(); i++) {
            registers
                    .word(0xFD0 + 4L * i, "GICD_" + IDENTIFICATION_NAMES.get(i))
                    .constant(IDENTIFICATION.get(i));
        }
        return registers;
    }

    private void declareBits(Registers registers) {
        registers
                .word(0x080, "GICD_IGROUPR")
                .count(WORDS)
                .reads(this::group)
                .writes(this::setGroup);
        registers
                .word(0x100, "GICD_ISENABLER")
                .count(WORDS)
                .reads(this::enabled)
                .writes((b, by, n, v) -> write(b, by, n, v, interrupts.enabled, SGIS, true));
        registers
                .word(0x180, "GICD_ICENABLER")
                .count(WORDS)
                .reads(this::enabled)
                .writes((b, by, n, v) -> write(b, by, n, v, interrupts.enabled, SGIS, false));
        registers
                .word(0x200, "GICD_ISPENDR")
                .count(WORDS)
                .reads(this::pending)
                .writes((b, by, n, v) -> write(b, by, n, v, interrupts.latched, SGIS, true));
        registers
                .word(0x280, "GICD_ICPENDR")
                .count(WORDS)
                .reads(this::pending)
                .writes((b, by, n, v) -> write(b, by, n, v, interrupts.latched, SGIS, false));
        registers
                .word(0x300, "GICD_ISACTIVER")
                .count(WORDS)
                .reads(this::active)
                .writes((b, by, n, v) -> write(b, by, n, v, interrupts.active, 0, true));
        registers
                .word(0x380, "GICD_ICACTIVER")
                .count(WORDS)
                .reads(this::active)
                .writes((b, by, n, v) -> write(b, by, n, v, interrupts.active, 0, false));
    }

    private void declareRouting(Registers registers) {
        registers
                .bytes(0x400, "GICD_IPRIORITYR", INTIDS)
                .reads(this::priority)
                .writes(this::setPriority)
                .words(this::priorities, this::setPriorities);
        registers
                .bytes(0x800, "GICD_ITARGETSR", INTIDS)
                .reads(this::targets)
                .writes(this::setTargets)
                .words(this::targetsOfFour, this::setTargetsOfFour);
        registers
                .word(0xC00, "GICD_ICFGR")
                .count(2 * WORDS)
                .reads(this::configuration)
                .writes(this::setConfiguration);
        if (variant.gic400()) {
            registers
                    .word(0xD00, "GICD_PPISR")
                    .reads((board, by, _) -> levels(board, by, 0) >>> 16);
            registers
                    .word(0xD04, "GICD_SPISR")
                    .count(WORDS - 1)
                    .reads((board, by, n) -> levels(board, by, n + 1));
        }
    }

    private void declareSgis(Registers registers) {
        registers
                .word(0xF00, "GICD_SGIR")
                .writes((b, by, _, value) -> generate(b, by, (int) value));
        registers
                .bytes(0xF10, "GICD_CPENDSGIR", 16)
                .reads(this::sources)
                .writes((b, by, sgi, v) -> setSources(b, by, sgi, sources(b, by, sgi) & ~v));
        registers
                .bytes(0xF20, "GICD_SPENDSGIR", 16)
                .reads(this::sources)
                .writes((b, by, sgi, v) -> setSources(b, by, sgi, sources(b, by, sgi) | v));
    }

    /** The non-secure view has one bit, an alias of EnableGrp1. */
    private long control(Board board, Access by, int index) {
        long groups = distributor.control.get(board);
        return variant.nonSecure(by) ? groups >>> 1 : groups;
    }

    private void setControl(Board board, Access by, int index, long value) {
        long group0 = distributor.control.get(board) & 1;
        distributor.control.set(
                board, variant.nonSecure(by) ? group0 | (value & 1) << 1 : value & 3);
    }

    private int type() {
        return intids.intids() / 32 - 1
                | intids.cpus() - 1 << 5
                | (variant.twoStates() ? 1 << 10 : 0);
    }

    private boolean exists(int n) {
        return n < intids.intids() / 32;
    }

    /** The bits of a word an access may see. */
    private int permitted(Board board, Access by, int n) {
        return fields.seen(board, variant.nonSecure(by), n, half(by, n));
    }

    private int half(Access by, int n) {
        return intids.word32(by.cpu(), n);
    }

    private long group(Board board, Access by, int n) {
        return exists(n) && !variant.nonSecure(by)
                ? interrupts.group.word32(board, half(by, n))
                : 0;
    }

    private void setGroup(Board board, Access by, int n, long value) {
        if (exists(n) && !variant.nonSecure(by)) {
            interrupts.group.setWord32(board, half(by, n), (int) value & permitted(board, by, n));
        }
    }

    private long enabled(Board board, Access by, int n) {
        return exists(n) ? fields.enabled(board, half(by, n), permitted(board, by, n)) : 0;
    }

    private long pending(Board board, Access by, int n) {
        return exists(n) ? fields.pending(board, half(by, n), permitted(board, by, n)) : 0;
    }

    private long active(Board board, Access by, int n) {
        return exists(n) ? fields.active(board, half(by, n), permitted(board, by, n)) : 0;
    }

    /** Write-one-to-set or write-one-to-clear; {@code fixed} bits of word 0 ignore writes. */
    private void write(
            Board board, Access by, int n, long value, Bits bits, int fixed, boolean set) {
        if (exists(n)) {
            int chosen = (int) value & permitted(board, by, n) & ~(n == 0 ? fixed : 0);
            InterruptFields.change(board, bits, half(by, n), chosen, set);
        }
    }

    private long priority(Board board, Access by, int intid) {
        int index = intids.index(by.cpu(), intid);
        return intids.has(intid) && distributor.permits(board, by, index)
                ? fields.priority(board, variant.nonSecure(by), index)
                : 0;
    }

    private void setPriority(Board board, Access by, int intid, long value) {
        int index = intids.index(by.cpu(), intid);
        if (intids.has(intid) && distributor.permits(board, by, index)) {
            fields.setPriority(board, variant.nonSecure(by), index, (int) value);
        }
    }

    /** The bytes of four neighbours an access may see. */
    private int permittedBytes(Board board, Access by, int intid) {
        int bits = distributor.permitted(board, by, half(by, intid >> 5));
        return InterruptFields.seenBytes(bits, intid);
    }

    private long priorities(Board board, Access by, int intid) {
        if (!intids.has(intid)) {
            return 0;
        }
        int index = intids.index(by.cpu(), intid);
        int bytes = permittedBytes(board, by, intid);
        return fields.priorities(board, variant.nonSecure(by), index, bytes);
    }

    private void setPriorities(Board board, Access by, int intid, long value) {
        if (intids.has(intid)) {
            int index = intids.index(by.cpu(), intid);
            int bytes = permittedBytes(board, by, intid);
            fields.setPriorities(board, variant.nonSecure(by), index, bytes, (int) value);
        }
    }

    private long targetsOfFour(Board board, Access by, int intid) {
        if (intid < Intids.PRIVATE) {
            return targets(board, by, intid) * InterruptFields.EACH_BYTE;
        }
        return intids.cpus() == 1 || !intids.has(intid)
                ? 0
                : distributor.targetsOfFour(board, intid) & permittedBytes(board, by, intid);
    }

    private void setTargetsOfFour(Board board, Access by, int intid, long value) {
        if (intids.cpus() > 1 && intid >= Intids.PRIVATE && intids.has(intid)) {
            int permitted = permittedBytes(board, by, intid);
            int old = distributor.targetsOfFour(board, intid);
            distributor.setTargetsOfFour(board, intid, old & ~permitted | (int) value & permitted);
        }
    }

    /** Private ones tell the reader its own interface number; a lone CPU has no such registers. */
    private long targets(Board board, Access by, int intid) {
        if (intids.cpus() == 1 || !intids.has(intid)) {
            return 0;
        }
        int index = intids.index(by.cpu(), intid);
        boolean seen = intid < Intids.PRIVATE || distributor.permits(board, by, index);
        return seen ? distributor.targets(board, index) : 0;
    }

    private void setTargets(Board board, Access by, int intid, long value) {
        int index = intids.index(by.cpu(), intid);
        if (intids.cpus() > 1
                && intid >= Intids.PRIVATE
                && intids.has(intid)
                && distributor.permits(board, by, index)) {
            distributor.setTargets(board, index, (int) value);
        }
    }

    private long configuration(Board board, Access by, int n) {
        if (n == 0) {
            return SGIS_ARE_EDGE;
        }
        if (n == 1 && variant.gic400()) {
            return GIC400_PPI_CONFIG;
        }
        if (!exists(n >> 1)) {
            return 0;
        }
        int shift = (n & 1) << 4;
        int seen = permitted(board, by, n >> 1);
        int reserved = variant.gic400() ? Integer.expand(seen >>> shift, RESERVED_BITS) : 0;
        return fields.configuration(board, half(by, n >> 1), shift, seen) | reserved;
    }

    private void setConfiguration(Board board, Access by, int n, long value) {
        if (n == 0 || n == 1 && variant.gic400() || !exists(n >> 1)) {
            return;
        }
        int seen = permitted(board, by, n >> 1);
        fields.setConfiguration(board, half(by, n >> 1), (n & 1) << 4, seen, (int) value);
    }

    private long levels(Board board, Access by, int n) {
        return exists(n)
                ? (interrupts.levelHalf(board, half(by, n)) & permitted(board, by, n))
                        & 0xFFFF_FFFFL
                : 0;
    }

    private long sources(Board board, Access by, int sgi) {
        boolean seen = distributor.permits(board, by, intids.index(by.cpu(), sgi));
        return seen ? sgis.get(board, by.cpu(), sgi) : 0;
    }

    private void setSources(Board board, Access by, int sgi, long value) {
        if (distributor.permits(board, by, intids.index(by.cpu(), sgi))) {
            sgis.set(board, by.cpu(), sgi, (int) value & (1 << intids.cpus()) - 1);
        }
    }

    /** GICD_SGIR: filter in 25:24, list in 23:16, NSATT in 15, INTID in 3:0. */
    private void generate(Board board, Access by, int value) {
        int all = (1 << intids.cpus()) - 1;
        int self = 1 << by.cpu();
        int chosen = switch (value >>> 24 & 3) {
            case 0 -> value >>> 16 & 0xFF & all;
            case 1 -> all & ~self;
            case 2 -> self;
            default -> 0;
        };
        int sgi = value & 0xF;
        boolean wantsGroup1 = variant.nonSecure(by) || (value >>> 15 & 1) != 0;
        for (int rest = chosen; rest != 0; rest &= rest - 1) {
            int target = Integer.numberOfTrailingZeros(rest);
            boolean group1 = distributor.group1(board, intids.index(target, sgi));
            if (!variant.twoStates() || group1 == wantsGroup1) {
                sgis.send(board, target, by.cpu(), sgi);
            }
        }
    }
}
