package dev.vboard.model.gic;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Bits;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Intids;
import dev.vboard.model.core.Registers;

/**
 * The registers of a GICv3 distributor (IHI 0069 12.9). Affinity routing being on, whatever belongs
 * to SGIs and PPIs is RAZ/WI here and lives in the redistributors; fields of interrupts outside
 * Group 1 Non-secure are RAZ/WI for non-secure accesses.
 */
final class DistributorV3Registers {
    /** GICD_IIDR, GICR_IIDR: Arm. */
    static final int IMPLEMENTER = 0x0000_043B;

    private static final int WORDS = InterruptFields.WORDS;
    private static final int INTIDS = 1020;
    private static final int ENABLE_ALL = 7;
    private static final int ENABLE_SINGLE = 3;
    private static final int AFFINITY_ROUTING = 1 << 4;
    private static final int AFFINITY_ROUTING_NS = 1 << 5;
    private static final int SECURITY = 1 << 10;
    private static final int MESSAGES = 1 << 16;
    private static final int ID_BITS = 15 << 19;
    private static final int AFFINITY_3 = 1 << 24;

    private final DistributorV3 distributor;
    private final Interrupts interrupts;
    private final Intids intids;
    private final InterruptFields fields;
    private final int type;

    DistributorV3Registers(DistributorV3 distributor, Priorities priorities, boolean levelThree) {
        this.distributor = distributor;
        interrupts = distributor.interrupts;
        intids = interrupts.intids;
        fields = new InterruptFields(interrupts, priorities);
        type = intids.intids() / 32 - 1 | MESSAGES | ID_BITS | (levelThree ? AFFINITY_3 : 0);
    }

    Registers declare() {
        Registers bank = new Registers();
        bank.word(0x0000, "GICD_CTLR").reads(this::control).writes(this::setControl);
        bank.word(0x0004, "GICD_TYPER")
                .reads((board, _, _) -> distributor.single(board) ? type : type | SECURITY);
        bank.word(0x0008, "GICD_IIDR").constant(IMPLEMENTER);
        bank.word(0x0040, "GICD_SETSPI_NSR").writes((b, by, _, v) -> message(b, by, v, true));
        bank.word(0x0048, "GICD_CLRSPI_NSR").writes((b, by, _, v) -> message(b, by, v, false));
        bank.word(0x0050, "GICD_SETSPI_SR").writes((b, by, _, v) -> secureOne(b, by, v, true));
        bank.word(0x0058, "GICD_CLRSPI_SR").writes((b, by, _, v) -> secureOne(b, by, v, false));
        declareBits(bank);
        bank.bytes(0x0400, "GICD_IPRIORITYR", INTIDS)
                .reads(this::priority)
                .writes(this::setPriority)
                .words(this::priorities, this::setPriorities);
        bank.word(0x0C00, "GICD_ICFGR")
                .count(2 * WORDS)
                .reads(this::configuration)
                .writes(this::setConfiguration);
        bank.doubleWord(0x6000, "GICD_IROUTER")
                .count(INTIDS)
                .reads(this::route)
                .writes(this::setRoute);
        Identification.declare(bank, "GICD", Identification.DISTRIBUTOR);
        return bank;
    }

    private void declareBits(Registers bank) {
        bank.word(0x0080, "GICD_IGROUPR")
                .count(WORDS)
                .reads((b, by, n) -> secure(b, by, n, interrupts.group))
                .writes((b, by, n, v) -> setSecure(b, by, n, interrupts.group, v));
        bank.word(0x0100, "GICD_ISENABLER")
                .count(WORDS)
                .reads(this::enabled)
                .writes((b, by, n, v) -> change(b, by, n, v, interrupts.enabled, true));
        bank.word(0x0180, "GICD_ICENABLER")
                .count(WORDS)
                .reads(this::enabled)
                .writes((b, by, n, v) -> change(b, by, n, v, interrupts.enabled, false));
        bank.word(0x0200, "GICD_ISPENDR")
                .count(WORDS)
                .reads(this::pending)
                .writes((b, by, n, v) -> change(b, by, n, v, interrupts.latched, true));
        bank.word(0x0280, "GICD_ICPENDR")
                .count(WORDS)
                .reads(this::pending)
                .writes((b, by, n, v) -> change(b, by, n, v, interrupts.latched, false));
        bank.word(0x0300, "GICD_ISACTIVER")
                .count(WORDS)
                .reads(this::active)
                .writes((b, by, n, v) -> change(b, by, n, v, interrupts.active, true));
        bank.word(0x0380, "GICD_ICACTIVER")
                .count(WORDS)
                .reads(this::active)
                .writes((b, by, n, v) -> change(b, by, n, v, interrupts.active, false));
        bank.word(0x0D00, "GICD_IGRPMODR")
                .count(WORDS)
                .reads((b, by, n) -> modified(b) ? secure(b, by, n, distributor.modifier) : 0)
                .writes(this::setModifier);
    }

    /** Whether GICD_IGRPMODR has a meaning: Group 1 has two kinds. */
    private boolean modified(Board board) {
        return !distributor.single(board);
    }

    private void setModifier(Board board, Access by, int n, long value) {
        if (modified(board)) {
            setSecure(board, by, n, distributor.modifier, value);
        }
    }

