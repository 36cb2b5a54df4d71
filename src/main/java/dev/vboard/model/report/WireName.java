package dev.vboard.model.report;

import java.util.Locale;

/** An enum whose constants are written in lower case, with hyphens, on the wire. */
public interface WireName {

    /** The constant's name, given by every enum. */
    String name();

    /** The name on the wire: {@code NO_PM} is {@code "no-pm"}. */
    default String wire() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
