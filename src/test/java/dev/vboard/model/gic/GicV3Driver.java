package dev.vboard.model.gic;

import java.util.List;

/**
 * Software on a GICv3 with eight priority bits. With one security state it leaves everything in
 * Group 0, as GICv2's does; with two it is the non-secure owner of Group 1.
 */
class GicV3Driver implements GicDriver {
    private static final int CLEAR = 0x80;

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

    private void bit(int cpu, Array array, int intid, boolean on) {
        b.set(cpu, array.of(0) + (on ? 0 : CLEAR), intid);
    }

    @Override
    public void enable(int cpu, int intid, boolean on) {
        bit(cpu, Array.ISENABLER, intid, on);
    }

    @Override
    public void pend(int cpu, int intid, boolean on) {
        bit(cpu, Array.ISPENDR, intid, on);
    }

    @Override
    public void activate(int cpu, int intid, boolean on) {
        bit(cpu, Array.ISACTIVER, intid, on);
    }

    @Override
    public void priority(int cpu, int intid, int value) {
        b.priority(cpu, intid, value);
    }

    @Override
    public void configure(int cpu, int intid, boolean edge) {
        long bit = 2L << intid % 16 * 2;
        long old = word(cpu, Array.ICFGR, intid);
        long next = edge ? old | bit : old & ~bit;
        if (intid < 32) {
            b.sgi(cpu, Array.ICFGR.of(intid), next);
        } else {
            b.gicd(Array.ICFGR.of(intid), next);
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
    public void line(int cpu, int intid, boolean high) {
        b.line(cpu, intid, high);
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
    public int targets(int intid) {
        return b.gic.targets(b.board, b.intids.index(0, intid));
    }
}
