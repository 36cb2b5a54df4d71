package dev.vboard.model.hazard;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The chapters put together, in the order of ids. */
final class Catalogue {
    static final List<Hazard> HAZARDS = hazards();
    static final List<Invariant> INVARIANTS = invariants();

    private Catalogue() {}

    private static List<Hazard> hazards() {
        List<Hazard> all = new ArrayList<>();
        all.addAll(List.of(CpuHazard.values()));
        all.addAll(List.of(GicHazard.values()));
        all.addAll(List.of(GuestHazard.values()));
        all.addAll(List.of(HostHazard.values()));
        all.addAll(List.of(TimerHazard.values()));
        all.addAll(List.of(DeviceHazard.values()));
        all.sort(Comparator.comparing(Hazard::id));
        return List.copyOf(all);
    }

    private static List<Invariant> invariants() {
        List<Invariant> all = new ArrayList<>();
        all.addAll(List.of(CpuInvariant.values()));
        all.addAll(List.of(GuestInvariant.values()));
        all.addAll(List.of(HostInvariant.values()));
        all.addAll(List.of(SignalInvariant.values()));
        all.sort(Comparator.comparingInt(Invariant::number));
        return List.copyOf(all);
    }
}
