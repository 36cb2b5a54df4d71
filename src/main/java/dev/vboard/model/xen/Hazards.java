package dev.vboard.model.xen;

import dev.vboard.model.core.Bits;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.EventType;
import dev.vboard.model.core.Events;
import dev.vboard.model.core.Layout;
import dev.vboard.model.hazard.CpuHazard;
import dev.vboard.model.hazard.DeviceHazard;
import dev.vboard.model.hazard.GicHazard;
import dev.vboard.model.hazard.GuestHazard;
import dev.vboard.model.hazard.Hazard;
import dev.vboard.model.hazard.HostHazard;
import dev.vboard.model.hazard.TimerHazard;

import java.util.List;
import java.util.Optional;

/** The switches of the known bugs, one bit each (xen-suspend.md 7.1). */
public final class Hazards {
    /** What has no place in this model yet: no such switch is taken, so none does nothing. */
    private static final List<Hazard> WITHOUT_PLACE = List.of(
            CpuHazard.HZ_03,
            CpuHazard.HZ_04,
            CpuHazard.HZ_04B,
            CpuHazard.HZ_05,
            CpuHazard.HZ_06,
            CpuHazard.HZ_07,
            CpuHazard.HZ_08,
            CpuHazard.HZ_09,
            CpuHazard.HZ_10,
            CpuHazard.HZ_11,
            CpuHazard.HZ_12,
            CpuHazard.HZ_13,
            CpuHazard.HZ_14,
            CpuHazard.HZ_15,
            CpuHazard.HZ_16,
            CpuHazard.HZ_17,
            CpuHazard.HZ_44,
            CpuHazard.HZ_65,
            CpuHazard.HZ_67,
            CpuHazard.HZ_68,
            CpuHazard.HZ_71,
            CpuHazard.HZ_72,
            GicHazard.HZ_02,
            GicHazard.HZ_38E,
            GicHazard.HZ_39,
            GicHazard.HZ_39Q,
            GicHazard.HZ_40,
            GicHazard.HZ_41,
            GicHazard.HZ_42,
            GicHazard.HZ_43,
            GuestHazard.HZ_20,
            GuestHazard.HZ_20B,
            GuestHazard.HZ_21,
            GuestHazard.HZ_22,
            GuestHazard.HZ_23,
            GuestHazard.HZ_24,
            GuestHazard.HZ_25,
            GuestHazard.HZ_26,
            GuestHazard.HZ_28,
            GuestHazard.HZ_29,
            GuestHazard.HZ_30,
            GuestHazard.HZ_53,
            GuestHazard.HZ_58,
            GuestHazard.HZ_59,
            GuestHazard.HZ_60,
            GuestHazard.HZ_61,
            GuestHazard.HZ_69,
            GuestHazard.HZ_70,
            GuestHazard.HZ_75,
            HostHazard.HZ_18,
            HostHazard.HZ_27H,
            HostHazard.HZ_33,
            HostHazard.HZ_49,
            HostHazard.HZ_50,
            HostHazard.HZ_51,
            HostHazard.HZ_52,
            HostHazard.HZ_54,
            HostHazard.HZ_55,
            HostHazard.HZ_56,
            HostHazard.HZ_57,
            HostHazard.HZ_62,
            HostHazard.HZ_66,
            TimerHazard.HZ_34,
            TimerHazard.HZ_34B,
            TimerHazard.HZ_36,
            TimerHazard.HZ_37,
            TimerHazard.HZ_74,
            DeviceHazard.HZ_46,
            DeviceHazard.HZ_47,
            DeviceHazard.HZ_48,
            DeviceHazard.HZ_48B,
            DeviceHazard.HZ_73,
            DeviceHazard.HZ_76);

    private final Hypervisor xen;
    private final Bits on;

    Hazards(Hypervisor xen, Layout layout) {
        this.xen = xen;
        on = layout.bits("hazards", Hazard.NUMBERS);
    }

    /** Why a switch cannot be put on, if so. */
    public static Optional<String> whyNot(Hazard hazard) {
        return WITHOUT_PLACE.contains(hazard)
                ? Optional.of(hazard.id() + " cannot be expressed in this version")
                : Optional.empty();
    }

    /** Whether a bug is switched on. */
    public boolean on(Board board, Hazard hazard) {
        return on.get(board, hazard.index());
    }

    /** Switches exactly those bugs on. */
    public void set(Board board, List<Hazard> hazards) {
        on.clear(board);
        for (Hazard hazard : hazards) {
            on.set(board, hazard.index(), true);
        }
    }

    /** Whether a bug that is switched on strikes here; asked where the correct behaviour stands. */
    boolean strikes(Board board, Hazard hazard) {
        if (!on(board, hazard)) {
            return false;
        }
        EventType.HAZARD.emit(board, xen.now(board), Events.ABSENT, Events.ABSENT, hazard.id());
        return true;
    }
}
