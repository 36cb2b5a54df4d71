package dev.vboard.model;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Refusal;
import dev.vboard.model.report.DomainReport.Guest;
import dev.vboard.model.report.DomainReport.Role;

import java.util.List;
import java.util.SortedMap;

/**
 * What a board is created with.
 *
 * @param flavour {@code rfc2018}, {@code upstream}, {@code host-v8}, {@code host-v11} or
 *     {@code none}
 * @param hazards ids of the hazards switched on
 * @param hmpUnsafe Xen's option of that name
 * @param domuRelease AFTER_DOM0_RAN, AFTER_DOM0_RESUME_DONE or NONE (xen-suspend.md D1)
 * @param rfcText follow the RFC's text where its code differs (D18)
 * @param coordSpi the virtual SPI 129 that asks a guest to suspend
 * @param dom0Vcpus vCPUs of Dom0
 * @param dom0Online how many of them run after boot, 1 or more
 * @param dom0Pin allowed pCPUs by vCPU of Dom0
 * @param dom0Guest who drives Dom0
 * @param dom0Roles what Dom0 may do
 * @param dom0Interrupts lines passed to Dom0
 * @param powerOn whether the board has power from the start
 */
public record BootOptions(
        String flavour,
        List<String> hazards,
        boolean hmpUnsafe,
        String domuRelease,
        boolean rfcText,
        boolean coordSpi,
        int dom0Vcpus,
        int dom0Online,
        SortedMap<Integer, List<Integer>> dom0Pin,
        Guest dom0Guest,
        List<Role> dom0Roles,
        List<Action.PassThrough> dom0Interrupts,
        boolean powerOn) {

    /** Why nothing can be done to a Xen that is not there: for good, or for want of power. */
    static Refusal noXen(Board board) {
        return board.creation() instanceof BootOptions options && options.flavour.equals("none")
                ? Refusal.conflict(
                        "no-xen",
                        "this board has no Xen",
                        List.of("flavour none"),
                        List.of("POST /api/v1/boards"))
                : Refusal.conflict(
                        "no-xen",
                        "there is no Xen on this board now",
                        List.of("OFF"),
                        List.of("PUT /power"));
    }
}
