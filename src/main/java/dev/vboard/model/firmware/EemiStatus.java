package dev.vboard.model.firmware;

/** What ZynqMP's power unit answers (devices.md 7.8). */
enum EemiStatus {
    SUCCESS(0),
    /** An argument is out of range. */
    ARGUMENTS(1),
    /** The call is not there. */
    NOT_SUPPORTED(4),
    /** The request contradicts the state of things. */
    CONFLICT(2001),
    /** The caller may not. */
    NO_ACCESS(2002),
    /** No node has that number, or not one of the right kind. */
    INVALID_NODE(2003),
    /** The node has been requested already. */
    DOUBLE_REQUEST(2004);

    private final int code;

    EemiStatus(int code) {
        this.code = code;
    }

    /** The number in the low word of x0. */
    int code() {
        return code;
    }
}
