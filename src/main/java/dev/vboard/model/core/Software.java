package dev.vboard.model.core;

/**
 * The way up from hardware: what runs on a CPU at an exception level. Hardware never calls it from
 * inside an access; the machine offers interrupts between actions.
 */
public interface Software {
    /** A CPU begins to execute at an address with a value in x0, after CPU_ON or a wake-up. */
    void start(Board board, int cpu, long entry, long context);

    /**
     * An interrupt is signalled to the CPU.
     *
     * @return whether the software took it; one that leaves it signalled is not asked again in this
     *     action
     */
    boolean interrupt(Board board, int cpu);

    /** A synchronous exception from a lower level: HVC, SMC, WFI, an aborted access. */
    void exception(Board board, int cpu, long syndrome);
}
