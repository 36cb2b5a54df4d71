package dev.vboard.model.profile;

/**
 * A physical CPU.
 *
 * @param id logical number, 0 is the boot CPU
 * @param mpidr affinity fields as in MPIDR_EL1, without the RES1 bit 31
 * @param core the core's name, for example {@code cortex-a53}
 * @param cluster number of its cluster
 * @param paBits physical address bits: 32, 36, 40, 42, 44, 48 or 52
 * @param vmidBits VMID width: 8 or 16
 * @param midr MIDR_EL1
 * @param dcacheLine data cache line in bytes
 * @param mt whether MPIDR_EL1.MT is set: affinity level 0 tells threads of a core apart
 */
public record CpuSpec(
        int id,
        long mpidr,
        String core,
        int cluster,
        int paBits,
        int vmidBits,
        long midr,
        int dcacheLine,
        boolean mt) {

    /** A CPU without threads. */
    public CpuSpec(
            int id,
            long mpidr,
            String core,
            int cluster,
            int paBits,
            int vmidBits,
            long midr,
            int dcacheLine) {
        this(id, mpidr, core, cluster, paBits, vmidBits, midr, dcacheLine, false);
    }
}
