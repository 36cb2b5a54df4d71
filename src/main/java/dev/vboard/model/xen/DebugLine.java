package dev.vboard.model.xen;

/** The places in Xen's suspend code whose messages a debug build prefixes with file and line. */
enum DebugLine {
    SUSPEND(146),
    CONSOLE_FAILED(152),
    FIRMWARE_FAILED(161),
    RESUME(174),
    DOMAIN_SUSPEND(190),
    FAILED(235);

    private final int line;

    DebugLine(int line) {
        this.line = line;
    }

    /** The prefix in a source file, which is named with its path since 2025. */
    String prefix(String file) {
        return file + ":" + line + ": ";
    }
}
