package dev.vboard.model.gic;

/** Software on a GICv2 with eight priority bits. */
final class GicV2Driver implements GicDriver {
    private static final int EOI_MODE = 1 << 9;
    private static final int SGIS = 16;

    private final GicBoard b;

    /** Takes over a board on which EL3, if there is one, has run. */
    GicV2Driver(int securityStates) {
        b = new GicBoard(GicBoard.virtSpec(securityStates), CPUS);
        b.firmware();
    }

    @Override
    public void target(int intid, int mask) {
        b.targets(intid, mask);
    }

    @Override
    public int acknowledge(int cpu) {
        return (int) b.ack(cpu) & GicBoard.SPURIOUS;
    }

    /** The comparison lets each SGI have one sender, so its source is known. */
    private static long withSource(int intid) {
        return intid < SGIS ? intid | (long) GicOperation.senderOf(intid) << 10 : intid;
    }

    @Override
    public void end(int cpu, int intid) {
        b.end(cpu, withSource(intid));
    }

    @Override
    public void deactivate(int cpu, int intid) {
        b.gicc(cpu, GicBoard.DIR, withSource(intid));
    }

    @Override
    public void send(int cpu, int intid, int mask) {
        b.sgi(cpu, mask, intid);
    }

    @Override
    public void sendToOthers(int cpu, int intid) {
        b.gicd(cpu, GicBoard.SGIR, 1L << 24 | intid);
    }

    @Override
    public void mask(int cpu, int value) {
        b.gicc(cpu, GicBoard.PMR, value);
    }

    @Override
    public void point(int cpu, int value) {
        b.gicc(cpu, GicBoard.BPR, value);
    }

    @Override
    public void splitEnd(int cpu, boolean on) {
        long control = b.gicc(cpu, 0);
        b.gicc(cpu, 0, on ? control | EOI_MODE : control & ~EOI_MODE);
    }

    @Override
    public void interfaceOn(int cpu, boolean on) {
        long control = b.gicc(cpu, 0);
        b.gicc(cpu, 0, on ? control | 1 : control & ~1);
    }

    @Override
    public void distributorOn(boolean on) {
        b.gicd(0, GicBoard.CTLR, on ? 1 : 0);
    }

    @Override
    public long[] interfaceOf(int cpu) {
        return new long[] {
            b.signals(cpu) ? 1 : 0,
            b.gicc(cpu, GicBoard.HPPIR) & GicBoard.SPURIOUS,
            b.gicc(cpu, GicBoard.RPR),
            b.gicc(cpu, GicBoard.PMR),
            b.gicc(cpu, GicBoard.BPR)
        };
    }

    @Override
    public long word(int cpu, Array array, int intid) {
        return b.gicd(cpu, array.of(intid)) & 0xFFFF_FFFFL;
    }

    @Override
    public void word(int cpu, Array array, int intid, long value) {
        b.gicd(cpu, array.of(intid), value);
    }

    @Override
    public GicRig<?> rig() {
        return b;
    }
}
