package dev.vboard.model.gic;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Bits;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Bus;
import dev.vboard.model.core.Intids;
import dev.vboard.model.core.Registers;

/**
 * The registers of the redistributors of a GICv3 (IHI 0069 12.11, 12.12): for each CPU a frame of
 * its own and one of its SGIs and PPIs, 64 KiB each. Both banks are declared once; the frame's CPU
 * takes the place of the one that makes the access, so any CPU reaches any frame.
 */
final class RedistributorRegisters implements Bus.Target {
    /** Bytes of the two frames of a CPU. */
    static final long STRIDE = 0x2_0000;

    private static final long FRAME = 0x1_0000;
    private static final int SGIS_ARE_EDGE = 0xAAAA_AAAA;
    private static final int PROCESSOR_SLEEP = 1 << 1;
    private static final int CHILDREN_ASLEEP = 1 << 2;
    private static final int LAST = 1 << 4;
    private static final long PROPERTIES_WRITABLE = 0x070F_FFFF_FFFF_FF9FL;
    private static final long PENDINGS_WRITABLE = 0x070F_FFFF_FFFF_0F80L;

    private final DistributorV3 distributor;
    private final Redistributors redistributors;
    private final Interrupts interrupts;
    private final Intids intids;
    private final Affinities affinities;
    private final InterruptFields fields;
    private final Registers control;
    private final Registers privates;

    RedistributorRegisters(
            DistributorV3 distributor, Affinities affinities, Priorities priorities) {
        this.distributor = distributor;
        this.affinities = affinities;
        redistributors = distributor.redistributors;
        interrupts = distributor.interrupts;
        intids = interrupts.intids;
        fields = new InterruptFields(interrupts, priorities);
        control = declareControl();
        privates = declarePrivates();
    }

    /** The frame RD_base. */
    Registers control() {
        return control;
    }

    /** The frame SGI_base. */
    Registers privates() {
        return privates;
    }

    @Override
    public long read(Board board, Access by, long offset, int size) {
        return frame(offset).read(board, owner(by, offset), offset % FRAME, size);
    }

    @Override
    public void write(Board board, Access by, long offset, int size, long value) {
        frame(offset).write(board, owner(by, offset), offset % FRAME, size, value);
    }

    private Registers frame(long offset) {
        return offset % STRIDE < FRAME ? control : privates;
    }

    /** The same access, made by the CPU whose frame it is. */
    private static Access owner(Access by, long offset) {
        return Access.of((int) (offset / STRIDE), by.exceptionLevel(), by.secure());
    }

    private Registers declareControl() {
        Registers bank = new Registers();
        Bits lpis = redistributors.lpisEnabled;
        bank.word(0x0000, "GICR_CTLR")
                .reads((board, by, _) -> lpis.get(board, by.cpu()) ? 1 : 0)
                .writes((board, by, _, v) -> lpis.set(board, by.cpu(), (v & 1) != 0));
        bank.word(0x0004, "GICR_IIDR").constant(DistributorV3Registers.IMPLEMENTER);
        bank.doubleWord(0x0008, "GICR_TYPER").reads((_, by, _) -> type(by.cpu()));
        bank.word(0x0014, "GICR_WAKER").reads(this::waker).writes(this::setWaker);
        bank.doubleWord(0x0070, "GICR_PROPBASER")
                .reads((board, by, _) -> redistributors.properties.get(by.cpu()).get(board))
                .writes((board, by, _, value) -> {
                    if (!lpis.get(board, by.cpu())) {
                        long kept = value & PROPERTIES_WRITABLE;
                        redistributors.properties.get(by.cpu()).set(board, kept);
                    }
                });
        bank.doubleWord(0x0078, "GICR_PENDBASER")
                .reads((board, by, _) -> redistributors.pendings.get(by.cpu()).get(board))
                .writes((board, by, _, value) -> {
                    if (!lpis.get(board, by.cpu())) {
                        long kept = value & PENDINGS_WRITABLE;
                        redistributors.pendings.get(by.cpu()).set(board, kept);
                    }
                });
        Identification.declare(bank, "GICR", Identification.REDISTRIBUTOR);
        return bank;
    }

