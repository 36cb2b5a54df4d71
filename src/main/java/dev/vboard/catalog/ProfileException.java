package dev.vboard.catalog;

import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;

/** A profile document was refused. */
public sealed class ProfileException extends RuntimeException permits UnreadableProfileException {
    @Serial
    private static final long serialVersionUID = 1;

    private final transient List<Fault> faults;

    /**
     * One thing that is wrong.
     *
     * @param pointer JSON pointer to it; empty for the document itself
     * @param message what is wrong, for people
     */
    public record Fault(String pointer, String message) {}

    ProfileException(List<Fault> faults) {
        super(faults.stream()
                .map(fault -> fault.pointer() + ": " + fault.message())
                .collect(Collectors.joining("; ")));
        this.faults = List.copyOf(faults);
    }

    /** Everything that is wrong, at least one thing. */
    public List<Fault> faults() {
        return faults;
    }
}
