package dev.vboard.model.gic;

import java.util.Random;

/**
 * One thing software or a device does to a GIC, with all it needs to be done again.
 *
 * @param kind what
 * @param cpu on which CPU, or for whose private interrupt
 * @param intid which interrupt
 * @param value a priority, a mask, a set of CPUs, or 0 and 1 for off and on
 */
record GicOperation(Kind kind, int cpu, int intid, int value) {
    private static final int SGIS = 8;

    /** What can be done; the more often a kind stands in {@link #LIKELY}, the more often it is. */
    enum Kind {
        ENABLE,
        PEND,
        ACTIVATE,
        PRIORITY,
        CONFIGURE,
        TARGET,
        LINE,
        PULSE,
        ACKNOWLEDGE,
        END,
        DEACTIVATE,
        SEND,
        SEND_TO_OTHERS,
        MASK,
        POINT,
        SPLIT_END,
        INTERFACE,
        DISTRIBUTOR
    }

    private static final Kind[] LIKELY = {
        Kind.ENABLE,
        Kind.ENABLE,
        Kind.ENABLE,
        Kind.PEND,
        Kind.PEND,
        Kind.ACTIVATE,
        Kind.PRIORITY,
        Kind.PRIORITY,
        Kind.CONFIGURE,
        Kind.TARGET,
        Kind.TARGET,
        Kind.LINE,
        Kind.LINE,
        Kind.LINE,
        Kind.PULSE,
        Kind.PULSE,
        Kind.ACKNOWLEDGE,
        Kind.ACKNOWLEDGE,
        Kind.ACKNOWLEDGE,
        Kind.ACKNOWLEDGE,
        Kind.END,
        Kind.END,
        Kind.END,
        Kind.DEACTIVATE,
        Kind.DEACTIVATE,
        Kind.SEND,
        Kind.SEND,
        Kind.SEND_TO_OTHERS,
        Kind.MASK,
        Kind.POINT,
        Kind.SPLIT_END,
        Kind.INTERFACE,
        Kind.DISTRIBUTOR
    };

    /** The CPU that sends an SGI: GICv2 keeps senders apart and GICv3 does not, so one each. */
    static int senderOf(int sgi) {
        return sgi % GicDriver.CPUS;
    }

    /**
     * A random operation. What GICv2 fixes and GICv3 does not is left alone: enables and pending
     * bits of SGIs. An end names what the CPU took last, now and then something else.
     *
     * @param taken what the CPUs have acknowledged last
     */
    static GicOperation random(Random random, int[] taken) {
        Kind kind = LIKELY[random.nextInt(LIKELY.length)];
        int cpu = random.nextInt(GicDriver.CPUS);
        int any = random.nextInt(10) == 0 ? random.nextInt(SGIS) : line(random);
        return switch (kind) {
            case ENABLE, PEND, CONFIGURE, LINE ->
                new GicOperation(kind, cpu, line(random), random.nextInt(2));
            case PULSE -> new GicOperation(kind, cpu, line(random), 0);
            case ACTIVATE -> new GicOperation(kind, cpu, any, random.nextInt(4) == 0 ? 1 : 0);
            case PRIORITY -> new GicOperation(kind, cpu, any, random.nextInt(256));
            case TARGET -> new GicOperation(kind, cpu, spi(random), targets(random));
            case ACKNOWLEDGE -> new GicOperation(kind, cpu, 0, 0);
            case END, DEACTIVATE ->
                new GicOperation(kind, cpu, random.nextInt(8) == 0 ? any : taken[cpu], 0);
            case SEND -> sgi(kind, random, random.nextInt(16));
            case SEND_TO_OTHERS -> sgi(kind, random, 0);
            case MASK -> new GicOperation(kind, cpu, 0, openRather(random));
            case POINT -> new GicOperation(kind, cpu, 0, random.nextInt(8));
            case SPLIT_END -> new GicOperation(kind, cpu, 0, random.nextInt(2));
            case INTERFACE, DISTRIBUTOR ->
                new GicOperation(kind, cpu, 0, random.nextInt(4) == 0 ? 0 : 1);
        };
    }

    private static GicOperation sgi(Kind kind, Random random, int mask) {
        int sgi = random.nextInt(SGIS);
        return new GicOperation(kind, senderOf(sgi), sgi, mask);
    }

    /** A PPI, but for the secure timer's, or an SPI. */
    private static int line(Random random) {
        int ppi = 16 + random.nextInt(13);
        return random.nextInt(3) == 0 ? ppi : spi(random);
    }

    private static int spi(Random random) {
        return random.nextInt(8) == 0 ? 280 + random.nextInt(8) : 32 + random.nextInt(12);
    }

    /** A priority mask, more often open than not. */
    private static int openRather(Random random) {
        return 255 - random.nextInt(random.nextInt(255) + 1);
    }

    private static int targets(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> GicDriver.NOBODY;
            case 1 -> GicDriver.EVERYBODY;
            default -> 1 << random.nextInt(GicDriver.CPUS);
        };
    }

    /** Does it; answers what an acknowledge answered, else 0. */
    int on(GicDriver gic) {
        boolean set = value != 0;
        switch (kind) {
            case ENABLE -> gic.enable(cpu, intid, set);
            case PEND -> gic.pend(cpu, intid, set);
            case ACTIVATE -> gic.activate(cpu, intid, set);
            case PRIORITY -> gic.priority(cpu, intid, value);
            case CONFIGURE -> gic.configure(cpu, intid, set);
            case TARGET -> gic.target(intid, value);
            case LINE -> gic.line(cpu, intid, set);
            case PULSE -> {
                gic.line(cpu, intid, true);
                gic.line(cpu, intid, false);
            }
            case ACKNOWLEDGE -> {
                return gic.acknowledge(cpu);
            }
            case END -> gic.end(cpu, intid);
            case DEACTIVATE -> gic.deactivate(cpu, intid);
            case SEND -> gic.send(cpu, intid, value);
            case SEND_TO_OTHERS -> gic.sendToOthers(cpu, intid);
            case MASK -> gic.mask(cpu, value);
            case POINT -> gic.point(cpu, value);
            case SPLIT_END -> gic.splitEnd(cpu, set);
            case INTERFACE -> gic.interfaceOn(cpu, set);
            case DISTRIBUTOR -> gic.distributorOn(set);
        }
        return 0;
    }
}
