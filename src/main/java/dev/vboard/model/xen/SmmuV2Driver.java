package dev.vboard.model.xen;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Bus;
import dev.vboard.model.profile.DeviceSpec;

import java.util.List;

/**
 * Xen's driver of an SMMUv2: a context bank for each domain, a stream match register for each
 * master. At HEAD it cannot be suspended; the vendor branch of 2019 sets it up anew.
 */
final class SmmuV2Driver implements IommuDriver {
    private static final int PAGE = 0x1000;
    private static final int SCR0 = 0x00;
    private static final int ID0 = 0x20;
    private static final int GFSR = 0x48;
    private static final int TLBIALLNSNH = 0x68;
    private static final int TLBIALLH = 0x6C;
    private static final int TLBGSYNC = 0x70;
    private static final int TLBGSTATUS = 0x74;
    private static final int SMR = 0x800;
    private static final int S2CR = 0xC00;
    private static final int CBAR = PAGE;
    private static final int CBA2R = PAGE + 0x800;
    private static final int SCTLR = 0x00;
    private static final int TTBR0 = 0x20;
    private static final int TCR = 0x30;
    private static final int FSR = 0x58;

    /** Report and raise global and configuration faults, fault unknown streams, clients on. */
    private static final int RUN = 1 << 1 | 1 << 2 | 1 << 4 | 1 << 5 | 1 << 10 | 1 << 11 | 1 << 12;

    /** CLIENTPD: what masters do passes untranslated. */
    private static final int CLIENTS_PASS = 1;

    private static final int FAULT = 2 << 16;
    private static final int VALID = 1 << 31;
    private static final int ENABLE = 1 | 1 << 5 | 1 << 6;
    private static final int AARCH64 = 1;
    private static final int GEOMETRY = 0x7_FFFF;
    private static final int GROUPS = 0xFF;

    private final Hypervisor xen;
    private final DeviceSpec unit;
    private final Bus.Window window;
    private final long banks;
    private final int bankCount;
    private final List<DeviceSpec> masters;

    SmmuV2Driver(Hypervisor xen, DeviceSpec unit) {
        this.xen = xen;
        this.unit = unit;
        window = xen.platform.bus().window(unit.address());
        banks = unit.sizeBytes() / 2;
        bankCount = (int) (banks / PAGE);
        masters = xen.platform.profile().mastersBehind(unit);
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

    private long bank(Domain domain) {
        return banks + (long) number(domain) * PAGE;
    }

    private static int number(Domain domain) {
        return domain.slot - Board.FIRST_DOMAIN;
    }

    @Override
    public boolean translates(Board board) {
        return (read(board, SCR0) & CLIENTS_PASS) == 0;
    }

    @Override
    public void reset(Board board) {
        write(board, GFSR, read(board, GFSR));
        int groups = read(board, ID0) & GROUPS;
        window.writeAll(board, Access.el2(0), SMR, groups, (_, _) -> 0);
        window.writeAll(board, Access.el2(0), S2CR, groups, (_, _) -> FAULT);
        for (int i = 0; i < bankCount; i++) {
            write(board, banks + (long) i * PAGE + SCTLR, 0);
            write(board, banks + (long) i * PAGE + FSR, -1);
        }
        invalidate(board);
        write(board, SCR0, RUN);
    }

    /** Gives up silently where the real one would log: here a sync ends at once. */
    private void invalidate(Board board) {
        write(board, TLBIALLH, 0);
        write(board, TLBIALLNSNH, 0);
        write(board, TLBGSYNC, 0);
        int unused = read(board, TLBGSTATUS);
    }

    @Override
    public void map(Board board, DeviceSpec master, Domain domain) {
        long bank = bank(domain);
        long root = HostIommu.root(xen.platform, domain.slot);
        int vmid = domain.slot - 1;
        write(board, CBA2R + 4L * number(domain), AARCH64);
        write(board, CBAR + 4L * number(domain), vmid);
        write(board, bank + TCR, (int) xen.features.vtcr(board) & GEOMETRY);
        window.target().write(board, Access.el2(0), bank + TTBR0, Long.BYTES, root);
        write(board, bank + SCTLR, ENABLE);
        int group = masters.indexOf(master);
        write(board, S2CR + 4L * group, number(domain));
        write(board, SMR + 4L * group, VALID | xen.platform.profile().streamOf(master));
    }

    @Override
    public void release(Board board, Domain domain) {
        write(board, bank(domain) + SCTLR, 0);
        invalidate(board);
    }

    /** Nothing is to be saved, and it works until its power goes. */
    @Override
    public int suspend(Board board) {
        return 0;
    }

    @Override
    public void handle(Board board) {
        write(board, GFSR, read(board, GFSR));
        for (int i = 0; i < bankCount; i++) {
            long status = banks + (long) i * PAGE + FSR;
            int faults = read(board, status);
            if (faults != 0) {
                xen.print(
                        board,
                        "smmu: " + unit.name() + ": Unhandled context fault: cb=" + i + ", fsr=0x"
                                + Integer.toHexString(faults));
                write(board, status, faults);
            }
        }
    }
}
