package dev.vboard.model.xen;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Bus;
import dev.vboard.model.profile.DeviceSpec;

/**
 * Xen's driver of an IPMMU with the suspend support of the series (xen-suspend.md 4.4): a context
 * for each domain, a micro-TLB for each master. The root's context comes first, else the master's
 * first access would fault.
 */
final class IpmmuDriver implements IommuDriver {
    private static final int CONTEXTS = 8;
    private static final int STRIDE = 0x40;
    private static final int IMCTR = 0x00;
    private static final int IMTTBCR = 0x08;
    private static final int IMTTLBR = 0x10;
    private static final int IMTTUBR = 0x14;
    private static final int IMSTR = 0x20;
    private static final int IMELAR = 0x30;
    private static final int IMUCTR = 0x300;
    private static final int MICRO_STRIDE = 0x10;
    private static final int MMUEN = 1;
    private static final int INTEN = 1 << 2;
    private static final int EXTENDED = 1 << 31;
    private static final int GEOMETRY = 0x3FFF;

    private final Hypervisor xen;
    private final DeviceSpec unit;
    private final Bus.Window window;

    IpmmuDriver(Hypervisor xen, DeviceSpec unit) {
        this.xen = xen;
        this.unit = unit;
        window = xen.platform.bus().window(unit.address());
    }

    @Override
    public DeviceSpec unit() {
        return unit;
    }

    private void write(Board board, long offset, int value) {
        window.write32(board, Access.el2(0), offset, value);
    }

    private static long context(Domain domain) {
        return (long) STRIDE * number(domain);
    }

    private static int number(Domain domain) {
        return domain.slot - Board.FIRST_DOMAIN;
    }

    /** An IPMMU has no switch for all: each master that somebody owns has its micro-TLB on. */
    @Override
    public boolean translates(Board board) {
        for (DeviceSpec master : xen.platform.profile().mastersBehind(unit)) {
            int control = window.read32(board, Access.el2(0), microTlb(master));
            if (xen.devices.ownerSlot(board, master) != 0 && (control & MMUEN) == 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void reset(Board board) {
        resetShared(board);
        for (DeviceSpec master : xen.platform.profile().mastersBehind(unit)) {
            write(board, microTlb(master), 0);
        }
    }

    /** The contexts, which are the root unit's. */
    @Override
    public void resetShared(Board board) {
        for (int i = 0; i < CONTEXTS; i++) {
            write(board, (long) STRIDE * i + IMCTR, 0);
        }
    }

    private long microTlb(DeviceSpec master) {
        return IMUCTR + (long) MICRO_STRIDE * xen.platform.profile().streamOf(master);
    }

    @Override
    public void map(Board board, DeviceSpec master, Domain domain) {
        long context = context(domain);
        long root = HostIommu.root(xen.platform, domain.slot);
        write(board, context + IMTTLBR, (int) root);
        write(board, context + IMTTUBR, (int) (root >>> 32));
        write(board, context + IMTTBCR, EXTENDED | (int) xen.features.vtcr(board) & GEOMETRY);
        write(board, context + IMCTR, MMUEN | INTEN);
        write(board, microTlb(master), number(domain) << 4 | MMUEN);
    }

    @Override
    public void release(Board board, Domain domain) {
        write(board, context(domain) + IMCTR, 0);
    }

    /** Contexts and micro-TLBs follow from who owns what; it works until its power goes. */
    @Override
    public int suspend(Board board) {
        return 0;
    }

    @Override
    public void handle(Board board) {
        Access by = Access.el2(0);
        for (int i = 0; i < CONTEXTS; i++) {
            long context = (long) STRIDE * i;
            if (window.read32(board, by, context + IMSTR) != 0) {
                int at = window.read32(board, by, context + IMELAR);
                xen.print(
                        board,
                        "ipmmu: " + unit.name() + ": Unhandled fault: ctx=" + i + ", iova=0x"
                                + Integer.toHexString(at));
                write(board, context + IMSTR, 0);
            }
        }
    }
}
