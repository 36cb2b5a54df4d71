package dev.vboard.api.body;

import dev.vboard.model.report.AfterShutdown;
import dev.vboard.model.report.DomainReport;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.SortedMap;

/**
 * What {@code POST .../domains} takes.
 *
 * @param name unique on the board, begins with a letter; {@code dom} and its id when left out
 * @param vcpus 1 to 128; 1 when left out
 * @param memoryMiB 256 when left out
 * @param pin CPUs that a vCPU may run on, by the vCPU's number in decimal
 * @param devices names of devices to pass through
 * @param interrupts bare interrupt lines to pass through
 * @param guest who drives it; {@code manual} when left out
 * @param roles none when left out
 * @param paused leave it paused; false when left out
 * @param entryPoint where vCPU 0 starts; the guest RAM's begin when left out
 * @param bits 64, the default, or 32
 * @param config xl's own keys; none of them may be given beside it as well
 * @param onPoweroff what xl does when it has powered off; {@code preserve} when left out, as for
 *     all of these
 * @param onReboot what xl does when it reboots
 * @param onCrash what xl does when it has crashed
 * @param onWatchdog what xl does when its watchdog has expired
 * @param onSoftReset what xl does when it asks for a soft reset
 */
public record DomainCreate(
        @Form(DomainCreate.NAME) @Nullable String name,
        @Bounds(min = 1, max = 128) @Nullable Integer vcpus,
        @Bounds(min = 1, max = 1_048_576) @Nullable Integer memoryMiB,

        @Bounds(max = 128) @Form(DomainCreate.VCPU) @Nullable
        SortedMap<String, List<Integer>> pin,

        @Bounds(max = 256) @Texts(max = 64) @Nullable List<String> devices,
        @Bounds(max = 1024) @Nullable List<PassthroughLine> interrupts,
        DomainReport.@Nullable Guest guest,
        @Bounds(max = 2) @Nullable List<DomainReport.Role> roles,
        @Nullable Boolean paused,
        @Nullable HexOrInt entryPoint,
        @Form("32|64") @Nullable Integer bits,
        @Nullable XlConfig config,
        @Nullable AfterShutdown onPoweroff,
        @Nullable AfterShutdown onReboot,
        @Nullable AfterShutdown onCrash,
        @Nullable AfterShutdown onWatchdog,
        @Nullable AfterShutdown onSoftReset) {

    /** The form of a domain's name; never a number, so that a path may hold either. */
    public static final String NAME = "[A-Za-z][-+._A-Za-z0-9]{0,39}";

    /** The form of a vCPU's number as a key. */
    public static final String VCPU = "0|[1-9][0-9]{0,2}";
}
