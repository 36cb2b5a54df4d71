package dev.vboard.model.core;

/** The way down from EL2 and EL1 to EL3: the SMC instruction. */
public interface Firmware {
    /**
     * Executes {@code SMC #0} on a CPU. Function id and arguments are in its x0 to x3, and the
     * result in x0 afterwards, when control comes back.
     *
     * @param by the caller: its CPU, exception level and security state
     * @return whether control is back at the instruction after the call; false when the CPU went
     *     off, sleeps, or runs elsewhere
     */
    boolean smc(Board board, Access by);
}
