package dev.vboard.model.gic;

import dev.vboard.model.core.SystemRegisters;

/**
 * The system registers of a GICv3's CPU interface, by the architecture's names (IHI 0069 12.2 to
 * 12.4). On a CPU without one, all of them are undefined.
 */
public enum InterfaceRegister {
    ICC_PMR_EL1(0, 4, 6, 0),
    ICC_IAR0_EL1(0, 12, 8, 0),
    ICC_EOIR0_EL1(0, 12, 8, 1),
    ICC_HPPIR0_EL1(0, 12, 8, 2),
    ICC_BPR0_EL1(0, 12, 8, 3),
    ICC_AP0R0_EL1(0, 12, 8, 4),
    ICC_AP0R1_EL1(0, 12, 8, 5),
    ICC_AP0R2_EL1(0, 12, 8, 6),
    ICC_AP0R3_EL1(0, 12, 8, 7),
    ICC_AP1R0_EL1(0, 12, 9, 0),
    ICC_AP1R1_EL1(0, 12, 9, 1),
    ICC_AP1R2_EL1(0, 12, 9, 2),
    ICC_AP1R3_EL1(0, 12, 9, 3),
    ICC_DIR_EL1(0, 12, 11, 1),
    ICC_RPR_EL1(0, 12, 11, 3),
    ICC_SGI1R_EL1(0, 12, 11, 5),
    ICC_ASGI1R_EL1(0, 12, 11, 6),
    ICC_SGI0R_EL1(0, 12, 11, 7),
    ICC_IAR1_EL1(0, 12, 12, 0),
    ICC_EOIR1_EL1(0, 12, 12, 1),
    ICC_HPPIR1_EL1(0, 12, 12, 2),
    ICC_BPR1_EL1(0, 12, 12, 3),
    ICC_CTLR_EL1(0, 12, 12, 4),
    ICC_SRE_EL1(0, 12, 12, 5),
    ICC_IGRPEN0_EL1(0, 12, 12, 6),
    ICC_IGRPEN1_EL1(0, 12, 12, 7),
    ICC_SRE_EL2(4, 12, 9, 5),
    ICC_CTLR_EL3(6, 12, 12, 4),
    ICC_SRE_EL3(6, 12, 12, 5),
    ICC_IGRPEN1_EL3(6, 12, 12, 7),
    ICH_AP0R0_EL2(4, 12, 8, 0),
    ICH_AP0R1_EL2(4, 12, 8, 1),
    ICH_AP0R2_EL2(4, 12, 8, 2),
    ICH_AP0R3_EL2(4, 12, 8, 3),
    ICH_AP1R0_EL2(4, 12, 9, 0),
    ICH_AP1R1_EL2(4, 12, 9, 1),
    ICH_AP1R2_EL2(4, 12, 9, 2),
    ICH_AP1R3_EL2(4, 12, 9, 3),
    ICH_HCR_EL2(4, 12, 11, 0),
    ICH_VTR_EL2(4, 12, 11, 1),
    ICH_MISR_EL2(4, 12, 11, 2),
    ICH_EISR_EL2(4, 12, 11, 3),
    ICH_ELRSR_EL2(4, 12, 11, 5),
    ICH_VMCR_EL2(4, 12, 11, 7),
    ICH_LR0_EL2(4, 12, 12, 0),
    ICH_LR1_EL2(4, 12, 12, 1),
    ICH_LR2_EL2(4, 12, 12, 2),
    ICH_LR3_EL2(4, 12, 12, 3),
    ICH_LR4_EL2(4, 12, 12, 4),
    ICH_LR5_EL2(4, 12, 12, 5),
    ICH_LR6_EL2(4, 12, 12, 6),
    ICH_LR7_EL2(4, 12, 12, 7),
    ICH_LR8_EL2(4, 12, 13, 0),
    ICH_LR9_EL2(4, 12, 13, 1),
    ICH_LR10_EL2(4, 12, 13, 2),
    ICH_LR11_EL2(4, 12, 13, 3),
    ICH_LR12_EL2(4, 12, 13, 4),
    ICH_LR13_EL2(4, 12, 13, 5),
    ICH_LR14_EL2(4, 12, 13, 6),
    ICH_LR15_EL2(4, 12, 13, 7);

    private final int encoding;

    InterfaceRegister(int op1, int crn, int crm, int op2) {
        encoding = SystemRegisters.encoding(3, op1, crn, crm, op2);
    }

    /** The encoding, packed as {@link SystemRegisters#encoding} does. */
    public int encoding() {
        return encoding;
    }

    /** Makes those undefined that nobody has declared: the CPUs do not have them. */
    public static void declareAbsent(SystemRegisters registers) {
        for (InterfaceRegister register : values()) {
            if (registers.find(register.name()).isEmpty()) {
                registers.absent(register.name(), register.encoding);
            }
        }
    }
}
