package dev.vboard.model.xen;

import dev.vboard.model.core.Bits;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.EventType;
import dev.vboard.model.core.Events;
import dev.vboard.model.core.Layout;
import dev.vboard.model.hazard.DeviceHazard;
import dev.vboard.model.hazard.Hazard;

import java.util.List;
import java.util.Optional;

/** The switches of the known bugs, one bit each (xen-suspend.md 7.1). */
public final class Hazards {
    /** What has no place in this model yet: no such switch is taken, so none does nothing. */
    private static final List<Hazard> WITHOUT_PLACE = List.of(
            DeviceHazard.HZ_73);

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
