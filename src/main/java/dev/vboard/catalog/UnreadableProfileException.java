package dev.vboard.catalog;

import java.io.Serial;
import java.util.List;

/** A text is neither JSON nor YAML. */
public final class UnreadableProfileException extends ProfileException {
    @Serial
    private static final long serialVersionUID = 1;

    UnreadableProfileException(Fault fault) {
        super(List.of(fault));
    }
}
