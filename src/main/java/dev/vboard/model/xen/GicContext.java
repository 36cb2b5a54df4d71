package dev.vboard.model.xen;

import dev.vboard.model.core.Board;

import java.util.function.Consumer;

/**
 * What Xen saves of the GIC before it may lose power, and how it writes it back (gic.md 8). Pending
 * bits are deliberately not among it, nor are the private interrupts of other CPUs, which Xen
 * initialises anew, nor the list registers, which the switch of vCPUs keeps.
 */
interface GicContext {
    /** Two bits of configuration for each of 16 interrupts of which one bit is given. */
    static int spread(int bits) {
        int fields = 0;
        for (int i = 0; i < 16; i++) {
            fields |= (bits >>> i & 1) * 3 << 2 * i;
        }
        return fields;
    }

    /** Copies the registers and touches nothing, as the code of 2018 does. */
    void save(Board board);

    /**
     * Switches the boot CPU's interface and the distributor off, on a GICv3 puts its redistributor
     * to sleep, and copies the registers; the saved controls are those from before (xen-suspend.md
     * 4.4).
     *
     * @param refusesActive whether it gives up, before anything is changed, when the boot CPU has
     *     an active priority
     * @return 0, -16 (EBUSY) for an active priority, or -110 (ETIMEDOUT) when the redistributor
     *     does not go to sleep: then all stays off until {@link #abort}
     */
    int suspend(Board board, boolean refusesActive);

    /** What Xen says when an active priority keeps it from suspending (xen-suspend.md 8.2 x). */
    String busyText(Board board);

    /** Switches on again what a failed or abandoned {@link #suspend} has switched off. */
    void abort(Board board);

    /**
     * Writes the registers back in the required order (xen-suspend.md R8).
     *
     * @param enablesFirst enables and active bits before what they depend on (HZ-40)
     * @param enabledNow told as soon as enables and active bits are written
     */
    void restore(Board board, boolean enablesFirst, Consumer<Board> enabledNow);
}
