package dev.vboard.model.gic;

/**
 * An interrupt that may be forwarded to a CPU, as one number: its priority above its index, so that
 * of two candidates the lesser one goes first, and of equal priorities the lowest INTID.
 */
final class Candidate {
    /** No interrupt; above every candidate. */
    static final int NONE = Integer.MAX_VALUE;

    private static final int INDEX_BITS = 16;
    private static final int INDEX_MASK = (1 << INDEX_BITS) - 1;

    private Candidate() {}

    static int of(int priority, int index) {
        return priority << INDEX_BITS | index;
    }

    static int priorityOf(int candidate) {
        return candidate >>> INDEX_BITS;
    }

    static int indexOf(int candidate) {
        return candidate & INDEX_MASK;
    }
}
