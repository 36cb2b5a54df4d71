package dev.vboard.model.firmware;

/** What software has asked of the whole board; the machine acts on it after the action. */
public enum SystemRequest {
    /** Nothing. */
    NONE,
    /** SYSTEM_OFF. */
    OFF,
    /** SYSTEM_RESET: RAM is cleared when MEM_PROTECT is on. */
    RESET,
    /** SYSTEM_RESET2, architectural warm reset: MEM_PROTECT is off again. */
    WARM_RESET
}
