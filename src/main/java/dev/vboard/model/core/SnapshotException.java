package dev.vboard.model.core;

/** Bytes that are no snapshot, or a snapshot that this machine cannot take. */
public final class SnapshotException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Reason reason;

    /** What is wrong. */
    public enum Reason {
        /** The bytes do not begin as a snapshot does. */
        FORMAT,
        /** It was written by a version whose format this one does not read. */
        VERSION,
        /** Bytes are missing, or there are too many. */
        LENGTH,
        /** Some byte is not as it was written. */
        CHECKSUM,
        /** It is of another profile, or of options this profile does not have. */
        PROFILE,
        /** Its cells are laid out otherwise. */
        LAYOUT,
        /** A cell has a value it cannot have. */
        CONTENT
    }

    /** With a sentence for people. */
    public SnapshotException(Reason reason, String detail) {
        super(detail);
        this.reason = reason;
    }

    /** What is wrong, as a word. */
    public Reason reason() {
        return reason;
    }
}
