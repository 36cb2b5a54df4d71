package dev.vboard.model.gic;

/** Hypervisor and guest on a GICv2. */
final class GichDriver implements VirtualDriver {
    private static final int HCR = 0x00;
    private static final int LR = 0x100;

    private final GicBoard b = GicBoard.virt();

    @Override
    public void list(int n, Entry entry) {
        long kind = entry.physical() != 0
                ? 1L << 31 | (long) entry.physical() << 10
                : entry.end() ? 1L << 19 : 0;
        long priority = (long) (entry.priority() >> 3) << 23;
        b.gich(CPU, LR + 4 * n, kind | (long) entry.state() << 28 | priority | entry.intid());
    }

    @Override
    public Entry list(int n) {
        long value = b.gich(CPU, LR + 4 * n);
        boolean hardware = (value >>> 31 & 1) != 0;
        return new Entry(
                (int) (value >>> 28 & 3),
                (int) (value & 0x3FF),
                (int) (value >>> 23 & 0x1F) << 3,
                hardware ? (int) (value >>> 10 & 0x3FF) : 0,
                !hardware && (value >>> 19 & 1) != 0);
    }

    @Override
    public void control(int bits) {
        b.gich(CPU, HCR, bits);
    }

    @Override
    public void mask(int value) {
        b.gicv(CPU, GicBoard.PMR, value);
    }

    @Override
    public void point(int value) {
        b.gicv(CPU, GicBoard.BPR, value);
    }

    @Override
    public void switches(boolean on, boolean splitEnd) {
        b.gicv(CPU, 0, (on ? 1 : 0) | (splitEnd ? 1 << 9 : 0));
    }

    @Override
    public int acknowledge() {
        return (int) b.gicv(CPU, GicBoard.IAR);
    }

    @Override
    public void end(int intid) {
        b.gicv(CPU, GicBoard.EOIR, intid);
    }

    @Override
    public void deactivate(int intid) {
        b.gicv(CPU, GicBoard.DIR, intid);
    }

    @Override
    public void activate(int physical) {
        b.set(CPU, GicBoard.ISACTIVER, physical);
    }

    @Override
    public long[] rest() {
        return new long[] {
            b.gich(CPU, HCR),
            b.gich(CPU, 0x10),
            b.gich(CPU, 0x20),
            b.gich(CPU, 0x30),
            b.gich(CPU, 0xF0),
            b.gicv(CPU, GicBoard.PMR),
            b.gicv(CPU, GicBoard.BPR),
            b.gicv(CPU, GicBoard.RPR),
            b.gicv(CPU, GicBoard.HPPIR),
            b.gic.signalsVirtual(b.board, CPU) ? 1 : 0,
            b.get(CPU, GicBoard.ISPENDR, Gic.MAINTENANCE) ? 1 : 0,
            b.gicd(CPU, GicBoard.ISACTIVER + 4)
        };
    }
}
