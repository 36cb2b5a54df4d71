package dev.vboard.model.cpu;

import dev.vboard.model.core.SystemRegisters;

/**
 * The system registers a CPU stores, by the architecture's names. All of them are lost with the
 * core. Registers whose upper half is RES0 in Armv8.0 are kept in 32 bits.
 */
public enum CpuRegister {
    SCTLR_EL1(at(3, 0, 1, 0, 0), 1, 32, CpuRegister.SCTLR_EL1_RES1),
    CPACR_EL1(at(3, 0, 1, 0, 2), 1, 32),
    TTBR0_EL1(at(3, 0, 2, 0, 0), 1, 64),
    TTBR1_EL1(at(3, 0, 2, 0, 1), 1, 64),
    TCR_EL1(at(3, 0, 2, 0, 2), 1, 64),
    SPSR_EL1(at(3, 0, 4, 0, 0), 1, 32),
    ELR_EL1(at(3, 0, 4, 0, 1), 1, 64),
    AFSR0_EL1(at(3, 0, 5, 1, 0), 1, 32),
    AFSR1_EL1(at(3, 0, 5, 1, 1), 1, 32),
    ESR_EL1(at(3, 0, 5, 2, 0), 1, 32),
    FAR_EL1(at(3, 0, 6, 0, 0), 1, 64),
    PAR_EL1(at(3, 0, 7, 4, 0), 1, 64),
    MAIR_EL1(at(3, 0, 10, 2, 0), 1, 64),
    AMAIR_EL1(at(3, 0, 10, 3, 0), 1, 64),
    VBAR_EL1(at(3, 0, 12, 0, 0), 1, 64),
    CONTEXTIDR_EL1(at(3, 0, 13, 0, 1), 1, 32),
    TPIDR_EL1(at(3, 0, 13, 0, 4), 1, 64),
    CSSELR_EL1(at(3, 2, 0, 0, 0), 1, 32),
    TPIDR_EL0(at(3, 3, 13, 0, 2), 0, 64),
    TPIDRRO_EL0(at(3, 3, 13, 0, 3), 0, 64),
    VPIDR_EL2(at(3, 4, 0, 0, 0), 2, 32),
    VMPIDR_EL2(at(3, 4, 0, 0, 5), 2, 64),
    SCTLR_EL2(at(3, 4, 1, 0, 0), 2, 32, CpuRegister.SCTLR_EL2_RES1),
    HCR_EL2(at(3, 4, 1, 1, 0), 2, 64),
    MDCR_EL2(at(3, 4, 1, 1, 1), 2, 32),
    CPTR_EL2(at(3, 4, 1, 1, 2), 2, 32),
    HSTR_EL2(at(3, 4, 1, 1, 3), 2, 32),
    TTBR0_EL2(at(3, 4, 2, 0, 0), 2, 64),
    TCR_EL2(at(3, 4, 2, 0, 2), 2, 32),
    VTTBR_EL2(at(3, 4, 2, 1, 0), 2, 64),
    VTCR_EL2(at(3, 4, 2, 1, 2), 2, 32),
    SPSR_EL2(at(3, 4, 4, 0, 0), 2, 32),
    ELR_EL2(at(3, 4, 4, 0, 1), 2, 64),
    ESR_EL2(at(3, 4, 5, 2, 0), 2, 32),
    FAR_EL2(at(3, 4, 6, 0, 0), 2, 64),
    HPFAR_EL2(at(3, 4, 6, 0, 4), 2, 64),
    MAIR_EL2(at(3, 4, 10, 2, 0), 2, 64),
    VBAR_EL2(at(3, 4, 12, 0, 0), 2, 64),
    TPIDR_EL2(at(3, 4, 13, 0, 2), 2, 64),
    SP_EL2(at(3, 6, 4, 1, 0), 3, 64);

    /** SCTLR_EL1 with the MMU and caches off: its RES1 bits only. */
    public static final long SCTLR_EL1_RES1 = 0x30D0_0800L;

    /** SCTLR_EL2 with the MMU and caches off: its RES1 bits only. */
    public static final long SCTLR_EL2_RES1 = 0x30C5_0830L;

    private final int encoding;
    private final int minimumLevel;
    private final int bits;
    private final long reset;

    CpuRegister(int encoding, int minimumLevel, int bits) {
        this(encoding, minimumLevel, bits, 0);
    }

    CpuRegister(int encoding, int minimumLevel, int bits, long reset) {
        this.encoding = encoding;
        this.minimumLevel = minimumLevel;
        this.bits = bits;
        this.reset = reset;
    }

    private static int at(int op0, int op1, int crn, int crm, int op2) {
        return SystemRegisters.encoding(op0, op1, crn, crm, op2);
    }

    /** The encoding, packed as {@link SystemRegisters#encoding} does. */
    public int encoding() {
        return encoding;
    }

    /** The lowest exception level that reads it. */
    public int minimumLevel() {
        return minimumLevel;
    }

    /** How many bits are stored. */
    public int bits() {
        return bits;
    }

    /** The value after the core has come on. */
    public long reset() {
        return reset;
    }
}
