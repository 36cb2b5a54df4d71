package dev.vboard.model.firmware;

/**
 * A composite power state as a number: what one CPU asks for each level, two bits a level from the
 * core up, and in bits 11:8 the level at which an OS-initiated caller claims to be the last.
 */
final class Composite {
    static final int RUN = 0;
    static final int RETENTION = 1;
    static final int OFF = 2;

    /** Levels there are: core, cluster, system. */
    static final int LEVELS = 3;

    /** Every level runs. */
    static final int ALL_RUN = 0;

    /** Every level off, which is what a CPU votes for that is off itself. */
    static final int ALL_OFF = OFF | OFF << 2 | OFF << 4;

    /** Not a state. */
    static final int INVALID = -1;

    private Composite() {}

    /** What is asked for a level. */
    static int local(int composite, int level) {
        return composite >>> 2 * level & 3;
    }

    /** The same with another wish for one level. */
    static int with(int composite, int level, int local) {
        return composite & ~(3 << 2 * level) | local << 2 * level;
    }

    /** The highest level that is not to run, or -1. */
    static int highest(int composite) {
        int level = LEVELS - 1;
        while (level >= 0 && local(composite, level) == RUN) {
            level--;
        }
        return level;
    }

    /** Whether any level loses its contents. */
    static boolean isPowerdown(int composite) {
        return local(composite, 0) == OFF;
    }

    /** The level at which the caller says it is the last to go. */
    static int lastAt(int composite) {
        return composite >>> 8 & 0xF;
    }

    /** The same with that claim. */
    static int lastAt(int composite, int level) {
        return composite & 0xFF | level << 8;
    }
}
