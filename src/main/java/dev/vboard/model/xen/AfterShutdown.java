package dev.vboard.model.xen;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What xl does with a domain that has shut down: the values of {@code on_poweroff} and its like
 * (farm.md 11).
 */
public enum AfterShutdown {
    /** It stays as it is, to be looked at. */
    PRESERVE,
    /** It is destroyed. */
    DESTROY,
    /** It is destroyed and created again as it was. */
    RESTART,
    /** It gets another name, gives back what it was given, and is created again as it was. */
    RENAME_RESTART,
    /** As {@link #DESTROY}; no core is written. */
    COREDUMP_DESTROY,
    /** As {@link #RESTART}; no core is written. */
    COREDUMP_RESTART,
    /** Xen on Arm cannot, so the domain is destroyed. */
    SOFT_RESET;

    /** The word in a domain's configuration. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The action with that word. */
    public static Optional<AfterShutdown> find(String wire) {
        for (AfterShutdown action : List.of(values())) {
            if (action.wire().equals(wire)) {
                return Optional.of(action);
            }
        }
        return Optional.empty();
    }
}
