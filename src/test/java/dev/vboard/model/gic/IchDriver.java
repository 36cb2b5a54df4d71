package dev.vboard.model.gic;

import dev.vboard.model.core.Access;

/** Hypervisor and guest on a GICv3. */
class IchDriver implements VirtualDriver {
    private static final long IMO_AND_FMO = 0x18;

    private final GicV3Board b = GicV3Board.virt();
    private final Access guest = Access.el1(CPU);

    /** Routes interrupts to the hypervisor, so that the guest has the virtual interface. */
    IchDriver() {
        b.write(Access.el2(CPU), "HCR_EL2", IMO_AND_FMO);
    }

    private static String name(int n) {
        return "LR" + n;
    }

    @Override
    public void list(int n, Entry entry) {
        long kind = entry.physical() != 0
                ? 1L << 61 | (long) entry.physical() << 32
                : entry.end() ? 1L << 41 : 0;
        long priority = (long) entry.priority() << 48;
        b.ich(CPU, name(n), kind | (long) entry.state() << 62 | priority | entry.intid());
    }

    @Override
    public Entry list(int n) {
        long value = b.ich(CPU, name(n));
        boolean hardware = (value >>> 61 & 1) != 0;
        return new Entry(
                (int) (value >>> 62),
                (int) value,
                (int) (value >>> 48 & 0xFF),
                hardware ? (int) (value >>> 32 & 0x1FFF) : 0,
                !hardware && (value >>> 41 & 1) != 0);
    }

    @Override
    public void control(int bits) {
        b.ich(CPU, "HCR", bits & 0xFFFF_FFFFL);
    }

    @Override
    public void mask(int value) {
        b.write(guest, "ICC_PMR_EL1", value);
    }

    @Override
    public void point(int value) {
        b.write(guest, "ICC_BPR0_EL1", value);
    }

    @Override
    public void switches(boolean on, boolean splitEnd) {
        b.write(guest, "ICC_IGRPEN0_EL1", on ? 1 : 0);
        b.write(guest, "ICC_CTLR_EL1", splitEnd ? 2 : 0);
    }

    @Override
    public int acknowledge() {
        return (int) b.read(guest, "ICC_IAR0_EL1");
    }

    @Override
    public void end(int intid) {
        b.write(guest, "ICC_EOIR0_EL1", intid);
    }

    @Override
    public void deactivate(int intid) {
        b.write(guest, "ICC_DIR_EL1", intid);
    }

    @Override
    public void activate(int physical) {
        b.set(CPU, GicV3Board.ISACTIVER, physical);
    }

    @Override
    public long[] rest() {
        return new long[] {
            b.ich(CPU, "HCR"),
            b.ich(CPU, "MISR"),
            b.ich(CPU, "EISR"),
            b.ich(CPU, "ELRSR"),
            b.ich(CPU, "AP0R0"),
            b.read(guest, "ICC_PMR_EL1"),
            b.read(guest, "ICC_BPR0_EL1"),
            b.read(guest, "ICC_RPR_EL1"),
            b.read(guest, "ICC_HPPIR0_EL1"),
            b.gic.signalsVirtual(b.board, CPU) ? 1 : 0,
            b.get(CPU, GicV3Board.ISPENDR, Gic.MAINTENANCE) ? 1 : 0,
            b.gicd(GicV3Board.ISACTIVER + 4)
        };
    }
}
