package dev.vboard.api.body;

import com.fasterxml.jackson.annotation.JsonProperty;

import dev.vboard.model.report.Trigger;
import dev.vboard.model.report.U64;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;

/**
 * A board profile as data, merged with what it extends.
 *
 * @param id its id
 * @param parent on the wire {@code extends}: the profile it was merged with
 * @param aliases other ids it answers to
 * @param cpus the physical CPUs; CPU 0 boots
 * @param mt cores have threads: each affinity is a level further up than {@code cpus} says
 * @param gic the interrupt controller
 * @param counterHz frequency of the system counter in Hz
 * @param counterStopsInSystemSuspend the counter stands still in SYSTEM_SUSPEND
 * @param firmware what EL3 can do
 * @param power power domains and wake-up
 * @param hooks which of Xen's drivers have suspend hooks
 * @param memory RAM, each range a base and a size in bytes
 * @param devices the devices
 * @param console name of the UART that Xen prints on; empty for none
 * @param timing durations in virtual nanoseconds
 * @param limits what a board may hold at most
 */
public record Profile(
        String id,
        @JsonProperty("extends") Optional<String> parent,
        List<String> aliases,
        List<ProfileCpu> cpus,
        boolean mt,
        ProfileGic gic,
        long counterHz,
        boolean counterStopsInSystemSuspend,
        ProfileFirmware firmware,
        ProfilePower power,
        ProfileHooks hooks,
        List<List<U64>> memory,
        List<ProfileDevice> devices,
        Optional<String> console,
        ProfileTiming timing,
        ProfileLimits limits) {

    /**
     * A physical CPU.
     *
     * @param id logical number
     * @param mpidr affinity fields
     * @param core kind of core, {@code cortex-a53}
     * @param cluster number of its cluster
     * @param paBits physical address bits: 32, 36, 40, 42, 44, 48 or 52
     * @param vmidBits VMID width: 8 or 16
     * @param midr MIDR_EL1
     * @param dcacheLine data cache line in bytes
     */
    public record ProfileCpu(
            int id,
            U64 mpidr,
            String core,
            int cluster,
            int paBits,
            int vmidBits,
            U64 midr,
            int dcacheLine) {}

    /**
     * The interrupt controller; an address is empty where the version has no such block.
     *
     * @param version 2 or 3
     * @param gicd distributor
     * @param gicc CPU interface
     * @param gich virtual interface control
     * @param gicv virtual CPU interface
     * @param gicr redistributors
     * @param its interrupt translation service
     * @param intids how many INTIDs, a multiple of 32
     * @param priorityBits implemented priority bits, 4 to 8
     * @param listRegisters list registers of a CPU
     * @param securityStates 1, or 2 where EL3 uses the secure view
     * @param powerDomain the power domain it sits in; empty when it is always on
     * @param wideAliases the second page of GICC and GICV is 64 KiB up
     */
    public record ProfileGic(
            int version,
            U64 gicd,
            Optional<U64> gicc,
            Optional<U64> gich,
            Optional<U64> gicv,
            Optional<U64> gicr,
            Optional<U64> its,
            int intids,
            int priorityBits,
            int listRegisters,
            int securityStates,
            Optional<String> powerDomain,
            boolean wideAliases) {}

    /**
     * What EL3 can do.
     *
     * @param psci PSCI version, {@code 1.1}
     * @param systemSuspend SYSTEM_SUSPEND is there
     * @param synthetic SYSTEM_SUSPEND is our addition to a firmware that lacks it
     * @param powerStateFormat {@code original} or {@code extended}
     * @param stateIds {@code null}, {@code recommended} or {@code imx8m}: the StateID encoding
     * @param osInitiated PSCI_SET_SUSPEND_MODE is there
     * @param stat the STAT calls are there
     * @param nodeHwState NODE_HW_STATE is there
     * @param memProtect the MEM_PROTECT calls are there
     * @param reset2 SYSTEM_RESET2 is there
     * @param eemi the EEMI services are there
     * @param sip NXP's services: {@code none}, {@code imx8qm} or {@code imx8m}
     * @param savesGic EL3 saves the GIC over SYSTEM_SUSPEND
     * @param wakeRerunsBl2 BL2 runs once more on each wake-up, and prints
     * @param trustedOs {@code none}, {@code up-migratable}, {@code up} or {@code mp}
     * @param trustedOsCpu the CPU a single-core trusted OS lives on
     * @param entryRanges accepted entry points, each range its first and last address
     */
    public record ProfileFirmware(
            String psci,
            boolean systemSuspend,
            boolean synthetic,
            String powerStateFormat,
            String stateIds,
            boolean osInitiated,
            boolean stat,
            boolean nodeHwState,
            boolean memProtect,
            boolean reset2,
            boolean eemi,
            String sip,
            boolean savesGic,
            boolean wakeRerunsBl2,
            String trustedOs,
            int trustedOsCpu,
            List<List<U64>> entryRanges) {}

    /**
     * Power domains and wake-up.
     *
     * @param tree the domains above the CPUs
     * @param wakeTargeting {@code STRICT_GIC} or {@code ENABLED_SET}
     * @param gicLostInSuspend the GIC loses its state when its domain goes off
     * @param smmuLostInSuspend the SMMU does
     * @param uartLostInSuspend the console does
     * @param wakeController what watches the lines in SYSTEM_SUSPEND: {@code gic},
     *     {@code gic-proxy}, {@code gpc} or {@code irq-steer}
     */
    public record ProfilePower(
            List<PowerNode> tree,
            String wakeTargeting,
            boolean gicLostInSuspend,
            boolean smmuLostInSuspend,
            boolean uartLostInSuspend,
            String wakeController) {}

    /**
     * A power domain.
     *
     * @param name unique
     * @param parent the domain that feeds it; empty for a root
     * @param level PSCI power level: 1 cluster, 2 system; 0 when PSCI does not switch it
     * @param clusters clusters whose CPUs hang directly below it
     * @param alwaysOn it is on whenever the board has power
     * @param retention it goes no deeper than retention, where contents are kept
     */
    public record PowerNode(
            String name,
            Optional<String> parent,
            int level,
            List<Integer> clusters,
            boolean alwaysOn,
            boolean retention) {}

    /**
     * Which of Xen's drivers have suspend hooks.
     *
     * @param uart the console driver
     * @param iommu the IOMMU driver
     */
    public record ProfileHooks(boolean uart, boolean iommu) {}

    /**
     * A device.
     *
     * @param name unique
     * @param type the kind of block, {@code pl011}; {@code bare} has lines only
     * @param address base of its registers
     * @param size bytes its registers take; 0 for none
     * @param intids its interrupts
     * @param trigger how its lines are sampled
     * @param powerDomain where it lives; empty when it is always on
     * @param wakeNode power-management node its lines wake through
     * @param wakeIntids the lines that wake the board, which need not be among its interrupts
     * @param wakeAlways they wake it without being armed
     * @param smmu the SMMU its DMA goes through
     * @param streamId what the SMMU knows its DMA by
     * @param dma it masters the bus
     */
    public record ProfileDevice(
            String name,
            String type,
            U64 address,
            U64 size,
            List<Integer> intids,
            Trigger trigger,
            Optional<String> powerDomain,
            OptionalInt wakeNode,
            List<Integer> wakeIntids,
            boolean wakeAlways,
            Optional<String> smmu,
            OptionalInt streamId,
            boolean dma) {}

    /**
     * Durations in virtual nanoseconds.
     *
     * @param cpuOnNs from CPU_ON accepted to the first instruction
     * @param cpuBootNs from there to Xen calling the CPU online
     * @param cpuOffNs from CPU_OFF to the core being off
     * @param wakeNs from a wake-up event to the first instruction
     * @param stepNs of each step of Xen by name; {@code default} for those not named
     */
    public record ProfileTiming(
            long cpuOnNs,
            long cpuBootNs,
            long cpuOffNs,
            long wakeNs,
            SortedMap<String, Long> stepNs) {}

    /**
     * What a board may hold at most; a full one answers 409 {@code limit-reached}.
     *
     * @param domains live domains, Dom0 included
     * @param vcpus vCPUs of one domain
     * @param firings deadlines that may fire in one call
     * @param scheduled fires waiting for their time
     * @param faults injected faults
     * @param events events kept
     * @param consoleBytes console text kept, in bytes
     */
    public record ProfileLimits(
            int domains,
            int vcpus,
            int firings,
            int scheduled,
            int faults,
            int events,
            int consoleBytes) {}
}
