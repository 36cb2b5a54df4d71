package dev.vboard.model.xen;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Bus;
import dev.vboard.model.hazard.DeviceHazard;
import dev.vboard.model.profile.DeviceSpec;

/**
 * Xen's driver of an SMMUv3 with the suspend support of the series of 2026 (xen-suspend.md 4.4).
 * Stream table and queues are in memory and survive; the indices of the queues begin anew at a
 * reset, in the unit and in memory alike.
 */
final class SmmuV3Driver implements IommuDriver {
    private static final int ETIMEDOUT = -110;
    private static final long TABLES_OFFSET = 0x40_0000;
    private static final long UNIT_BYTES = 0x1_0000;
    private static final int COMMANDS = 0x000;
    private static final int EVENTS = 0x400;
    private static final int STREAMS = 0x800;
    private static final int FEW_STREAM_BITS = 5;
    private static final long MANY_STREAMS_OFFSET = 0x80_0000;
    private static final long MANY_STREAMS_BYTES = 0x40_0000;
    private static final int COMMAND_BITS = 6;
    private static final int EVENT_BITS = 5;
    private static final int CR0 = 0x20;
    private static final int CR1 = 0x28;
    private static final int CR2 = 0x2C;
    private static final int GBPA = 0x44;
    private static final int IRQ_CTRL = 0x50;
    private static final int GERROR = 0x60;
    private static final int GERRORN = 0x64;
    private static final int STRTAB_BASE = 0x80;
    private static final int STRTAB_BASE_CFG = 0x88;
    private static final int CMDQ_BASE = 0x90;
    private static final int CMDQ_PROD = 0x98;
    private static final int CMDQ_CONS = 0x9C;
    private static final int EVTQ_BASE = 0xA0;
    private static final int EVTQ_PROD = 0x1_00A8;
    private static final int EVTQ_CONS = 0x1_00AC;
    private static final int SMMUEN = 1;
    private static final int EVTQEN = 1 << 2;
    private static final int CMDQEN = 1 << 3;
    private static final int IRQS = 1 | 1 << 2;
    private static final int ABORT_ALL = 1 << 31 | 1 << 20;
    private static final int SHAREABLE = 0xD75;
    private static final int PRIVATE_TLB = 1 << 2 | 1 << 1;
    private static final long CFGI_STE = 0x03;
    private static final long CFGI_ALL = 0x04;
    private static final long TLBI_EL2_ALL = 0x20;
    private static final long TLBI_NSNH_ALL = 0x30;
    private static final long SYNC = 0x46;
    private static final long LEAF = 1;
    private static final long ALL_STREAMS = 31;
    private static final int INDEX = 0xF_FFFF;
    private static final int STE_BYTES = 64;
    private static final long STE_STAGE2 = 6 << 1 | 1;
    private static final long STE_AARCH64_RECORD = 1L << 51 | 1L << 58;
    private static final long GEOMETRY = 0x7_FFFF;

    private final Hypervisor xen;
    private final DeviceSpec unit;
    private final Bus bus;
    private final Bus.Window window;
    private final long memory;
    private final long streams;
    private final int streamBits;

    /** Drives a unit; {@code number} counts the IOMMUs before it. */
    SmmuV3Driver(Hypervisor xen, DeviceSpec unit, int number) {
        this.xen = xen;
        this.unit = unit;
        bus = xen.platform.bus();
        window = bus.window(unit.address());
        memory = xen.platform.xenBase() + TABLES_OFFSET + number * UNIT_BYTES;
        int highest = 0;
        for (DeviceSpec master : xen.platform.profile().mastersBehind(unit)) {
            highest = Math.max(highest, xen.platform.profile().streamOf(master));
        }
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(highest);
        streamBits = Math.max(bits, FEW_STREAM_BITS);
        streams = bits <= FEW_STREAM_BITS
                ? memory + STREAMS
                : xen.platform.xenBase() + MANY_STREAMS_OFFSET + number * MANY_STREAMS_BYTES;
    }

    @Override
    public DeviceSpec unit() {
        return unit;
    }

    private int read(Board board, long offset) {
        return window.read32(board, Access.el2(0), offset);
    }

    private void write(Board board, long offset, int value) {
        window.write32(board, Access.el2(0), offset, value);
    }

