package dev.vboard.model.firmware;

/** What is wrong with a core that CPU_ON is asked to start. */
public enum StartFault {
    /** Nothing. */
    NONE,
    /** Its power controller refuses: CPU_ON answers INTERNAL_FAILURE. */
    NO_POWER,
    /** It dies on its way through EL3: CPU_ON succeeds and the core stays ON_PENDING. */
    NEVER_STARTS
}
