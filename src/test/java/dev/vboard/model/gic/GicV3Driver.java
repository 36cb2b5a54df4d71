package dev.vboard.model.gic;

import java.util.List;

/**
 * Software on a GICv3 with eight priority bits. With one security state it leaves everything in
 * Group 0, as GICv2's does; with two it is the non-secure owner of Group 1.
 */
class GicV3Driver implements GicDriver {

    private final GicV3Board b;
    private final boolean single;
    private final String group;

    /** Takes over a board on which EL3, if there is one, has run, and wakes its redistributors. */
    GicV3Driver(int securityStates) {
        single = securityStates == 1;
        group = single ? "0" : "1";
        b = new GicV3Board(8, securityStates, List.of(0L, 1L, 2L, 3L));
        b.firmware();
        for (int cpu = 0; cpu < CPUS; cpu++) {
            b.gicr(cpu, GicV3Board.WAKER, 0);
            b.sgi(cpu, GicV3Board.ISENABLER, 0xFFFF);
        }
    }

    /** An affinity nobody has, one CPU's, or any. */
    @Override
    public void target(int intid, int mask) {
        b.route(
                intid,
                switch (mask) {
                    case NOBODY -> 0xFF00;
                    case EVERYBODY -> GicV3Board.ANY;
                    default -> Integer.numberOfTrailingZeros(mask);
                });
    }

    @Override
    public int acknowledge(int cpu) {
        return (int) b.icc(cpu, "IAR" + group);
    }

    @Override
    public void end(int cpu, int intid) {
        b.icc(cpu, "EOIR" + group, intid);
    }

    @Override
    public void deactivate(int cpu, int intid) {
        b.icc(cpu, "DIR", intid);
    }

    @Override
    public void send(int cpu, int intid, int mask) {
        b.icc(cpu, "SGI" + group + "R", (long) intid << 24 | mask);
    }

    @Override
    public void sendToOthers(int cpu, int intid) {
        b.icc(cpu, "SGI" + group + "R", 1L << 40 | (long) intid << 24);
    }

    @Override
    public void mask(int cpu, int value) {
        b.icc(cpu, "PMR", value);
    }

    @Override
    public void point(int cpu, int value) {
        b.icc(cpu, "BPR" + group, value);
    }

    @Override
    public void splitEnd(int cpu, boolean on) {
        b.icc(cpu, "CTLR", on ? 2 : 0);
    }

    @Override
    public void interfaceOn(int cpu, boolean on) {
        b.icc(cpu, "IGRPEN" + group, on ? 1 : 0);
    }

    @Override
    public void distributorOn(boolean on) {
        b.gicd(GicV3Board.CTLR, on ? single ? 1 : 2 : 0);
    }

    @Override
    public long[] interfaceOf(int cpu) {
        return new long[] {
            b.signals(cpu) ? 1 : 0,
            b.icc(cpu, "HPPIR" + group),
            b.icc(cpu, "RPR"),
            b.icc(cpu, "PMR"),
            b.icc(cpu, "BPR" + group)
        };
    }

    @Override
    public long word(int cpu, Array array, int intid) {
        return intid < 32 ? b.sgi(cpu, array.of(intid)) : b.gicd(array.of(intid));
    }

    @Override
    public void word(int cpu, Array array, int intid, long value) {
        if (intid < 32) {
            b.sgi(cpu, array.of(intid), value);
        } else {
            b.gicd(array.of(intid), value);
        }
    }

    @Override
    public GicRig<?> rig() {
        return b;
    }
}
