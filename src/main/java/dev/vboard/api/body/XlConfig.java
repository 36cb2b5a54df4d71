package dev.vboard.api.body;

import com.fasterxml.jackson.annotation.JsonProperty;

import dev.vboard.model.report.AfterShutdown;

import org.jspecify.annotations.Nullable;

/**
 * The keys of a domain's configuration for xl, by their own names (farm.md 11). What does not show
 * on a board is taken and has no effect: {@code type}, {@code cpu_weight}, {@code cap},
 * {@code maxmem}, {@code kernel}, {@code ramdisk}, {@code device_tree}.
 *
 * @param name as {@link DomainCreate#name}
 * @param type all guests of Arm are {@code pvh}
 * @param vcpus those that a scripted guest starts; all when left out
 * @param maxvcpus vCPUs there are, {@code vcpus} or more
 * @param cpus pCPUs that all vCPUs may run on, {@code 0-3,^2} or {@code all}
 * @param cpusSoft pCPUs that they prefer; shown by {@code xl vcpu-list}, Xen places by the others
 * @param cpuWeight 1 to 65535
 * @param cap in percent of a pCPU; 0 for none
 * @param memory RAM in MiB
 * @param maxmem RAM it may have later, {@code memory} or more
 * @param kernel path of its kernel
 * @param ramdisk path of its initial RAM disk
 * @param cmdline what its kernel is told; in its device tree
 * @param extra the same, where there is no {@code cmdline}
 * @param uuid its UUID
 * @param passthrough {@code disabled} refuses devices
 * @param deviceTree path of a partial device tree
 * @param onPoweroff what xl does when it has powered off
 * @param onReboot what xl does when it reboots
 * @param onWatchdog what xl does when its watchdog has expired
 * @param onCrash what xl does when it has crashed
 * @param onSoftReset what xl does when it asks for a soft reset
 */
public record XlConfig(
        @Form(DomainCreate.NAME) @Nullable String name,
        @Form("pvh") @Nullable String type,
        @Bounds(min = 1, max = 128) @Nullable Integer vcpus,
        @Bounds(min = 1, max = 128) @Nullable Integer maxvcpus,
        @Form(XlConfig.CPUS) @Nullable String cpus,

        @JsonProperty("cpus_soft") @Form(XlConfig.CPUS) @Nullable
        String cpusSoft,

        @JsonProperty("cpu_weight") @Bounds(min = 1, max = 65_535) @Nullable
        Integer cpuWeight,

        @Bounds(max = 12_800) @Nullable Integer cap,
        @Bounds(min = 1, max = 1_048_576) @Nullable Integer memory,
        @Bounds(min = 1, max = 1_048_576) @Nullable Integer maxmem,
        @Bounds(max = 256) @Nullable String kernel,
        @Bounds(max = 256) @Nullable String ramdisk,
        @Bounds(max = 128) @Nullable String cmdline,
        @Bounds(max = 128) @Nullable String extra,
        @Form(XlConfig.UUID) @Nullable String uuid,

        @Form("disabled|enabled|sync_pt|share_pt") @Nullable String passthrough,

        @JsonProperty("device_tree") @Bounds(max = 256) @Nullable
        String deviceTree,

        @JsonProperty("on_poweroff") @Nullable AfterShutdown onPoweroff,
        @JsonProperty("on_reboot") @Nullable AfterShutdown onReboot,
        @JsonProperty("on_watchdog") @Nullable AfterShutdown onWatchdog,
        @JsonProperty("on_crash") @Nullable AfterShutdown onCrash,
        @JsonProperty("on_soft_reset") @Nullable AfterShutdown onSoftReset) {

    /** A list of CPUs: numbers and ranges, a caret before what is not among them. */
    public static final String CPUS =
            "all|\\^?[0-9]{1,3}(-[0-9]{1,3})?(,\\^?[0-9]{1,3}(-[0-9]{1,3})?){0,63}";

    /** The usual text form. */
    public static final String UUID = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";

    /** One without any key. */
    public static final XlConfig NONE = new XlConfig(
            null, null, null, null, null, null, null, null, null, null, null, null, null, null,
            null, null, null, null, null, null, null, null);
}
