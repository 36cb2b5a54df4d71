package dev.vboard.model.gic;

/** The groups of a GICv3, numbered as their enables stand in GICD_CTLR (IHI 0069 4.6). */
final class Groups {
    static final int GROUP_0 = 0;
    static final int NON_SECURE_1 = 1;
    static final int SECURE_1 = 2;
    static final int COUNT = 3;

    /** No group: nothing is active. */
    static final int NONE = -1;

    private Groups() {}

    static int bit(int group) {
        return 1 << group;
    }
}
