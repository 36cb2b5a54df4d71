package dev.vboard.model.cpu;

import static dev.vboard.model.core.SystemRegisters.encoding;

import dev.vboard.model.core.Cell;
import dev.vboard.model.core.SystemRegisters;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Puts the registers of the CPUs under their encodings. Each CPU reaches its own only. */
public final class CpuSystemRegisters {
    /** An OS lock is implemented, and it is open. */
    private static final long OS_LOCK_MODEL = 8;

    private static final long DAIF = 0x3C0;

    private CpuSystemRegisters() {}

    /** Declares the registers of these CPUs, the n-th of the list being CPU n. */
    public static void declare(SystemRegisters registers, List<Cpu> cpus) {
        for (CpuRegister register : CpuRegister.values()) {
            List<Cell> cells = each(cpus, cpu -> cpu.register(register));
            // What EL0 may write it may read; of TPIDRRO_EL0 the reverse does not hold.
            int writeLevel = register == CpuRegister.TPIDRRO_EL0 ? 1 : register.minimumLevel();
            registers.stores(
                    register.name(),
                    register.encoding(),
                    register.minimumLevel(),
                    writeLevel,
                    cells);
        }
        declareProcessState(registers, cpus);
        declareIdentification(registers, cpus);
    }

    private static List<Cell> each(List<Cpu> cpus, Function<Cpu, Cell> cell) {
        List<Cell> cells = new ArrayList<>();
        for (Cpu cpu : cpus) {
            cells.add(cell.apply(cpu));
        }
        return List.copyOf(cells);
    }

    private static void declareProcessState(SystemRegisters registers, List<Cpu> cpus) {
        registers.stores(
                "SP_EL0",
                encoding(3, 0, 4, 1, 0),
                1,
                each(cpus, cpu -> cpu.gprs().spEl0()));
        registers.stores(
                "SP_EL1",
                encoding(3, 4, 4, 1, 0),
                2,
                each(cpus, cpu -> cpu.gprs().spEl1()));
        List<Cell> pstate = each(cpus, cpu -> cpu.gprs().pstate());
        registers.declare(
                "DAIF",
                encoding(3, 3, 4, 2, 1),
                1,
                (board, by) -> pstate.get(by.cpu()).get(board) & DAIF,
                (board, by, value) -> {
                    Cell cell = pstate.get(by.cpu());
                    cell.set(board, cell.get(board) & ~DAIF | value & DAIF);
                });
        registers.readOnly("OSLSR_EL1", encoding(2, 0, 1, 1, 4), 1, (_, _) -> OS_LOCK_MODEL);
        registers.readOnly(
                "CurrentEL",
                encoding(3, 0, 4, 2, 2),
                1,
                (_, by) -> (long) by.exceptionLevel() << 2);
    }

    /** EL1 reads MIDR_EL1 and MPIDR_EL1 as EL2 presents them. */
    private static void declareIdentification(SystemRegisters registers, List<Cpu> cpus) {
        registers.readOnly("MIDR_EL1", encoding(3, 0, 0, 0, 0), 1, (board, by) -> {
            Cpu cpu = cpus.get(by.cpu());
            return by.exceptionLevel() == 1
                    ? cpu.register(CpuRegister.VPIDR_EL2).get(board)
                    : cpu.midr(board);
        });
        registers.readOnly("MPIDR_EL1", encoding(3, 0, 0, 0, 5), 1, (board, by) -> {
            Cpu cpu = cpus.get(by.cpu());
            return by.exceptionLevel() == 1
                    ? cpu.register(CpuRegister.VMPIDR_EL2).get(board)
                    : cpu.mpidr();
        });
        registers.readOnly(
                "ID_AA64MMFR0_EL1",
                encoding(3, 0, 0, 7, 0),
                1,
                (board, by) -> memoryModel0(cpus.get(by.cpu()).paBits(board)));
        registers.readOnly(
                "ID_AA64MMFR1_EL1",
                encoding(3, 0, 0, 7, 1),
                1,
                (_, by) -> cpus.get(by.cpu()).spec().vmidBits() == 16 ? 0x20 : 0);
        registers.readOnly(
                "CTR_EL0",
                encoding(3, 3, 0, 0, 1),
                0,
                (board, by) -> cacheType(cpus.get(by.cpu()).dcacheLine(board)));
    }

    /** Mixed endianness, 16-bit ASIDs, 4 KiB and 64 KiB granules; PARange in bits 3:0. */
    private static long memoryModel0(int paBits) {
        long range = switch (paBits) {
            case 36 -> 1;
            case 40 -> 2;
            case 42 -> 3;
            case 44 -> 4;
            case 48 -> 5;
            case 52 -> 6;
            default -> 0;
        };
        return 0x1120 | range;
    }

    /** 64-byte instruction lines and granules as on a Cortex-A53; DminLine in bits 19:16. */
    private static long cacheType(int dcacheLine) {
        return 0x8440_8004L | (long) Integer.numberOfTrailingZeros(dcacheLine / 4) << 16;
    }
}
