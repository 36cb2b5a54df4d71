package dev.vboard.model.guest;

/**
 * Where a Linux guest stands on its way into suspend and back, in the order of its console lines
 * (xen-suspend.md 8.3); each takes its time.
 */
enum LinuxStep {
    /** Nothing is going on. */
    RUNS(0),
    /** The entry line, and the file systems are written out. */
    ENTRY(100_000),
    /** Tasks stop. */
    FREEZE(1_000_000),
    /** What is printed from here on is kept back. */
    CONSOLE_OFF(100_000),
    /** Devices stop; the interrupts that do not wake are masked. */
    DEVICES_OFF(2_000_000),
    /** A secondary CPU is asked to go. */
    CPU_OFF(100_000),
    /** It is waited for. */
    CPU_DEAD(50_000),
    /** The last CPU calls SYSTEM_SUSPEND. */
    CALL(10_000),
    /** It sleeps, or has been told to by a machine that cannot: then it waits where it is. */
    ASLEEP(0),
    /** The first CPU is back and restores what it owns. */
    BACK(50_000),
    /** A secondary CPU is started. */
    CPU_ON(200_000),
    /** Devices work again. */
    DEVICES_ON(2_000_000),
    /** What was kept back is printed. */
    CONSOLE_ON(100_000),
    /** Tasks go on. */
    THAW(500_000),
    /** It is about to power off. */
    POWER_OFF(1_000_000),
    /** It is about to restart. */
    REBOOT(1_000_000);

    private final long nanos;

    LinuxStep(long nanos) {
        this.nanos = nanos;
    }

    /** How long it takes, in virtual nanoseconds. */
    long nanos() {
        return nanos;
    }

    /** Whether a wake-up interrupt is one that ends a suspend under way. */
    boolean abortable() {
        return this == DEVICES_OFF || this == CPU_OFF || this == CPU_DEAD || this == CALL;
    }
}
