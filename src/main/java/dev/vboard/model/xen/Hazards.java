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
    /** Those of the 2018 way to suspend a guest, and of its way to save the GIC. */
    private static final List<Hazard> OF_2018 = List.of(
            GuestHazard.HZ_19,
            GuestHazard.HZ_20,
            GuestHazard.HZ_20B,
            GuestHazard.HZ_21,
            GuestHazard.HZ_22,
            GuestHazard.HZ_26,
            GuestHazard.HZ_27,
            GuestHazard.HZ_28,
            GuestHazard.HZ_29,
            GuestHazard.HZ_61,
            GicHazard.HZ_39);

    /** Those of what came later: suspend as a shutdown, the GIC stopped before it is saved. */
    private static final List<Hazard> LATER = List.of(
            GicHazard.HZ_39Q,
            GicHazard.HZ_41,
            GicHazard.HZ_43,
            GuestHazard.HZ_59,
            HostHazard.HZ_57,
            DeviceHazard.HZ_76);

    /** Those that need no suspend of the machine. */
    private static final List<Hazard> WITHOUT_HOST = List.of(
            CpuHazard.HZ_03,
            CpuHazard.HZ_04,
            CpuHazard.HZ_08,
            CpuHazard.HZ_09,
            CpuHazard.HZ_11,
            CpuHazard.HZ_12,
            CpuHazard.HZ_13,
            CpuHazard.HZ_14,
            CpuHazard.HZ_15,
            CpuHazard.HZ_16,
            CpuHazard.HZ_17,
            CpuHazard.HZ_44,
            CpuHazard.HZ_65,
            CpuHazard.HZ_68,
            GicHazard.HZ_42,
            TimerHazard.HZ_34,
            TimerHazard.HZ_34B,
            TimerHazard.HZ_74,
            DeviceHazard.HZ_63,
            DeviceHazard.HZ_64);

    private final Hypervisor xen;
    private final Bits on;

    Hazards(Hypervisor xen, Layout layout) {
        this.xen = xen;
        on = layout.bits("hazards", Hazard.NUMBERS);
    }

    /** Why a switch cannot be put on in that generation, if so: there it would do nothing. */
    public static Optional<String> whyNot(Hazard hazard, Flavour flavour) {
        boolean guests = hazard instanceof GuestHazard && hazard != GuestHazard.HZ_22;
        boolean host = !guests && !WITHOUT_HOST.contains(hazard);
        boolean misplaced = OF_2018.contains(hazard) && flavour.shutsDown()
                || LATER.contains(hazard) && !flavour.shutsDown()
                || hazard == HostHazard.HZ_56 && flavour.gate() != Flavour.Gate.EARLY
                || host && flavour.down().isEmpty();
        return misplaced
                ? Optional.of(hazard.id() + " has no place in flavour " + flavour.wire())
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
