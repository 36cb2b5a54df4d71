package dev.vboard.model.report;

/** What a memory or system-register access answered. */
public sealed interface AccessAnswer {

    /**
     * The access was performed.
     *
     * @param value what was read, or what was written, cut to the access size
     */
    record AccessValue(U64 value) implements AccessAnswer {}

    /**
     * The access was refused by the architecture; an answer, not an error.
     *
     * @param fault what the caller took
     */
    record AccessFault(Fault fault) implements AccessAnswer {}

    /** Faults of an access. */
    enum Fault implements WireName {
        /** Of a memory access. */
        DATA_ABORT,
        /** Of a system-register access. */
        UNDEFINED_INSTRUCTION
    }
}