    private void writeLong(Board board, long offset, long value) {
        window.target().write(board, Access.el2(0), offset, Long.BYTES, value);
    }

    private void store(Board board, long address, long value) {
        bus.write(board, Access.el2(0), address, Long.BYTES, value);
    }

    @Override
    public boolean translates(Board board) {
        return (read(board, CR0) & SMMUEN) != 0;
    }

    @Override
    public void reset(Board board) {
        write(board, GBPA, ABORT_ALL);
        write(board, CR0, 0);
        write(board, CR1, SHAREABLE);
        write(board, CR2, PRIVATE_TLB);
        writeLong(board, STRTAB_BASE, streams);
        write(board, STRTAB_BASE_CFG, streamBits);
        writeLong(board, CMDQ_BASE, memory + COMMANDS | COMMAND_BITS);
        write(board, CMDQ_PROD, 0);
        write(board, CMDQ_CONS, 0);
        write(board, GERRORN, read(board, GERROR));
        write(board, CR0, CMDQEN);
        command(board, CFGI_ALL, ALL_STREAMS);
        command(board, TLBI_EL2_ALL, 0);
        command(board, TLBI_NSNH_ALL, 0);
        boolean unused = sync(board);
        writeLong(board, EVTQ_BASE, memory + EVENTS | EVENT_BITS);
        write(board, EVTQ_PROD, 0);
        write(board, EVTQ_CONS, 0);
        write(board, CR0, CMDQEN | EVTQEN);
        write(board, IRQ_CTRL, doorbellLost(board) ? 0 : IRQS);
        write(board, CR0, CMDQEN | EVTQEN | SMMUEN);
    }

    /** Where the events' interrupt goes was not kept over the sleep. */
    private boolean doorbellLost(Board board) {
        return xen.resuming(board) && xen.suffers(board, DeviceHazard.HZ_47);
    }

    private void command(Board board, long first, long second) {
        int producer = read(board, CMDQ_PROD);
        long entry = memory + COMMANDS + 16L * (producer & (1 << COMMAND_BITS) - 1);
        store(board, entry, first);
        store(board, entry + Long.BYTES, second);
        write(board, CMDQ_PROD, producer + 1 & (2 << COMMAND_BITS) - 1);
    }

    /** Whether the unit has done all it was told. */
    private boolean sync(Board board) {
        command(board, SYNC, 0);
        return (read(board, CMDQ_CONS) & INDEX) == (read(board, CMDQ_PROD) & INDEX);
    }

    @Override
    public void map(Board board, DeviceSpec master, Domain domain) {
        int stream = xen.platform.profile().streamOf(master);
        long entry = streams + (long) stream * STE_BYTES;
        long vmid = domain.slot - 1L;
        long geometry = xen.features.vtcr(board) & GEOMETRY;
        store(board, entry + 16, vmid | geometry << 32 | STE_AARCH64_RECORD);
        store(board, entry + 24, HostIommu.root(xen.platform, domain.slot));
        store(board, entry, STE_STAGE2);
        command(board, CFGI_STE | (long) stream << 32, LEAF);
        command(board, TLBI_NSNH_ALL, 0);
        boolean unused = sync(board);
    }

    @Override
    public void release(Board board, Domain domain) {
        command(board, TLBI_NSNH_ALL, 0);
        boolean unused = sync(board);
    }

    @Override
    public int suspend(Board board) {
        boolean unclean = xen.suffers(board, DeviceHazard.HZ_47);
        write(board, GBPA, ABORT_ALL);
        write(board, IRQ_CTRL, unclean ? IRQS : 0);
        write(board, CR0, CMDQEN);
        if (unclean) {
            command(board, TLBI_NSNH_ALL, 0);
        } else if (!sync(board)) {
            return ETIMEDOUT;
        }
        xen.checks.sleep.iommuStopped(board, (read(board, IRQ_CTRL) & IRQS) == 0);
        write(board, CR0, 0);
        return 0;
    }

    @Override
    public void handle(Board board) {
        int producer = read(board, EVTQ_PROD);
        if (producer != read(board, EVTQ_CONS)) {
            xen.print(board, "SMMUv3: " + unit.name() + ": event(s) received");
            write(board, EVTQ_CONS, producer);
        }
        write(board, GERRORN, read(board, GERROR));
    }
}
