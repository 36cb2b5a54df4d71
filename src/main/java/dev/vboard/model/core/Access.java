package dev.vboard.model.core;

/**
 * Who makes an access: a CPU at an exception level in a security state. The few hundred
 * possibilities are shared, so passing one allocates nothing.
 */
public final class Access {
    private static final int CPUS = 32;
    private static final Access[] ALL = all();

    private final int cpu;
    private final int exceptionLevel;
    private final boolean secure;

    private Access(int cpu, int exceptionLevel, boolean secure) {
        this.cpu = cpu;
        this.exceptionLevel = exceptionLevel;
        this.secure = secure;
    }

    private static Access[] all() {
        Access[] all = new Access[CPUS * 8];
        for (int i = 0; i < all.length; i++) {
            all[i] = new Access(i >> 3, i >> 1 & 3, (i & 1) != 0);
        }
        return all;
    }

    /** The access of a CPU, 0 to 31, at an exception level, 0 to 3. */
    public static Access of(int cpu, int exceptionLevel, boolean secure) {
        return ALL[cpu << 3 | exceptionLevel << 1 | (secure ? 1 : 0)];
    }

    /** Non-secure EL2: the hypervisor on that CPU. */
    public static Access el2(int cpu) {
        return of(cpu, 2, false);
    }

    /** Non-secure EL1: the guest on that CPU. */
    public static Access el1(int cpu) {
        return of(cpu, 1, false);
    }

    /** Secure EL3: the firmware on that CPU. */
    public static Access el3(int cpu) {
        return of(cpu, 3, true);
    }

    /** A report's look: non-secure, and as at EL3, so that no software counts as having read. */
    public static Access look(int cpu) {
        return of(cpu, 3, false);
    }

    /** The number of the CPU. */
    public int cpu() {
        return cpu;
    }

    /** The exception level, 0 to 3. */
    public int exceptionLevel() {
        return exceptionLevel;
    }

    /** Whether the access is secure. */
    public boolean secure() {
        return secure;
    }
}
