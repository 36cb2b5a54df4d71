package dev.vboard.model.xen;

import dev.vboard.model.report.AfterShutdown;
import dev.vboard.model.report.DomainReport;

import java.util.List;

/**
 * What a domain is created with.
 *
 * @param name at most {@link Domain#NAME_BYTES} printable ASCII characters; empty for one made up
 * @param vcpus how many
 * @param affinity allowed pCPUs of each vCPU as a mask
 * @param memoryMiB RAM
 * @param guest who drives it
 * @param hardware owns the machine's devices
 * @param control may run the toolstack
 * @param is32Bit AArch32
 * @param paused created paused
 * @param entryPoint where vCPU 0 starts
 * @param devices names of devices passed through
 * @param lines interrupt lines passed through
 * @param afterShutdown what xl does when it has shut down, by shutdown code; empty to keep it
 * @param extras what is seldom said
 */
public record DomainConfig(
        String name,
        int vcpus,
        List<Integer> affinity,
        int memoryMiB,
        DomainReport.Guest guest,
        boolean hardware,
        boolean control,
        boolean is32Bit,
        boolean paused,
        long entryPoint,
        List<String> devices,
        List<PassedLine> lines,
        List<AfterShutdown> afterShutdown,
        Extras extras) {

    /**
     * What is seldom said.
     *
     * @param vcpusAtBoot how many vCPUs its software starts by itself
     * @param preferred CPUs that its vCPUs prefer, as a mask; only shown
     * @param uuidHigh first half of its UUID; with the second, 0 for one made up
     * @param uuidLow second half
     * @param commandLine what its kernel is told, at most 128 characters
     */
    public record Extras(
            int vcpusAtBoot, int preferred, long uuidHigh, long uuidLow, String commandLine) {
        /** Nothing of it is said. */
        public static Extras of(int vcpus) {
            return new Extras(vcpus, -1, 0, 0, "");
        }
    }

    /**
     * An interrupt line passed through.
     *
     * @param intid its INTID, an SPI
     * @param edge whether it is configured as edge triggered
     * @param vcpu the vCPU it is for
     */
    public record PassedLine(int intid, boolean edge, int vcpu) {}
}