    private Registers declarePrivates() {
        Registers bank = new Registers();
        bank.word(0x0080, "GICR_IGROUPR0")
                .reads((b, by, _) -> secure(b, by, interrupts.group))
                .writes((b, by, _, v) -> setSecure(b, by, interrupts.group, v));
        bank.word(0x0100, "GICR_ISENABLER0")
                .reads((b, by, _) -> fields.enabled(b, by.cpu(), seen(b, by)))
                .writes((b, by, _, v) -> change(b, by, v, interrupts.enabled, true));
        bank.word(0x0180, "GICR_ICENABLER0")
                .reads((b, by, _) -> fields.enabled(b, by.cpu(), seen(b, by)))
                .writes((b, by, _, v) -> change(b, by, v, interrupts.enabled, false));
        bank.word(0x0200, "GICR_ISPENDR0")
                .reads((b, by, _) -> fields.pending(b, by.cpu(), seen(b, by)))
                .writes((b, by, _, v) -> change(b, by, v, interrupts.latched, true));
        bank.word(0x0280, "GICR_ICPENDR0")
                .reads((b, by, _) -> fields.pending(b, by.cpu(), seen(b, by)))
                .writes((b, by, _, v) -> change(b, by, v, interrupts.latched, false));
        bank.word(0x0300, "GICR_ISACTIVER0")
                .reads((b, by, _) -> fields.active(b, by.cpu(), seen(b, by)))
                .writes((b, by, _, v) -> change(b, by, v, interrupts.active, true));
        bank.word(0x0380, "GICR_ICACTIVER0")
                .reads((b, by, _) -> fields.active(b, by.cpu(), seen(b, by)))
                .writes((b, by, _, v) -> change(b, by, v, interrupts.active, false));
        bank.bytes(0x0400, "GICR_IPRIORITYR", Intids.PRIVATE)
                .reads(this::priority)
                .writes(this::setPriority)
                .words(this::priorities, this::setPriorities);
        bank.word(0x0C00, "GICR_ICFGR0").constant(SGIS_ARE_EDGE);
        bank.word(0x0C04, "GICR_ICFGR1")
                .reads((b, by, _) -> fields.configuration(b, by.cpu(), 16, seen(b, by)))
                .writes((b, by, _, v) ->
                        fields.setConfiguration(b, by.cpu(), 16, seen(b, by), (int) v));
        bank.word(0x0D00, "GICR_IGRPMODR0")
                .reads((b, by, _) ->
                        distributor.single(b) ? 0 : secure(b, by, distributor.modifier))
                .writes((b, by, _, v) -> {
                    if (!distributor.single(b)) {
                        setSecure(b, by, distributor.modifier, v);
                    }
                });
        return bank;
    }

    /** Affinity in 63:32, number in 23:8, Last in 4; no LPIs. */
    private long type(int cpu) {
        long last = cpu == affinities.count() - 1 ? LAST : 0;
        return (long) affinities.of(cpu) << 32 | (long) cpu << 8 | last;
    }

    /** Only the secure side sleeps and wakes where there are two. */
    private long waker(Board board, Access by, int index) {
        return distributor.nonSecure(board, by) || redistributors.awake(board, by.cpu())
                ? 0
                : PROCESSOR_SLEEP | CHILDREN_ASLEEP;
    }

    private void setWaker(Board board, Access by, int index, long value) {
        if (!distributor.nonSecure(board, by)) {
            redistributors.awake(board, by.cpu(), (value & PROCESSOR_SLEEP) == 0);
        }
    }

    private int seen(Board board, Access by) {
        return fields.seen(board, distributor.nonSecure(board, by), 0, by.cpu());
    }

    private long secure(Board board, Access by, Bits bits) {
        return distributor.nonSecure(board, by) ? 0 : bits.word32(board, by.cpu());
    }

    private void setSecure(Board board, Access by, Bits bits, long value) {
        if (!distributor.nonSecure(board, by)) {
            bits.setWord32(board, by.cpu(), (int) value);
        }
    }

    private void change(Board board, Access by, long value, Bits bits, boolean set) {
        int chosen = (int) value & seen(board, by);
        InterruptFields.change(board, bits, by.cpu(), chosen, set);
    }

    private long priority(Board board, Access by, int intid) {
        int index = intids.index(by.cpu(), intid);
        return distributor.permits(board, by, index)
                ? fields.priority(board, distributor.nonSecure(board, by), index)
                : 0;
    }

    private void setPriority(Board board, Access by, int intid, long value) {
        int index = intids.index(by.cpu(), intid);
        if (distributor.permits(board, by, index)) {
            fields.setPriority(board, distributor.nonSecure(board, by), index, (int) value);
        }
    }

    private long priorities(Board board, Access by, int intid) {
        int bytes = InterruptFields.seenBytes(seen(board, by), intid);
        boolean nonSecure = distributor.nonSecure(board, by);
        return fields.priorities(board, nonSecure, intids.index(by.cpu(), intid), bytes);
    }

    private void setPriorities(Board board, Access by, int intid, long value) {
        int bytes = InterruptFields.seenBytes(seen(board, by), intid);
        boolean nonSecure = distributor.nonSecure(board, by);
        int index = intids.index(by.cpu(), intid);
        fields.setPriorities(board, nonSecure, index, bytes, (int) value);
    }
}
