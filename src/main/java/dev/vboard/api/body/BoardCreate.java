package dev.vboard.api.body;

import dev.vboard.model.report.DomainReport;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.SortedMap;

/**
 * What {@code POST /api/v1/boards} takes; everything may be left out.
 *
 * @param id chosen by the client; generated when left out
 * @param profile id or alias of a profile; {@code qemu-virt} when left out
 * @param xen options of Xen
 * @param dom0 options of Dom0; not with flavour {@code none}
 * @param labels free texts to find the board by
 * @param seed of everything that is drawn at random, 0 when left out
 * @param powerOn boot at once; true when left out
 */
public record BoardCreate(
        @Form(BoardCreate.ID) @Nullable String id,
        @Nullable String profile,
        @Nullable XenOptions xen,
        @Nullable Dom0Options dom0,

        @Bounds(max = 64) @Form(BoardCreate.LABEL) @Texts(max = 256) @Nullable
        SortedMap<String, String> labels,

        @Bounds @Nullable Long seed,
        @Nullable Boolean powerOn) {

    /** The form of a board's id. */
    public static final String ID = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";

    /** The form of a label's key. */
    public static final String LABEL = "[A-Za-z0-9]([-A-Za-z0-9_./]{0,61}[A-Za-z0-9])?";

    /**
     * Options of Xen.
     *
     * @param flavour {@code rfc2018} when left out
     * @param hazards ids of hazards that are on from the start
     * @param hmpUnsafe Xen takes CPUs that differ from the boot CPU
     * @param domuRelease when a DomU may run after the machine resumed
     * @param rfcText follow the design's restore order where the code of 2018 differs from it
     * @param coordSpi offer the "please suspend" interrupt, virtual SPI 129
     */
    public record XenOptions(
            @Nullable String flavour,
            @Bounds(max = 128) @Texts(max = 32) @Nullable List<String> hazards,
            @Nullable Boolean hmpUnsafe,
            @Nullable DomuRelease domuRelease,
            @Nullable Boolean rfcText,
            @Nullable Boolean coordSpi) {}

    /** When a DomU may run after the machine resumed (xen-suspend.md W9). */
    public enum DomuRelease {
        AFTER_DOM0_RAN,
        AFTER_DOM0_RESUME_DONE,
        NONE
    }

    /**
     * Options of Dom0.
     *
     * @param vcpus 1 to 128; as many as Xen has CPUs, at most 4, when left out
     * @param online how many of them run after boot, from 1; 1 when left out
     * @param pin CPUs that a vCPU may run on, by the vCPU's number in decimal
     * @param guest who drives it; {@code manual} when left out
     * @param roles both when left out
     * @param interrupts bare interrupt lines passed through
     */
    public record Dom0Options(
            @Bounds(min = 1, max = 128) @Nullable Integer vcpus,
            @Bounds(min = 1, max = 128) @Nullable Integer online,

            @Bounds(max = 128) @Form(DomainCreate.VCPU) @Nullable
            SortedMap<String, List<Integer>> pin,

            DomainReport.@Nullable Guest guest,
            @Bounds(max = 2) @Nullable List<DomainReport.Role> roles,
            @Bounds(max = 1024) @Nullable List<PassthroughLine> interrupts) {}
}
