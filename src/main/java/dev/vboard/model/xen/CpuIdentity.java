package dev.vboard.model.xen;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.SystemRegisters;
import dev.vboard.model.core.SystemRegisters.SystemRegister;

/**
 * What a CPU reads of itself when it comes up (xen-suspend.md 5.2).
 *
 * @param midr MIDR_EL1
 * @param dcacheLine smallest data cache line in bytes
 * @param paBits physical address bits
 * @param vmidBits VMID width, 8 or 16
 */
record CpuIdentity(long midr, int dcacheLine, int paBits, int vmidBits) {
    private static final int[] PA_BITS = {32, 36, 40, 42, 44, 48, 52};

    /** The registers it reads. */
    static final class Reader {
        private final SystemRegister midr;
        private final SystemRegister cacheType;
        private final SystemRegister memoryModel;
        private final SystemRegister memoryModel1;

        Reader(SystemRegisters registers) {
            midr = registers.get("MIDR_EL1");
            cacheType = registers.get("CTR_EL0");
            memoryModel = registers.get("ID_AA64MMFR0_EL1");
            memoryModel1 = registers.get("ID_AA64MMFR1_EL1");
        }

        CpuIdentity of(Board board, int cpu) {
            Access by = Access.el2(cpu);
            int range = (int) memoryModel.read(board, by) & 0xF;
            int words = (int) (cacheType.read(board, by) >>> 16) & 0xF;
            boolean wide = (memoryModel1.read(board, by) >>> 4 & 0xF) == 2;
            return new CpuIdentity(midr.read(board, by), 4 << words, PA_BITS[range], wide ? 16 : 8);
        }
    }
}