    /** RWP is never seen set: writes take effect at once. */
    private long control(Board board, Access by, int index) {
        int stored = distributor.control.getInt(board);
        if (distributor.nonSecure(board, by)) {
            return stored & Groups.bit(Groups.NON_SECURE_1) | AFFINITY_ROUTING;
        }
        int single = stored & ~Groups.bit(Groups.SECURE_1) | AFFINITY_ROUTING;
        return distributor.single(board) ? single : stored | AFFINITY_ROUTING | AFFINITY_ROUTING_NS;
    }

    /** DS can be set and never cleared. */
    private void setControl(Board board, Access by, int index, long value) {
        int stored = distributor.control.getInt(board);
        int writable;
        if (distributor.nonSecure(board, by)) {
            writable = Groups.bit(Groups.NON_SECURE_1);
        } else if (distributor.single(board)) {
            writable = ENABLE_SINGLE | DistributorV3.WAKE_FOR_ANY;
        } else {
            writable = ENABLE_ALL | DistributorV3.WAKE_FOR_ANY;
            stored |= (int) value & DistributorV3.DISABLE_SECURITY;
        }
        distributor.control.set(board, stored & ~writable | (int) value & writable);
    }

    private void secureOne(Board board, Access by, long intid, boolean set) {
        if (by.secure() && !distributor.single(board)) {
            message(board, by, intid, set);
        }
    }

    /** A message pends an edge, or holds the wire of a level-sensitive SPI until it is cleared. */
    private void message(Board board, Access by, long value, boolean set) {
        int intid = (int) value & Intids.SPURIOUS;
        int index = intids.index(0, intid);
        if (intid < Intids.PRIVATE
                || !intids.has(intid)
                || !distributor.permits(board, by, index)) {
            return;
        }
        if (interrupts.edge(board, index)) {
            interrupts.latched.set(board, index, set);
        } else {
            interrupts.lines.drive(board, index, set);
        }
    }

    private boolean exists(int n) {
        return n > 0 && n < intids.intids() / 32;
    }

    private boolean isSpi(int intid) {
        return intid >= Intids.PRIVATE && intids.has(intid);
    }

    private int half(int n) {
        return intids.word32(0, n);
    }

    private int seen(Board board, Access by, int n) {
        return fields.seen(board, distributor.nonSecure(board, by), n, half(n));
    }

    private long secure(Board board, Access by, int n, Bits bits) {
        return exists(n) && !distributor.nonSecure(board, by) ? bits.word32(board, half(n)) : 0;
    }

    private void setSecure(Board board, Access by, int n, Bits bits, long value) {
        if (exists(n) && !distributor.nonSecure(board, by)) {
            bits.setWord32(board, half(n), (int) value & seen(board, by, n));
        }
    }

    private long enabled(Board board, Access by, int n) {
        return exists(n) ? fields.enabled(board, half(n), seen(board, by, n)) : 0;
    }

    private long pending(Board board, Access by, int n) {
        return exists(n) ? fields.pending(board, half(n), seen(board, by, n)) : 0;
    }

    private long active(Board board, Access by, int n) {
        return exists(n) ? fields.active(board, half(n), seen(board, by, n)) : 0;
    }

    private void change(Board board, Access by, int n, long value, Bits bits, boolean set) {
        if (exists(n)) {
            int chosen = (int) value & seen(board, by, n);
            InterruptFields.change(board, bits, half(n), chosen, set);
        }
    }

    private long priority(Board board, Access by, int intid) {
        int index = intids.index(0, intid);
        return isSpi(intid) && distributor.permits(board, by, index)
                ? fields.priority(board, distributor.nonSecure(board, by), index)
                : 0;
    }

    private void setPriority(Board board, Access by, int intid, long value) {
        int index = intids.index(0, intid);
        if (isSpi(intid) && distributor.permits(board, by, index)) {
            fields.setPriority(board, distributor.nonSecure(board, by), index, (int) value);
        }
    }

    private int seenBytes(Board board, Access by, int intid) {
        return InterruptFields.seenBytes(seen(board, by, intid >> 5), intid);
    }

    private long priorities(Board board, Access by, int intid) {
        if (!isSpi(intid)) {
            return 0;
        }
        boolean nonSecure = distributor.nonSecure(board, by);
        int bytes = seenBytes(board, by, intid);
        return fields.priorities(board, nonSecure, intids.index(0, intid), bytes);
    }

    private void setPriorities(Board board, Access by, int intid, long value) {
        if (isSpi(intid)) {
            boolean nonSecure = distributor.nonSecure(board, by);
            int bytes = seenBytes(board, by, intid);
            int index = intids.index(0, intid);
            fields.setPriorities(board, nonSecure, index, bytes, (int) value);
        }
    }

    private long configuration(Board board, Access by, int n) {
        return exists(n >> 1)
                ? fields.configuration(board, half(n >> 1), (n & 1) << 4, seen(board, by, n >> 1))
                : 0;
    }

    private void setConfiguration(Board board, Access by, int n, long value) {
        if (exists(n >> 1)) {
            int seen = seen(board, by, n >> 1);
            fields.setConfiguration(board, half(n >> 1), (n & 1) << 4, seen, (int) value);
        }
    }

    private long route(Board board, Access by, int intid) {
        return isSpi(intid) && distributor.permits(board, by, intids.index(0, intid))
                ? distributor.routes.get(board, intid - Intids.PRIVATE)
                : 0;
    }

    private void setRoute(Board board, Access by, int intid, long value) {
        if (isSpi(intid) && distributor.permits(board, by, intids.index(0, intid))) {
            distributor.routes.set(board, intid - Intids.PRIVATE, value);
        }
    }
}
