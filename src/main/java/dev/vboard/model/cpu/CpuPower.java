package dev.vboard.model.cpu;

/** EL3's view of a CPU. PSCI's AFFINITY_INFO calls the last two ON as well. */
public enum CpuPower {
    /** Off, or not yet told to start. */
    OFF,
    /** CPU_ON was accepted, the first instruction is still to come. */
    ON_PENDING,
    /** Executing, or on its way through CPU_OFF. */
    ON,
    /** In CPU_SUSPEND with everything kept. */
    STANDBY,
    /** In CPU_SUSPEND or SYSTEM_SUSPEND with its registers lost. */
    POWERDOWN
}
