package dev.vboard.model.hazard;

import java.util.List;

/** What must hold on every board at all times, however it is driven (xen-suspend.md 7.2). */
public sealed interface Invariant
        permits CpuInvariant, GuestInvariant, HostInvariant, SignalInvariant {
    /** How many there are; their numbers begin with 1. */
    int COUNT = 35;

    /** The constant's name, which is the id on the wire: {@code I1} to {@code I35}. */
    String name();

    /** What must hold, a sentence. */
    String text();

    /** When it is looked at. */
    String checkedAt();

    /** Its number, 1 to {@link #COUNT}. */
    int number();

    /** All of them in the order of their numbers. */
    static List<Invariant> all() {
        return Catalogue.INVARIANTS;
    }
}
